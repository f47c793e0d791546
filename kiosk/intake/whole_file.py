"""Files that are there whole or not at all, whatever moment the power goes."""

import os
from contextlib import suppress
from pathlib import Path


def replace_whole(file: Path, content: bytes) -> None:
    """Put `content` in the place of `file`, readable by its owner alone, in a folder that is the
    owner's alone. When this returns it is on the disk; OSError when the disk does not take it, and
    then the old file is as it was."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = file.with_name(f"{file.name}.new")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        beside.replace(file)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    # A file's name is on the disk only when its folder is.
    folder = os.open(file.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
