"""How the form of a life event is put together, and files of events that are wrong."""

from pathlib import Path

import pytest

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.life_events import split
from kiosk.catalogue.load import load_catalogue
from kiosk.errors import ConfigurationError
from kiosk.forms.answers import BRING_ORIGINAL
from kiosk.forms.questions import Condition, Question

EVENT = "life_events/801-birth.yaml"
FIRST = "items/health/001-household.yaml"
SECOND = "items/health/002-card.yaml"
FILES = {
    "fields.yaml": "- {key: general, name: 综合窗口, icon: home}\n",
    "departments.yaml": "- {key: health, name: 县卫健局, field: general}\n",
    "frequent.yaml": "[]\n",
    "licences.yaml": "[户口簿]\n",
    "procedures.yaml": "{}\n",
    "blocks/person.yaml": """\
sections:
  - id: person
    title: 本人
    questions:
      - {id: name, kind: text, label: 姓名, prefill: name}
      - {id: phone, kind: phone, label: 电话, private: true}
""",
    "blocks/promise.yaml": """\
sections:
  - id: promise
    title: 承诺
    questions:
      - {id: truthful, kind: promise, label: 承诺, promise: 属实。}
""",
    FIRST: """\
code: "001"
name: 上户口
kind: file
department: health
item_class: 公共服务
handling: 即办件
applicants: [自然人]
materials:
  - {name: 户口簿, provision: bring}
materials_origin: sample
self_service: {level: full, origin: sample}
complete: true
form:
  - use: person
  - id: child
    title: 孩子
    questions:
      - {id: newborn, kind: text, label: 孩子, max_length: 20}
      - id: parents
        kind: choice
        label: 父母
        options: [{key: married, label: 已婚}, {key: single, label: 未婚}]
      - {id: spouse, kind: text, label: 配偶, when: {question: parents, one_of: [married]}}
      - id: reason
        kind: choice
        label: 为什么
        options: [{key: birth, label: 出生}, {key: other, label: 其他}]
  - id: papers
    title: 材料
    questions:
      - {id: book, kind: file, label: 户口簿, required: false}
      - {id: other, kind: text, label: 其他原因, when: {question: reason, one_of: [other]}}
  - use: promise
""",
    SECOND: """\
code: "002"
name: 社保卡
kind: file
department: health
item_class: 公共服务
handling: 即办件
applicants: [自然人]
materials:
  - {name: 户口簿, provision: bring}
  - {name: 照片, provision: bring}
materials_origin: sample
self_service: {level: full, origin: sample}
complete: true
form:
  - use: person
  - id: child
    title: 孩子
    questions:
      - {id: child, kind: text, label: 姓名, max_length: 30}
      - id: parents
        kind: choice
        label: 父母
        options: [{key: married, label: 已婚}, {key: single, label: 未婚}]
      - {id: bank, kind: text, label: 银行, when: {question: parents, one_of: [married]}}
      - {id: reason, kind: text, label: 为什么办卡}
  - id: papers
    title: 材料
    questions:
      - {id: household_book, kind: file, label: 户口簿}
      - {id: photo, kind: file, label: 照片}
  - use: promise
""",
    EVENT: """\
code: "801"
name: 出生一件事
kind: file
department: health
item_class: 一件事一次办
handling: 承诺件
applicants: [自然人]
materials_origin: sample
self_service: {level: full, origin: sample}
complete: true
parts:
  - item: "001"
    when: {question: wants, one_of: [household]}
    given: {reason: birth}
  - item: "002"
    when: {question: wants, one_of: [card]}
    answers: {child: newborn}
form:
  - id: wants
    title: 要办
    questions:
      - id: wants
        kind: choices
        label: 要办
        options: [{key: household, label: 户口}, {key: card, label: 社保卡}]
""",
}


