"""The paper that the virtual printer draws: text, styles, positions, pictures and codes."""

import pytest
import zxingcpp
from PIL import Image, ImageChops
from test_escpos_virtual_printer import printed as printed_narrow

from sandbox.printer.paper import SIDE

WIDTH = 576
Box = tuple[int, int, int, int]


def printed(data: bytes) -> Image.Image:
    """The paper without its sides."""
    picture = printed_narrow(data, width=WIDTH)
    return picture.crop((SIDE, SIDE, picture.width - SIDE, picture.height - SIDE))


def ink(picture: Image.Image) -> Box:
    """Left, top, right, bottom of what is black."""
    box = ImageChops.invert(picture).getbbox()
    assert box is not None
    return box


def black(picture: Image.Image) -> int:
    return picture.histogram()[0]


def gb(text: str) -> bytes:
    return text.encode("gb18030")


def same(one: Image.Image, other: Image.Image) -> bool:
    return (one.size, one.tobytes()) == (other.size, other.tobytes())


@pytest.mark.parametrize(
    ("letters", "pages"),
    [
        ("é", {2: "cp850", 16: "cp1252", 0: "cp437"}),
        ("€", {19: "cp858", 16: "cp1252"}),
        ("Жю", {17: "cp866", 34: "cp855", 46: "cp1251"}),
        ("Ωλ", {14: "cp737", 38: "cp869", 47: "cp1253"}),
    ],
)
def test_a_letter_is_the_same_in_every_code_page(letters: str, pages: dict[int, str]) -> None:
    """ESC t chooses what the high bytes mean while FS . has switched kanji off."""
    pictures = [
        printed(b"\x1c.\x1bt" + bytes((number,)) + letters.encode(codec) + b"\n")
        for number, codec in pages.items()
    ]
    assert all(same(pictures[0], other) for other in pictures[1:])
    assert black(pictures[0]) > 20


def test_kanji_mode_decides_what_the_bytes_are() -> None:
    """After FS . two bytes of GB18030 are two letters of the code page; after FS & one again."""
    assert not same(printed(gb("张") + b"\n"), printed(b"\x1c." + gb("张") + b"\n"))
    assert same(printed(b"\x1c." + "Ěý".encode("cp852") + b"\n"), printed(b"\x1c.\xb7\xec\n"))
    assert same(printed(gb("张䶮") + b"\n"), printed(b"\x1c.\x1c&" + gb("张䶮") + b"\n"))


def test_sizes_are_whole_multiples() -> None:
    """GS ! multiplies width and height apart, up to eight."""
    plain = printed(gb("张A") + b"\n").crop((0, 0, 36, 24))
    for wide, high in ((2, 1), (1, 2), (3, 5), (8, 8)):
        size = bytes(((wide - 1) << 4 | high - 1,))
        large = printed(b"\x1d!" + size + gb("张A") + b"\n").crop((0, 0, 36 * wide, 24 * high))
        expected = plain.resize(large.size, Image.Resampling.NEAREST)
        assert same(expected, large)


def test_styles_change_within_a_line() -> None:
    """Bold has more ink, underline a full row, inverse turns each dot; what follows is plain."""
    plain = printed(gb("张张") + b"\n")
    left, right = (0, 0, 24, 24), (24, 0, 48, 24)
    bold = printed(b"\x1bE\x01" + gb("张") + b"\x1bE\x00" + gb("张") + b"\n")
    assert black(bold.crop(left)) > 1.1 * black(plain.crop(left))
    assert same(plain.crop(right), bold.crop(right))
    lined = printed(b"\x1b-\x02" + b"A" + b"\x1b-\x00" + b"A\n")
    assert 2 * 12 <= black(lined.crop((0, 22, 24, 24))) < 2 * 24
    turned = printed(b"\x1dB\x01" + gb("张") + b"\x1dB\x00" + gb("张") + b"\n")
    assert same(ImageChops.invert(plain.crop(left)), turned.crop(left))
    assert same(plain.crop(right), turned.crop(right))


