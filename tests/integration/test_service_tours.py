"""Tours of every service of the plan beside filing: what citizens ask, do and are told later."""

from pathlib import Path

import pytest
from tour_runs import SMALL, TOURS, Run, leaves_nothing, passes, play


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
