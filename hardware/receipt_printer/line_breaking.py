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
        lines += _without_orphan(paragraph, width, measure)
    return lines


def balanced_lines(text: str, width: float, measure: Measure) -> list[str]:
    """As few lines as `break_lines` needs, as equally long as can be: for centred text."""
    lines = break_lines(text, width, measure)
    while True:
        width = max(measure(line) for line in lines) - 1
        narrower = break_lines(text, width, measure)
        if len(narrower) > len(lines) or max(measure(line) for line in narrower) > width:
            return lines
        lines = narrower


def _without_orphan(text: str, width: float, measure: Measure) -> list[str]:
    """Breaks one paragraph earlier where its last line would hold one character or two."""
    lines = _break_paragraph(text, width, measure)
    least = 2.5 * measure("一")
    narrower = width
    while len(lines) > 1 and measure(lines[-1]) < least and narrower > width - least:
        narrower -= 4
        again = _break_paragraph(text, narrower, measure)
        if len(again) > len(lines):
            break
        if measure(again[-1]) >= least:
            return again
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
    """How many characters of a cluster that is too wide go onto this line: at least one.

    Best after a hyphen, as in a reference number; else where the rules allow; else anywhere.
    """
    fits = 1
    while fits < len(cluster) and measure(cluster[: fits + 1]) <= width:
        fits += 1
    hyphen = cluster.rfind("-", 0, fits) + 1
    if hyphen:
        return hyphen
    for head in range(fits, 0, -1):
        if not _stay_together(cluster[:head], cluster[head:]):
            return head
    return fits
