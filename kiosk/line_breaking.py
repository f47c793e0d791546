"""Where a line of Chinese may end: no line begins with closing punctuation or ends with opening
punctuation, and Latin words and numbers stay whole (GB/T 15834 and W3C clreq, basic rules)."""

from collections.abc import Callable, Iterator

NEVER_FIRST = frozenset("，。、；：？！）》〉」』】〕”’％%…—·,.;:?!)]}～")
NEVER_LAST = frozenset("（《〈「『【〔“‘([{￥¥")


def break_lines(text: str, width: float, measure: Callable[[str], float]) -> tuple[str, ...]:
    """Lines of at most `width`, in the unit of `measure` (the width of one character).

    A line break in the text is kept. A piece wider than a whole line is cut between characters.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_paragraph(paragraph, width, measure))
    return tuple(lines)


def _paragraph(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    lines: list[str] = []
    line, used = "", 0.0
    for piece in _pieces(text):
        wide = sum(map(measure, piece))
        trimmed = sum(map(measure, piece.rstrip(" ")))
        if line and used + trimmed > width:
            lines.append(line.rstrip(" "))
            line, used = "", 0.0
            piece = piece.lstrip(" ") or ""
            wide = sum(map(measure, piece))
        while piece and wide > width and not line:
            head = _fitting(piece, width, measure)
            if head == len(piece):
                break
            lines.append(piece[:head])
            piece = piece[head:]
            wide = sum(map(measure, piece))
        line += piece
        used += wide
    lines.append(line.rstrip(" "))
    return lines


def _fitting(piece: str, width: float, measure: Callable[[str], float]) -> int:
    used = 0.0
    for index, char in enumerate(piece):
        used += measure(char)
        if used > width:
            return max(index, 1)
    return len(piece)


def _pieces(text: str) -> Iterator[str]:
    """The text cut wherever a line may end."""
    start = 0
    for index in range(1, len(text)):
        if _may_break(text[index - 1], text[index]):
            yield text[start:index]
            start = index
    if text:
        yield text[start:]


def _may_break(before: str, after: str) -> bool:
    if after in NEVER_FIRST or before in NEVER_LAST or after == " ":
        return False
    return before == " " or _wide(before) or _wide(after)


def _wide(char: str) -> bool:
    return ord(char) >= 0x2E80 or (char in NEVER_FIRST and ord(char) > 0x7F)
