"""Find, select, read: what is asked of the security module and what becomes of its answers."""

from collections.abc import Sequence

import pytest

from hardware.card_reader.sam_frames import SamCommand, SamStatus, request
from hardware.card_reader.sam_session import find_card, read_text
from kiosk.errors import (
    CardNotGenuine,
    CardReaderError,
    CardReaderUnavailable,
    CardRemoved,
    CardUnknown,
    CardUnreadable,
)
from tests.card_bytes import FOUND, NONE_FOUND, SELECTED, card_text, content, read_frames, sam_frame
from tests.people import LIN_KAHO, ZHANG_YAN

TEXT = card_text(ZHANG_YAN)
FIND, SELECT, READ = map(request, SamCommand)


class Module:
    """Gives the frames it was told, one after the other, and keeps what it was asked."""

    def __init__(self, answers: Sequence[bytes]) -> None:
        self._answers = iter(answers)
        self.asked: list[bytes] = []
        self.within: list[float] = []

    def exchange(self, frame: bytes, within: float) -> bytes:
        self.asked.append(frame)
        self.within.append(within)
        return next(self._answers)


def test_a_card_is_found_selected_and_read() -> None:
    """A whole read is three frames, each with its own limit, and gives the text without photo."""
    module = Module(read_frames(TEXT))
    assert TEXT == read_text(module)
    assert [FIND, SELECT, READ] == module.asked
    assert [0.1, 0.1, 2.0] == module.within


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (SamStatus.CARD_REJECTS_SAM, CardNotGenuine),
        (SamStatus.SAM_REJECTS_CARD, CardNotGenuine),
        (SamStatus.VERIFICATION_FAILED, CardNotGenuine),
        (SamStatus.WRONG_CARD, CardUnknown),
        (SamStatus.NO_CARD_FOUND, CardRemoved),
        (SamStatus.SELF_TEST_FAILED, CardReaderUnavailable),
        (SamStatus.NOT_AUTHORISED, CardReaderUnavailable),
    ],
)
@pytest.mark.parametrize("step", [0, 1, 2])
def test_a_refusal_that_stands_is_told_at_once(
    status: SamStatus, error: type[CardReaderError], step: int
) -> None:
    """What no second try can mend is a named error, at whichever step it comes."""
    module = Module([*read_frames(TEXT)[:step], sam_frame(status)])
    with pytest.raises(error) as caught:
        read_text(module)
    assert step + 1 == len(module.asked)
    if isinstance(caught.value, CardNotGenuine):
        assert status == caught.value.sam_status


STATUSES_TRIED_AGAIN = [
    SamStatus.CHECKSUM_WRONG,
    SamStatus.LENGTH_WRONG,
    SamStatus.COMMAND_WRONG,
    SamStatus.NOT_RECOGNISED,
    SamStatus.READ_FAILED,
    SamStatus.RANDOM_FAILED,
    SamStatus.SELECT_FAILED,
    SamStatus.NO_SUCH_CONTENT,
]


@pytest.mark.parametrize("status", STATUSES_TRIED_AGAIN)
@pytest.mark.parametrize("step", [0, 1, 2])
def test_what_may_pass_is_tried_once_more_from_the_beginning(
    status: SamStatus, step: int
) -> None:
    """A card laid askew is read by the second try; when that fails too, its status is told."""
    failing = [*read_frames(TEXT)[:step], sam_frame(status)]
    module = Module(failing + read_frames(TEXT))
    assert TEXT == read_text(module)
    assert [*[FIND, SELECT, READ][: step + 1], FIND, SELECT, READ] == module.asked
    with pytest.raises(CardUnreadable) as caught:
        read_text(Module(failing * 2))
    assert status == caught.value.sam_status


@pytest.mark.parametrize(
    "answers",
    [
        [SELECTED],
        [FOUND, FOUND],
        [FOUND, SELECTED, SELECTED],
        [FOUND, SELECTED, sam_frame(0x90, content(TEXT)[:-1])],
        [FOUND, SELECTED, sam_frame(0x90, bytes(4) + content(TEXT)[4:])],
        [FOUND, SELECTED, read_frames(TEXT)[2][:-1] + b"\0"],
        [b"\0" + FOUND[1:]],
    ],
    ids=["found?", "selected?", "read?", "short", "other lengths", "check", "preamble"],
)
def test_an_answer_to_something_else_is_unreadable(answers: list[bytes]) -> None:
    """Frames that do not answer the question, or are hurt, give no text, also not twice."""
    with pytest.raises(CardUnreadable):
        read_text(Module(answers * 2))


def test_a_card_taken_away_in_the_middle_is_removed() -> None:
    """A card that cannot be read and is not found again has left."""
    with pytest.raises(CardRemoved):
        read_text(Module([FOUND, SELECTED, sam_frame(0x41), NONE_FOUND]))


@pytest.mark.parametrize("step", [1, 2])
def test_a_card_swapped_between_two_tries_is_read_alone(step: int) -> None:
    """The second try has the second card's text, whole."""
    other = card_text(LIN_KAHO)
    module = Module([*read_frames(TEXT)[:step], sam_frame(0x41), *read_frames(other)])
    assert other == read_text(module)


def test_a_card_is_looked_for() -> None:
    """Whether a card lies there is one frame; what else goes wrong is told."""
    assert find_card(Module([FOUND]))
    assert not find_card(Module([NONE_FOUND]))
    with pytest.raises(CardUnreadable):
        find_card(Module([sam_frame(0x10)]))
