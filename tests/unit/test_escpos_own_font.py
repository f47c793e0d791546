"""Lines that a printer sets in its own font, between others that are drawn."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_samples import FONTS, profile, sample
from PIL import Image

from hardware.receipt_printer import commands
from hardware.receipt_printer.layout import Layout
from hardware.receipt_printer.own_font import is_covered
from hardware.receipt_printer.pieces import Align, Line, OwnLine, OwnWords, Piece, Words
from hardware.receipt_printer.profiles import Charset, OwnFont
from hardware.receipt_printer.sheet import Sheet
from kiosk.documents.document import Document, DocumentKind, Field
from sandbox.printer.commands import Parser, RealTime
from sandbox.printer.paper import SIDE, Paper

OWN = profile("80mm-own-font")
SHEET = Sheet(OWN, FONTS)


def document(*fields: Field) -> Document:
    return Document(DocumentKind.TEST_PAGE, "将乐县", "收件凭证", "", "", "", fields)


def printed(pieces: Iterable[Piece]) -> Image.Image:
    """What the virtual printer makes of them, without the sides of its paper."""
    paper = Paper(OWN.width)
    sent = commands.begin(OWN) + b"".join(map(commands.encoded, pieces))
    for command, _raw in Parser().feed(sent):
        if not isinstance(command, RealTime):
            for strip in paper.printed(command):
                paper.put(strip)
    picture = paper.take()
    return picture.crop((SIDE, SIDE, picture.width - SIDE, picture.height - SIDE))


def ink(picture: Image.Image) -> tuple[int, int, int, int]:
    """The edges of what is black: left, top, right, bottom."""
    box = picture.convert("L").point(lambda value: 255 - value).getbbox()
    assert box is not None
    return box


@pytest.mark.parametrize(
    ("charset", "lacking"),
    [
        (Charset.GB2312, "〇䶮龘€𬱖𠀀\ue000"),
        (Charset.GBK, "䶮€𬱖𠀀\ue000"),
        (Charset.GB18030, "𬱖𠀀\ue000"),
    ],
)
def test_a_charset_covers_what_it_has(charset: Charset, lacking: str) -> None:
    """Each has the punctuation, and lacks what came later, needs four bytes or is private."""
    assert is_covered("将乐县 JL-03：“一”—《二》、（三）…·é。", charset)
    assert lacking == "".join(c for c in "〇䶮龘€𬱖𠀀\ue000" if not is_covered(c, charset))


def test_a_line_is_placed_and_ended() -> None:
    """In one line: up to its cells, its height, each word's place and weight, and LF."""
    line = OwnLine((OwnWords(24, b"A", False), OwnWords(300, b"\xd2\xbb", True)), 5, 34)
    assert (
        b"\x1bJ\x05\x1b3\x1d\x1b$\x18\x00\x1bE\x00A\x1b$\x2c\x01\x1bE\x01\xd2\xbb\n"
        == commands.encoded(line)
    )


CHARACTERS = "将乐县ABC123 ，。《》“”（）—·〇䶮龘𬱖𠀀𪜀€é\t\x7f\u200b\ue000"
TEXT = st.text(st.sampled_from(CHARACTERS), min_size=1, max_size=20)


@given(TEXT, st.booleans(), st.sampled_from(Charset))
@settings(deadline=None)
def test_what_is_sent_as_text_is_the_text(text: str, bold: bool, charset: Charset) -> None:
    """Whatever the line, it is drawn, or sent so that it reads as it was: no `?` takes the place
    of a character and no byte is a command."""
    sheet = Sheet(OWN.model_copy(update={"own_font": OwnFont(charset=charset)}), FONTS)
    line = sheet.own(Line(sheet.body, (Words(text, 24, bold),)))
    if line is not None:
        assert [text] == [words.content.decode("gb18030") for words in line.words]
        assert min(line.words[0].content) >= 0x20
    else:
        assert not is_covered(text, charset)


@pytest.mark.parametrize("align", Align)
def test_words_stand_where_drawn_ones_would(align: Align) -> None:
    """Left, centred and right words have the same edges, within a dot or two, in either way."""
    line = Line(SHEET.body, (Words("国国国", 300, align=align),))
    own = SHEET.own(line)
    assert own is not None
    sent, wanted = printed([own]), SHEET.drawn(line)
    assert wanted.size == sent.size
    assert all(abs(a - b) <= 2 for a, b in zip(ink(sent), ink(wanted), strict=True))


@pytest.mark.parametrize("kind", DocumentKind)
def test_both_kinds_of_line_keep_one_rhythm(kind: DocumentKind) -> None:
    """A document is as long on paper, line for line, whether its lines are set or drawn."""
    pieces = list(Layout(OWN, FONTS).pieces(sample(kind)))
    assert any(isinstance(piece, OwnLine) for piece in pieces)
    assert sum(piece.height for piece in pieces) == printed(pieces).height


def test_a_rare_name_is_drawn_between_lines_that_are_set() -> None:
    """One line with a character that the font lacks is a picture, the others stay text."""
    fields = (Field("办理事项", "居住证"), Field("申请人", "王𬱖"), Field("办件类型", "承诺件"))
    kinds = [type(piece) for piece in Layout(OWN, FONTS).pieces(document(*fields))]
    assert 2 == kinds.count(OwnLine)


def test_a_font_saves_most_bytes() -> None:
    """A receipt by text is a quarter of the drawn one: 10 s less at 115,200 baud."""
    receipt = sample(DocumentKind.INTAKE_RECEIPT)

    def size(name: str) -> int:
        paper = profile(name)
        return sum(len(commands.encoded(p)) for p in Layout(paper, FONTS).pieces(receipt))

    assert 4 * size("80mm-own-font") < size("80mm")
