"""A document drawn as dots for each width of paper."""

from dataclasses import replace

import numpy as np
import pytest
import zxingcpp
from paper_samples import FONTS, NUMBER, REFERENCE, WIDTHS, drawn, page, profile, receipt, slip
from PIL import Image

from hardware.receipt_printer.frames import in_groups
from hardware.receipt_printer.layout import Layout
from hardware.receipt_printer.pieces import NativeQr
from hardware.receipt_printer.profiles import QrDrawing
from kiosk.documents.document import Document, DocumentKind, Field, Row, Rows, Seal

DOCUMENTS = {
    "received": receipt(),
    "kept": receipt(number=None),
    "slip": slip(("参保状态", "正常参保")),
    "test page": page(),
    "reprint": replace(receipt(), reprint=2),
}
EACH = pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
BOTH = pytest.mark.parametrize("paper", WIDTHS)


@EACH
@BOTH
def test_the_code_on_paper_reads_as_it_should(document: Document, paper: str) -> None:
    """The QR code of each document is read back from its dots alone."""
    assert document.qr is not None
    codes = zxingcpp.read_barcodes(drawn(document, profile(paper)).convert("L"))
    assert [document.qr.content] == [code.text for code in codes]


@BOTH
def test_the_code_is_at_least_30_millimetres_wide(paper: str) -> None:
    """A phone or scanner held by an unsteady hand finds it, with the quiet zone of ISO 18004."""
    printer = profile(paper)
    code = zxingcpp.read_barcodes(drawn(receipt(), printer).convert("L"))[0].position
    edge = code.top_right.x - code.top_left.x
    module = edge / 21
    assert edge >= 30 * printer.dots_per_mm
    assert code.top_left.x >= 4 * module - 1
    assert printer.width - code.top_right.x >= 4 * module - 1


@EACH
@BOTH
def test_pictures_fit_the_head_and_the_band(document: Document, paper: str) -> None:
    """Every picture is as wide as the head and at most one band high, in black and white."""
    printer = profile(paper)
    pieces = list(Layout(printer, FONTS).pieces(document))
    assert {("1", printer.width)} == {
        (piece.mode, piece.width) for piece in pieces if isinstance(piece, Image.Image)
    }
    assert max(piece.height for piece in pieces if isinstance(piece, Image.Image)) <= (
        printer.band_height
    )


@BOTH
def test_margins_stay_white(paper: str) -> None:
    """Nothing reaches into the margin where a head of another make would cut it off."""
    printer = profile(paper)
    picture = drawn(receipt(), printer)
    for left in (0, printer.width - printer.margin):
        side = picture.crop((left, 0, left + printer.margin, picture.height))
        assert (255, 255) == side.convert("L").getextrema()


def test_a_reprint_begins_with_its_mark() -> None:
    """A copy differs from the first print by a black bar at its head and by nothing else."""
    first = drawn(receipt(), profile("80mm"))
    copy = drawn(replace(receipt(), reprint=1), profile("80mm"))
    added = copy.height - first.height
    bar = copy.crop((0, 0, copy.width, added)).histogram()
    assert bar[0] > sum(bar) / 2
    assert first.tobytes() == copy.crop((0, added, copy.width, copy.height)).tobytes()


def test_long_values_wrap_below_themselves() -> None:
    """A value that needs three lines leaves the label's column white beside lines two and three."""
    printer = profile("80mm")
    value = "福建省三明市将乐县古镛镇" * 4
    document = replace(
        receipt(),
        fields=(Field("地址", value),),
        rows=(),
        notices=(),
        qr=None,
        footer=(),
        number="",
    )
    short = replace(document, fields=(Field("地址", "福建"),))
    tall, low = drawn(document, printer), drawn(short, printer)
    extra = tall.height - low.height
    column = tall.crop((0, low.height - 40, printer.margin + 56, low.height - 40 + extra))
    assert extra >= 2 * 28
    assert (255, 255) == column.convert("L").getextrema()


def test_long_labels_stand_above_their_values() -> None:
    """A label of another language that is too wide for a column does not cover its value."""
    document = replace(receipt(), fields=(Field("Department in charge of this item", "甲"),))
    beside = replace(receipt(), fields=(Field("Dept", "甲"),))
    assert drawn(document, profile("80mm")).height > drawn(beside, profile("80mm")).height


