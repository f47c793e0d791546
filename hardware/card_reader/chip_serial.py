"""The chip's serial of an identity card, which any reader gets: it is nobody's identity."""

from typing import NoReturn

from hardware.card_reader.port import CardPort
from kiosk.errors import CardUnknown, ChipSerialOnly

_READ_SERIAL = bytes.fromhex("0036000008")
_LENGTH = 8
_OK = 0x9000


def read_identity(port: CardPort) -> NoReturn:
    """Raises ChipSerialOnly for a chip that gives its serial, else CardUnknown, and what the port
    raises. The serial is kept nowhere."""
    data, status_word = port.send_and_receive(_READ_SERIAL)
    if status_word == _OK and len(data) == _LENGTH:
        raise ChipSerialOnly
    raise CardUnknown
