"""Frames of the security module: what is sent, and what is made of whatever comes."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.card_reader.sam_frames import (
    FrameReader,
    SamAnswer,
    SamCommand,
    SamStatus,
    answer_of,
    request,
)
from kiosk.errors import CardUnreadable
from tests.card_bytes import FOUND, content, sam_frame

LONG = sam_frame(0x90, content(bytes(range(256))))


@pytest.mark.parametrize(
    ("command", "frame"),
    [
        (SamCommand.FIND, "AAAAAA96690003200122"),
        (SamCommand.SELECT, "AAAAAA96690003200221"),
        (SamCommand.READ_TEXT_AND_PHOTO, "AAAAAA96690003300132"),
    ],
)
def test_requests_are_those_of_the_field(command: SamCommand, frame: str) -> None:
    """Each command leaves with the bytes that readers take, its check among them."""
    assert bytes.fromhex(frame) == request(command)


@pytest.mark.parametrize(
    ("frame", "answer"),
    [
        ("AAAAAA9669 0008 00009F 00000000 97", SamAnswer(SamStatus.CARD_FOUND, bytes(4))),
        ("AAAAAA9669 0004 000080 84", SamAnswer(SamStatus.NO_CARD_FOUND, b"")),
        ("AAAAAA9669 000C 000090 0000000000000000 9C", SamAnswer(SamStatus.OK, bytes(8))),
        ("AAAAAA9669 0004 000081 85", SamAnswer(SamStatus.SELECT_FAILED, b"")),
    ],
)
def test_answers_of_the_field_are_understood(frame: str, answer: SamAnswer) -> None:
    """Frames as readers send them become their status and data."""
    assert answer == answer_of(bytes.fromhex(frame))


def test_text_and_photo_are_1295_bytes() -> None:
    """The longest frame is the length that readers send, and gives all that is in it."""
    assert 1295 == len(LONG)
    assert SamAnswer(SamStatus.OK, content(bytes(range(256)))) == answer_of(LONG)


def test_an_answer_does_not_show_its_data() -> None:
    """What was read of a person stays out of a traceback."""
    assert "data" not in repr(answer_of(LONG))


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        FOUND[:5],
        FOUND[:-1],
        FOUND + b"\0",
        FOUND[:-1] + bytes([FOUND[-1] ^ 1]),
        b"\x55" + FOUND[1:],
        bytes.fromhex("AAAAAA9669 0003 009F 9C"),
        bytes.fromhex("AAAAAA9669 0000"),
    ],
    ids=["nothing", "preamble alone", "short", "long", "check", "preamble", "no status", "empty"],
)
def test_another_form_is_unreadable(frame: bytes) -> None:
    """A frame of another preamble, length or check is refused, and no status is read from it."""
    with pytest.raises(CardUnreadable) as caught:
        answer_of(frame)
    assert None is caught.value.sam_status


@pytest.mark.parametrize("status", [0x00, 0x34, 0xFF])
def test_an_unknown_status_is_carried(status: int) -> None:
    """Staff learn the number of a status that nobody foresaw."""
    with pytest.raises(CardUnreadable) as caught:
        answer_of(sam_frame(status))
    assert status == caught.value.sam_status
    assert f"SAM {status:02X}" == str(caught.value)


def test_a_status_of_more_than_one_byte_is_none() -> None:
    """No reader is known to use the first two bytes: an answer that does is not taken for right."""
    with pytest.raises(CardUnreadable):
        answer_of(bytes.fromhex("AAAAAA9669 0004 010090 95"))


@settings(max_examples=300, deadline=None)
@given(
    noise=st.binary(max_size=20).filter(lambda noise: b"\x96\x69" not in noise),
    cuts=st.lists(st.integers(0, 1400), max_size=12),
)
def test_frames_are_found_in_any_pieces_and_after_noise(noise: bytes, cuts: list[int]) -> None:
    """However a line cuts what it carries, and whatever stood before, each frame comes whole."""
    line = noise + FOUND + noise + LONG
    ends = [*sorted(cuts), len(line)]
    reader = FrameReader()
    found = []
    for start, end in zip([0, *ends], ends, strict=False):
        found += reader.feed(line[start:end])
    assert [FOUND, LONG] == found


def test_a_frame_hurt_on_the_line_is_handed_out_to_be_refused() -> None:
    """Whoever asked hears of a wrong check at once, not after the time limit."""
    hurt = LONG[:700] + b"\x00\x01" + LONG[702:]
    assert [hurt] == FrameReader().feed(hurt)


@pytest.mark.parametrize("kept", [7, 8, 300, 400, 1290])
def test_a_frame_that_was_cut_off_does_not_take_the_next_one_along(kept: int) -> None:
    """An answer is found as soon as it is there, also behind one of which the end was lost."""
    reader = FrameReader()
    assert [FOUND] == reader.feed(LONG[:kept] + FOUND)
    assert [LONG] == reader.feed(LONG)


def test_an_impossible_length_is_noise() -> None:
    """A preamble that announces more than any answer has is passed over."""
    assert [FOUND] == FrameReader().feed(bytes.fromhex("AAAAAA96690509") + FOUND)
    assert [FOUND] == FrameReader().feed(bytes.fromhex("AAAAAA96690003") + FOUND)


@settings(max_examples=50, deadline=None)
@given(st.binary(min_size=1, max_size=8).map(lambda few: few * 16))
def test_what_is_held_is_bounded(piece: bytes) -> None:
    """A line that sends nonsense for ever fills no memory."""
    reader = FrameReader()
    for part in [LONG[:-1], piece * 100] * 3 + [piece] * 400:
        reader.feed(part)
    assert 6_000 > sum(map(sys.getsizeof, vars(reader).values()))
