"""Electronic licences of the sample people."""

from datetime import date
from pathlib import Path

import yaml

from sandbox.intake.licences import Licences
from sandbox.intake.records import FOLDER

CATALOGUE = Path(__file__).parents[2] / "config" / "catalogue"
TODAY = date(2026, 11, 24)


def test_licences_are_of_the_catalogues_kinds() -> None:
    """A licence of another kind could replace no material; numbers are masked."""
    kinds = set(yaml.safe_load((CATALOGUE / "licences.yaml").read_text(encoding="utf-8")))
    people = yaml.safe_load((FOLDER / "licences.yaml").read_text(encoding="utf-8"))
    told = [one for person in people for one in Licences().licences_of(person["number"], TODAY)]
    assert len(told) > 10
    assert set() == {licence.kind for licence in told} - kinds
    assert [] == [licence for licence in told if "**" not in licence.number]


def test_a_licence_that_has_run_out_is_not_at_hand() -> None:
    """On its last day it still is."""
    number, last_day = "350428197605210036", date(2024, 6, 30)
    kinds = {licence.kind for licence in Licences().licences_of(number, last_day)}
    assert {"烟草专卖零售许可证"} == kinds - {
        licence.kind for licence in Licences().licences_of(number, TODAY)
    }
    assert () == Licences().licences_of("350428200001010000", TODAY)
