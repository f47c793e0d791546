"""What the desk shows of what citizens do after filing, and the page of an electronic result."""

from collections.abc import Iterator
from html import unescape

import pytest
import requests
from citizens_cases import ASK, PHOTO, TO_DECISION, filed, office, told, with_photo
from desk_office import OFFICERS, QUICK_HASH, Office, token_in

from kiosk.intake.contract.case_acts import Post, Supplied, Supply, Withdraw
from sandbox.intake.case_actions import Accept
from sandbox.intake.database import Database
from sandbox.intake.local_intake import LocalIntake
from sandbox.intake.tables import Officer
from tests.integration.intake_fixtures import NAME, NUMBER, application
from tests.integration.outside_kiosk import OutsideKiosk, reference

pytest_plugins = ["citizens_cases"]


@pytest.fixture(scope="module")
def desk(service: LocalIntake, database: Database) -> Iterator[requests.Session]:
    """An officer of all departments."""
    with database.transaction() as session:
        session.add_all(
            Officer(name=name, shown_as=shown_as, department=department, password_hash=QUICK_HASH)
            for name, shown_as, department in OFFICERS
        )
    with Office(service, service.desk_url, {}).signed_in("chief") as signed_in:
        yield signed_in


def page(desk: requests.Session, service: LocalIntake, place: str) -> str:
    answer = desk.get(f"{service.desk_url}cases/{place}", timeout=10)
    assert 200 == answer.status_code, place
    return unescape(answer.text)


def act(
    desk: requests.Session, service: LocalIntake, number: str, key: str, fields: dict[str, object]
) -> str:
    """The page that follows."""
    shown = page(desk, service, number)
    version = shown.partition('name="version" value="')[2].partition('"')[0]
    sent = {"form_token": token_in(shown), "version": version, **fields}
    answer = desk.post(f"{service.desk_url}cases/{number}/{key}", sent, timeout=10)
    assert 200 == answer.status_code, answer.text
    return unescape(answer.text)


def test_files_that_came_later_open_and_so_does_what_was_before(
    service: LocalIntake, kiosk: OutsideKiosk, database: Database, desk: requests.Session
) -> None:
    """A supplied file at its material, the answers and files from before a correction; neither
    under another case's number."""
    number = filed(kiosk, **with_photo("13805980000", PHOTO))
    filed(kiosk, corrects=number, **with_photo("13805980001"))
    office(database, number, ASK)
    material = told(kiosk, number)["missing"][1]["id"]
    supply = Supply(materials=(Supplied(id=material, attachment="photo"),))
    kiosk.post("case-acts", kiosk.case_act(number, supply, NUMBER, [PHOTO]))
    shown = page(desk, service, number)
    assert "13805980001" in shown
    assert "自助终端上传" in shown
    places = [
        part.partition('"')[0] for part in shown.split(f'href="/desk/cases/{number}/')[1:]
    ]
    [before] = [place for place in places if place.startswith("versions/")]
    [supplied] = [place for place in places if place.startswith("supplied/")]
    former = page(desk, service, f"{number}/{before}")
    assert "13805980000" in former
    assert f"{number}/{before}/attachments/1" in former
    assert "1" == page(desk, service, f"{number}/{before}/attachments/1")
    assert "1" == page(desk, service, f"{number}/{supplied}")
    another = filed(kiosk)
    for place in (before, supplied):
        answer = desk.get(f"{service.desk_url}cases/{another}/{place}", timeout=10)
        assert 404 == answer.status_code


