"""What this process still holds in memory and on disk: searched for words that must be gone."""

import gc
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def holders(needles: list[str]) -> list[str]:
    """The kinds of objects, anywhere in Python's heap, that refer to a text with one of these
    words in it. Spaces do not count: a phone number is grouped while it is typed."""
    wanted = [needle.encode() for needle in needles]
    gc.collect()
    found = []
    ours = {id(needles), id(wanted), id(found)}
    for holder in gc.get_objects():
        if id(holder) in ours:
            continue
        for part in gc.get_referents(holder):
            # By type: asking a weak proxy raises when what it stood for is gone.
            if type(part) in (str, bytes, bytearray) and _has(part, wanted):
                found.append(f"{_kind(holder)}: {part[:60]!r}, held by {_owners(holder)}")
    return found


def instances(kind: type) -> int:
    gc.collect()
    return sum(issubclass(type(thing), kind) for thing in gc.get_objects())


def files_with(needles: Iterable[str], folders: Iterable[Path]) -> list[str]:
    """The files in these folders whose bytes hold one of the words, in UTF-8 or UTF-16."""
    wanted = [word.encode(code) for word in needles for code in ("utf-8", "utf-16-le", "gb18030")]
    return [
        file.name
        for folder in folders
        for file in sorted(folder.rglob("*"))
        if file.is_file() and any(word in file.read_bytes() for word in wanted)
    ]


def open_files() -> dict[str, int]:
    """How many descriptors this process has, by what they are open on."""
    counted: dict[str, int] = {}
    for entry in Path("/proc/self/fd").iterdir():
        try:
            name = str(entry.readlink())
        except FileNotFoundError:
            continue
        # A connection that was made anew has another number.
        name = name.partition(":[")[0]
        # Kivy keeps the fonts used last open, 64 at most: which ones, the last screens say.
        if name.endswith((".otf", ".ttf")):
            name = "fonts"
        counted[name] = counted.get(name, 0) + 1
    return counted


def threads() -> list[str]:
    return sorted(thread.name for thread in threading.enumerate())


def memory_mb() -> float:
    """PSS: the share of memory that is this process's."""
    for line in Path("/proc/self/smaps_rollup").read_text("ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise AssertionError("the kernel did not say")


def _has(text: str | bytes | bytearray, wanted: list[bytes]) -> bool:
    data = text.encode("utf-8", "replace") if isinstance(text, str) else bytes(text)
    data = data.replace(b" ", b"")
    return any(word in data for word in wanted)


def _kind(thing: object) -> str:
    return f"{type(thing).__module__}.{type(thing).__qualname__}"


def _owners(thing: Any) -> str:
    return ", ".join(sorted({_kind(owner) for owner in gc.get_referrers(thing)}))[:200]
