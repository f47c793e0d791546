"""Several documents on one strip, and one in the printer's own font, over a real socket."""

from collections.abc import Callable
from dataclasses import replace

import zxingcpp
from PIL import Image
from printer_fixtures import (
    Reported,
    Start,
    make_printer,
    printer,
    profile,
    receipt,
    reported,
    start,
)

from kiosk.devices import PrintOutcome
from kiosk.documents.document import Field
from kiosk.events import PrintFinished
from sandbox.printer import VirtualPrinter

__all__ = ["make_printer", "printer", "reported", "start"]


def test_a_document_that_is_followed_by_another_is_not_cut_off(
    printer: VirtualPrinter, start: Start, reported: Reported
) -> None:
    """Two documents come out as one strip with both codes, each proved by itself."""
    worker = start(printer.port)
    worker.print("first", replace(receipt("202606130001"), cut=False))
    assert PrintOutcome.CONFIRMED is reported.next(PrintFinished).outcome
    assert [] == printer.receipts
    worker.print("second", receipt("202606130002"))
    assert PrintOutcome.CONFIRMED is reported.next(PrintFinished).outcome
    (strip,) = printer.receipts
    codes = [code.text for code in zxingcpp.read_barcodes(Image.open(strip))]
    assert ["202606130001", "202606130002"] == sorted(codes)


def test_paper_to_be_torn_moves_on_only_behind_the_last_document(
    make_printer: Callable[..., VirtualPrinter], start: Start, reported: Reported
) -> None:
    """Without a cutter the 20 mm for tearing come once, at the end of the strip."""

    def printed(cut: bool) -> int:
        printer = make_printer(width=384)
        worker = start(printer.port, profile("58mm"))
        worker.print(f"{cut}", replace(receipt(), reference=f"{cut}", cut=cut))
        reported.next(PrintFinished)
        worker.stop()
        printer.wait_for_receipts(1, 10)
        return Image.open(printer.receipts[0]).height

    assert 20 * 8 == printed(cut=True) - printed(cut=False)


def test_a_printer_with_a_font_sets_most_lines_itself(
    printer: VirtualPrinter, start: Start, reported: Reported
) -> None:
    """The receipt reaches it as text with the rare name drawn, and is proved like any other."""
    document = receipt()
    document = replace(document, fields=(*document.fields, Field("曾用名", "王𬱖")))
    start(printer.port, profile("80mm-own-font")).print("job", document)
    assert PrintOutcome.CONFIRMED is reported.next(PrintFinished).outcome
    data = printer.receipts[0].with_suffix(".bin").read_bytes()
    assert "个体工商户设立登记".encode("gb18030") in data
    assert "曾用名".encode("gb18030") not in data
    assert 30_000 > len(data)
