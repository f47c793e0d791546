"""Frames over a real terminal line, with a virtual security module at its far end."""

import select
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sam_line import SamLine

from hardware.card_reader.card_text import identity_of
from hardware.card_reader.profiles import SerialLine
from hardware.card_reader.sam_frames import SamCommand, request
from hardware.card_reader.sam_session import find_card, read_text
from hardware.card_reader.serial_frames import SerialFrames
from kiosk.errors import CardReaderError, CardReaderUnavailable, CardUnreadable, ReaderFault

ZHANG_YAN = Path(__file__).parents[1] / "cards" / "zhang-yan.yaml"
FIND = request(SamCommand.FIND)


@pytest.fixture
def device(tmp_path: Path) -> Path:
    return tmp_path / "reader"


@pytest.fixture
def line(device: Path) -> Iterator[SamLine]:
    made = SamLine(device, ZHANG_YAN)
    yield made
    made.pull_out()


@pytest.fixture
def frames(line: SamLine, device: Path) -> Iterator[SerialFrames]:
    with SerialFrames(SerialLine(device=device)) as opened:
        yield opened


def fault_of(error: pytest.ExceptionInfo[CardReaderUnavailable]) -> ReaderFault:
    return error.value.fault


def test_a_card_is_read_over_a_line(frames: SerialFrames) -> None:
    """Found, selected and read as on any other transport."""
    assert "350428195203140013" == identity_of(read_text(frames)).number


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    cuts=st.lists(st.integers(1, 1294), max_size=6, unique=True).map(sorted),
    before=st.binary(max_size=40),
)
def test_answers_in_any_pieces_after_any_noise(
    frames: SerialFrames, line: SamLine, cuts: list[int], before: bytes
) -> None:
    """Wherever a line cuts an answer, and whatever stands before it, the person is the right one
    or the answer was refused."""

    def in_pieces(answer: bytes) -> list[bytes]:
        spoken = before + answer
        ends = [*(cut for cut in cuts if cut < len(spoken)), len(spoken)]
        return [spoken[a:b] for a, b in zip([0, *ends], ends, strict=False)]

    line.way = in_pieces
    assert "张龑" == identity_of(read_text(frames)).name


def test_silence_is_a_reader_that_does_not_answer(frames: SerialFrames, line: SamLine) -> None:
    """A module without power is told from a card that cannot be read, and within its time."""
    line.way = lambda answer: []
    begun = time.monotonic()
    with pytest.raises(CardReaderUnavailable) as caught:
        find_card(frames)
    assert ReaderFault.NOT_ANSWERING == fault_of(caught)
    assert time.monotonic() - begun < 0.5


def test_noise_alone_is_no_answer(frames: SerialFrames, line: SamLine) -> None:
    """A line that only rustles yields no frame."""
    line.way = lambda answer: [b"\xff\x00rustling\xaa\xaa"]
    with pytest.raises(CardUnreadable):
        frames.exchange(FIND, 0.1)


def test_what_came_before_the_question_is_no_answer_to_it(
    frames: SerialFrames, line: SamLine, device: Path
) -> None:
    """A card's content that was under way, from whomever, is not taken for the next one's."""
    assert find_card(frames)
    theirs = line.module.answer(FIND)
    with device.open("rb", buffering=0) as arriving:
        line.say(theirs + theirs)
        select.select([arriving], [], [])
    line.module.take_away()
    assert not find_card(frames)


def test_a_late_answer_is_nobodys(frames: SerialFrames, line: SamLine) -> None:
    """After an answer that came too late the next question gets its own."""
    line.way = lambda answer: []
    with pytest.raises(CardReaderError):
        frames.exchange(FIND, 0.05)
    line.say(line.module.answer(FIND))
    line.way = lambda answer: [answer]
    line.module.take_away()
    assert not find_card(frames)


def test_a_line_that_hangs_up_is_a_reader_that_is_gone(device: Path) -> None:
    """A cable that is pulled is said at once; the reader that comes back is opened anew."""
    line = SamLine(device, ZHANG_YAN)
    with SerialFrames(SerialLine(device=device)) as frames:
        line.pull_out()
        with pytest.raises(CardReaderUnavailable) as caught:
            frames.exchange(FIND, 0.1)
    assert ReaderFault.NO_READER == fault_of(caught)
    back = SamLine(device, ZHANG_YAN)
    with SerialFrames(SerialLine(device=device)) as frames:
        assert find_card(frames)
    back.pull_out()


def test_a_device_that_is_not_there(device: Path) -> None:
    """No reader was ever plugged in."""
    with pytest.raises(CardReaderUnavailable) as caught:
        SerialFrames(SerialLine(device=device))
    assert ReaderFault.NO_READER == fault_of(caught)


def test_a_line_belongs_to_one_program(frames: SerialFrames, device: Path) -> None:
    """A second one that opens it is told that it is in use."""
    with pytest.raises(CardReaderUnavailable) as caught:
        SerialFrames(SerialLine(device=device))
    assert ReaderFault.IN_USE == fault_of(caught)
