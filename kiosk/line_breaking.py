"""Where a line of Chinese, of Latin words or of both may end (GB/T 15834-2011, 5.1).

One breaker for the screen and for paper. A text's width is taken as the sum of its pieces' widths,
which holds for the shipped faces: they are set without kerning between ideographs.
"""

import re
from collections.abc import Callable

from kiosk.faces import is_mark

NEVER_FIRST = "，。、；：？！）》」』】〉〕］｝”’…—～·％‰℃,.;:?!)]}%"
NEVER_LAST = "（《「『【〈〔［｛“‘￥¥([{"
PAUSES, BRACKETS, FULL_ENOUGH = "，。；：、！？,;:", "（〔(", 0.4

_MARKS = "[\u0300-\u036f\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef]*"
_LATIN = "[!-~\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff]"
_ATOM = re.compile(
    rf"(?P<gap>[ \t　]+)|—+|…+|{_LATIN}+(?:’[A-Za-z]{_LATIN}*)*|.{_MARKS}", re.DOTALL
)

Measure = Callable[[str], float]
"""The width of a text in dots of the paper or pixels of the screen."""

_Piece = tuple[str, float, str, float]
"""What stays together and the space before it: space, its width, text, its width."""

_Line = tuple[str, float]


def break_lines(text: str, width: float, measure: Measure) -> list[str]:
    """The lines of `text`, none wider than `width` unless one character alone is wider.

    A newline ends a line. No line begins with closing punctuation or ends with opening
    punctuation, as long as a line has room for one character and its punctuation. The second of
    two lines begins after a pause, or with a bracket, where that leaves the first not too short.
    """
    found: list[_Line] = []
    for paragraph in text.split("\n"):
        pieces = _pieces(paragraph, measure)
        lines = _without_orphan(pieces, width, measure)
        found += _at_pause(pieces, lines, width, measure, FULL_ENOUGH) or lines
    return [line for line, _width in found]


def balanced_lines(text: str, width: float, measure: Measure) -> list[str]:
    """As few lines as `break_lines` needs: two with a pause between them, or else as equally long
    as can be. For centred text."""
    paragraphs = [_pieces(paragraph, measure) for paragraph in text.split("\n")]
    return [line for p in paragraphs for line, _width in _balanced(p, width, measure)]


def _balanced(pieces: list[_Piece], width: float, measure: Measure) -> list[_Line]:
    lines = _without_orphan(pieces, width, measure)
    paused = _at_pause(pieces, lines, width, measure, FULL_ENOUGH / 2)
    if paused:
        return paused
    widest = _widest(pieces)
    while True:
        width = _longest(lines) - 1
        if width < widest:
            return lines
        narrower = _without_orphan(pieces, width, measure)
        if len(narrower) > len(lines) or _longest(narrower) > width:
            return lines
        lines = narrower


def _widest(pieces: list[_Piece]) -> float:
    return max((width for _gap, _gap_width, _text, width in pieces), default=0.0)


def _longest(lines: list[_Line]) -> float:
    return max(width for _line, width in lines)


def _without_orphan(pieces: list[_Piece], width: float, measure: Measure) -> list[_Line]:
    """Breaks one paragraph earlier where its last line would hold one character or two."""
    lines = _fill(pieces, width, measure)
    if len(lines) == 1:
        return lines
    least = 2.5 * measure("一")
    again, narrower = lines, width
    while again[-1][1] < least:
        # The next width at which a break moves.
        narrower = min(_longest(again), narrower) - 1
        if narrower <= width - least or narrower < _widest(pieces) <= width:
            return lines
        again = _fill(pieces, narrower, measure)
        if len(again) > len(lines):
            return lines
    return again


def _at_pause(
    pieces: list[_Piece], lines: list[_Line], width: float, measure: Measure, least: float
) -> list[_Line] | None:
    """The two lines broken where a reader pauses, as late as can be; None if they are not two, or
    the first would be shorter than `least` of the width."""
    if len(lines) != 2:
        return None
    last, used = "", 0.0
    for place in range(len(pieces) - 1, 0, -1):
        gap, gap_width, text, text_width = pieces[place]
        last, used = text + last, used + text_width
        if used > width:
            return None
        if used >= lines[1][1] and (pieces[place - 1][2][-1] in PAUSES or text[0] in BRACKETS):
            before = _fill(pieces[:place], width, measure)
            return [*before, (last, used)] if before[-1][1] > least * width else None
        last, used = gap + last, used + gap_width
    return None


def _fill(pieces: list[_Piece], width: float, measure: Measure) -> list[_Line]:
    lines: list[_Line] = []
    line, used = "", 0.0
    for gap, gap_width, text, text_width in pieces:
        if line and used + gap_width + text_width <= width:
            line += gap + text
            used += gap_width + text_width
            continue
        if line:
            lines.append((line, used))
        line, used = text, text_width
        while used > width and len(line) > 1:
            head, head_width = _head(line, width, measure)
            if head == len(line):
                break
            lines.append((line[:head], head_width))
            line, used = line[head:], used - head_width
    return [*lines, (line, used)]


def _pieces(text: str, measure: Measure) -> list[_Piece]:
    clusters: list[tuple[str, str]] = []
    gap = ""
    for found in _ATOM.finditer(text):
        atom = found.group()
        if found.lastgroup:
            gap = atom
        elif clusters and not gap and _stay_together(clusters[-1][1], atom):
            before, cluster = clusters[-1]
            clusters[-1] = (before, cluster + atom)
        else:
            clusters.append((gap, atom))
            gap = ""
    return [(gap, measure(gap) if gap else 0.0, text, measure(text)) for gap, text in clusters]


def _stay_together(before: str, after: str) -> bool:
    return after[0] in NEVER_FIRST or before[-1] in NEVER_LAST


def _head(cluster: str, width: float, measure: Measure) -> tuple[int, float]:
    """How many characters of a cluster that is too wide go onto this line, and their width.

    At least one, with its marks. Best after a hyphen, as in a reference number; else where the
    rules allow; else anywhere.
    """
    fits, used = 1, measure(cluster[0])
    while fits < len(cluster):
        used += measure(cluster[fits])
        if used > width:
            break
        fits += 1
    while fits < len(cluster) and is_mark(cluster[fits]):
        fits += 1
    head = cluster.rfind("-", 0, fits) + 1
    if not head:
        allowed = (place for place in range(fits, 0, -1) if _may_end(cluster, place))
        head = next(allowed, fits)
    return head, measure(cluster[:head])


def _may_end(cluster: str, place: int) -> bool:
    before, after = cluster[:place], cluster[place:]
    return not after or not (is_mark(after[0]) or _stay_together(before, after))
