"""Frames to and from a reader's security module (SAM), in the style of GA 450.

Request `AA AA AA 96 69 | length 2 | command 2 | check`, answer `AA AA AA 96 69 | length 2 |
SW1 SW2 SW3 | data | check`. The length counts all that comes after it, the check is the XOR of
length, command or status, and data.
"""

from dataclasses import dataclass, field
from enum import Enum, IntEnum
from functools import reduce
from operator import xor

from kiosk.errors import CardUnreadable

PREAMBLE = bytes.fromhex("AAAAAA9669")
_HEAD = len(PREAMBLE) + 2
_STATUS = 3
_LEAST = _STATUS + 1
MOST = 0x0508
"""The length in the longest answer that is asked for: text and photo."""

MOST_FRAME = _HEAD + MOST
"""Bytes of that answer."""


class SamCommand(Enum):
    """Its two bytes, and within how many seconds the module answers in the field."""

    FIND = (b"\x20\x01", 0.1)
    SELECT = (b"\x20\x02", 0.1)
    READ_TEXT_AND_PHOTO = (b"\x30\x01", 2.0)

    def __init__(self, code: bytes, within: float) -> None:
        self.code = code
        self.within = within


class SamStatus(IntEnum):
    """SW3."""

    CHECKSUM_WRONG = 0x10
    LENGTH_WRONG = 0x11
    COMMAND_WRONG = 0x21
    NOT_RECOGNISED = 0x24
    CARD_REJECTS_SAM = 0x31
    SAM_REJECTS_CARD = 0x32
    VERIFICATION_FAILED = 0x33
    WRONG_CARD = 0x40
    READ_FAILED = 0x41
    RANDOM_FAILED = 0x47
    SELF_TEST_FAILED = 0x60
    NOT_AUTHORISED = 0x66
    NO_CARD_FOUND = 0x80
    SELECT_FAILED = 0x81
    OK = 0x90
    NO_SUCH_CONTENT = 0x91
    CARD_FOUND = 0x9F


@dataclass(frozen=True)
class SamAnswer:
    status: SamStatus
    data: bytes = field(repr=False)


def request(command: SamCommand) -> bytes:
    body = (len(command.code) + 1).to_bytes(2, "big") + command.code
    return PREAMBLE + body + bytes([_check_of(body)])


def answer_of(frame: bytes) -> SamAnswer:
    """Raises CardUnreadable for another preamble, a length or a check that is wrong, and a status
    that is not known, which it carries."""
    length = int.from_bytes(frame[len(PREAMBLE) : _HEAD], "big")
    right_form = frame.startswith(PREAMBLE) and length == len(frame) - _HEAD >= _LEAST
    if not right_form or frame[-1] != _check_of(frame[len(PREAMBLE) : -1]):
        raise CardUnreadable
    sw1, sw2, sw3 = frame[_HEAD:][:_STATUS]
    try:
        status = SamStatus(sw3)
    except ValueError:
        raise CardUnreadable(sam_status=sw3) from None
    if sw1 or sw2:
        raise CardUnreadable(sam_status=sw3)
    return SamAnswer(status, frame[_HEAD + _STATUS : -1])


class FrameReader:
    """Finds frames in what comes in pieces, as from a line. It never holds more than one frame
    and what was fed last, and goes on after noise with the next preamble. A frame within which
    another preamble comes was cut off: text has none, and a photo not once in a thousand million.
    """

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, chunk: bytes) -> list[bytes]:
        """The frames that this chunk makes whole, in order; `answer_of` refuses those with a
        wrong check."""
        self._held += chunk
        frames = []
        while (frame := self._next()) is not None:
            frames.append(frame)
        return frames

    def _next(self) -> bytes | None:
        while (start := self._held.find(PREAMBLE)) >= 0:
            del self._held[:start]
            if len(self._held) < _HEAD:
                return None
            length = int.from_bytes(self._held[len(PREAMBLE) : _HEAD], "big")
            end = _HEAD + length
            if not _LEAST <= length <= MOST or self._held.find(PREAMBLE, 1, end) > 0:
                del self._held[0]
            elif len(self._held) < end:
                return None
            else:
                frame = bytes(self._held[:end])
                del self._held[:end]
                return frame
        # Its last bytes may be the beginning of a preamble.
        del self._held[: -len(PREAMBLE) + 1]
        return None


def _check_of(body: bytes) -> int:
    return reduce(xor, body)