def _load(folder: Path, changed: dict[str, str] | None = None) -> Catalogue:
    for name, text in {**FILES, **(changed or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load_catalogue(folder)


def _questions(catalogue: Catalogue) -> dict[str, Question]:
    form = catalogue.item("801").form
    assert form is not None
    return {question.id: question for question in form.questions}


def test_each_question_stands_once_and_in_order(tmp_path: Path) -> None:
    """The event's own question comes first, then each part's in the order of the parts, the promise
    last. What both ask, what the file says answers another and a file of one name stand once; what
    is given and what can then never be asked is left out; another meaning gets the item's code."""
    catalogue = _load(tmp_path)
    form = catalogue.item("801").form
    assert form is not None
    expected = {
        "wants": ["wants"],
        "person": ["name", "phone"],
        "child": ["newborn", "parents", "spouse"],
        "papers": ["book"],
        "child_002": ["bank", "reason"],
        "papers_002": ["photo"],
        "promise": ["truthful"],
    }
    assert expected == {s.id: [q.id for q in s.questions] for s in form.sections}


def test_two_meanings_of_one_id_are_two_questions(tmp_path: Path) -> None:
    """Where both are asked, the second of one id that means something else gets its item's code."""
    asked = FILES[EVENT].replace("    given: {reason: birth}\n", "")
    questions = _questions(_load(tmp_path, {EVENT: asked}))
    assert ["为什么", "为什么办卡"] == [questions[q].label for q in ("reason", "reason_002")]


def test_questions_are_asked_when_a_part_that_asks_them_is_wanted(tmp_path: Path) -> None:
    """What all parts ask is always asked; a part's own question hangs on its part alone; a
    condition on a question that another part asks too needs the part as well."""
    questions = _questions(_load(tmp_path))
    household = Condition(question="wants", one_of=("household",))
    card = Condition(question="wants", one_of=("card",))
    married = Condition(question="parents", one_of=("married",))
    assert [None, None] == [questions["newborn"].when, questions["parents"].when]
    assert (card, card) == (questions["reason"].when, questions["photo"].when)
    assert married.model_copy(update={"also": household}) == questions["spouse"].when
    assert married.model_copy(update={"also": card}) == questions["bank"].when


def test_a_file_does_for_all_that_ask_for_it(tmp_path: Path) -> None:
    """It is required where one of the items requires it, and may come later only where all say so
    alike."""
    defer = "licence: 户口簿, defer: {days: 3, consequence: 撤回}"
    first = FILES[FIRST].replace("label: 户口簿,", f"label: 户口簿, {defer},")
    second = FILES[SECOND].replace("label: 户口簿}", f"label: 户口簿, {defer}}}")
    book = _questions(_load(tmp_path, {FIRST: first}))["book"]
    assert (True, None, None) == (book.required, book.defer, book.licence)
    both = _questions(_load(tmp_path, {FIRST: first, SECOND: second}))["book"]
    assert both.defer is not None
    assert "户口簿" == both.licence


def test_answers_come_back_under_the_items_own_names(tmp_path: Path) -> None:
    """Each chosen part gets its own ids, the event's given answers, and nothing of the others; what
    was once answered and is asked no more goes nowhere."""
    event = _load(tmp_path).life_event("801")
    assert event is not None
    person = {"name": "张彦", "phone": "13805980000"}
    child = {"newborn": "张小彦", "parents": "single", "spouse": "旧", "reason": "第一次"}
    files = {"book": BRING_ORIGINAL, "photo": BRING_ORIGINAL}
    answers = {"wants": ("household", "card"), **person, **child, **files, "truthful": True}
    shared = {**person, "parents": "single", "truthful": True}
    first = {**shared, "newborn": "张小彦", "reason": "birth", "book": BRING_ORIGINAL}
    second = {**shared, "child": "张小彦", "reason": "第一次", "household_book": BRING_ORIGINAL}
    second["photo"] = BRING_ORIGINAL
    made = split(event, answers)
    assert [("001", first), ("002", second)] == [(item.code, own) for item, own in made]
    only = split(event, {**answers, "wants": ("card",)})
    assert [("002", second)] == [(item.code, own) for item, own in only]


def test_the_event_needs_what_its_parts_need(tmp_path: Path) -> None:
    """Each material of the parts once."""
    assert ["户口簿", "照片"] == [m.name for m in _load(tmp_path).item("801").materials]


def test_an_event_without_a_form_names_its_items(tmp_path: Path) -> None:
    """A guide-only event consists of items too, and nothing is filed with it."""
    head = FILES[EVENT].partition("complete:")[0].replace("kind: file", "kind: guide")
    text = head + 'why_not_here: 到窗口办\nparts: [{item: "001"}, {item: "002"}]\n'
    event = _load(tmp_path, {EVENT: text}).life_event("801")
    assert event is not None
    assert ["001", "002"] == [part.item.code for part in event.parts]
    assert () == split(event, {})


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "reason"),
    [
        (EVENT, 'item: "002"', 'item: "009"', 15, "no item has the code 009"),
        (EVENT, 'item: "002"', 'item: "001"', 15, "001 stands twice"),
        (EVENT, "[card]", "[card], also: {question: wants, one_of: [card]}", 16, "on one question"),
        (FIRST, "complete: true\n", "", 12, "001 has no complete form"),
        (EVENT, "question: wants, one_of: [card]", "question: want, one_of: [card]", 16, "want)"),
        (EVENT, "one_of: [card]", "one_of: [cart]", 16, "wants has no option cart"),
        (EVENT, "one_of: [card]", "one_of: [household]", 11, "with which nothing is filed"),
        (
            EVENT,
            "label: 要办\n        o",
            "label: 要\n        required: false\n        o",
            11,
            "nothing",
        ),
        (EVENT, "{child: newborn}", "{kid: newborn}", 17, "002 asks no kid"),
        (EVENT, "{child: newborn}", "{child: photo}", 17, "no earlier question has the id photo"),
        (EVENT, "{child: newborn}", "{child: phone}", 17, "one is phone, the other text"),
        (
            EVENT,
            "{child: newborn}",
            "{child: spouse}",
            17,
            "spouse cannot answer child: it takes more",
        ),
        (
            EVENT,
            "{child: newborn}",
            "{bank: newborn}",
            17,
            "newborn is asked under another condition",
        ),
        (FIRST, "label: 孩子, max", "label: 孩子, required: false, max", 17, "it may stay open"),
        (SECOND, "label: 姓名, max", "label: 姓名, private: true, max", 17, "it is not private"),
        (SECOND, "label: 姓名, max", "label: 姓名, prefill: name, max", 17, "prefill differs"),
        (EVENT, "{reason: birth}", "{reason: death}", 14, "no choice reason with this answer"),
        (EVENT, "{reason: birth}", "{reason: [birth]}", 14, "no choice reason with this answer"),
        (EVENT, "{reason: birth}", "{cause: birth}", 14, "001 has no choice cause"),
        (EVENT, "parts:", "materials: []\nparts:", 11, "are those of its parts"),
        (EVENT, "complete: true", "accepts: [unauthenticated_chip]", 12, "001 does not accept"),
        (EVENT, 'code: "801"', 'code: "802"', 1, "the file's name has to begin with 802-"),
        (EVENT, "department: health", "department: healt", 4, "no department healt"),
        (
            FIRST,
            "complete: true",
            'complete: true\nparts: [{item: "002"}]',
            13,
            "into life_events/",
        ),
    ],
)
def test_mistakes_are_named(
    tmp_path: Path, name: str, old: str, new: str, line: int, reason: str
) -> None:
    """A mistake in an event is reported with the file, the line of the part and its reason."""
    assert 1 == FILES[name].count(old)
    with pytest.raises(ConfigurationError) as caught:
        _load(tmp_path, {name: FILES[name].replace(old, new)})
    assert reason in caught.value.reason
    assert line == caught.value.line
    at_fault = FIRST if "life_events/" in reason else EVENT
    assert tmp_path / at_fault == caught.value.file


