"""A wall clock of its own for a process, which can be moved while it runs (libfaketime). The
monotonic clock stays, as it does when somebody sets a machine's time."""

from pathlib import Path


class MovedClock:
    """Processes that are started with `environment` all have it, and follow within a second.
    `file` says how far it is off."""

    def __init__(self, file: Path) -> None:
        self._file = file
        (library,) = Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")
        self.environment = {
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(file),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }
        self.move(hours=0)

    def move(self, *, hours: int) -> None:
        """From the machine's own time, backwards when negative."""
        beside = self._file.with_name(f"{self._file.name}.new")
        beside.write_text(f"{hours:+d}h\n")
        beside.replace(self._file)
