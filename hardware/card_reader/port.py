"""The methods through which a card is spoken to: one for each kind of reader."""

from typing import Protocol


class CardPort(Protocol):
    def send_and_receive(self, apdu: bytes) -> tuple[bytes, int]:
        """The card's data and its status word SW1SW2 (ISO 7816-4).

        Raises CardReaderUnavailable, CardRemoved, CardMute or CardUnreadable.
        """


class FramePort(Protocol):
    def exchange(self, frame: bytes, within: float) -> bytes:
        """Sends one request frame to a security module and gives its whole answer frame.

        Nothing that was under way before the request may be taken for the answer: it could be
        another person's. `within` is in seconds. Raises CardReaderUnavailable or CardUnreadable.
        """
