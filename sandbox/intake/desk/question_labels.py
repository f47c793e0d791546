"""The answers of an application in the words in which the kiosk asked for them.

An application carries the ids of its questions. Their labels stand in the catalogue that the
kiosks use (`config/catalogue/`); a question that is not there is shown by its id.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pydantic import JsonValue

from sandbox.intake.item_materials import CATALOGUE, catalogue_item, read_catalogue

_ANSWER_WORDS = {
    "bring_original": "带原件到窗口",
    "electronic_licence": "用电子证照，免交",
    "supply_later": "容缺，承诺补交",
}
"""Answers that are no option's key and no text."""


@dataclass(frozen=True)
class Answered:
    """One question with its answer; a repeated group has a line for each row."""

    label: str
    lines: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class Question:
    label: str
    options: Mapping[str, str]


def answers_in_words(item: str, answers: Mapping[str, JsonValue]) -> list[Answered]:
    """In the order in which they were asked."""
    questions = _questions(item)
    return [
        Answered(
            questions[key].label if key in questions else key,
            tuple(_lines(questions, key, answer)),
        )
        for key, answer in answers.items()
    ]


def label_of(item: str, question: str) -> str:
    """Of a file in a repeated group, `group.row.field`, the field's."""
    first, *inside = question.split(".")
    found = _questions(item).get(".".join([first, *inside[1:]]))
    return found.label if found else question


@cache
def materials_of(item: str) -> tuple[str, ...]:
    """Names of the materials that the item asks for, as suggestions."""
    return tuple(material["name"] for material in catalogue_item(item).get("materials", ()))


def _lines(questions: Mapping[str, Question], key: str, answer: JsonValue) -> Iterator[str]:
    match answer:
        case [*rows] if rows and all(isinstance(row, dict) for row in rows):
            for number, row in enumerate(rows, start=1):
                assert isinstance(row, dict)
                parts = (
                    f"{questions[place].label if place in questions else name}："
                    f"{'、'.join(_lines(questions, place, value))}"
                    for name, value in row.items()
                    for place in (f"{key}.{name}",)
                )
                yield f"{number}. {'；'.join(parts)}"
        case [*several]:
            yield "、".join(line for one in several for line in _lines(questions, key, one)) or "无"
        case {"names": [*names], "detail": str(detail)}:
            yield "".join(str(name) for name in names) + detail
        case {"name": str(name), "media_type": str()}:
            yield f"附件 {name}"
        case True:
            yield "已承诺"
        case str(text):
            options = questions[key].options if key in questions else {}
            yield options.get(text) or _ANSWER_WORDS.get(text, text)
        case _:
            yield str(answer)


@cache
def _questions(item: str) -> Mapping[str, Question]:
    found = catalogue_item(item)
    brought = [m["name"] for m in found.get("materials", ()) if m.get("provision") == "bring"]
    return dict(_asked(found.get("form", ()), brought))


def _asked(sections: Any, brought: list[str]) -> Iterator[tuple[str, Question]]:
    for section in sections:
        if "use" in section:
            block = read_catalogue(CATALOGUE / "blocks" / f"{section['use']}.yaml")
            if block.get("for_each") == "bring":
                for number, name in enumerate(brought, start=1):
                    for key, question in _asked(block["sections"], []):
                        label = question.label.replace("{name}", name)
                        yield f"{key}_{number}", Question(label, question.options)
            else:
                yield from _asked(block["sections"], brought)
        for question in section.get("questions", ()):
            yield from _one(question["id"], question)
            for inside in question.get("fields", ()):
                yield from _one(f"{question['id']}.{inside['id']}", inside)


def _one(key: str, question: Mapping[str, Any]) -> Iterator[tuple[str, Question]]:
    options = {option["key"]: option["label"] for option in question.get("options", ())}
    yield key, Question(question["label"], options)
