"""One card on one connection, read as the profiles of its reader say."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from hardware.card_reader import chip_serial, page_read, sam_session, social_security
from hardware.card_reader.card_text import identity_of
from hardware.card_reader.port import CardPort
from hardware.card_reader.profiles import (
    ChipSerialProfile,
    PageProfile,
    PcscProfile,
    SocialSecurityProfile,
    WrappedProfile,
)
from hardware.card_reader.wrapped_frames import WrappedFrames
from kiosk.errors import CardUnknown, CardUnreadable
from kiosk.identity import Identity

Read = TypeVar("Read")


def read_card(card: CardPort, profiles: Iterable[PcscProfile]) -> Identity:
    """Whose card it is, by the first of the profiles whose commands it knows.

    A card that cannot be read is tried once more from its beginning: nothing of the first try is
    used. Raises CardUnknown when it knows none of them, and what their ways of reading raise.
    """
    for profile in profiles:
        try:
            return _read(card, profile)
        except CardUnknown:
            continue
    raise CardUnknown


def _read(card: CardPort, profile: PcscProfile) -> Identity:
    match profile:
        case PageProfile():
            return identity_of(_tried_twice(lambda: page_read.read_text(card)))
        case WrappedProfile():
            # It tries twice itself.
            return identity_of(sam_session.read_text(WrappedFrames(card, profile.wrapped)))
        case SocialSecurityProfile():
            return _tried_twice(lambda: social_security.read_identity(card))
        case ChipSerialProfile():
            return chip_serial.read_identity(card)


def _tried_twice(read: Callable[[], Read]) -> Read:
    try:
        return read()
    except CardUnreadable:
        return read()
