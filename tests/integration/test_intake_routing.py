"""投诉与反映: who handles what people tell the centre, and who follows up what they rate later."""

from collections.abc import Iterator

import pytest
from desk_office import Office, office_in

from kiosk.intake.contract import Application
from tests.integration.intake_fixtures import NUMBER, application
from tests.integration.outside_kiosk import enrolled, problem


def complaint(department: str) -> Application:
    return application("904").model_copy(update={"answers": {"department": department}})


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
