"""Every tour plays to its end in the kiosk as it ships, and leaves what was done and no more."""

import base64
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tour_runs import (
    ROOT,
    SMALL,
    TOURS,
    Run,
    chosen,
    codes,
    expected_slips,
    leaves_nothing,
    passes,
    play,
    shot,
    typed,
)

from kiosk.catalogue.load import load_catalogue
from kiosk.configuration import CONFIG
from kiosk.forms.answers import BRING_ORIGINAL
from kiosk.forms.questions import Question
from kiosk.language import Language, _, load_english, speak
from screens.tour.actions import Card, Tap
from screens.tour.script import load_tour

WIDE = {"width = 1080": "width = 1920", "height = 1920": "height = 1080"}
BY_X_EVENTS = "slow-and-rated-low.yaml"
WAYS = {"全国", "就选到这里", "用摄像头拍"}
"""Options that lead on and are no answers themselves."""


@pytest.fixture(scope="module", params=["portrait", "landscape", "X events"])
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("tours")
    match request.param:
        case "landscape":
            return play(folder, sorted(TOURS.glob("landscape*.yaml")), changes=WIDE)
        case "X events":
            return play(folder, [TOURS / BY_X_EVENTS], "--touch", "xtest")
        case _:
            others = {TOURS / BY_X_EVENTS, *TOURS.glob("landscape*.yaml")}
            return play(folder, sorted(set(TOURS.glob("*.yaml")) - others), changes=SMALL)


@pytest.fixture(scope="module")
def keys() -> dict[str, dict[str, str]]:
    """For each complete item the keys of its options, by what stands on them in either language."""
    load_english(ROOT / "assets" / "locale")
    found: dict[str, dict[str, str]] = {}
    for item in load_catalogue(CONFIG / "catalogue").items:
        if item.complete and item.form is not None:
            found[item.code] = known = {}
            for language in Language:
                speak(language)
                known |= dict(_options(item.form.questions))
                known[_("带原件到窗口")] = BRING_ORIGINAL
    speak(Language.CHINESE)
    return found


def test_every_tour_passes(run: Run) -> None:
    """Each step of each tour was done as a person would do it."""
    passes(run)


def test_every_picture_is_there(run: Run) -> None:
    """The pictures are numbered in the order in which the tours ask for them."""
    assert [f"{name}.png" for tour in run.tours for name in shot(tour)] == run.pictures()


def test_every_slip_bears_its_number(run: Run) -> None:
    """Each printed slip's code is the intake's number, or, while the intake is down, the kiosk's
    reference; where there was no paper nothing came out, then or later."""
    slips = expected_slips(run)
    assert slips
    assert slips == run.receipts()


def test_the_screen_is_the_receipt(run: Run) -> None:
    """Every picture of a last page bears the number that the intake gave, as a code to be
    photographed."""
    numbers = {
        name: application["number"]
        for tour, application in run.filed
        for name in shot(tour)
        if name.endswith(("done", "received", "done-english", "rating-why"))
    }
    assert numbers
    for name, number in numbers.items():
        assert [number] == codes(run.picture(name)), name


def test_the_intake_has_what_was_answered(run: Run, keys: dict[str, dict[str, str]]) -> None:
    """Everything that was typed and chosen stands in the stored application, and a signature."""
    assert run.filed
    for tour, application in run.filed:
        content = application["content"]
        stored = set(_texts(content["answers"]))
        item = keys[application["item"]]
        asked = {item.get(option, option) for option in set(chosen(tour)) - WAYS}
        asked |= {_as_stored(text) for text in typed(tour)}
        assert set() == asked - stored, tour.file.name
        assert 5 == len(content["signature"]), tour.file.name
        cards = [step.action.file for step in tour.steps if isinstance(step.action, Card)]
        number = re.search('number: "(.*)"', next(c for c in cards if c).read_text("utf-8"))
        assert number is not None
        assert number[1] == content["applicant"]["number"], tour.file.name


def test_a_paper_under_the_camera_reaches_the_intake(run: Run) -> None:
    """What was photographed is stored as a picture of the material's name, with the page's shape
    and its dots."""
    for tour, application in run.filed:
        if Tap("用这张") in [step.action for step in tour.steps]:
            (stored,) = application["content"]["attachments"]
            assert stored["name"].endswith(".jpg"), tour.file.name
            with Image.open(io.BytesIO(base64.b64decode(stored["content"]))) as picture:
                assert ("JPEG", True) == (picture.format, 1500 < max(picture.size))


