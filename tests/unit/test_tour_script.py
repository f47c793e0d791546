"""Tour files: each verb's values, and every mistake with its line."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kiosk.configuration import PROGRAM
from kiosk.errors import ConfigurationError
from screens.tour.actions import (
    EXTERNAL,
    Absent,
    Action,
    Camera,
    CameraState,
    Card,
    Choose,
    Expect,
    Idle,
    Intake,
    IntakeState,
    Paper,
    Printer,
    PrinterState,
    Reader,
    ReaderState,
    Scan,
    Screenshot,
    Sign,
    Tap,
    Text,
    Type,
    Wait,
    Write,
)
from screens.tour.script import Tour, load_tour

CARD = "tests/cards/zhang-yan.yaml"
SHEET = "tests/papers/household-register.png"


def load(folder: Path, steps: str, head: str = "tour: 试验\nsteps:\n") -> Tour:
    file = folder / "tour.yaml"
    file.write_text(head + steps, encoding="utf-8")
    return load_tour(file)


@pytest.mark.parametrize(
    ("step", "action"),
    [
        ("tap: 我要办事", Tap("我要办事")),
        (f"card: {CARD}", Card(PROGRAM / CARD)),
        ("card: none", Card(None)),
        ("card: external", Card(EXTERNAL)),
        (f"card: {{file: {CARD}, reader: 2}}", Card(PROGRAM / CARD, 2)),
        ("card: {file: none, reader: serial}", Card(None, "serial")),
        ('scan: "JL-2026-000017"', Scan("JL-2026-000017")),
        ("scan: {receipt: last}", Scan()),
        ("scan: {identity: 张龑}", Scan(person="张龑")),
        ("reader: killed", Reader(ReaderState.KILLED)),
        (f"paper: {SHEET}", Paper(PROGRAM / SHEET)),
        ("paper: none", Paper(None)),
        ("camera: blurred", Camera(CameraState.BLURRED)),
        ('type: {手机号码: "13805980000"}', Type({"手机号码": Text("13805980000")})),
        ("type: {编号: {receipt: last}}", Type({"编号": Text("", of_receipt=True)})),
        (
            "type: {姓名: {text: 张A䶮, by: zhang yan}}",
            Type({"姓名": Text("张A䶮", ("zhang", "yan"))}),
        ),
        (
            "write: {text: 丶一, strokes: [[[0.5, 1]], [[0, 0.5], [2, 0.5]]]}",
            Write("丶一", (((0.5, 1.0),), ((0.0, 0.5), (2.0, 0.5)))),
        ),
        ("choose: {类型: 租用}", Choose({"类型": ("租用",)})),
        ("choose: {范围: [甲, 乙]}", Choose({"范围": ("甲", "乙")})),
        ("sign: true", Sign()),
        ("expect: 已收件", Expect("已收件", 10)),
        ("expect: {text: 已收件, within: 3}", Expect("已收件", 3)),
        ('absent: "350428195203140013"', Absent("350428195203140013")),
        ("printer: paper_out", Printer(PrinterState.PAPER_OUT)),
        ("printer: external", Printer(EXTERNAL)),
        ("intake: down", Intake(IntakeState.DOWN)),
        ("intake: external", Intake(EXTERNAL)),
        ("idle: 130", Idle(130)),
        ("wait: 0.5", Wait(0.5)),
        ("screenshot: done", Screenshot("done")),
    ],
)
def test_verbs(tmp_path: Path, step: str, action: Action) -> None:
    """Each verb means what its documentation says."""
    assert [action] == [step.action for step in load(tmp_path, f"  - {step}\n").steps]


@pytest.mark.parametrize(
    "step",
    [
        "press: 我要办事",
        "tap:",
        "tap: 139",
        'tap: ""',
        "card: 3",
        "card: tests/cards/nobody.yaml",
        "card: {file: none}",
        "card: {file: none, reader: 3}",
        "card: {file: none, reader: true}",
        "scan: 17",
        "scan: {receipt: first}",
        "scan: {identity: 17}",
        "reader: external",
        "paper: external",
        "paper: tests/papers/nothing.png",
        "camera: external",
        "type: 手机号码",
        "type: {手机号码: 13805980000}",
        "type: {}",
        "type: {姓名: 张龑}",
        "type: {姓名: {text: 张龑, by: zhang}}",
        "type: {姓名: {text: 张龑, by: zhang yan yan}}",
        "type: {姓名: {text: 张龑, by: zhang YAN}}",
        "type: {姓名: {text: 张龑}}",
        "write: 一",
        "write: {text: 一}",
        "write: {text: 一, strokes: []}",
        "write: {text: 一, strokes: [[]]}",
        "write: {text: 一, strokes: [[0, 0.5]]}",
        "write: {text: 一, strokes: [[[0, 1.5]]]}",
        "write: {text: 一, strokes: [[[0, 0.5, 1]]]}",
        "write: {text: 一, strokes: [[[true, 0.5]]]}",
        "write: {text: 一, strokes: [[[0.5, true]]]}",
        "choose: {类型: 1}",
        "choose: {类型: []}",
        "sign: false",
        "sign: 1",
        "expect: 8",
        "expect: {within: 3}",
        "expect: {text: 已收件, within: soon}",
        "expect: {text: 已收件, after: 3}",
        "absent: 350428195203140013",
        "absent: 2026-11-24",
        "absent: true",
        "absent: [甲]",
        "printer: on_fire",
        "printer: true",
        "intake: off",
        "idle: -1",
        "idle: true",
        "wait: 1d",
        "screenshot: ../home",
        "screenshot: 7",
        "{tap: 甲, expect: 乙}",
    ],
)
def test_wrong_steps(tmp_path: Path, step: str) -> None:
    """A wrong verb or value is an error that names the file, the line and the reason."""
    with pytest.raises(ConfigurationError) as raised:
        load(tmp_path, f"  - expect: 首页\n  - {step}\n")
    assert (tmp_path / "tour.yaml", 4) == (raised.value.file, raised.value.line)
    assert raised.value.reason


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("steps:\n  - tap: 甲\n", 1),
        ("tour: 甲\n", 1),
        ("tour: 甲\nsteps: []\n", 2),
        ("tour: 甲\nwindow: 1\nsteps:\n  - tap: 甲\n", 2),
        ("tour: 甲\nsteps:\n  - tap: 甲\n   - tap: 乙\n", 4),
        ("- tap: 甲\n", 1),
    ],
)
def test_wrong_files(tmp_path: Path, text: str, line: int) -> None:
    """What is no tour is an error with its line."""
    with pytest.raises(ConfigurationError) as raised:
        load(tmp_path, text, head="")
    assert line == raised.value.line


def test_step_knows_its_place(tmp_path: Path) -> None:
    """A failing step can be found in its file, and reads as it stands there."""
    steps = load(tmp_path, "  - tap: 甲\n  - type: {号码: '1', 姓名: {text: 乙, by: yi}}\n").steps
    assert [(3, "tap 甲"), (4, "type 号码: 1, 姓名: 乙")] == [(s.line, s.words) for s in steps]


def test_card_beside_the_tour(tmp_path: Path) -> None:
    """A card may also lie in the folder of the tour that lays it."""
    (tmp_path / "mine.yaml").touch()
    assert Card(tmp_path / "mine.yaml") == load(tmp_path, "  - card: mine.yaml\n").steps[0].action


def test_what_is_left_to_others(tmp_path: Path) -> None:
    """A tour with an external part says so before anything is started."""
    tour = load(tmp_path, "  - printer: ok\n  - printer: external\n  - intake: up\n")
    assert (True, False) == (tour.leaves_printer, tour.leaves_intake)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
        max_leaves=8,
    )
)
def test_any_yaml_is_a_tour_or_a_named_error(
    tmp_path_factory: pytest.TempPathFactory, content: object
) -> None:
    """Whatever stands in a file, reading it ends in a tour or in an error that can be shown."""
    file = tmp_path_factory.mktemp("tour") / "tour.yaml"
    file.write_text(yaml.safe_dump({"tour": "x", "steps": content}), encoding="utf-8")
    try:
        assert load_tour(file).steps
    except ConfigurationError as error:
        assert file == error.file


def test_shipped_tours_are_right() -> None:
    """Every tour of the repository can be played as far as its file goes."""
    files = sorted((PROGRAM / "tests" / "tours").glob("*.yaml"))
    assert files
    for file in files:
        load_tour(file)
