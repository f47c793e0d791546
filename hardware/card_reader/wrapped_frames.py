"""A security module's frames over PC/SC, each wrapped in a pseudo-APDU as the profile says."""

from hardware.card_reader.port import CardPort
from hardware.card_reader.profiles import Wrapping
from hardware.card_reader.sam_frames import MOST_FRAME
from kiosk.errors import CardUnknown, CardUnreadable

_OK = 0x9000
_MORE = 0x61
_NOT_SUPPORTED = (0x6D00, 0x6E00)


class WrappedFrames:
    """A `FramePort` on a card's connection. PC/SC sets no limit of time to a command: `within` is
    the worker's to watch."""

    def __init__(self, card: CardPort, wrapping: Wrapping) -> None:
        self._card = card
        self._wrapping = wrapping

    def exchange(self, frame: bytes, within: float) -> bytes:
        """Raises CardUnknown when nothing there knows the pseudo-APDU, CardUnreadable for another
        refusal or an answer without an end, and what the card's port raises."""
        wrapping = self._wrapping
        le = b"\x00" if wrapping.le else b""
        data, status = self._card.send_and_receive(wrapping.head + bytes([len(frame)]) + frame + le)
        while status >> 8 == _MORE and len(data) <= wrapping.skip + MOST_FRAME:
            waiting = status & 0xFF or 256
            size = min(waiting, wrapping.piece) & 0xFF
            piece, status = self._card.send_and_receive(wrapping.fetch + bytes([size]))
            if not piece:
                break
            data += piece
        if status in _NOT_SUPPORTED:
            raise CardUnknown
        if status != _OK:
            raise CardUnreadable(status)
        return data[wrapping.skip :]
