"""The virtual printer's reading of ESC/POS and the paper that it draws."""

import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from sandbox.printer.commands import Command, Control, Parser, Raster, RealTime, Setting, Text
from sandbox.printer.paper import SIDE, Paper


def read(data: bytes) -> list[Command]:
    return [command for command, _raw in Parser().feed(data)]


def printed(data: bytes, width: int = 576) -> Image.Image:
    paper = Paper(width)
    for command in read(data):
        if not isinstance(command, RealTime):
            for strip in paper.printed(command):
                paper.put(strip)
    return paper.take()


def black(picture: Image.Image) -> int:
    return picture.histogram()[0]


def test_a_question_inside_a_picture_is_dots() -> None:
    """DLE EOT among raster data is not answered; the same bytes after it are."""
    dots = b"\x10\x04\x01" * 2
    raster = b"\x1dv0\x00" + b"\x03\x00\x02\x00" + dots
    assert [Raster(0, 3, 2, dots), RealTime(4, 1)] == read(raster + b"\x10\x04\x01")


def test_each_kind_of_command_is_read() -> None:
    """Text of four bytes a character, settings, sized groups, cuts and controls in one stream."""
    data = b"\x1b@\x1ba\x01" + "㐀𠀀A".encode("gb18030") + b"\n\x1d(H\x06\x00000042\x1dVB\x00"
    assert [
        Setting(b"\x1b@"),
        Setting(b"\x1ba", b"\x01"),
        Text("㐀𠀀A".encode("gb18030")),
        Control(0x0A),
        Setting(b"\x1d(H", b"000042"),
        Setting(b"\x1dV", b"B\x00"),
    ] == read(data)


def test_a_raster_is_drawn_dot_for_dot() -> None:
    """1 is black, the leftmost dot is the highest bit."""
    picture = printed(b"\x1dv0\x00\x01\x00\x02\x00\x80\x01")
    assert [(SIDE, SIDE), (SIDE + 7, SIDE + 1)] == [
        (x, y)
        for y in range(picture.height)
        for x in range(picture.width)
        if picture.getpixel((x, y)) == 0
    ]


def test_text_is_drawn_with_its_style() -> None:
    """Chinese text leaves ink, and double size leaves about four times as much."""
    plain = black(printed("将乐县".encode("gb18030") + b"\n"))
    double = black(printed(b"\x1d!\x11" + "将乐县".encode("gb18030") + b"\n"))
    assert plain > 300
    assert 3.5 * plain < double < 4.5 * plain


def test_text_wider_than_the_paper_wraps() -> None:
    """Thirty Chinese characters need two lines of 24 dots each on 576 dots."""
    one, two = (
        printed(("中" * 24 + "\n").encode("gb18030")),
        printed(("中" * 30 + "\n").encode("gb18030")),
    )
    assert 30 == two.height - one.height


def test_the_printer_draws_codes_itself() -> None:
    """GS ( k stores and prints a QR code that a scanner reads."""

    def group(function: int, data: bytes) -> bytes:
        return b"\x1d(k" + (len(data) + 2).to_bytes(2, "little") + bytes((49, function)) + data

    data = group(67, b"\x08") + group(69, b"1") + group(80, b"0202606130001") + group(81, b"0")
    codes = zxingcpp.read_barcodes(printed(b"\x1bd\x02" + data + b"\x1bd\x02"))
    assert ["202606130001"] == [code.text for code in codes]


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_no_bytes_crash_the_printer(data: bytes) -> None:
    """Noise is read and printed as something, never as an error."""
    assert printed(data, 384).width == 384 + 2 * SIDE


COMMANDS = st.lists(
    st.one_of(
        st.sampled_from([b"\x1b", b"\x1d", b"\x1c", b"\x10", b"\x1d(k", b"\x1dv0", b"\x1dk"]),
        st.sampled_from([b"\x1b@", b"\x1dVA\x00", b"\x1d(H\x06\x00000001", b"\x10\x04\x04"]),
        st.binary(max_size=12),
        st.text(max_size=6).map(lambda text: text.encode("gb18030", errors="replace")),
    ),
    max_size=20,
).map(b"".join)


@given(COMMANDS, st.integers(min_value=1, max_value=7))
@settings(max_examples=300, deadline=None)
def test_how_the_bytes_arrive_changes_nothing(data: bytes, size: int) -> None:
    """One byte at a time or all at once: the same commands, and no byte is lost or doubled."""

    def joined(parser: Parser, pieces: list[bytes]) -> tuple[list[Command], bytes]:
        found = [pair for piece in pieces for pair in parser.feed(piece)]
        return _merged([command for command, _raw in found]), b"".join(raw for _c, raw in found)

    pieces = [data[start : start + size] for start in range(0, len(data), size)]
    whole, raw = joined(Parser(), [data])
    assert (whole, raw) == joined(Parser(), pieces)
    assert data.startswith(raw)


def _merged(commands: list[Command]) -> list[Command]:
    """Text that came in two pieces counts as one."""
    merged: list[Command] = []
    for command in commands:
        if isinstance(command, Text) and merged and isinstance(merged[-1], Text):
            merged[-1] = Text(merged[-1].content + command.content)
        else:
            merged.append(command)
    return merged
