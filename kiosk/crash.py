"""What is told of a fault that nobody foresaw: its type and where it happened, and no more.

Messages are left out, also those of Python and of libraries: a KeyError, a ValidationError of
pydantic or a property of Kivy repeats the value it was given, and that may be a citizen's.
"""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from traceback import walk_tb

from kiosk.configuration import PROGRAM

_INNERMOST = 12
"""Places that are named of each error; whoever searches needs the last ones."""


def describe(error: BaseException) -> str:
    """One line for an error and for those it came from, each with its places, outermost first."""
    return "; caused by ".join(_described(link) for link in _chain(error))


def tell(error: BaseException) -> None:
    """Write the line to standard error, where whoever watches the kiosk reads it."""
    sys.stderr.write(f"unexpected {describe(error)}\n")
    sys.stderr.flush()


def install_hooks() -> None:
    """From now on Python itself tells an error that nobody caught in this way alone: of the main
    thread, of any other thread, and of what is being thrown away."""
    sys.excepthook = lambda _kind, error, _trace: tell(error)
    threading.excepthook = lambda fault: _tell_if_any(fault.exc_value)
    sys.unraisablehook = lambda fault: _tell_if_any(fault.exc_value)


def _tell_if_any(error: BaseException | None) -> None:
    if error is not None:
        tell(error)


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        yield link
        seen.add(id(link))
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)


def _described(error: BaseException) -> str:
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else _full_name(kind)
    places = [
        f"{_short(frame.f_code.co_filename)}:{line} {frame.f_code.co_qualname}"
        for frame, line in walk_tb(error.__traceback__)
    ]
    return f"{name} at {' > '.join(places[-_INNERMOST:]) or 'no known place'}"


def _full_name(kind: type[BaseException]) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def _short(file: str) -> str:
    """Relative to the program, or from the library's folder on."""
    path = Path(file)
    if "site-packages" in path.parts:
        parts = path.parts
        return "/".join(parts[parts.index("site-packages") + 1 :])
    return path.relative_to(PROGRAM).as_posix() if path.is_relative_to(PROGRAM) else path.name