def test_lines_stand_where_they_are_told() -> None:
    """ESC a, ESC $, ESC \\ and tabs place the ink to the dot."""
    dot = b"\x1dB\x01 \x1dB\x00"  # a black cell, 12 dots wide
    assert [0, (WIDTH - 12) // 2, WIDTH - 12] == [
        ink(printed(b"\x1ba" + bytes((align,)) + dot + b"\n"))[0] for align in (0, 1, 2)
    ]
    assert (300, 312) == ink(printed(b"\x1b$\x2c\x01" + dot + b"\n"))[::2]
    back = printed(b"\x1b$\x2c\x01" + dot + b"\x1b\\\x00\xff" + dot + b"\n")
    assert (300 + 12 - 256, 312) == ink(back)[::2]
    assert 96 == ink(printed(b"\t" + dot + b"\n"))[0]
    assert 5 * 12 == ink(printed(b"\x1bD\x05\x00\t" + dot + b"\n"))[0]


def test_margins_hold_the_text() -> None:
    """GS L and GS W bound the lines: text wraps and is aligned between them."""
    bounds = b"\x1dL\x40\x00\x1dW\xf0\x00"  # from 64 on, 240 wide: ten characters
    inside = printed(bounds + b"\x1dB\x01" + gb("中" * 11) + b"\n")
    assert (64, 0, 64 + 240, 30 + 24) == ink(inside)
    right = printed(bounds + b"\x1ba\x02\x1dB\x01" + gb("中") + b"\n")
    assert (64 + 240 - 24, 64 + 240) == ink(right)[::2]


def test_line_spacing_moves_the_paper() -> None:
    """ESC 3 sets it, ESC 2 and ESC @ set it back; ESC d and ESC J feed."""
    heights = {
        b"A\nA\n": 60,
        b"\x1b3\x50A\nA\n": 160,
        b"\x1b3\x50\x1b2A\n": 30,
        b"\x1b3\x50A\n\x1b@A\n": 110,
        b"A\x1bd\x03": 120,
        b"A\x1bJ\x64": 130,
    }
    assert heights == {data: printed(data).height for data in heights}


def test_text_wider_than_the_paper_wraps() -> None:
    """Thirty Chinese characters need two lines of 24 dots each on 576 dots."""
    one, two = printed(gb("中" * 24 + "\n")), printed(gb("中" * 30 + "\n"))
    assert 30 == two.height - one.height


def test_a_raster_is_drawn_dot_for_dot() -> None:
    """1 is black, the leftmost dot is the highest bit; the mode doubles width and height."""
    picture = printed(b"\x1dv0\x00\x01\x00\x02\x00\x80\x01")
    assert [(0, 0), (7, 1)] == [
        (x, y) for y in range(2) for x in range(WIDTH) if picture.getpixel((x, y)) == 0
    ]
    doubled = printed(b"\x1dv0\x03\x01\x00\x02\x00\x80\x01")
    expected = picture.resize((2 * WIDTH, 4), Image.Resampling.NEAREST).crop((0, 0, WIDTH, 4))
    assert same(expected, doubled)


def test_all_ways_to_send_a_picture_give_the_same() -> None:
    """GS v 0, stored graphics of both lengths and ESC * in bands of 24 rows agree to the dot."""
    picture = printed(gb("将乐县政务服务中心") + b"\n" + gb("收件凭证") + b"\n")
    picture = picture.crop((0, 0, 240, 48)).point(lambda value: 255 - value).convert("1")
    dots = picture.tobytes()
    size = (240).to_bytes(2, "little") + (48).to_bytes(2, "little")
    stored = b"0p0\x01\x011" + size + dots
    standing = picture.transpose(Image.Transpose.TRANSPOSE)  # rows are columns: 6 bytes each
    columns = [standing.tobytes()[at : at + 6] for at in range(0, 240 * 6, 6)]
    bands = b"".join(
        b"\x1b*\x21\xf0\x00" + b"".join(column[top : top + 3] for column in columns) + b"\n"
        for top in (0, 3)
    )
    raster = printed(b"\x1dv0\x00\x1e\x00\x30\x00" + dots)
    assert 48 == raster.height and black(raster) > 1500
    length = len(stored).to_bytes(4, "little")
    assert same(raster, printed(b"\x1d(L" + length[:2] + stored + b"\x1d(L\x02\x0002"))
    assert same(raster, printed(b"\x1d8L" + length + stored + b"\x1d(L\x02\x000\x02"))
    assert same(raster, printed(b"\x1b3\x18" + bands))


