"""A tour as its file describes it: what a person does at the kiosk, one step after another."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from kiosk.catalogue.data_file import DataFile, Place
from kiosk.configuration import PROGRAM
from screens.tour.actions import (
    EXPECT_WITHIN,
    EXTERNAL,
    Absent,
    Action,
    Camera,
    CameraState,
    Card,
    Choose,
    Expect,
    External,
    Idle,
    Intake,
    IntakeState,
    Officer,
    Paper,
    Printer,
    PrinterFailure,
    PrinterState,
    Reader,
    ReaderState,
    Scan,
    Screenshot,
    Sign,
    Stroke,
    Tap,
    Text,
    Type,
    Wait,
    Write,
)

IDEOGRAPH = r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
"""A character that has no key, as a regular expression."""


@dataclass(frozen=True)
class Step:
    """`words` is the step as its file says it, on one line; `line` is where."""

    action: Action
    words: str
    line: int


@dataclass(frozen=True)
class Tour:
    file: Path
    title: str
    steps: tuple[Step, ...]

    @property
    def leaves_printer(self) -> bool:
        return any(step.action == Printer(EXTERNAL) for step in self.steps)

    @property
    def leaves_intake(self) -> bool:
        return any(step.action == Intake(EXTERNAL) for step in self.steps)


def load_tour(file: Path) -> Tour:
    """Raises ConfigurationError with the file, the line and what is wrong with the step."""
    data = DataFile(file)
    content = data.mapping()
    for key in content:
        if key not in ("tour", "steps"):
            raise data.error((key,), f"{key}: a tour has only the keys tour and steps")
    title = content.get("tour")
    if not isinstance(title, str) or not title.strip():
        raise data.error(("tour",), "tour: the tour's title in words is needed")
    if "steps" not in content or not data.sequence(("steps",)):
        raise data.error(("steps",), "steps: a list of steps is needed")
    steps = tuple(
        _step(data, ("steps", position), entry)
        for position, entry in enumerate(data.sequence(("steps",)))
    )
    return Tour(file, title, steps)


def _step(data: DataFile, place: Place, entry: object) -> Step:
    if not isinstance(entry, dict) or len(entry) != 1:
        raise data.error(place, f"a step is one verb and its value; verbs: {', '.join(_VERBS)}")
    ((verb, value),) = entry.items()
    if verb not in _VERBS:
        raise data.error((*place, verb), f"{verb}: no such verb; verbs: {', '.join(_VERBS)}")
    try:
        action = _VERBS[verb](value, data.path)
    except _WrongValue as error:
        raise data.error((*place, verb), f"{verb}: {error}") from None
    return Step(action, f"{verb} {_in_words(value)}", data.error((*place, verb), "").line)


class _WrongValue(Exception):
    pass


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _WrongValue("the value has to be text; put it in quotes")
    if not value.strip():
        raise _WrongValue("the text is empty")
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 86_400:
        raise _WrongValue("a number from 0 to 86400 is needed")
    return float(value)


def _tap(value: object, _file: Path) -> Action:
    return Tap(_text(value))


def _card(value: object, file: Path) -> Action:
    if not isinstance(value, dict):
        return Card(_card_file(value, file))
    match value:
        case {"file": name, "reader": (1 | 2 | "serial") as reader}:
            if len(value) == 2 and reader is not True:
                return Card(_card_file(name, file), reader)
    raise _WrongValue("a file, or {file: …, reader: 1, 2 or serial}, is needed")


def _card_file(value: object, file: Path) -> Path | External | None:
    match _text(value):
        case "none":
            return None
        case External.EXTERNAL.value:
            return EXTERNAL
        case name:
            return _found(name, file)


def _found(name: str, file: Path) -> Path:
    for folder in (PROGRAM, file.resolve().parent):
        if (folder / name).is_file():
            return (folder / name).resolve()
    raise _WrongValue(f"there is no file {name} in the program's folder or beside the tour")


def _paper(value: object, file: Path) -> Action:
    name = _text(value)
    return Paper(None if name == "none" else _found(name, file))


def _scan(value: object, _file: Path) -> Action:
    match value:
        case {"receipt": "last"} if len(value) == 1:
            return Scan()
        case {"identity": person} if len(value) == 1:
            return Scan(person=_text(person))
        case _:
            return Scan(_text(value))


def _type(value: object, _file: Path) -> Action:
    if not isinstance(value, dict) or not value:
        raise _WrongValue("fields and texts are needed: {label: text}")
    return Type({_text(label): _typed(text) for label, text in value.items()})


def _typed(value: object) -> Text:
    """Chinese is written by its pinyin, and with nothing else."""
    text, by = value, ""
    if value == {"receipt": "last"}:
        return Text("", of_receipt=True)
    if isinstance(value, dict):
        if set(value) != {"text", "by"}:
            raise _WrongValue("a text, {text: …, by: its pinyin} or {receipt: last} is needed")
        text, by = value["text"], _text(value["by"])
    written = Text(_text(text), tuple(by.split()))
    if len(written.syllables) != len(re.findall(IDEOGRAPH, written.text)):
        raise _WrongValue(f"{written.text}: `by` needs a syllable for each of its ideographs")
    if not all(re.fullmatch("[a-z]+", syllable) for syllable in written.syllables):
        raise _WrongValue(f"{by}: pinyin in small letters is needed, ü as v")
    return written


def _write(value: object, _file: Path) -> Action:
    if not isinstance(value, dict) or set(value) != {"text", "strokes"}:
        raise _WrongValue("{text: …, strokes: …} is needed")
    strokes = value["strokes"]
    if not isinstance(strokes, list) or not strokes:
        raise _WrongValue("strokes are needed, each a list of points")
    return Write(_text(value["text"]), tuple(map(_stroke, strokes)))


def _stroke(value: object) -> Stroke:
    if not isinstance(value, list) or not value:
        raise _WrongValue("a stroke is a list of points")
    return tuple(map(_point, value))


def _point(value: object) -> tuple[float, float]:
    match value:
        case [bool(), _] | [_, bool()]:
            pass
        case [int() | float() as x, int() | float() as y] if 0 <= x <= 2 and 0 <= y <= 1:
            return float(x), float(y)
    raise _WrongValue("a point is [0…2, 0…1], in heights of the pad from its lower left")


def _choose(value: object, _file: Path) -> Action:
    if not isinstance(value, dict) or not value:
        raise _WrongValue("fields and options are needed: {label: option}")
    return Choose({_text(label): _options(options) for label, options in value.items()})


def _options(value: object) -> tuple[str, ...]:
    if isinstance(value, list) and value:
        return tuple(_text(option) for option in value)
    return (_text(value),)


def _sign(value: object, _file: Path) -> Action:
    if value is not True:
        raise _WrongValue("the only value is true")
    return Sign()


def _expect(value: object, _file: Path) -> Action:
    if not isinstance(value, dict):
        return Expect(_text(value))
    if "text" not in value or not set(value) <= {"text", "within"}:
        raise _WrongValue("a text, or {text: …, within: seconds}, is needed")
    return Expect(_text(value["text"]), _number(value.get("within", EXPECT_WITHIN)))


def _absent(value: object, _file: Path) -> Action:
    return Absent(_text(value))


def _state(value: object, *states: type[StrEnum]) -> Any:
    known = {str(state): state for kind in states for state in kind}
    if (found := known.get(_text(value))) is None:
        raise _WrongValue(f"no such state; there are {', '.join(known)}")
    return found


def _printer(value: object, _file: Path) -> Action:
    if isinstance(value, dict) and len(value) == 1:
        (failure, amount), *_ = value.items()
        return Printer((_state(failure, PrinterFailure), _number(amount)))
    return Printer(_state(value, PrinterState, External))


def _reader(value: object, _file: Path) -> Action:
    return Reader(_state(value, ReaderState))


def _camera(value: object, _file: Path) -> Action:
    return Camera(_state(value, CameraState))


def _intake(value: object, _file: Path) -> Action:
    return Intake(_state(value, IntakeState, External))


def _officer(value: object, _file: Path) -> Action:
    if not isinstance(value, dict) or not {"page"} <= set(value) <= _OFFICER:
        raise _WrongValue("{page: …, press: button, fill: {field: text}, reads: text} is needed")
    fill = value.get("fill", {})
    if not isinstance(fill, dict):
        raise _WrongValue("fill has to say what goes into which field: {field: text}")
    texts = {
        _text(name): tuple(map(_text, given)) if isinstance(given, list) else _text(given)
        for name, given in fill.items()
    }
    press = _text(value["press"]) if "press" in value else None
    reads = _text(value["reads"]) if "reads" in value else ""
    return Officer(_text(value["page"]), press, texts, reads)


def _idle(value: object, _file: Path) -> Action:
    return Idle(_number(value))


def _wait(value: object, _file: Path) -> Action:
    return Wait(_number(value))


def _screenshot(value: object, _file: Path) -> Action:
    name = _text(value)
    if not re.fullmatch(r"[\w.-]+", name) or name.startswith("."):
        raise _WrongValue("a name of letters, digits, - and _ is needed")
    return Screenshot(name)


_OFFICER = frozenset({"page", "press", "fill", "reads"})

_VERBS: dict[str, Callable[[object, Path], Action]] = {
    "tap": _tap,
    "card": _card,
    "scan": _scan,
    "paper": _paper,
    "type": _type,
    "write": _write,
    "choose": _choose,
    "sign": _sign,
    "expect": _expect,
    "absent": _absent,
    "printer": _printer,
    "reader": _reader,
    "camera": _camera,
    "intake": _intake,
    "officer": _officer,
    "idle": _idle,
    "wait": _wait,
    "screenshot": _screenshot,
}


def _in_words(value: object) -> str:
    match value:
        case {"text": text, "by": _} | {"text": text, "strokes": _}:
            return str(text)
        case dict():
            return ", ".join(f"{key}: {_in_words(part)}" for key, part in value.items())
        case list():
            return "、".join(_in_words(part) for part in value)
        case bool():
            return str(value).lower()
        case _:
            return str(value)
