"""What goes between the kiosk and the process that reads handwriting: JSON, one value a line.

Strokes and candidates are personal data: they pass through a pipe and are written nowhere.
The process imports this, and nothing else of the kiosk that would take memory.
"""

import json
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.text_entry.handwriting.strokes import Strokes


class HandwritingFault(StrEnum):
    """Why nothing is read. The first three scripts/setup has to put right; the last two are of
    the process."""

    NO_LIBRARY = "no_library"
    NO_MODEL = "no_model"
    OTHER_MODEL = "other_model"
    ENDED = "ended"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True)
class Job:
    """To the process. `room` is the height of the writing area in pixels."""

    number: int
    strokes: Strokes = field(repr=False)
    room: float


@dataclass(frozen=True, slots=True)
class Opened:
    """From the process, first."""


@dataclass(frozen=True, slots=True)
class NotOpened:
    """In the place of Opened, and last."""

    fault: HandwritingFault


@dataclass(frozen=True, slots=True)
class Read:
    """From the process for each job, in order."""

    number: int
    candidates: tuple[str, ...] = field(repr=False)


Answer = Opened | NotOpened | Read


def job_line(job: Job) -> bytes:
    return _line({"number": job.number, "room": job.room, "strokes": job.strokes})


def job_of(line: bytes) -> Job:
    given = json.loads(line)
    strokes = tuple(tuple((x, y) for x, y in stroke) for stroke in given["strokes"])
    return Job(given["number"], strokes, given["room"])


def answer_line(answer: Answer) -> bytes:
    match answer:
        case Opened():
            return _line({})
        case NotOpened(fault):
            return _line({"fault": fault})
        case Read(number, candidates):
            return _line({"number": number, "candidates": candidates})


def answer_of(line: bytes) -> Answer:
    match json.loads(line):
        case {"fault": fault}:
            return NotOpened(HandwritingFault(fault))
        case {"number": number, "candidates": candidates}:
            return Read(number, tuple(candidates))
        case _:
            return Opened()


def _line(content: object) -> bytes:
    return json.dumps(content).encode("ascii") + b"\n"
