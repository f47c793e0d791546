"""The page transport: `FF B0 pp 00 00`, pp from 0 to 5, gives 256 bytes a page, the last fewer.

Joined they are what `card_text` takes apart. A public convention of readers with a security
module; it is no standard.
"""

from hardware.card_reader.card_text import text_of
from hardware.card_reader.port import CardPort
from kiosk.errors import CardUnknown, CardUnreadable

PAGES = 6
_OK = 0x9000
_NOT_SUPPORTED = (0x6D00, 0x6E00)


def read_text(port: CardPort) -> bytes:
    """The 256 bytes of text of a card that was read whole; the photo is not kept.

    Raises CardUnknown when the card does not know the command, CardUnreadable when it refuses
    or answers in another form, and what the port raises.
    """
    return text_of(b"".join(_read_page(port, page) for page in range(PAGES)))


def _read_page(port: CardPort, page: int) -> bytes:
    data, status_word = port.send_and_receive(bytes([0xFF, 0xB0, page, 0x00, 0x00]))
    if status_word in _NOT_SUPPORTED:
        raise CardUnknown
    if status_word != _OK:
        raise CardUnreadable(status_word)
    return data
