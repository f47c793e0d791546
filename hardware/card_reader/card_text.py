"""What a security module reads of a card: 1284 bytes, of them 256 of text, and whose card it is.

Two lengths `0100 0400`, the text, and 1024 bytes of photo in a form (WLT) that nothing open
decodes. The text's layout hangs on the flag at its offset 248, a space on a resident card.
"""

from collections.abc import Callable

from hardware.card_reader import permanent_resident, residence_permit, resident_id
from kiosk.errors import CardUnknown, CardUnreadable
from kiosk.identity import Identity

_LENGTHS = bytes.fromhex("01000400")
_TEXT = 256
WHOLE = len(_LENGTHS) + _TEXT + 1024
_FLAG = slice(248, 250)
_LAYOUTS: dict[str, Callable[[bytes], Identity]] = {
    " ": resident_id.identity_of,
    "J": residence_permit.identity_of,
    "I": permanent_resident.identity_of_2017,
    "Y": permanent_resident.identity_of_2023,
}
_BY_FLAG = {flag.encode("utf-16-le"): layout for flag, layout in _LAYOUTS.items()}


def text_of(content: bytes) -> bytes:
    """The text of a card that was read whole; the photo is not kept.

    Raises CardUnreadable for any other form.
    """
    if len(content) != WHOLE or not content.startswith(_LENGTHS):
        raise CardUnreadable
    return content[len(_LENGTHS) :][:_TEXT]


def identity_of(text: bytes) -> Identity:
    """The person of any of the four kinds of card, every field checked.

    Raises CardUnreadable when the text has another size, CardUnknown for another kind of card,
    IdentityInvalid (with the field's name alone) for the first field that is wrong.
    """
    if len(text) != _TEXT:
        raise CardUnreadable
    layout = _BY_FLAG.get(text[_FLAG])
    if layout is None:
        raise CardUnknown
    return layout(text)
