"""The virtual printer's reading of ESC/POS: bytes to commands, however they arrive."""

from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from sandbox.printer.commands import (
    Barcode,
    Columns,
    Command,
    Control,
    Parser,
    Raster,
    RealTime,
    Setting,
    Text,
)
from sandbox.printer.paper import SIDE, Paper


def read(*pieces: bytes) -> list[Command]:
    parser = Parser()
    return [command for piece in pieces for command, _raw in parser.feed(piece)]


def printed(*pieces: bytes, width: int = 384) -> Image.Image:
    paper = Paper(width)
    for command in read(*pieces):
        if not isinstance(command, RealTime):
            for strip in paper.printed(command):
                paper.put(strip)
    return paper.take()


def test_a_question_inside_a_picture_is_dots() -> None:
    """DLE EOT among raster data is not answered; the same bytes after it are."""
    dots = b"\x10\x04\x01" * 2
    raster = b"\x1dv0\x00" + b"\x03\x00\x02\x00" + dots
    assert [Raster(0, 3, 2, dots), RealTime(4, 1)] == read(raster + b"\x10\x04\x01")


def test_each_kind_of_command_is_read() -> None:
    """Text, settings, pictures, barcodes, cuts and controls in one stream, each whole."""
    text = "㐀𠀀A".encode("gb18030")
    data = (
        b"\x1b@\x1ba\x01" + text + b"\n\x1d(H\x06\x00000042\x1bD\x08\x10\x00"
        b"\x1b*\x21\x01\x00abc\x1dk\x04AB\x00\x1dkI\x04{BAB"
        b"\x1d(L\x02\x0002\x1d8L\x02\x00\x00\x0002\x1dVB\x00\x10\x05\x02"
    )
    assert [
        Setting(b"\x1b@"),
        Setting(b"\x1ba", b"\x01"),
        Text(text),
        Control(0x0A),
        Setting(b"\x1d(H", b"000042"),
        Setting(b"\x1bD", b"\x08\x10"),
        Columns(33, b"abc"),
        Barcode(69, b"AB"),
        Barcode(73, b"{BAB"),
        Setting(b"\x1d(L", b"02"),
        Setting(b"\x1d(L", b"02"),
        Setting(b"\x1dV", b"B\x00"),
        RealTime(5, 2),
    ] == read(data)


def test_what_claims_to_be_longer_than_paper_is_noise() -> None:
    """A picture of four gigabytes is not waited for: what follows is read."""
    assert Setting(b"\x1b@") in read(b"\x1d8L\xff\xff\xff\xff\x1b@")


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_no_bytes_crash_the_printer(data: bytes) -> None:
    """Noise is read and printed as something, never as an error."""
    assert 384 + 2 * SIDE == printed(data).width


COMMANDS = st.lists(
    st.one_of(
        st.sampled_from([b"\x1b", b"\x1d", b"\x1c", b"\x10", b"\x1d(k", b"\x1dv0", b"\x1dk"]),
        st.sampled_from([b"\x1b@", b"\x1dVA\x00", b"\x1d(H\x06\x00000001", b"\x10\x04\x04"]),
        st.sampled_from([b"\n", b"\x1c.", b"\x1c&", b"\x1bt\x11", b"\x1d!\x11", b"\x1b$\x40\x01"]),
        st.sampled_from([b"\x1dL\x20\x00", b"\x1b*\x21\x02\x00", b"\x1d(L\x0a\x000p0\x01\x01"]),
        st.sampled_from([b"\x1dkI\x06{B12AB", b"\x1dk\x0269012345678\x00", b"\x1d(k\x03\x001Q0"]),
        st.binary(max_size=12),
        st.text(max_size=6).map(lambda text: text.encode("gb18030", errors="replace")),
    ),
    max_size=20,
).map(b"".join)


@given(COMMANDS, st.integers(min_value=1, max_value=7))
@example("\u0085\u2029\n".encode("gb18030"), 1)
@settings(max_examples=200, deadline=None)
def test_how_the_bytes_arrive_changes_nothing(data: bytes, size: int) -> None:
    """One byte at a time or all at once: the same paper, and no byte is lost or doubled."""
    pieces = [data[start : start + size] for start in range(0, len(data), size)]
    whole, parted = printed(data), printed(*pieces)
    assert (whole.size, whole.tobytes()) == (parted.size, parted.tobytes())
    parser = Parser()
    raw = b"".join(raw for piece in pieces for _command, raw in parser.feed(piece))
    assert data.startswith(raw)
