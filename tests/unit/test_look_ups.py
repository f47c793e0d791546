"""What look-ups show: mistakes in their files are named, and nothing is shown unmasked."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from paper_samples import ISSUER, TERMINAL
from visits import CATALOGUE

from kiosk.catalogue.load import load_catalogue
from kiosk.catalogue.look_ups import Mask, read_look_ups
from kiosk.errors import ConfigurationError, IntakeAnswerInvalid
from kiosk.events import LookUpAnswered
from kiosk.intake.contract import CHINA_TIME
from kiosk.journeys.issuer import Issuer
from kiosk.journeys.look_up_told import look_up_told
from kiosk.journeys.news import note
from kiosk.journeys.pages import Rate, Told, Value
from kiosk.journeys.routes import World
from kiosk.journeys.slips import slip_for
from kiosk.session import Session
from tests.people import ZHANG_YAN

WORLD = World(CATALOGUE, printer_ready=True, filing_block=None, reader_working=True)
GOOD = """\
item: "107"
subject: 社保
authority: tax_bureau
rows:
  - {label: 姓名, mask: name}
  - {label: 参保状态, mask: none}
"""


def read(folder: Path, text: str, name: str = "107-certificate.yaml") -> ConfigurationError:
    """What is wrong with this file."""
    (folder / name).write_text(text, "utf-8")
    with pytest.raises(ConfigurationError) as found:
        read_look_ups(sorted(folder.glob("*.yaml")), ["107"], ["tax_bureau"])
    return found.value


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ('"107"', '"106"', 1, "no item 106 of kind look_up"),
        ("tax_bureau", "tax", 3, "no department tax in departments.yaml"),
        ("参保状态", "姓名", 6, "姓名 stands twice"),
        ("mask: none", "mask: nothing", 6, "rows.1.mask"),
        (", mask: none", "", 6, "rows.1.mask"),
        ("subject: 社保\n", "", 1, "subject"),
    ],
)
def test_each_mistake_is_named(tmp_path: Path, old: str, new: str, line: int, reason: str) -> None:
    """With its line and what to put right."""
    wrong = read(tmp_path, GOOD.replace(old, new))
    assert line == wrong.line
    assert reason in wrong.reason


def test_a_file_belongs_to_one_item(tmp_path: Path) -> None:
    """Its name says to which, and no other file says the same."""
    assert "begin with 107-" in read(tmp_path, GOOD, "record.yaml").reason
    (tmp_path / "record.yaml").unlink()
    (tmp_path / "107-a.yaml").write_text(GOOD, "utf-8")
    assert "another file too" in read(tmp_path, GOOD).reason


def test_every_item_that_is_looked_up_has_its_file() -> None:
    """And no other item has one."""
    assert all((item.kind.value == "look_up") == (item.look_up is not None)
               for item in CATALOGUE.items)  # fmt: skip
    subjects = {item.look_up.subject for item in CATALOGUE.items if item.look_up is not None}
    assert {"社保", "医保", "公积金", "不动产", "纳税", "交通违法", "电子证照"} <= subjects


def test_an_item_without_its_file_is_named(tmp_path: Path) -> None:
    """The catalogue does not load without it."""
    config = Path(__file__).parents[2] / "config" / "catalogue"
    for part in config.iterdir():
        if part.name != "look_ups":
            (tmp_path / part.name).symlink_to(part)
    with pytest.raises(ConfigurationError, match="no file for item 088"):
        load_catalogue(tmp_path)


@pytest.mark.parametrize(
    ("mask", "hidden", "open_"),
    [
        (Mask.NAME, "张*", "张龑"),
        (Mask.NAME, "古***·阿***", "古丽·阿***"),
        (Mask.NUMBER, "350428 ******** 0013", "88012345"),
        (Mask.NUMBER, "闽G****8", "闽G12348"),
        (Mask.AMOUNT, "****.** 元", "1024.00 元"),
        (Mask.ADDRESS, "将乐县古镛镇****", "将乐县古镛镇滨河南路12号"),
    ],
)
def test_a_mask_tells_what_is_hidden(mask: Mask, hidden: str, open_: str) -> None:
    """Of each kind of value."""
    assert (True, False) == (mask.hides(hidden), mask.hides(open_))


def looked_up(*rows: tuple[str, str]) -> Session:
    session = Session(item=CATALOGUE.item("107"), identity=ZHANG_YAN)
    note(session, LookUpAnswered(session.visit, "107", rows, "CX3504282611250001", "a.b.c"))
    return session


@pytest.mark.parametrize(
    "row",
    [
        ("姓名", ZHANG_YAN.name),
        ("社会保障号码", ZHANG_YAN.number),
        ("参保地", f"将乐县（{ZHANG_YAN.name}）"),
        ("参保状态", "正常，13805980000"),
    ],
)
def test_what_is_not_masked_is_not_shown(row: tuple[str, str]) -> None:
    """The whole answer is refused as invalid: masked here it would not be what was signed."""
    session = looked_up(("参保险种", "养老"), row)
    assert isinstance(session.look_up_error, IntakeAnswerInvalid)
    assert session.look_up_rows is None
    (told,) = look_up_told(session, WORLD).parts
    assert isinstance(told, Told)
    assert row[1] not in f"{told.title}{told.words}"


def test_a_row_that_is_not_known_is_not_shown_and_nothing_proved_without_it() -> None:
    """Neither on the screen nor on the slip, whose code would be over another record."""
    at = datetime(2026, 11, 25, 9, 0, tzinfo=CHINA_TIME)
    hall = Issuer(ISSUER, TERMINAL)
    known = looked_up(("姓名", "张*"), ("参保状态", "正常参保"))
    more = looked_up(("姓名", "张*"), ("参保状态", "正常参保"), ("电话", "138"))
    for session in (known, more):
        parts = look_up_told(session, WORLD).parts
        assert [Value("姓名", "张*"), Value("参保状态", "正常参保")] == list(parts[:2])
        assert Rate() in parts
        slip = slip_for(hall, CATALOGUE, session, at)
        values = {field.label: field.value for field in slip.fields}
        assert "电话" not in values
        assert ("县社保中心", "正常参保") == (values["数据来源"], values["参保状态"])
        assert any("窗口开具" in notice for notice in slip.notices)
    code, number = (getattr(slip_for(hall, CATALOGUE, s, at).qr, "content", "")
                    for s in (known, more))  # fmt: skip
    assert re.match(r"a\.b\.c\.", code)
    assert "CX3504282611250001" == number
