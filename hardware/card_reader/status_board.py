"""The readers' states, made one: what the kiosk is told of all its readers together."""

import threading
from collections.abc import Callable, Sequence

from hardware.card_reader.profiles import Role
from hardware.card_reader.reader import ReaderReport
from kiosk.devices import DeviceState, MediaState, Publish, ReaderStatus
from kiosk.events import ReaderChanged

Source = Callable[[], Sequence[ReaderReport]]

_BEST_FIRST = (
    DeviceState.ONLINE,
    DeviceState.BUSY,
    DeviceState.HARDWARE_ERROR,
    DeviceState.USER_ERROR,
    DeviceState.NO_DEVICE,
    DeviceState.OFFLINE,
    DeviceState.STARTING,
)


class StatusBoard:
    """Asks its sources for the readers they watch, and publishes each change of the whole."""

    def __init__(self, sources: Sequence[Source], publish: Publish) -> None:
        self._sources = sources
        self._publish = publish
        # Reentrant, because `publish` is called under it.
        self._lock = threading.RLock()
        self._status: ReaderStatus | None = None

    def readers(self) -> tuple[ReaderReport, ...]:
        return tuple(report for source in self._sources for report in source())

    def refresh(self) -> None:
        with self._lock:
            status = merged(self.readers())
            if status is not None and status != self._status:
                self._status = status
                self._publish(ReaderChanged(status))


def merged(reports: Sequence[ReaderReport]) -> ReaderStatus | None:
    """The best state among the readers on which a card lies, which somebody waits for; without a
    card, among those for identity cards; without such a reader, among all. None without any.

    A reader that no profile fits says nothing.
    """
    ours = [report for report in reports if report.role is not None]
    with_card = [one for one in ours if one.status.media is MediaState.PRESENT]
    for_identities = [one for one in ours if one.role is Role.IDENTITY_CARD]
    asked = with_card or for_identities or ours
    return min(
        (one.status for one in asked),
        key=lambda status: _BEST_FIRST.index(status.device),
        default=None,
    )
