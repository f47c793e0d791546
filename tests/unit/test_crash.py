"""What is told of an unexpected error holds its type and places, and nothing of a citizen."""

import subprocess
import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from kiosk.crash import describe

ROOT = Path(__file__).parents[2]
NAME = "张龑"
NUMBER = "350428195203140013"


class _Counted(BaseModel):
    count: int


def raised(error: BaseException) -> BaseException:
    """The error with a traceback of this file."""
    try:
        raise error
    except BaseException as caught:  # noqa: BLE001 (whatever it is, it is described)
        return caught


def test_type_and_places_are_told():
    """The line names the type, the file from the program's folder on, and the function."""
    line = describe(raised(KeyError(NAME)))
    assert line.startswith("KeyError at tests/unit/test_crash.py:")
    assert line.endswith(" raised")


def test_what_a_validation_error_repeats_is_left_out():
    """The message of pydantic repeats the value that it was given; the line does not."""
    try:
        _Counted.model_validate({"count": NUMBER + "X"})
    except ValidationError as error:
        assert NUMBER in str(error)
        assert NUMBER not in describe(error)
    else:
        raise AssertionError("it was to be refused")


def test_the_errors_behind_it_are_told_without_their_words():
    """Cause and context are named in the same way; an error that was caused in a circle ends."""
    try:
        try:
            raise ValueError(NAME)
        except ValueError as cause:
            raise RuntimeError(NUMBER) from cause
    except RuntimeError as error:
        line = describe(error)
        assert error.__cause__ is not None
        error.__cause__.__cause__ = error
        assert line == describe(error)
    assert line.startswith("RuntimeError at ")
    assert "; caused by ValueError at " in line
    assert NAME not in line and NUMBER not in line


@given(st.text(min_size=3).filter(lambda text: not text.isascii()))
def test_no_words_of_any_error_are_told(words: str):
    """Whatever an error says, in message or note, stays out of the line, which is one line."""
    error = raised(Exception(words))
    error.add_note(words)
    assert words not in describe(error)
    assert "\n" not in describe(error)


def test_python_itself_tells_no_more():
    """In a process with the hooks, an error that ends a thread, one in a finalizer and one that
    ends the process leave one line each on stderr, without their words, and exit status 1."""
    program = f"""
import threading
from kiosk.crash import install_hooks
install_hooks()
class Thing:
    def __del__(self): raise KeyError({NAME!r})
def work(): raise ValueError({NAME!r})
thread = threading.Thread(target=work); thread.start(); thread.join()
Thing()
raise LookupError({NUMBER!r})
"""
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=20
    )
    assert 1 == ended.returncode
    lines = ended.stderr.splitlines()
    assert ["ValueError", "KeyError", "LookupError"] == [line.split()[1] for line in lines]
    assert NAME not in ended.stderr and NUMBER not in ended.stderr
