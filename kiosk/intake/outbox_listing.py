"""What staff see of the outbox from the command line, and may do with it."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from kiosk.errors import OutboxError, OutboxUnavailable
from kiosk.intake.contract import CHINA_TIME
from kiosk.intake.outbox import Outbox, records_in
from kiosk.intake.outbox_rows import EntryState, Record
from kiosk.intake.worker import OUTBOX_FILE

_HEADINGS = ("REFERENCE", "KIND", "STATE", "TRIES", "KEPT", "LAST REASON")


def list_or_release(folder: Path, reference: str | None) -> tuple[bool, str]:
    """Whether it was done, and what to say of it: the list, or for a reference that it is sent
    again. `folder` is the kiosk's storage."""
    file = folder / OUTBOX_FILE
    try:
        if reference is None:
            return True, "\n".join(listing(file))
        if release(file, reference):
            return True, f"{reference} is sent again"
    except OutboxError as error:
        return False, f"{file}: {error}"
    return False, f"nothing is held under {reference}"


def listing(file: Path) -> Iterator[str]:
    """Lines of text: everything that waits or is held, oldest first. The file is only read, so
    that a running kiosk is not disturbed. Raises OutboxUnavailable where it cannot be."""
    rows = [_cells(record) for record in _read(file) if record.state is not EntryState.ACCEPTED]
    if not rows:
        yield "Nothing waits."
        return
    widths = [max(map(len, column)) for column in zip(_HEADINGS, *rows, strict=True)]
    for row in (_HEADINGS, *rows):
        padded = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(padded).rstrip()


def release(file: Path, reference: str) -> bool:
    """Have what is held under this reference sent again; False where nothing is. Raises
    OutboxUnavailable or DiskFull."""
    if not file.exists():
        return False
    outbox = Outbox(file)
    try:
        return outbox.release(reference)
    finally:
        outbox.close()


def _cells(record: Record) -> tuple[str, ...]:
    return (
        record.reference,
        record.kind.value,
        record.state.value,
        str(record.attempts),
        f"{record.kept_at.astimezone(CHINA_TIME):%Y-%m-%d %H:%M:%S}",
        record.reason or "",
    )


def _read(file: Path) -> tuple[Record, ...]:
    if not file.exists():
        return ()
    try:
        db = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
        try:
            return records_in(db)
        finally:
            db.close()
    except sqlite3.Error as error:
        raise OutboxUnavailable(getattr(error, "sqlite_errorname", "SQLITE")) from error
