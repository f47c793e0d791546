"""Nobody leaves anything behind: no screen, no thread, no open file, no word."""

import json
from pathlib import Path

import pytest

from tests.ui.kiosk_process import place, run, sandbox

VISIT = Path(__file__).with_name("whole-visit.yaml")
PERSON = {
    "name": "张龑",
    "number": "350428197605210036",
    "phone": "13959812345",
    "account": "6217001830001234569",
    "address": "福建省三明市将乐县古镛镇府前路18号2幢301室",
    "house": "河坊街1号",
}
"""Nobody: invented, with a number that passes its check."""


@pytest.fixture
def person(tmp_path: Path) -> Path:
    file = tmp_path / "person.json"
    file.write_text(json.dumps(PERSON, ensure_ascii=False), "utf-8")
    return file


MORE_LINES = 2
"""Of the kiosk's few to the intake: those that nobody needed among the first visits."""


def leaves_nothing_running(tmp_path: Path, person: Path, visits: int) -> None:
    # A small window: it is drawn quicker, and as much is built.
    kiosk = place(tmp_path, 600, 1067, reader=False)
    with sandbox(kiosk, tmp_path / "sandbox", "card"):
        ended = run(
            "many_visits", kiosk.config, person, visits,
            temporary=tmp_path / "temporary", within=60 + 10 * visits,
        )  # fmt: skip
    assert ended.seen is not None, ended.complained
    early, late = ended.seen
    print(f"{visits} visits, {late['screens seen']} screens: {late['widgets']} widgets alive, "
          f"{len(late['threads'])} threads, {sum(late['open files'].values())} open files, "
          f"{early['memory']:.0f} MB after the first, {late['memory']:.0f} MB after the last")
    assert visits * 3 < late["screens seen"]
    assert 0 == late["screens alive"]
    assert 0 == late["identities"]
    assert 1 == late["sessions"]
    assert early["widgets"] == late["widgets"]
    assert early["threads"] == late["threads"]
    # A line to the intake opens when it is first needed; one for each visit would be dozens.
    lines = late["open files"].pop("socket") - early["open files"].pop("socket")
    assert abs(lines) <= MORE_LINES
    assert early["open files"] == late["open files"]
    assert early["memory"] * 1.1 + 5 > late["memory"]


def test_fifty_visits_leave_no_screen_thread_or_open_file(tmp_path: Path, person: Path):
    """After 50 visits, which end at home, by standing idle and by an error, no screen but the one
    shown is alive, and threads, files and memory are what they were after the first twelve."""
    leaves_nothing_running(tmp_path, person, 50)


def test_nothing_of_a_citizen_stays(tmp_path: Path, person: Path):
    """After a look-up and a filing that stands in the outbox, and again after an error in the
    middle whose words repeat them, name, number, phone, account and address are in no widget, in
    no object of the process, in no file, and in nothing that it said."""
    kiosk = place(tmp_path, reader=False)
    tour = tmp_path / "visit.yaml"
    tour.write_text(_without_reader(VISIT.read_text("utf-8")), "utf-8")
    with sandbox(kiosk, tmp_path / "sandbox", "card") as world:
        ended = run(
            "wiped_visit", kiosk.config, tour, tmp_path, world.control, person,
            temporary=tmp_path / "temporary",
        )  # fmt: skip
    assert ended.seen is not None, ended.complained
    assert [] == ended.seen["told"]
    found = ended.seen["while it lasts"]
    assert found["on the screen"] and found["in memory"], "the search itself finds nothing"
    nothing = {"on the screen": [], "in memory": [], "in files": [], "sessions": 1}
    assert nothing == ended.seen["after standing idle"]
    assert nothing == ended.seen["after an error"]
    assert 1 == ended.complained.count("unexpected ValueError at ")
    secrets = [PERSON[key] for key in ("name", "number", "phone", "account", "house")]
    said = (ended.said + ended.complained).replace(" ", "")
    assert [] == [secret for secret in secrets if secret in said]
    kept = b"".join(file.read_bytes() for file in kiosk.storage.rglob("*") if file.is_file())
    assert b"SQLite format 3" in kept
    assert [] == [secret for secret in secrets if secret.encode() in kept]


LEFT_OUT = ("card: none", "请取走", "读卡器已就绪", "非常满意", "谢谢您的评价")


def _without_reader(tour: str) -> str:
    """The same visit: its cards are reported by the test, the intake goes down before the
    application is sent, so that it stays in the outbox, and nothing comes after the filing that
    would take its place in a worker's hands."""
    lines = []
    for line in tour.splitlines():
        if line.startswith("  - card: tests/"):
            line = "  - card: external"
        elif any(words in line for words in LEFT_OUT):
            continue
        elif "提交申请" in line:
            lines.append("  - intake: down")
        elif "已收件" in line:
            line = "  - expect: {text: 已保存，会自动提交, within: 20}"
        lines.append(line)
    return "\n".join(lines) + "\n"
