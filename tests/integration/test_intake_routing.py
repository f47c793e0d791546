"""投诉与反映: who handles what people tell the centre, and who follows up what they rate later."""

import re
from collections.abc import Iterator

import pytest
import requests
from desk_office import Office, office_in, token_in

from kiosk.intake.contract import Application
from tests.integration.hall_bodies import SOMEBODY, booking
from tests.integration.intake_fixtures import NUMBER, application
from tests.integration.outside_kiosk import enrolled, problem

ANSWER = "已向您致歉并改正。"


def complaint(department: str) -> Application:
    answers = {"department": department, "answer_by": "call"}
    return application("904").model_copy(update={"answers": answers})


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    stories = {
        "unsolved": application("901"),
        "nobody knows": complaint("service_centre"),
        "health": complaint("health"),
    }
    with office_in(tmp_path_factory.mktemp("office"), stories) as made:
        yield made


@pytest.mark.parametrize(
    ("story", "department", "statuses"),
    [
        ("unsolved", "县行政服务中心管委会", {"wang": 403, "elsewhere": 403, "chief": 200}),
        ("nobody knows", "县行政服务中心管委会", {"wang": 403, "elsewhere": 403, "chief": 200}),
        ("health", "县卫健局", {"wang": 403, "elsewhere": 200, "chief": 200}),
    ],
)
def test_a_complaint_goes_to_whom_it_names(
    office: Office, story: str, department: str, statuses: dict[str, int]
) -> None:
    """What is told to the centre is the centre's; a complaint about how something was handled is
    seen by the department that it names and by no other, in lists and by its number."""
    number = office.numbers[story]
    for officer, status in statuses.items():
        desk = office.signed_in(officer)
        assert status == desk.get(f"{office.url}cases/{number}").status_code
        assert (status == 200) is (number in desk.get(f"{office.url}cases").text)
    told = {case["number"]: case for case in enrolled(office.intake).dossier(NUMBER)["cases"]}
    assert department == told[number]["department"]


def test_who_wants_to_be_called_waits_for_the_call(office: Office) -> None:
    """A complaint stands on its department's page with the answer that is wanted, and stays there
    when it is decided, until the call is noted; the words of the decision reach the citizen."""
    number = office.numbers["health"]
    pages = {
        officer: office.signed_in(officer).get(f"{office.url}complaints").text
        for officer in ("wang", "elsewhere", "chief")
    }
    assert [False, True, True] == [number in page for page in pages.values()]
    assert "<td>电话</td>" in pages["elsewhere"]
    assert office.numbers["unsolved"] in pages["chief"]

    officer = office.signed_in("elsewhere")
    for act in ("accept", "begin-review", "forward", "finish"):
        do(officer, f"{office.url}cases/{number}", act)
    assert "待打电话" in officer.get(f"{office.url}complaints").text
    (told,) = (c for c in enrolled(office.intake).dossier(NUMBER)["cases"] if c["number"] == number)
    assert ("finished", ANSWER) == (told["events"][-1]["kind"], told["events"][-1]["words"])
    do(officer, f"{office.url}cases/{number}", "deliver")
    assert number not in officer.get(f"{office.url}complaints").text


def do(officer: requests.Session, case: str, act: str) -> None:
    """One of a case's forms, with what the page gave for it."""
    page = officer.get(case).text
    version = re.search(r'name="version" value="([0-9]+)"', page)
    assert version
    sent = {
        "form_token": token_in(page),
        "version": version[1],
        "outcome": "approved",
        "words": ANSWER,
    }
    answer = officer.post(f"{case}/{act}", sent)
    assert 200 == answer.status_code, answer.text


def test_a_bad_rating_goes_to_whom_the_complaint_named(office: Office) -> None:
    """It waits on that department's page and in its reminders."""
    number = office.numbers["health"]
    for officer, sees in (("elsewhere", True), ("wang", False)):
        desk = office.signed_in(officer)
        assert sees is (number in desk.get(f"{office.url}ratings").text)
        assert sees is ("差评" in desk.get(f"{office.url}supervision").text)


def test_a_case_is_rated_once_by_whatever_name(office: Office) -> None:
    """Rated later by its number from another kiosk, it is followed up as that case, and its
    reference is not rated again."""
    kiosk = enrolled(office.intake, "JL-09")
    number = office.numbers["unsolved"]
    assert 201 == kiosk.post("ratings", kiosk.rating(number, 1, ("太慢",))).status_code
    page = office.signed_in("chief").get(f"{office.url}ratings").text
    assert f'href="/desk/cases/{number}">{number}' in page
    (told,) = (c for c in kiosk.dossier(NUMBER)["cases"] if c["number"] == number)
    assert told["rated"]
    again = kiosk.rating(told["reference"], 5)
    assert (409, "rated-already") == problem(kiosk.post("ratings", again))


def test_the_desk_sees_the_days_bookings(office: Office) -> None:
    """With window, time and what it is about, and without anybody's name or number."""
    kiosk = enrolled(office.intake, "JL-08")
    sent = booking(kiosk, "marriage", 0)
    made = kiosk.post("bookings", sent).json()
    page = office.signed_in("wang").get(f"{office.url}hall/bookings?day={sent['day']}").text
    assert made["number"] in page
    assert "婚姻登记窗口" in page
    assert "待到" in page
    assert SOMEBODY not in page
