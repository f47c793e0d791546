"""The one method through which a card is spoken to."""

from typing import Protocol


class CardPort(Protocol):
    def send_and_receive(self, apdu: bytes) -> tuple[bytes, int]:
        """The card's data and its status word SW1SW2 (ISO 7816-4).

        Raises CardReaderUnavailable, CardRemoved or CardUnreadable.
        """
