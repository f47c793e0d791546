"""What staff see of the card readers from the command line."""

import threading
from collections.abc import Sequence

from hardware.card_reader.profiles import ReaderProfile
from hardware.card_reader.reader import ReaderReport
from hardware.card_reader.worker import CardReaderWorker

_HEADINGS = ("READER", "ROLE", "STATE", "CARD")
_LOOK_S = 1.0
"""Within which every reader that is there was seen."""


def listing(profiles: Sequence[ReaderProfile]) -> str:
    """A table of all readers that are there and of those that profiles name; takes a second. No
    card is spoken to, so that a running kiosk is not disturbed."""
    worker = CardReaderWorker(profiles, lambda _event: None)
    worker.start()
    try:
        threading.Event().wait(_LOOK_S)
        rows = [_HEADINGS, *map(_cells, worker.readers())]
    finally:
        worker.stop()
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _cells(report: ReaderReport) -> tuple[str, ...]:
    if report.role is None:
        return report.name, "no profile fits", "ignored", ""
    status = report.status
    return report.name, report.role.value, status.device.value, status.media.value
