"""What is drawn around words: the bar of a reprint, the number's frame, the place of a seal."""

from PIL import Image, ImageDraw

from hardware.receipt_printer.pieces import Line, Words
from hardware.receipt_printer.sheet import BLACK, HEADING, STEP, WHITE, Sheet, heights
from kiosk.documents.document import Seal
from kiosk.language import _

NUMBER = (60, 56, 52, 48, 44, 40)
SEAL_MM = 30
"""Height of the seal's place. A round seal is some 42 mm wide and goes over the authority's name
and the day, beyond the frame if need be."""
SIGNATURE_MM, SIGNATURE_WIDTH_MM = 14, 40
"""Room above the line, and its least length; a label that leaves less stands above it."""
DASH = 6


def banner(sheet: Sheet, text: str) -> Image.Image:
    """White on a black bar across the paper."""
    lines = sheet.centred(text, HEADING, bold=True)
    picture = sheet.blank(heights(lines) + 2 * STEP)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, picture.width, picture.height), fill=BLACK)
    _stack(sheet, draw, lines, STEP, ink=WHITE)
    return picture


def number(sheet: Sheet, label: str, value: str) -> Image.Image:
    """The number in a frame, large, in groups of four."""
    width = sheet.inner - 4 * STEP
    grouped = in_groups(value)
    size = sheet.fitting(grouped, NUMBER, width)
    lines = sheet.centred(label, sheet.body, width=width)
    lines += sheet.centred(grouped, size, bold=True, width=width)
    picture = sheet.blank(heights(lines) + 3 * STEP)
    draw = ImageDraw.Draw(picture)
    frame = (sheet.left, 0, sheet.right - 1, picture.height - 1)
    draw.rounded_rectangle(frame, STEP, outline=BLACK, width=3)
    _stack(sheet, draw, lines, STEP)
    return picture


def seal_place(sheet: Sheet, seal: Seal) -> Image.Image:
    """A dashed frame with the authority and the day in its lower half, as they stand under a
    letter, and room for the seal that goes over them."""
    width = sheet.inner - 4 * STEP
    hint = Line(sheet.small, (Words(_("盖章处"), sheet.left + 2 * STEP),))
    lines = sheet.centred(seal.authority, sheet.body, bold=True, width=width)
    lines += sheet.centred(seal.day, sheet.body, width=width)
    room = SEAL_MM * sheet.profile.dots_per_mm
    picture = sheet.blank(max(room, heights([hint, *lines]) + 4 * STEP))
    draw = ImageDraw.Draw(picture)
    _dashed_frame(draw, (sheet.left, 0, sheet.right - 2, picture.height - 2))
    sheet.draw(draw, hint, STEP)
    _stack(sheet, draw, lines, picture.height - heights(lines) - 3 * STEP)
    return picture


def signature(sheet: Sheet, label: str) -> Image.Image:
    """The line on which a person signs, with room above it for the hand."""
    length = round(sheet.measure(sheet.body, False)(label))
    dots = sheet.profile.dots_per_mm
    beside = sheet.inner - length - STEP >= SIGNATURE_WIDTH_MM * dots
    labels = sheet.paragraph(label, sheet.body, sheet.left)
    room = SIGNATURE_MM * dots
    picture = sheet.blank(room + (0 if beside else heights(labels)) + 2)
    draw = ImageDraw.Draw(picture)
    _stack(sheet, draw, labels, room - heights(labels) if beside else 0)
    begin = sheet.left + (length + STEP if beside else 0)
    draw.rectangle((begin, picture.height - 2, sheet.right - 1, picture.height - 1), fill=BLACK)
    return picture


def _stack(
    sheet: Sheet, draw: ImageDraw.ImageDraw, lines: list[Line], top: int, ink: int = BLACK
) -> None:
    for line in lines:
        top = sheet.draw(draw, line, top, ink)


def _dashed_frame(draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    for x in range(left, right, 2 * DASH):
        for y in (top, bottom):
            draw.rectangle((x, y, min(x + DASH - 1, right), y + 1), fill=BLACK)
    for y in range(top, bottom, 2 * DASH):
        for x in (left, right):
            draw.rectangle((x, y, x + 1, min(y + DASH - 1, bottom)), fill=BLACK)


def in_groups(number: str) -> str:
    """Digits and letters in groups of four; a number that has its own divisions keeps them."""
    if not (number.isascii() and number.isalnum()):
        return number
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))
