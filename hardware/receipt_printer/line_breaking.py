"""Where a line of Chinese, of Latin words or of both may end (GB/T 15834-2011, 5.1)."""

import re
from collections.abc import Callable

NEVER_FIRST = "，。、；：？！）》」』】〉〕］｝”’…—～·％‰℃,.;:?!)]}%"
NEVER_LAST = "（《「『【〈〔［｛“‘￥([{"

_ATOM = re.compile(r"(?P<gap>[ \t　]+)|—+|…+|[!-~]+|.", re.DOTALL)

Measure = Callable[[str], float]
"""The width of a text in dots."""


def break_lines(text: str, width: float, measure: Measure) -> list[str]:
    """The lines of `text`, none wider than `width` unless one character alone is wider.

    A newline ends a line. No line begins with closing punctuation or ends with opening
    punctuation, as long as a line has room for one character and its punctuation.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _break_paragraph(paragraph, width, measure)
    return lines


def _break_paragraph(text: str, width: float, measure: Measure) -> list[str]:
    lines: list[str] = []
    line = ""
    for gap, cluster in _clusters(text):
        longer = line + gap + cluster if line else cluster
        if measure(longer) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        line = cluster
        while measure(line) > width and len(line) > 1:
            head = _head(line, width, measure)
            lines.append(line[:head])
            line = line[head:]
    return [*lines, line]


def _clusters(text: str) -> list[tuple[str, str]]:
    """Pieces that stay together, each with the space before it."""
    clusters: list[tuple[str, str]] = []
    gap = ""
    for found in _ATOM.finditer(text):
        atom = found.group()
        if found["gap"]:
            gap = atom
        elif clusters and not gap and _stay_together(clusters[-1][1], atom):
            before, cluster = clusters[-1]
            clusters[-1] = (before, cluster + atom)
        else:
            clusters.append((gap, atom))
            gap = ""
    return clusters


def _stay_together(before: str, after: str) -> bool:
    return after[0] in NEVER_FIRST or before[-1] in NEVER_LAST


def _head(cluster: str, width: float, measure: Measure) -> int:
    """How many characters of a cluster that is too wide go onto this line: at least one."""
    fits = 1
    while fits < len(cluster) and measure(cluster[: fits + 1]) <= width:
        fits += 1
    head = fits
    while head > 1 and _stay_together(cluster[:head], cluster[head:]):
        head -= 1
    return head if not _stay_together(cluster[:head], cluster[head:]) else fits
