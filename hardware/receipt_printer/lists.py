"""Fields, lists and paragraphs: the body of a document, line by line."""

from collections.abc import Iterator
from dataclasses import replace

from hardware.receipt_printer.pieces import Align, Block, Line, Words
from hardware.receipt_printer.sheet import STEP, Sheet
from kiosk.documents.document import Field, Rows

WIDEST_LABEL = 0.45
WIDEST_BESIDE = 0.4
"""Of the inner width; what is wider stands on lines of its own."""


def fields(sheet: Sheet, wanted: tuple[Field, ...]) -> Iterator[Block]:
    """Labels in a column of their own, or above their values where they are too wide for it."""
    size = sheet.body
    column = round(max(map(sheet.measure(size, False), (f.label for f in wanted)))) + 2 * STEP
    beside = column <= sheet.inner * WIDEST_LABEL
    for field in wanted:
        labels = sheet.paragraph(field.label, size, sheet.left)
        left = sheet.left + (column if beside else 0)
        values = sheet.paragraph(field.value, size, left, bold=True)
        if beside:
            values[0] = replace(values[0], words=labels.pop().words + values[0].words)
        yield from labels
        yield from values
        yield sheet.space(1)


def rows(sheet: Sheet, wanted: Rows) -> Iterator[Block]:
    """Entries with hanging numbers, what stands beside them in a column at the right edge."""
    size = sheet.body
    if wanted.heading:
        yield from sheet.paragraph(wanted.heading, size, sheet.left, bold=True)
        yield sheet.space(1)
    measure = sheet.measure(size, False)
    hanging = round(measure(f"{len(wanted.rows)}. ")) if wanted.numbered else 0
    widest = round(max(map(measure, (row.beside for row in wanted.rows)), default=0))
    beside = 0 < widest <= sheet.inner * WIDEST_BESIDE
    right = sheet.right - (widest + 2 * STEP if beside else 0)
    for number, row in enumerate(wanted.rows, start=1):
        first, *others = sheet.paragraph(row.text, size, sheet.left + hanging, right)
        if wanted.numbered:
            first = _with(first, Words(f"{number}.", sheet.left))
        if row.beside and beside:
            first = _with(first, Words(row.beside, sheet.right, align=Align.RIGHT))
        yield first
        yield from others
        for text in row.below if beside or not row.beside else (row.beside, *row.below):
            yield from sheet.paragraph(text, sheet.small, sheet.left + (hanging or 2 * STEP))
        yield sheet.space(1)


def _with(line: Line, words: Words) -> Line:
    return replace(line, words=(*line.words, words))


def notice(sheet: Sheet, text: str) -> Iterator[Line]:
    """A paragraph behind a mark."""
    first, *others = sheet.paragraph(text, sheet.body, sheet.left + 3 * STEP)
    yield replace(first, bullet=sheet.left)
    yield from others