def test_complete_items_are_filed(run: Run, keys: dict[str, dict[str, str]]) -> None:
    """In portrait, the hall's way, twelve of the complete items are played to their end; every one
    is filled in without a window by tests/unit/test_catalogue_forms.py."""
    filed = {application["item"] for _tour, application in run.filed}
    if len(run.tours) > 12:
        assert 12 == len(filed)
    assert filed <= set(keys)


def test_nothing_of_the_people_stays(run: Run) -> None:
    """On the kiosk, of those on the cards and of what was typed, scanned and shown; the intake's
    record holds it."""
    leaves_nothing(run, {"SANDBOX-MZT:"})


def test_a_name_written_by_hand_is_looked_for() -> None:
    """Whole, though each character was written and chosen by itself."""
    assert "王䶮" in typed(load_tour(TOURS / "handwritten-name.yaml"))


FAILING = {
    "other-words": (
        ["tap: 我要办事", "expect: {text: 没有这句话, within: 0.5}"],
        "✗ 2 expect text: 没有这句话, within: 0.5: 没有这句话 did not come within 0.5 s",
    ),
    "words-there": (["absent: 我要 办事"], "✗ 1 absent 我要 办事: 我要 办事 stands on the screen"),
    "no-such-control": (["tap: 没有的按钮"], "✗ 1 tap 没有的按钮: there is no such control"),
    "disabled": (
        ["tap: 我要办事", "tap: 个体工商户设立登记", "tap: 上一页"],
        "✗ 3 tap 上一页: it is disabled",
    ),
    "covered": (
        ["tap: 证照与记录", "idle: 130", "expect: 您还在吗", "tap: 社会保险参保证明打印"],
        "✗ 4 tap 社会保险参保证明打印: it is covered by ",
    ),
    "no-such-field": (
        ["type: {手机号码: '1'}"], "✗ 1 type 手机号码: 1: there is no field 手机号码"
    ),
    "passes": (["tap: 我要办事", "expect: 个体工商户设立登记"], ""),
}


@pytest.fixture(scope="module")
def failed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    folder = tmp_path_factory.mktemp("failing")
    files = []
    for name, (steps, _told) in FAILING.items():
        files.append(folder / f"{name}.yaml")
        lines = [f"tour: {name}", "steps:", *(f"  - {step}" for step in steps)]
        files[-1].write_text("\n".join(lines) + "\n", "utf-8")
    yield play(folder, files)


def test_what_cannot_be_done_fails(failed: Run) -> None:
    """Each step that a person could not do fails its tour with the step's number and line and the
    reason; the others are played all the same, and the status is 1."""
    assert (1, "") == (failed.status, failed.complained)
    assert failed.said[-1].startswith(f"1 of {len(FAILING)} tours passed")
    told = [line for line in failed.said if line.startswith("✗")]
    for (name, (steps, words)), line in zip(list(FAILING.items())[:-1], told, strict=True):
        assert line.startswith(words), name
        assert line.endswith(f"{name}.yaml:{len(steps) + 2})"), name


def test_a_failure_shows_what_was_there(failed: Run) -> None:
    """With each failure come the texts that could be read and a picture of the window."""
    shown = [line for line in failed.said if line.startswith("  on the screen: ")]
    pictures = [line for line in failed.said if line.startswith("  picture: ")]
    assert len(FAILING) - 1 == len(shown) == len(pictures) == len(failed.pictures())
    # Once the end of the shaded page, once the warning that lies over it.
    ends = ["请导办员帮忙" if name.startswith("no") else "" for name in FAILING][:-1]
    assert all(words in line for words, line in zip(ends, shown, strict=True))
    assert "您还在吗？ | " in shown[list(FAILING).index("covered")]
    for line in pictures:
        assert Path(line.removeprefix("  picture: ")).is_file()


def _options(questions: tuple[Question, ...]) -> Iterator[tuple[str, str]]:
    for question in questions:
        for option in question.options:
            yield _(option.label), option.key
        yield from _options(question.fields)


def _texts(answer: Any) -> Iterator[str]:
    match answer:
        case str():
            yield answer
        case dict():
            for part in answer.values():
                yield from _texts(part)
        case list():
            for part in answer:
                yield from _texts(part)
        case _:
            return


def _as_stored(text: str) -> str:
    """A date typed as eight digits is stored as ISO 8601 has it."""
    return re.sub(r"^((?:19|20)\d\d)([01]\d)([0-3]\d)$", r"\1-\2-\3", text)