def test_events_without_parts_and_twice(tmp_path: Path) -> None:
    """An event has parts, its code stands in no other file, and a guide-only event only names
    them."""
    head, _, tail = FILES[EVENT].partition("parts:")
    form = "form:" + tail.partition("form:")[2]
    with pytest.raises(ConfigurationError, match="a life event has parts"):
        _load(tmp_path, {EVENT: head + form})
    guide = head.replace("kind: file", "kind: guide").replace(
        "complete: true\n", "why_not_here: 是\n"
    )
    with pytest.raises(ConfigurationError, match="without a form a part is only named"):
        _load(tmp_path, {EVENT: guide + 'parts: [{item: "001", given: {reason: birth}}]\n'})
    with pytest.raises(ConfigurationError, match="code 801 stands in another file too"):
        _load(tmp_path, {"life_events/801-other.yaml": FILES[EVENT], EVENT: FILES[EVENT]})


def test_parts_that_share_a_question_hang_on_one(tmp_path: Path) -> None:
    """Two ways to want a part cannot be told apart where the parts ask the same."""
    third = FILES[SECOND].replace("002", "003").replace("社保卡", "医保")
    more = (
        '  - item: "003"\n    when: {question: how, one_of: [so]}\n'
        "    answers: {child: newborn}\nform:\n  - id: how\n    title: 怎样\n    questions:\n"
        "      - {id: how, kind: choice, label: 怎样, options: [{key: so, label: 这样}]}\n"
    )
    text = FILES[EVENT].replace("form:\n", more)
    with pytest.raises(ConfigurationError, match="hang on different ones") as caught:
        _load(tmp_path, {EVENT: text, "items/health/003-insurance.yaml": third})
    assert 19 == caught.value.line