NOTHING = Document(DocumentKind.TEST_PAGE, "", "", "", "", "")


def height(document: Document, paper: str = "80mm") -> int:
    return drawn(document, profile(paper)).height


def rows_from(picture: Image.Image, left: int, right: int) -> list[int]:
    """The rows on which something black stands between these columns."""
    strip = np.asarray(picture.convert("L"))[:, left:right]
    return list(np.flatnonzero((strip == 0).any(axis=1)))


@BOTH
def test_a_list_hangs_its_numbers_and_aligns_its_right_column(paper: str) -> None:
    """Under a number nothing stands, and what is beside ends at the margin on its entry's first
    line, however long the entry is."""
    printer = profile(paper)
    entry = Row("经营场所的租赁合同或者不动产权证书" * 2, "1 份", ("原因：没有签名。" * 4,))
    listed = drawn(replace(NOTHING, rows=(Rows("", (entry,), numbered=True),)), printer)
    rule = rows_from(listed, 0, printer.width)[0] + 2
    rows = listed.crop((0, rule, listed.width, listed.height))
    line = round(28 * 1.4)
    numbers = rows_from(rows, printer.margin, printer.margin + 20)
    beside = rows_from(rows, printer.width - printer.margin - 40, printer.width - printer.margin)
    assert numbers and beside
    assert numbers[-1] - numbers[0] < line
    assert [] != [row for row in beside if row <= numbers[-1] + 8]
    last = np.asarray(rows)[: numbers[-1] + 8]
    right_edge = np.flatnonzero((~last).any(axis=0))[-1]
    assert printer.width - printer.margin - 6 <= right_edge < printer.width - printer.margin


@BOTH
def test_what_is_too_wide_to_stand_beside_stands_below(paper: str) -> None:
    """A long remark makes a line of its own, and does not squeeze its entry."""
    remark = "已告知本人并当面交付"
    short = replace(NOTHING, rows=(Rows("", (Row("委托书", "1 份"),)),))
    long = replace(NOTHING, rows=(Rows("", (Row("委托书", remark),)),))
    below = replace(NOTHING, rows=(Rows("", (Row("委托书", "", (remark,)),)),))
    assert height(short, paper) < height(long, paper) == height(below, paper)


@BOTH
def test_a_seal_has_its_place_and_the_signature_its_room(paper: str) -> None:
    """30 mm of frame for a seal; above the line to sign on at least 12 mm by 40 mm are white."""
    printer = profile(paper)
    dots = printer.dots_per_mm
    place = Seal("将乐县市场监督管理局", "2026年11月24日")
    without, sealed = (replace(NOTHING, seal=seal) for seal in (None, place))
    assert 30 * dots <= height(sealed, paper) - height(without, paper)
    signed = drawn(replace(sealed, seal=replace(place, receipt="签收人和时间")), printer)
    begin = signed.height - (signed.height - height(sealed, paper)) - 3 * 8
    below = np.asarray(signed)[begin:]
    line = next(row for row in range(len(below)) if (~below[row]).sum() >= 40 * dots)
    columns = np.flatnonzero(~below[line])
    assert below[line - 12 * dots : line, columns[0] : columns[-1]].all()


def test_a_printer_that_draws_codes_gets_the_content() -> None:
    """With qr = "native" the layout names the code instead of drawing it."""
    printer = profile("80mm").model_copy(update={"qr": QrDrawing.NATIVE})
    codes = [p for p in Layout(printer, FONTS).pieces(receipt()) if isinstance(p, NativeQr)]
    assert [NUMBER] == [code.content for code in codes]
    assert 21 * codes[0].module >= 30 * printer.dots_per_mm


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("202606130001", "2026 0613 0001"),
        ("12345", "1234 5"),
        ("FW261124JL030086", "FW26 1124 JL03 0086"),
        (REFERENCE, REFERENCE),
        ("", ""),
    ],
)
def test_numbers_are_grouped_by_four(number: str, expected: str) -> None:
    """Digits and letters in fours; a reference with hyphens stays as it is."""
    assert expected == in_groups(number)