def test_what_the_applicant_promised_is_proposed(
    service: LocalIntake, kiosk: OutsideKiosk, desk: requests.Session
) -> None:
    """容缺 chosen at the kiosk stands in the form with the catalogue's days and the promise; sent
    as it stands it is 容缺受理."""
    answers = {"material_1": "bring_original", "material_2": "supply_later"}
    content = application("052").model_copy(update={"answers": answers})
    number = filed(kiosk, content=content, item="052")
    shown = page(desk, service, number)
    assert '<details id="accept-promised" open>' in shown
    assert "已签名承诺补交：岗位说明" in shown
    form = shown.partition('<details id="accept-promised"')[2].partition("</details>")[0]
    assert 'value="岗位说明"' in form
    assert 'aria-label="补交工作日 1" value="5"' in form
    assert 'name="promise" value="1" checked' in form
    fields = {"material": "岗位说明", "form": "", "days": "5", "promise": "1"}
    act(desk, service, number, "accept-promised", fields)
    [missing] = told(kiosk, number)["missing"]
    assert ("岗位说明", True) == (missing["name"], missing["promised"])


def test_a_second_extension_is_refused_by_the_service(
    service: LocalIntake, kiosk: OutsideKiosk, database: Database, desk: requests.Session
) -> None:
    """Though its form was sent: the day due stays what the first one made it."""
    number = filed(kiosk)
    office(database, number, Accept())
    act(desk, service, number, "extend", {"days": "5", "reason": "需向社区核实"})
    once = told(kiosk, number)["due"]
    shown = page(desk, service, number)
    version = shown.partition('name="version" value="')[2].partition('"')[0]
    again = {"form_token": token_in(shown), "version": version, "days": "5", "reason": "再核实"}
    answer = desk.post(f"{service.desk_url}cases/{number}/extend", again, timeout=10)
    assert 409 == answer.status_code
    assert "延期最多一次，本件已延期" in unescape(answer.text)
    assert once == told(kiosk, number)["due"]


def test_a_result_is_collected_as_the_desk_says(
    service: LocalIntake, kiosk: OutsideKiosk, database: Database, desk: requests.Session
) -> None:
    """The window, the post and the address of a page that needs no signing in and names nobody."""
    number = filed(kiosk)
    office(database, number, *TO_DECISION)
    ways = {"outcome": "approved", "words": "按月发放", "window": "社保窗口 5 号", "by_post": "1"}
    act(desk, service, number, "finish", {**ways, "electronic": "1"})
    collection = told(kiosk, number)["collection"]
    assert ("社保窗口 5 号", True) == (collection["window"], collection["by_post"])
    post = Post(name=NAME, phone="13805980000", address="古镛镇滨河南路12号")
    kiosk.post("case-acts", kiosk.case_act(number, post, NUMBER))
    assert "古镛镇滨河南路12号" in page(desk, service, number)
    opened = requests.get(collection["electronic"], timeout=10)
    assert (200, {}) == (opened.status_code, opened.cookies.get_dict())
    assert number in opened.text
    assert "按月发放" in opened.text
    assert f"{NAME[0]}**" in opened.text
    assert NAME not in opened.text
    assert NUMBER not in opened.text
    guessed = f"{collection['electronic'][:-1]}!"
    assert 404 == requests.get(guessed, timeout=10).status_code


def test_a_bundle_and_a_withdrawal_are_seen(
    service: LocalIntake, kiosk: OutsideKiosk, database: Database, desk: requests.Session
) -> None:
    """Each case of one matter links to the others; a withdrawn one says why, and nothing more can
    be done with it."""
    bundle = reference()
    elsewhere = application().model_copy(update={"office": "350200"})
    first, second = filed(kiosk, bundle=bundle), filed(kiosk, bundle=bundle, content=elsewhere)
    office(database, first, Accept())
    assert f"/desk/cases/{first}" in page(desk, service, second)
    assert "350200" in page(desk, service, second)
    withdraw = Withdraw(reason="not_needed", words="家里已办好")
    kiosk.post("case-acts", kiosk.case_act(second, withdraw, NUMBER))
    ended = page(desk, service, second)
    assert "不需要办了：家里已办好" in ended
    assert "可办的操作" not in ended
    assert second in desk.get(f"{service.desk_url}cases?state=withdrawn", timeout=10).text
