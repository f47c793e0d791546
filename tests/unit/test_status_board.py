"""Several readers' states, told as one."""

import pytest

from hardware.card_reader.profiles import Role
from hardware.card_reader.reader import ReaderReport
from hardware.card_reader.status_board import merged
from kiosk.devices import DeviceState, MediaState, ReaderStatus

ONLINE, BUSY, BROKEN = DeviceState.ONLINE, DeviceState.BUSY, DeviceState.HARDWARE_ERROR
MISSING, OFFLINE = DeviceState.NO_DEVICE, DeviceState.OFFLINE
CARD, NONE, UNKNOWN = MediaState.PRESENT, MediaState.NOT_PRESENT, MediaState.UNKNOWN
IDENTITY, SOCIAL = Role.IDENTITY_CARD, Role.SOCIAL_SECURITY_CARD


@pytest.mark.parametrize(
    ("whole", "reports"),
    [
        (None, []),
        (None, [(None, ONLINE, UNKNOWN)]),
        ((ONLINE, NONE), [(IDENTITY, ONLINE, NONE), (IDENTITY, BROKEN, NONE)]),
        ((ONLINE, NONE), [(IDENTITY, MISSING, UNKNOWN), (IDENTITY, ONLINE, NONE)]),
        # A card lies on the reader that hangs: whoever laid it must hear of it.
        ((BROKEN, CARD), [(IDENTITY, BROKEN, CARD), (IDENTITY, ONLINE, NONE)]),
        ((ONLINE, CARD), [(IDENTITY, BROKEN, CARD), (IDENTITY, ONLINE, CARD)]),
        ((BUSY, CARD), [(IDENTITY, BUSY, CARD), (SOCIAL, ONLINE, NONE)]),
        # Without the reader for identity cards the other one does not make the kiosk whole.
        ((OFFLINE, UNKNOWN), [(IDENTITY, OFFLINE, UNKNOWN), (SOCIAL, ONLINE, NONE)]),
        ((ONLINE, CARD), [(IDENTITY, OFFLINE, UNKNOWN), (SOCIAL, ONLINE, CARD)]),
        ((ONLINE, NONE), [(SOCIAL, ONLINE, NONE), (None, ONLINE, UNKNOWN)]),
    ],
)
def test_the_kiosk_is_told_one_state(
    whole: tuple[DeviceState, MediaState] | None,
    reports: list[tuple[Role | None, DeviceState, MediaState]],
) -> None:
    """The readers on which a card lies speak for all, then those for identity cards; the best
    state among them is the kiosk's."""
    told = merged([ReaderReport("", role, ReaderStatus(*state)) for role, *state in reports])
    assert (None if whole is None else ReaderStatus(*whole)) == told
