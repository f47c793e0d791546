"""What can be wrong with the virtual printer, and how it says so."""

from enum import StrEnum


class State(StrEnum):
    OK = "ok"
    NEAR_END = "near_end"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    CUTTER_ERROR = "cutter_error"
    UNRECOVERABLE = "unrecoverable"
    OFFLINE = "offline"
    SILENT = "silent"

    @property
    def prints(self) -> bool:
        return self in (State.OK, State.NEAR_END)


_FIXED = 0x12
_ANSWERS = {
    State.OK: (0x00, 0x00, 0x00, 0x00),
    State.NEAR_END: (0x00, 0x00, 0x00, 0x0C),
    State.PAPER_OUT: (0x08, 0x20, 0x00, 0x6C),
    State.COVER_OPEN: (0x08, 0x04, 0x00, 0x00),
    State.CUTTER_ERROR: (0x08, 0x40, 0x08, 0x00),
    State.UNRECOVERABLE: (0x08, 0x40, 0x20, 0x00),
    State.OFFLINE: (0x08, 0x00, 0x00, 0x00),
}


def real_time_answer(state: State, number: int) -> bytes:
    """The byte that answers DLE EOT `number`; empty for silence and for numbers unknown."""
    if state is State.SILENT or not 1 <= number <= 4:
        return b""
    return bytes((_FIXED | _ANSWERS[state][number - 1],))


def sensor_answer(state: State) -> bytes:
    """The byte that answers GS r 1."""
    return b"\x03" if state is State.NEAR_END else b"\x00"


def automatic_status(state: State) -> bytes:
    """The four bytes that a printer sends by itself (GS a); empty for silence."""
    if state is State.SILENT:
        return b""
    printer, cause, error, sensor = _ANSWERS[state]
    return bytes(
        (
            0x10 | printer | (cause & 0x04) << 3,
            error & 0x68,
            (sensor & 0x0C) >> 2 | (sensor & 0x60) >> 3,
            0x00,
        )
    )
