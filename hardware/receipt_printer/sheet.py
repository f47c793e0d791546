"""The paper of one printer to set lines on: its width, its sizes of type, its letters.

Sizes are in dots: body text of 28 dots at 8 dots a millimetre is 3.5 mm high, about 10 points,
and is read without glasses by most people at reading distance; narrow paper has 26, so that fewer
lines are broken. A printer that sets lines in a font of its own has text of that font's size
throughout, so that both kinds of line stand well together.
"""

from pathlib import Path

from PIL import Image, ImageDraw

from hardware.receipt_printer import own_font
from hardware.receipt_printer.lettering import Lettering
from hardware.receipt_printer.pieces import Align, Line, OwnLine, OwnWords, Words
from hardware.receipt_printer.profiles import PrinterProfile
from kiosk.line_breaking import Measure, balanced_lines, break_lines

WHITE, BLACK = 255, 0
HEADING, BODY, SMALL = 30, 28, 24
NARROW, NARROW_BODY = 512, 26
STEP = 8
LEADING = 1.4
HANGS = "（《「『【〈〔“‘"  # their left half is white: they move into the margin
BASELINE = 0.88  # of the type size, below the top of the em box (Noto Sans SC)
OWN_BULLET = "·"


class Sheet:
    """Holds the opened fonts; not for two threads at once. Lengths are in dots."""

    def __init__(self, profile: PrinterProfile, fonts: Path) -> None:
        self.profile = profile
        self.width = profile.width
        self.left = profile.margin
        self.right = profile.width - profile.margin
        self.inner = self.right - self.left
        self._own = profile.own_font
        body = BODY if self.width >= NARROW else NARROW_BODY
        self.body, self.small = (self._own.cell,) * 2 if self._own else (body, SMALL)
        self._letters = Lettering(fonts)

    def measure(self, size: int, bold: bool) -> Measure:
        """The width of a text; where it may be set in either font, in the wider one."""
        drawn, own = self._letters.measure(size, bold), self._own
        if own is None or size != own.cell:
            return drawn
        return lambda text: max(drawn(text), own_font.length(text, own))

    def fitting(self, text: str, sizes: tuple[int, ...], width: int) -> int:
        """The largest of these sizes in which each line of the text fits in bold, or the last."""
        for size in sizes:
            if max(map(self.measure(size, True), text.split("\n"))) <= width:
                return size
        return sizes[-1]

    def blank(self, height: int) -> Image.Image:
        return Image.new("1", (self.width, height), WHITE)

    def space(self, steps: int) -> Image.Image:
        return self.blank(steps * STEP)

    def rule(self, dashed: bool) -> Image.Image:
        picture = self.blank(2)
        draw = ImageDraw.Draw(picture)
        dash, gap = (6, 6) if dashed else (self.inner, 0)
        for x in range(self.left, self.right, dash + gap):
            draw.rectangle((x, 0, min(x + dash, self.right) - 1, 1), fill=BLACK)
        return picture

    def centred(
        self, text: str, size: int, *, bold: bool = False, width: int | None = None
    ) -> list[Line]:
        """The text in the middle of the paper, in lines of much the same length."""
        lines = balanced_lines(text, width or self.inner, self.measure(size, bold))
        return [Line(size, (Words(line, self.width / 2, bold, Align.CENTRE),)) for line in lines]

    def paragraph(
        self, text: str, size: int, left: int, right: int | None = None, *, bold: bool = False
    ) -> list[Line]:
        """The text from `left` to `right`, or to the margin."""
        width = (right or self.right) - left
        lines = break_lines(text, width, self.measure(size, bold))
        return [Line(size, (Words(line, left, bold),)) for line in lines]

    def drawn(self, line: Line) -> Image.Image:
        picture = self.blank(height(line))
        self.draw(ImageDraw.Draw(picture), line, 0)
        return picture

    def draw(self, draw: ImageDraw.ImageDraw, line: Line, top: int, ink: int = BLACK) -> int:
        """Draws the line with its top there; the y below it."""
        below = top + height(line)
        size = line.size
        baseline = top + round((height(line) - size) / 2 + size * BASELINE)
        if line.bullet is not None:
            middle = top + height(line) // 2
            draw.rectangle((line.bullet, middle - 4, line.bullet + 7, middle + 3), fill=ink)
        for words in line.words:
            x = _begin(words, size, self._letters.length(words.text, size, words.bold))
            self._letters.draw(draw, words.text, x, baseline, size, bold=words.bold, ink=ink)
        return below

    def own(self, line: Line) -> OwnLine | None:
        """The line in the printer's own font; None where it has none in this size, or lacks one
        of its characters."""
        own = self._own
        if own is None or line.size != own.cell:
            return None
        if not all(own_font.is_covered(words.text, own.charset) for words in line.words):
            return None
        marks = [] if line.bullet is None else [Words(OWN_BULLET, line.bullet, bold=True)]
        placed = (
            OwnWords(
                max(round(_begin(words, own.cell, own_font.length(words.text, own))), 0),
                own_font.written(words.text),
                words.bold,
            )
            for words in (*marks, *line.words)
        )
        # Not every printer goes back on its line.
        in_order = tuple(sorted(placed, key=lambda words: words.x))
        return OwnLine(in_order, (height(line) - own.cell) // 2, height(line))


def height(line: Line) -> int:
    return round(line.size * LEADING)


def heights(lines: list[Line]) -> int:
    return sum(map(height, lines))


def _begin(words: Words, size: int, length: float) -> float:
    match words.align:
        case Align.LEFT:
            return words.x - size * 0.4 if words.text[:1] in tuple(HANGS) else words.x
        case Align.CENTRE:
            return words.x - length / 2
        case Align.RIGHT:
            return words.x - length
