"""A card read through the security module's own frames: found, selected, read."""

from contextlib import suppress

from hardware.card_reader.card_text import text_of
from hardware.card_reader.port import FramePort
from hardware.card_reader.sam_frames import SamCommand, SamStatus, answer_of, request
from kiosk.errors import (
    CardNotGenuine,
    CardReaderError,
    CardReaderUnavailable,
    CardRemoved,
    CardUnknown,
    CardUnreadable,
    ReaderFault,
)


def read_text(port: FramePort) -> bytes:
    """The 256 bytes of text of a card that was read whole; the photo is not kept.

    What may be a card laid askew or a frame hurt on the line is tried once more, from the
    beginning: nothing of the first try is used. Raises CardRemoved when no card is found,
    CardNotGenuine, CardUnknown, CardUnreadable, CardReaderUnavailable, and what the port raises.
    """
    with suppress(CardUnreadable):
        return _read_once(port)
    return _read_once(port)


def find_card(port: FramePort) -> bool:
    """Whether a card lies there. Some modules find one only until it was read.

    Raises what `read_text` raises.
    """
    try:
        _ask(port, SamCommand.FIND, SamStatus.CARD_FOUND)
    except CardRemoved:
        return False
    return True


def _read_once(port: FramePort) -> bytes:
    _ask(port, SamCommand.FIND, SamStatus.CARD_FOUND)
    _ask(port, SamCommand.SELECT, SamStatus.OK)
    return text_of(_ask(port, SamCommand.READ_TEXT_AND_PHOTO, SamStatus.OK))


def _ask(port: FramePort, command: SamCommand, expected: SamStatus) -> bytes:
    answer = answer_of(port.exchange(request(command), command.within))
    if answer.status is not expected:
        raise _error(answer.status)
    return answer.data


def _error(status: SamStatus) -> CardReaderError:
    match status:
        case (
            SamStatus.CARD_REJECTS_SAM | SamStatus.SAM_REJECTS_CARD | SamStatus.VERIFICATION_FAILED
        ):
            return CardNotGenuine(status)
        case SamStatus.WRONG_CARD:
            return CardUnknown()
        case SamStatus.NO_CARD_FOUND:
            return CardRemoved()
        case SamStatus.SELF_TEST_FAILED | SamStatus.NOT_AUTHORISED:
            return CardReaderUnavailable(ReaderFault.NOT_ANSWERING)
        case (
            SamStatus.CHECKSUM_WRONG
            | SamStatus.LENGTH_WRONG
            | SamStatus.COMMAND_WRONG
            | SamStatus.NOT_RECOGNISED
            | SamStatus.READ_FAILED
            | SamStatus.RANDOM_FAILED
            | SamStatus.SELECT_FAILED
            | SamStatus.NO_SUCH_CONTENT
            # Neither is an answer to what was asked.
            | SamStatus.OK
            | SamStatus.CARD_FOUND
        ):
            return CardUnreadable(sam_status=status)
