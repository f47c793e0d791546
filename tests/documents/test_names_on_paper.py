"""Names and addresses with rare characters stand on paper as their faces have them; the full run is
tests/proofs/paper_names.py."""

from collections import Counter
from dataclasses import replace

import pytest

from hardware.receipt_printer.layout import Layout
from hardware.receipt_printer.pieces import OwnLine
from kiosk.documents.document import Document, DocumentKind, Field
from kiosk.masking import masked_name
from tests.documents import names, reference
from tests.documents.sent import rasters, sent
from tests.unit.paper_samples import FONTS, ISSUER, WIDTHS, profile

COUNT, SEED = 64, 18030
LONG_NAMES = (
    "阿卜杜热合曼江·买买提依明·吐尔逊尼亚孜·阿布都拉·古丽米热",
    "HAMDAN NOOR ABDULLAH BIN MUHAMMAD RIDZUAN",
    "GARCIA MARTINEZ DE LA FUENTE, MARIA DE LOS ANGELES FERNANDAS",
)


def test_names_of_every_plane_are_drawn_glyph_for_glyph() -> None:
    """As many of each block, on both widths of paper, and none differs from FreeType's drawing."""
    seen = list(names.printed(COUNT, SEED))
    assert {COUNT // len(names.BLOCKS)} == set(Counter(each.block for each in seen).values())
    assert [] == [(each.name, each.address) for each in seen if not each.right]


@pytest.mark.parametrize("other", ["岩", "\U0002ebe1"])
def test_another_character_or_a_box_would_be_seen(other: str) -> None:
    """One character of one name that is another, or that no face has, is no small difference."""
    fields = {names.NAME: "王𬱖岭", names.ADDRESS: "福建省三明市将乐县古镛镇"}
    document = Document(
        kind=DocumentKind.INTAKE_RECEIPT, issuer=ISSUER, title=names.TITLE, reference="",
        number_label="", number="",
        fields=(Field(names.NAME, f"王𬱖{other}"), Field(*list(fields.items())[1])),
    )  # fmt: skip
    dots = rasters(sent(Layout(profile("80mm"), FONTS), document), 576)
    compared = reference.compare(dots, ISSUER, names.TITLE, fields, "80mm")
    assert 5 * names.GLYPH_TOLERANCE < compared.worst
    assert not replace(next(names.printed(1, SEED)), compared=compared).right


def test_a_printer_s_own_font_gets_no_character_that_it_lacks() -> None:
    """On a printer that sets lines itself each line with a rare character is drawn, and what is
    sent as text is the text, without a `?`."""
    layout = Layout(profile("80mm-own-font"), FONTS)
    text = "福建省三明市将乐县古镛镇和平村，《居住证》·一〇一室（东）"
    document = Document(
        kind=DocumentKind.INTAKE_RECEIPT, issuer="", title="", reference="", number_label="",
        number="", fields=(Field("居住地", text), Field("申请人", "王𬱖"), Field("曾用名", "王䶮")),
    )  # fmt: skip
    lines = [piece for piece in layout.pieces(document) if isinstance(piece, OwnLine)]
    written = "".join(words.content.decode("gb18030") for line in lines for words in line.words)
    assert f"居住地{text}" == written


@pytest.mark.parametrize("width", WIDTHS)
def test_long_names_of_many_parts_stand_within_the_paper(width: str) -> None:
    """Masked part by part, and broken into lines where they have to be, they touch no edge; and
    what a printer sets itself is the whole of it."""
    edge = reference.MEASURES[width].margin // 2
    for name in LONG_NAMES:
        document = Document(
            kind=DocumentKind.INTAKE_RECEIPT, issuer="", title="", reference="", number_label="",
            number="", fields=(Field(names.NAME, masked_name(name)),),
        )  # fmt: skip
        dots = rasters(sent(Layout(profile(width), FONTS), document), profile(width).width)
        assert dots.any()
        assert not dots[:, :edge].any()
        assert not dots[:, -edge:].any()
        own = Layout(profile("80mm-own-font"), FONTS).pieces(document)
        lines = [piece for piece in own if isinstance(piece, OwnLine)]
        written = "".join(w.content.decode("gb18030") for line in lines for w in line.words)
        assert f"{names.NAME}{masked_name(name)}".replace(" ", "") == written.replace(" ", "")
