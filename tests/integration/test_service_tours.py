"""Tours of every service of the plan beside filing: what citizens ask, do and are told later."""

from pathlib import Path
from typing import Any

import pytest
from joserfc.errors import JoseError
from signed_slips import proved
from tour_runs import SMALL, TOURS, Run, codes, leaves_nothing, passes, play


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder: Path = tmp_path_factory.mktemp("services")
    return play(folder, sorted((TOURS / "services").glob("*.yaml")), changes=SMALL)


def test_every_service_is_used_to_its_end(run: Run) -> None:
    """Each step of each tour was done as a person would do it, the officers' at their desk too."""
    passes(run)


def test_nothing_of_the_people_stays(run: Run) -> None:
    """On the kiosk, though they looked at all that they have at the office; the intake keeps what
    it was given."""
    leaves_nothing(run)


def test_printed_slips_are_proved_by_the_public_key(run: Run) -> None:
    """Whoever scans one reads what the intake answered, masked, without any network; with one
    character changed, wherever it stands, it proves nothing."""
    slips = [code for code in run.slip_codes() if code.count(".") == 3]
    told = [proved(code, run.slip_key) for code in slips]
    assert 3 == len(told)
    assert {number for number, _rows in told} <= {answer["number"] for answer in run.look_ups}
    assert {"林**"} == {rows["姓名"] for _number, rows in told}
    for place in (len(slips[0]) // 4, slips[0].rindex(".") - 20, slips[0].rindex(".") + 20):
        other = "B" if slips[0][place] != "B" else "C"
        with pytest.raises((JoseError, ValueError)):
            proved(f"{slips[0][:place]}{other}{slips[0][place + 1 :]}", run.slip_key)


def test_a_rating_belongs_to_the_look_up(run: Run) -> None:
    """The intake has it under the slip's number."""
    rated = {rating["reference"] for rating in run.ratings}
    assert {answer["number"] for answer in run.look_ups} & rated


def test_a_telephone_takes_the_guide_along(run: Run) -> None:
    """The code on the screen is the guide itself."""
    (text,) = codes(run.picture("guide-code"))
    assert text.startswith("离婚登记申请\n县民政局婚姻登记处\n")
    assert "双方身份证 — 请带到窗口" in text


def test_a_life_event_is_several_cases_and_one_receipt(run: Run) -> None:
    """Those of a bundle are of one person, and its number alone stands on a slip."""
    bundles: dict[str, list[dict[str, Any]]] = {}
    for application in run.applications:
        if application["bundle"] is not None:
            bundles.setdefault(application["bundle"], []).append(application)
    assert 5 == len(bundles)
    slips = run.receipts()
    for reference, cases in bundles.items():
        assert len(cases) == len({case["item"] for case in cases}) == 2
        assert 1 == len({case["content"]["applicant"]["number"] for case in cases})
        assert reference in slips
        assert not {case["number"] for case in cases} & set(slips)


def test_what_is_done_elsewhere_and_by_whom(run: Run) -> None:
    """The county of another province that was chosen, and the department complained of, are with
    the applications."""
    assert {"361022"} == {a["office"] for a in run.applications if a["item"] == "023"}
    assert {"县医保中心"} == {a["department"] for a in run.applications if a["item"] == "904"}
