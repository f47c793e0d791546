"""Invented names and addresses with ideographs of every plane that GB 18030-2022 has, printed, and
compared with what FreeType draws of them."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from hardware.receipt_printer.layout import Layout
from kiosk.documents.document import Document, DocumentKind, Field
from tests.documents import reference
from tests.documents.sent import rasters, sent
from tests.unit.paper_samples import FONTS, ISSUER, WIDTHS, profile

BLOCKS = {
    "first block": (0x4E00, 0x9FEF),
    "extension A": (0x3400, 0x4DB5),
    "extension B": (0x20000, 0x2A6D6),
    "extension C": (0x2A700, 0x2B734),
    "extension D": (0x2B740, 0x2B81D),
    "extension E": (0x2B820, 0x2CEA1),
    "extension F": (0x2CEB0, 0x2EBE0),
    "〇": (0x3007, 0x3007),
}
"""The ideographs of GB 18030-2022 level 3, of which twelve more stand among the compatible ones."""
TITLE, NAME, ADDRESS = "收件凭证", "申请人", "居住地"
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董"
PLACES = "福建省三明市将乐县古镛镇和平村万安高唐白莲黄潭光明漠源南口余坊安仁大源水南玉华"

GLYPH_TOLERANCE = 0.1
"""Of a glyph's black dots: FreeType 2.13 and Pillow's 2.14 round some edges otherwise. Another
character in its place, or a box, differs by more than half."""
RECEIPT_TOLERANCE = 0.01
"""Of a receipt's black dots."""


@dataclass(frozen=True)
class Printed:
    block: str
    name: str
    address: str
    compared: reference.Compared

    @property
    def right(self) -> bool:
        seen = self.compared
        return (
            seen.height == seen.seen_height
            and seen.worst <= GLYPH_TOLERANCE
            and seen.differing <= RECEIPT_TOLERANCE * seen.black
        )


def printed(count: int, seed: int) -> Iterator[Printed]:
    """So many receipts, in turn of each block and on each width of paper. KeyError when none of
    the shipped faces has a character."""
    chosen = random.Random(seed)
    layouts = {width: Layout(profile(width), FONTS) for width in WIDTHS}
    for number in range(count):
        block = list(BLOCKS)[number % len(BLOCKS)]
        width = WIDTHS[number // len(BLOCKS) % len(WIDTHS)]
        name = chosen.choice(SURNAMES) + "".join(
            chosen.choice((_of(block, chosen), chosen.choice(PLACES)))
            for _ in range(chosen.randint(0, 2))
        )
        name += _of(block, chosen)
        address = _address(block, width, chosen)
        document = Document(
            kind=DocumentKind.INTAKE_RECEIPT,
            issuer=ISSUER,
            title=TITLE,
            reference="",
            number_label="",
            number="",
            fields=(Field(NAME, name), Field(ADDRESS, address)),
        )
        dots = rasters(sent(layouts[width], document), profile(width).width)
        fields = {NAME: name, ADDRESS: address}
        yield Printed(block, name, address, reference.compare(dots, ISSUER, TITLE, fields, width))


def _of(block: str, chosen: random.Random) -> str:
    return chr(chosen.randint(*BLOCKS[block]))


def _address(block: str, width: str, chosen: random.Random) -> str:
    """Its last line has three characters at least: with fewer the line before gives some away."""
    _left, in_one = reference.column(ADDRESS, width)
    length = chosen.randint(0, 3) * in_one + chosen.randint(3, in_one)
    return "".join(
        chosen.choice((chosen.choice(PLACES), _of(chosen.choice((block, *BLOCKS)), chosen)))
        for _ in range(length)
    )
