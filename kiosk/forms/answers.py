"""The shapes an answer can take, and how they go to the intake."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import JsonValue

from kiosk.intake.contract import Strokes

BRING_ORIGINAL = "bring_original"
"""Answers a question for a file where the citizen brings the original to the window instead."""

SUPPLY_LATER = "supply_later"
"""… where it is handed in later (容缺), as the citizen promises with the signature."""

AT_HAND = "electronic_licence"
"""… where an electronic licence stands for it; the kiosk sets it, no citizen can."""


@dataclass(frozen=True)
class Address:
    """A place down to the village; `code` is the statistical division code of the last level.

    `names` go from the province down; `detail` is street, house number and the like.
    """

    code: str = field(repr=False)
    names: tuple[str, ...] = field(repr=False)
    detail: str = field(repr=False)

    def __str__(self) -> str:
        return "".join(self.names) + self.detail


@dataclass(frozen=True)
class FileAnswer:
    """A file read into memory for this visit."""

    name: str = field(repr=False)
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class KeptFile:
    """A file that the intake has from before, and keeps while the answer still names it."""

    name: str = field(repr=False)
    media_type: str


@dataclass(frozen=True)
class Signature:
    """Strokes of points, each 0…1 of the pad's width and height."""

    strokes: Strokes = field(repr=False)


Row = Mapping[str, "Answer"]
Answer = (
    str | bool | tuple[str, ...] | Address | FileAnswer | KeptFile | Signature | tuple[Row, ...]
)
"""Text, number, phone, numbers of cards and dates (ISO 8601) and one choice's key are str; a
promise is True; several choices are a tuple of keys; a group is a tuple of rows; a file is a
FileAnswer, a KeptFile, BRING_ORIGINAL, SUPPLY_LATER or AT_HAND."""

Answers = Mapping[str, Answer]
"""Answers by the id of their question; a question without an answer is not in it."""


def to_json(answer: Answer) -> JsonValue:
    """The answer as the intake receives it; a file as its name and type (its bytes travel as an
    attachment)."""
    match answer:
        case bool() | str():
            return answer
        case Address():
            return {"code": answer.code, "names": list(answer.names), "detail": answer.detail}
        case FileAnswer() | KeptFile():
            return {"name": answer.name, "media_type": answer.media_type}
        case Signature():
            return [[list(point) for point in stroke] for stroke in answer.strokes]
        case tuple():
            return [
                part if isinstance(part, str) else {k: to_json(v) for k, v in part.items()}
                for part in answer
            ]


def content_base64(file: FileAnswer) -> str:
    return base64.b64encode(file.content).decode("ascii")
