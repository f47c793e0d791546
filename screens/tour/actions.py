"""What a person does at the kiosk in one step of a tour."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

EXPECT_WITHIN = 10.0
"""Seconds in which an expected text has to be on the screen, unless the tour says otherwise."""


class External(StrEnum):
    """Not played here: whoever runs the tour does it."""

    EXTERNAL = "external"


EXTERNAL = External.EXTERNAL


class PrinterState(StrEnum):
    OK = "ok"
    NEAR_END = "near_end"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    CUTTER_ERROR = "cutter_error"
    UNRECOVERABLE = "unrecoverable"
    OFFLINE = "offline"
    SILENT = "silent"


class PrinterFailure(StrEnum):
    """What happens to the printer later: the paper is out after so many millimetres, or the
    connection breaks after so many bytes of a job."""

    PAPER_LEFT = "paper_left"
    CUT_AFTER = "cut_after"


class ReaderState(StrEnum):
    """The PC/SC service, started anew with its readers, with others, without any; or killed."""

    HERE = "here"
    ELSEWHERE = "elsewhere"
    NONE = "none"
    KILLED = "killed"


class IntakeState(StrEnum):
    UP = "up"
    DOWN = "down"
    SLOW = "slow"


class CameraState(StrEnum):
    """What the document camera shows: all as it is, hardly lit, out of focus; nothing more; or it
    is not there."""

    OK = "ok"
    DARK = "dark"
    BLURRED = "blurred"
    HANG = "hang"
    GONE = "gone"


@dataclass(frozen=True)
class Tap:
    """A control by its visible text or its name."""

    control: str


@dataclass(frozen=True)
class Card:
    """Lay this card on a reader, or, None, take away what lies there; without `reader` on the
    first one, or from them all."""

    file: Path | External | None
    reader: int | str | None = None


@dataclass(frozen=True)
class Scan:
    """What a code says that the scanner is shown, or the `person` whose identity code it is
    shown; neither: the code on the last receipt."""

    text: str | None = None
    person: str | None = None


@dataclass(frozen=True)
class Paper:
    """Lay this picture under the document camera, or, None, take away what lies there."""

    file: Path | None


@dataclass(frozen=True)
class Text:
    """`syllables` are the pinyin of its ideographs, one for each, in their order. `of_receipt`: in
    place of `text` the number in the code on the last receipt."""

    text: str
    syllables: tuple[str, ...] = ()
    of_receipt: bool = False


@dataclass(frozen=True)
class Type:
    """Texts for fields, by label."""

    texts: Mapping[str, Text]


Stroke = tuple[tuple[float, float], ...]
"""Points from the pad's lower left corner, both in heights of the pad."""


@dataclass(frozen=True)
class Write:
    """By hand, into the field that is written in; `text` is what is chosen of what was read."""

    text: str
    strokes: tuple[Stroke, ...]


@dataclass(frozen=True)
class Choose:
    """Options for fields, by label; several options are chosen one after another."""

    options: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Sign:
    pass


@dataclass(frozen=True)
class Expect:
    text: str
    within: float = EXPECT_WITHIN


@dataclass(frozen=True)
class Absent:
    text: str


@dataclass(frozen=True)
class Printer:
    state: PrinterState | External | tuple[PrinterFailure, float]


@dataclass(frozen=True)
class Reader:
    state: ReaderState


@dataclass(frozen=True)
class Camera:
    state: CameraState


@dataclass(frozen=True)
class Intake:
    state: IntakeState | External


@dataclass(frozen=True)
class Officer:
    """What an officer does on a page of the desk: presses the button of one of its forms with
    these fields filled in, or reads; `reads` has to stand on the page that comes then."""

    page: str
    press: str | None = None
    fill: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    reads: str = ""


@dataclass(frozen=True)
class Idle:
    seconds: float


@dataclass(frozen=True)
class Wait:
    seconds: float


@dataclass(frozen=True)
class Screenshot:
    name: str


Action = (
    Tap
    | Card
    | Scan
    | Paper
    | Type
    | Write
    | Choose
    | Sign
    | Expect
    | Absent
    | Printer
    | Reader
    | Camera
    | Intake
    | Officer
    | Idle
    | Wait
    | Screenshot
)
