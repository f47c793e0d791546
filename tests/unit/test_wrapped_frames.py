"""A security module's frames in a pseudo-APDU, to a virtual card's chip and back."""

from pathlib import Path

import pytest

from hardware.card_reader import chip_serial
from hardware.card_reader.card_text import identity_of
from hardware.card_reader.profiles import Wrapping
from hardware.card_reader.sam_session import read_text
from hardware.card_reader.wrapped_frames import WrappedFrames
from kiosk.errors import CardUnknown, CardUnreadable, ChipSerialOnly
from sandbox.cards.card_file import load_card
from sandbox.cards.chip import Chip, chip_of

CARDS = Path(__file__).parents[1] / "cards"
HEAD = bytes.fromhex("FF000000")


class Wire:
    """A chip behind nothing; each of its answers can be changed on its way."""

    def __init__(self, chip: Chip, vendor: bytes = b"") -> None:
        self.chip = chip
        self.sent: list[bytes] = []
        self._vendor = vendor

    def send_and_receive(self, apdu: bytes) -> tuple[bytes, int]:
        self.sent.append(apdu)
        answer = self.chip.answer(apdu)
        prefix = self._vendor if apdu.startswith(HEAD) else b""
        return prefix + answer[:-2], int.from_bytes(answer[-2:], "big")


def chip(folder: Path, frames: str, card: str = "zhang-yan.yaml") -> Chip:
    file = folder / "wrapped.yaml"
    text = (CARDS / card).read_text("utf-8")
    file.write_text(f"{text}\nreader: wrapped\nframes: {{{frames}}}\n", encoding="utf-8")
    return chip_of(load_card(file))


@pytest.mark.parametrize("fetched", ["true", "false"])
@pytest.mark.parametrize("piece", [1, 100, 255, 256])
def test_a_card_is_read_whole_or_in_pieces(tmp_path: Path, fetched: str, piece: int) -> None:
    """Whether the answer comes at once or has to be fetched, it is the same person."""
    wire = Wire(chip(tmp_path, f"fetched: {fetched}"))
    frames = WrappedFrames(wire, Wrapping(head="FF000000", piece=piece))
    assert "350428195203140013" == identity_of(read_text(frames)).number
    asked = [apdu for apdu in wire.sent if not apdu.startswith(HEAD)]
    assert (fetched == "true") == bool(asked)
    assert all(apdu[:4] == bytes.fromhex("00C00000") for apdu in asked)
    assert all((apdu[4] or 256) <= piece for apdu in asked)


@pytest.mark.parametrize(("le", "size"), [(False, 15), (True, 16)])
def test_the_command_is_as_the_vendor_wants_it(tmp_path: Path, le: bool, size: int) -> None:
    """The head, the frame's length, the frame, and Le where it is wanted."""
    wire = Wire(chip(tmp_path, "head: FFFE0102"))
    read_text(WrappedFrames(wire, Wrapping(head="FFFE0102", le=le)))
    assert bytes.fromhex("FFFE01020AAAAAAA9669") == wire.sent[0][:10]
    assert size == len(wire.sent[0])


def test_bytes_of_the_vendor_before_the_frame_are_passed_over(tmp_path: Path) -> None:
    """Some readers put a status of their own in front."""
    wire = Wire(chip(tmp_path, ""), vendor=b"\x00\x01\x02")
    frames = WrappedFrames(wire, Wrapping(head="FF000000", skip=3))
    assert "张龑" == identity_of(read_text(frames)).name


def test_a_card_that_knows_no_frames_is_unknown() -> None:
    """A bus card, and an identity card without a module, refuse the pseudo-APDU."""
    wire = Wire(chip_of(load_card(CARDS / "unknown.yaml")))
    with pytest.raises(CardUnknown):
        read_text(WrappedFrames(wire, Wrapping(head="FF000000")))


def test_another_refusal_is_named(tmp_path: Path) -> None:
    """The status word says why, for staff."""
    with pytest.raises(CardUnreadable) as caught:
        WrappedFrames(Wire(chip(tmp_path, "")), Wrapping(head="FF000000")).exchange(b"", 0)
    assert 0x6700 == caught.value.status_word


class Endless:
    """Announces more for ever, by so many bytes at a time."""

    def __init__(self, size: int) -> None:
        self.asked = 0
        self._size = size

    def send_and_receive(self, apdu: bytes) -> tuple[bytes, int]:
        self.asked += 1
        return bytes(self._size), 0x6100


@pytest.mark.parametrize(("size", "most"), [(0, 2), (1, 1297), (256, 7)])
def test_an_answer_without_an_end_is_given_up(size: int, most: int) -> None:
    """A reader that always has more, or has it only in words, holds nobody for long."""
    endless = Endless(size)
    with pytest.raises(CardUnreadable):
        WrappedFrames(endless, Wrapping(head="FF000000")).exchange(b"frame", 0)
    assert endless.asked <= most


def test_a_chip_serial_is_nobody() -> None:
    """The serial is told to be one, and is neither returned nor kept."""
    with pytest.raises(ChipSerialOnly) as caught:
        chip_serial.read_identity(Wire(chip_of(load_card(CARDS / "chip-serial.yaml"))))
    assert "1A2B3C4D5E6F7081" not in repr(caught.value).upper()


def test_what_has_no_serial_is_unknown() -> None:
    """A bus card on such a reader is a wrong card, not an identity card without a module."""
    with pytest.raises(CardUnknown):
        chip_serial.read_identity(Wire(chip_of(load_card(CARDS / "unknown.yaml"))))
