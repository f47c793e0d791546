"""A receipt goes over a real socket and comes out as paper that says what it should."""

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
import zxingcpp
from PIL import Image
from printer_fixtures import (
    NUMBER,
    ROOT,
    Reported,
    Start,
    make_printer,
    printer,
    profile,
    receipt,
    reported,
    start,
)

from hardware.receipt_printer.layout import Layout
from hardware.receipt_printer.profiles import ProofCommand, QrDrawing
from kiosk.devices import PrintOutcome
from kiosk.documents.document import QrCode
from kiosk.events import PrinterChanged, PrintFinished
from sandbox.printer import State, VirtualPrinter
from sandbox.printer.paper import SIDE

__all__ = ["make_printer", "printer", "reported", "start"]

Make = Callable[..., VirtualPrinter]


def codes(picture: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def test_a_receipt_is_printed_and_proved(
    printer: VirtualPrinter, start: Start, reported: Reported
) -> None:
    """The paper's QR code is the number exactly, and CONFIRMED came from the printer."""
    start(printer.port).print("job", receipt())
    finished = reported.next(PrintFinished)
    assert ("job", PrintOutcome.CONFIRMED) == (finished.job, finished.outcome)
    assert finished.status.ready
    (file,) = printer.receipts
    assert [NUMBER] == codes(Image.open(file))
    assert file.with_suffix(".bin").read_bytes().startswith(b"\x1b@")


def test_the_paper_shows_every_dot_of_the_layout(
    printer: VirtualPrinter, start: Start, reported: Reported
) -> None:
    """What was laid out and what was printed agree dot for dot."""
    start(printer.port).print("job", receipt())
    reported.next(PrintFinished)
    paper = Image.open(printer.receipts[0])
    top = SIDE
    for piece in Layout(profile(), ROOT / "assets" / "fonts").pieces(receipt()):
        assert isinstance(piece, Image.Image)
        part = paper.crop((SIDE, top, SIDE + piece.width, top + piece.height))
        assert piece.convert("L").tobytes() == part.tobytes()
        top += piece.height
    assert paper.height == top + SIDE


def test_two_jobs_in_a_row_are_two_receipts(
    printer: VirtualPrinter, start: Start, reported: Reported
) -> None:
    """Jobs are printed in their order, each with its own cut."""
    worker = start(printer.port)
    worker.print("first", receipt("11112222"))
    worker.print("second", receipt("33334444"))
    assert ["first", "second"] == [reported.next(PrintFinished).job for _ in range(2)]
    assert [["11112222"], ["33334444"]] == [codes(Image.open(file)) for file in printer.receipts]


def test_narrow_paper_without_a_cutter(
    make_printer: Make, start: Start, reported: Reported
) -> None:
    """The 58 mm profile prints a code that reads, and is proved by GS r."""
    narrow = make_printer(width=384)
    worker = start(narrow.port, profile("58mm"))
    worker.print("job", receipt())
    assert PrintOutcome.CONFIRMED is reported.next(PrintFinished).outcome
    worker.stop()
    assert narrow.wait_for_receipts(1, 3)
    assert [NUMBER] == codes(Image.open(narrow.receipts[0]))


def test_the_printer_may_draw_the_code_itself(
    printer: VirtualPrinter, start: Start, reported: Reported
) -> None:
    """With qr = "native" the code reads the same."""
    native = profile().model_copy(update={"qr": QrDrawing.NATIVE})
    start(printer.port, native).print("job", receipt())
    assert PrintOutcome.CONFIRMED is reported.next(PrintFinished).outcome
    assert [NUMBER] == codes(Image.open(printer.receipts[0]))


@pytest.mark.parametrize(
    ("proof", "expected"),
    [
        ((ProofCommand.GS_H, ProofCommand.GS_R), PrintOutcome.CONFIRMED),
        ((ProofCommand.GS_H,), PrintOutcome.UNCONFIRMED),
        ((), PrintOutcome.UNCONFIRMED),
    ],
)
def test_a_printer_without_process_ids_falls_back(
    make_printer: Make,
    start: Start,
    reported: Reported,
    proof: tuple[ProofCommand, ...],
    expected: PrintOutcome,
) -> None:
    """GS r 1 counts where GS ( H is not known; with neither nobody says "printed"."""
    clone = make_printer(proof=False)
    start(clone.port, profile().model_copy(update={"proof": proof})).print("job", receipt())
    assert expected is reported.next(PrintFinished, within=15).outcome
    assert clone.wait_for_receipts(1, 3)


def test_proof_waits_for_the_paper(make_printer: Make, start: Start, reported: Reported) -> None:
    """At 400 mm a second CONFIRMED comes no earlier than the paper can be out."""
    slow = make_printer(speed=400.0)
    worker = start(slow.port)
    reported.next(PrinterChanged)
    begun = time.monotonic()
    worker.print("job", receipt())
    assert PrintOutcome.CONFIRMED is reported.next(PrintFinished).outcome
    height = Image.open(slow.receipts[0]).height - 2 * SIDE
    assert time.monotonic() - begun >= height / 8 / 400.0


def test_paper_moves_while_the_rest_is_drawn(
    printer: VirtualPrinter, start: Start, reported: Reported
) -> None:
    """The first dots of a job are at the printer within 150 ms."""
    worker = start(printer.port)
    reported.next(PrinterChanged)
    worker.print("warm-up", receipt())
    reported.next(PrintFinished)
    worker.check()
    reported.next(PrinterChanged)
    begun = time.monotonic()
    worker.print("job", receipt())
    asked, begin = 4 * 3, 5
    assert printer.wait_for_bytes(printer.received + asked + begin + 8, 3)
    assert time.monotonic() - begun < 0.15


def test_forgotten_jobs_are_not_printed_for_the_next_citizen(
    make_printer: Make, start: Start, reported: Reported
) -> None:
    """A job under way ends; the ones behind it of a visit that is over never begin."""
    slow = make_printer(speed=400.0)
    worker = start(slow.port)
    reported.next(PrinterChanged)
    worker.print("under way", receipt("11112222"))
    assert slow.wait_for_bytes(2000, 3)
    worker.print("forgotten", receipt("33334444"))
    worker.forget()
    worker.print("next citizen", receipt("55556666"))
    assert ["under way", "next citizen"] == [reported.next(PrintFinished).job for _ in range(2)]
    assert [["11112222"], ["55556666"]] == [codes(Image.open(file)) for file in slow.receipts]


def test_a_job_forgotten_while_the_printer_is_asked_never_begins(
    printer: VirtualPrinter, start: Start, reported: Reported
) -> None:
    """Between the question whether the printer is ready and the first dot a visit can end too."""
    worker = start(printer.port)
    reported.next(PrinterChanged)
    printer.set_state(State.SILENT)
    asked = printer.received + 3
    worker.print("forgotten", receipt("33334444"))
    assert printer.wait_for_bytes(asked, 3)
    worker.forget()
    worker.check()
    assert not reported.next(PrinterChanged).status.ready
    printer.set_state(State.OK)
    worker.print("next citizen", receipt("55556666"))
    assert "next citizen" == reported.next(PrintFinished).job


def test_a_document_that_cannot_be_drawn_fails_alone(
    printer: VirtualPrinter, start: Start, reported: Reported
) -> None:
    """A QR code too long for any symbol fails its job, and the next one prints."""
    worker = start(printer.port)
    worker.print("too long", replace(receipt(), qr=QrCode("长" * 3000, "")))
    assert PrintOutcome.FAILED is reported.next(PrintFinished).outcome
    worker.print("next", receipt())
    assert PrintOutcome.CONFIRMED is reported.next(PrintFinished).outcome
