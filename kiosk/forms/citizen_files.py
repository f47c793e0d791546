"""Files that a citizen brought along: what lies in the folder of a scanner or a USB stick."""

import os
from pathlib import Path

from kiosk.forms.answers import FileAnswer
from kiosk.forms.validation import MAX_FILE_MB

_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".pdf": "application/pdf",
}


class CitizenFiles:
    """Every method reads the disk, so call it on a worker. Raises OSError."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> tuple[str, ...]:
        """The files that can be handed in, the newest first."""
        with os.scandir(self._folder) as entries:
            found = [
                (entry.stat().st_mtime, entry.name)
                for entry in entries
                if Path(entry.name).suffix.lower() in _TYPES and entry.is_file()
            ]
        return tuple(name for _time, name in sorted(found, reverse=True))

    def read(self, name: str) -> FileAnswer:
        """The file's content, at most one byte more than is allowed, so that validation says
        that it is too large without this visit holding all of it.

        Raises FileNotFoundError for a name that is not in the folder.
        """
        file = self._folder / name
        if name not in self.names():
            raise FileNotFoundError(name)
        with file.open("rb") as opened:
            content = opened.read(MAX_FILE_MB * 1024 * 1024 + 1)
        return FileAnswer(name, _TYPES[file.suffix.lower()], content)
