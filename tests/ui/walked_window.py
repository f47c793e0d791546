"""Runs a walk in a kiosk and a sandbox of its own, and reads what came of it at the intake."""

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from kiosk.catalogue.models import Item
from kiosk.forms.questions import Question
from tests.touched_answers import CHARACTERS, wrong
from tests.ui.kiosk_process import ROOT, place, run, sandbox
from tests.unit.visits import CATALOGUE

CARD = ROOT / "tests/cards/zhang-yan.yaml"
FILED = tuple(item for item in CATALOGUE.items if item.form is not None)


def walk_through(
    folder: Path, items: Sequence[Item], within: float, stay: Sequence[str] = ()
) -> dict[str, Any]:
    """Every item from home to its last page, and what was filed found at the intake by what that
    page shows. `stay` are kinds of screens that are not left for home. What was tried, and the
    seconds of each item."""
    kiosk, out = place(folder, 720, 1280), folder / "out"
    out.mkdir()
    with sandbox(kiosk, folder / "sandbox") as world:
        ended = run(
            "walked_items", kiosk.config, world.control, out, CARD, ",".join(stay),
            ",".join(item.code for item in items), temporary=folder / "temporary", within=within,
        )  # fmt: skip
    assert ended.seen is not None, ended.complained
    record = json.loads((out / "intake.json").read_text("utf-8"))["applications"]
    problems = {seen["item"]: problem_of(seen, record) for seen in ended.seen["items"]}
    assert dict.fromkeys([item.code for item in items], "") == problems, problems
    assert "" == ended.complained, ended.complained
    shutil.rmtree(out)
    return ended.seen


def problem_of(seen: dict[str, Any], record: list[dict[str, Any]]) -> str:
    """Why the walk of an item cannot stand; empty where it can: the intake has, under what the
    last page showed, the applications that the item becomes, each with its answers."""
    found = [row for row in record if seen["shown"] in (row["number"], row["bundle"])]
    kept = {row["item"]: row["content"]["answers"] for row in found}
    if seen["problem"] or (seen["applications"] == kept and len(found) == len(kept)):
        return seen["problem"]
    return f"the intake has {kept} under {seen['shown']}"


def few(items: Sequence[Item], most: int) -> tuple[Item, ...]:
    """Short ones that ask every kind of question, with a life event among them and one that is
    preceded by 条件自查; then the shortest of as many further departments as there are places."""
    left = sorted(items, key=_length)
    missing = {thing for item in items for thing in _holds(item)}
    chosen: list[Item] = []
    while missing:
        chosen.append(max(left, key=lambda item: len(missing & _holds(item)) / _length(item)))
        missing -= _holds(chosen[-1])
    for item in left:
        if len(chosen) < most and item.department not in {c.department for c in chosen}:
            chosen.append(item)
    return tuple(chosen)


def _holds(item: Item) -> set[str]:
    """What is met whatever is answered."""
    kinds: set[str] = {q.kind for q in _asked(item) if wrong(q) is not None}
    kinds |= {"life event"} if item.parts else set()
    return kinds | ({"check"} if item.eligibility is not None else set())


def _asked(item: Item) -> Iterator[Question]:
    assert item.form is not None
    for question in item.form.questions:
        if question.when is None and question.prefill is None:
            yield question
            yield from (field for field in question.fields if field.when is None)


def _length(item: Item) -> int:
    """In touches, about, with those from home to the form."""
    return 20 + sum(CHARACTERS.get(question.kind, 2) for question in _asked(item))
