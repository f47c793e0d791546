"""A document as dots and lines, piece by piece from the top, so that paper moves early."""

from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from hardware.receipt_printer import frames, lists
from hardware.receipt_printer.codes import code
from hardware.receipt_printer.pieces import Block, Line, NativeQr, Piece
from hardware.receipt_printer.profiles import PrinterProfile
from hardware.receipt_printer.sheet import HEADING, STEP, Sheet
from kiosk.documents.document import Document
from kiosk.language import _

TITLE = (52, 46, 40)


class Layout:
    """Lays documents out for one printer. Holds the opened fonts; not for two threads at once."""

    def __init__(self, profile: PrinterProfile, fonts: Path) -> None:
        self._sheet = Sheet(profile, fonts)

    def pieces(self, document: Document) -> Iterator[Piece]:
        """The document from top to bottom; pictures are at most the profile's band high."""
        for block in self._blocks(document):
            match block:
                case NativeQr():
                    yield block
                case Line():
                    yield self._sheet.own(block) or self._sheet.drawn(block)
                case Image.Image():
                    yield from self._bands(block)

    def _bands(self, picture: Image.Image) -> Iterator[Image.Image]:
        band = self._sheet.profile.band_height
        for top in range(0, picture.height, band):
            yield picture.crop((0, top, picture.width, min(top + band, picture.height)))

    def _blocks(self, document: Document) -> Iterator[Block]:
        sheet = self._sheet
        if document.reprint:
            yield frames.banner(sheet, _("补打 · 第 {count} 次").format(count=document.reprint))
            yield sheet.space(2)
        yield from sheet.centred(document.issuer, HEADING)
        yield sheet.space(1)
        size = sheet.fitting(document.title, TITLE, sheet.inner - 4 * STEP)
        yield from sheet.centred(document.title, size, bold=True)
        yield sheet.space(2)
        if document.number:
            yield frames.number(sheet, document.number_label, document.number)
            yield sheet.space(2)
        if document.fields:
            yield from lists.fields(sheet, document.fields)
            yield sheet.space(1)
        for listed in document.rows:
            yield sheet.rule(dashed=True)
            yield sheet.space(2)
            yield from lists.rows(sheet, listed)
            yield sheet.space(1)
        if document.notices:
            yield sheet.rule(dashed=True)
            yield sheet.space(2)
            for text in document.notices:
                yield from lists.notice(sheet, text)
                yield sheet.space(1)
            yield sheet.space(1)
        if document.seal:
            yield sheet.space(1)
            yield frames.seal_place(sheet, document.seal)
            yield sheet.space(2)
            if document.seal.receipt:
                yield frames.signature(sheet, document.seal.receipt)
                yield sheet.space(2)
        if document.qr:
            yield from code(sheet, document.qr)
            yield sheet.space(2)
        if document.footer:
            yield sheet.rule(dashed=False)
            yield sheet.space(1)
            for line in document.footer:
                yield from sheet.centred(line, sheet.small)
        yield sheet.space(3)
