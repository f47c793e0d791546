"""What has to hold between the parts of one item: each mistake is named with its line."""

from pathlib import Path

import pytest

from kiosk.catalogue.load import load_catalogue
from kiosk.errors import ConfigurationError
from kiosk.forms.asked import asked_questions
from tests.unit.test_catalogue_files import FILES, ITEM, load_item, write

MORE = """\
elsewhere: []
stages:
  - {name: 受理, days: 1}
  - {name: 办结, days: 2}
situations:
  - {name: 再婚, materials: [结婚证]}
eligibility:
  questions:
    - id: lives
      kind: choice
      label: 住在
      options:
        - {key: here, label: 本县}
        - {key: there, label: 外县}
    - id: since
      kind: choice
      label: 多久
      when: {question: lives, one_of: [there]}
      options: [{key: long, label: 很久}, {key: short, label: 不久}]
  rules:
    - {when: {question: since, one_of: [short]}, verdict: "no", why: 不够久}
    - when: [{question: lives, one_of: [there]}, {question: since, one_of: [long]}]
      verdict: ask
      why: 窗口要看
form:
"""
FULL = (
    FILES[ITEM]
    .replace("form:\n", MORE)
    .replace(
        "{name: 结婚证, provision: bring}",
        "{name: 结婚证, provision: bring, licence: 结婚证, defer: {days: 2, consequence: 作废}}",
    )
)


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("licence: 结婚证", "licence: 结昏证", 12, "no licence 结昏证 in licences.yaml"),
        ("days: 2, cons", "days: 4, cons", 12, "结婚证 may come 4 working days later"),
        ("promised: {amount: 3, unit: 工作日, origin: sample}\n", "", 11, "or the item a promise"),
        ("[结婚证]}", "[结婚证, 离婚证]}", 23, "再婚: the item has no material 离婚证"),
        ("{name: 办结, days: 2}", "{name: 办结, days: 3}", 19, "add up to 4; the promise is 3"),
        ("id: since", "id: stage", 32, "stage: the form has a question of this id"),
        ("id: since", "id: lives", 32, "lives: this id stands twice"),
        (
            "{question: lives, one_of: [there]}\n",
            "{question: live, one_of: [there]}\n",
            35,
            "(live)",
        ),
        ("question: since, one_of: [short]", "question: sinse, one_of: [short]", 38, "(sinse)"),
        ("question: since, one_of: [long]", "question: since, one_of: [ago]", 39, "option ago"),
        ('verdict: "no"', 'verdict: "yes"', 38, "yes is what remains when no rule holds"),
        ("kind: choice\n      label: 住在", "kind: choices\n      label: 住在", 24, "only choices"),
        ("elsewhere: []", "elsewhere: [within_province]", 18, "uses the block elsewhere"),
        ("elsewhere: []", "elsewhere: [abroad]", 18, "elsewhere.0: Input should be"),
        ("name: 受理, days: 1", "name: 受理, days: -1", 20, "greater than or equal to 0"),
    ],
)
def test_mistakes_between_parts_are_named(
    tmp_path: Path, old: str, new: str, line: int, reason: str
) -> None:
    """What does not fit together in one item is reported where it stands, with what to put right;
    without the mistake the item loads."""
    sound = load_catalogue(write(tmp_path, {ITEM: FULL})).item("072")
    assert sound.eligibility is not None
    assert 1 == FULL.count(old)
    write(tmp_path, {ITEM: FULL.replace(old, new)})
    with pytest.raises(ConfigurationError) as caught:
        load_catalogue(tmp_path)
    assert (tmp_path / ITEM, line) == (caught.value.file, caught.value.line), caught.value.reason
    assert reason in caught.value.reason


def test_the_windows_of_the_field_take_an_item(tmp_path: Path) -> None:
    """An item goes to the windows of its department's field, or to the window that it names."""
    assert "general" == load_item(tmp_path).window
    named = FILES[ITEM].replace("form:", "window: unsolved\nform:")
    assert "unsolved" == load_catalogue(write(tmp_path, {ITEM: named})).item("072").window


def test_materials_bring_licence_and_deferral_into_the_form(tmp_path: Path) -> None:
    """The question for a material knows the licence that answers it and how long it may wait."""
    form = load_catalogue(write(tmp_path, {ITEM: FULL})).item("072").form
    assert form is not None
    asked = {question.id: question for question in form.questions}
    assert ("结婚证", None) == (asked["file_1"].licence, asked["file_2"].licence)
    assert [2, None] == [d and d.days for d in (asked["file_1"].defer, asked["file_2"].defer)]


AGENT = """\
sections:
  - id: agent
    title: 申请方式
    questions:
      - id: filing
        kind: choice
        label: 申请方式
        options:
          - {key: self, label: 本人办理}
          - {key: agent, label: 代他人办理}
"""
FILES_ASKED = """\
for_each: bring
sections:
  - id: materials
    title: 材料
    questions: [{id: material, kind: file, label: "{name}"}]
"""


def test_an_agents_licence_does_not_stand_for_the_principals(tmp_path: Path) -> None:
    """Where an agent may file, a licence answers the material of an applicant alone, and the agent
    is asked for the same material without it."""
    changed = {
        "blocks/agent.yaml": AGENT,
        "blocks/materials.yaml": FILES_ASKED,
        ITEM: FULL.replace("  - use: applicant\n", "  - use: applicant\n  - use: agent\n"),
    }
    form = load_catalogue(write(tmp_path, changed)).item("072").form
    assert form is not None
    licences = {}
    for filing in ("self", "agent"):
        asked = [q for q in asked_questions(form, {"filing": filing}) if q.label == "结婚证"]
        licences[filing] = [question.licence for question in asked]
    assert {"self": ["结婚证"], "agent": [None]} == licences