def test_a_stored_picture_is_printed_once() -> None:
    """The second print command finds nothing."""
    stored = b"\x1d(L\x0b\x000p0\x01\x011\x08\x00\x01\x00\xff"
    once = printed(stored + b"\x1d(L\x02\x0002")
    assert 1 == once.height
    assert same(once, printed(stored + b"\x1d(L\x02\x0002" * 2))


def group(function: int, data: bytes) -> bytes:
    return b"\x1d(k" + (len(data) + 2).to_bytes(2, "little") + bytes((49, function)) + data


@pytest.mark.parametrize("level", [b"0", b"1", b"2", b"3"])
def test_the_printer_draws_qr_codes_itself(level: bytes) -> None:
    """GS ( k stores and prints a code of the level asked for, modules as large as asked for."""
    data = group(67, b"\x08") + group(69, level) + group(80, b"0JL-2026-0613/A") + group(81, b"0")
    (code,) = zxingcpp.read_barcodes(printed(b"\x1bd\x02\x1ba\x01" + data + b"\x1bd\x02"))
    assert ("JL-2026-0613/A", "LMQH"[int(level)]) == (code.text, code.ec_level)
    left, top, right, bottom = ink(printed(data))
    assert (0, 0, 0) == (left, (right - left) % 8, (bottom - top) % 8)


@pytest.mark.parametrize(
    ("command", "kind", "text"),
    [
        (b"\x04JL-0613\x00", zxingcpp.BarcodeFormat.Code39, "JL-0613"),
        (b"E\x07JL-0613", zxingcpp.BarcodeFormat.Code39, "JL-0613"),
        (b"I\x0c{BJl{{20{C\x06\x0d", zxingcpp.BarcodeFormat.Code128, "Jl{200613"),
        (b"\x02690123456789\x00", zxingcpp.BarcodeFormat.EAN13, "6901234567892"),
        (b"C\x0d6901234567892", zxingcpp.BarcodeFormat.EAN13, "6901234567892"),
        (b"F\x0620260613"[:8], zxingcpp.BarcodeFormat.ITF, "202606"),
    ],
)
def test_the_printer_draws_barcodes_itself(
    command: bytes, kind: zxingcpp.BarcodeFormat, text: str
) -> None:
    """GS k in both forms, with the height and the module that were set, reads back."""
    bars = printed(b"\x1bd\x02\x1dh\x50\x1dw\x02\x1ba\x01\x1dk" + command + b"\x1bd\x02")
    (code,) = zxingcpp.read_barcodes(bars)
    assert (kind, text) == (code.format, code.text)
    assert 80 == ink(bars)[3] - ink(bars)[1]
    words = printed(b"\x1bd\x02\x1dH\x03\x1dh\x50\x1dw\x02\x1ba\x01\x1dk" + command + b"\x1bd\x02")
    assert 2 * 24 == words.height - bars.height
    assert [text] == [code.text for code in zxingcpp.read_barcodes(words)]


@pytest.mark.parametrize("command", [b"C\x03abc", b"I\x02AB", b"E\x02\xb5\xb5", b"\x64\x01A"])
def test_what_a_barcode_cannot_hold_is_not_printed(command: bytes) -> None:
    """Letters in EAN 13, a CODE 128 without its set, an unknown kind: nothing comes out."""
    assert same(printed(b"A\n"), printed(b"\x1dk" + command + b"A\n"))
