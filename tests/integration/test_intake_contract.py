"""The document of the contract: it is the service's own, and every answer is in it."""

import json
from pathlib import Path

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, settings

from sandbox.intake.local_intake import LocalIntake
from tests.integration.contract_checks import DOCUMENT, Known, judge, known_to, reached, schema
from tests.integration.outside_kiosk import OutsideKiosk

pytest_plugins = ["service_fixtures"]


@pytest.fixture(scope="module")
def known(service: LocalIntake, kiosk: OutsideKiosk) -> Known:
    return known_to(service, kiosk)


def test_the_document_is_the_services_own(service: LocalIntake) -> None:
    """docs/intake-openapi.json is what the models say now; scripts/write-openapi writes it."""
    described = requests.get(f"{service.url}openapi.json", timeout=10).json()
    assert json.loads(Path(DOCUMENT).read_text(encoding="utf-8")) == described


@schema.parametrize()
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_every_answer_is_in_the_document(
    case: schemathesis.Case, kiosk: OutsideKiosk, known: Known
) -> None:
    """Whatever is made up from the document, or against it, is answered as it says."""
    judge(case, kiosk, known)


def test_what_was_made_good_was_accepted() -> None:
    """The requests of the test before reached the places where something is stored."""
    assert {
        "/v1/applications": True,
        "/v1/bookings": True,
        "/v1/cancellations": True,
        "/v1/case-acts": True,
        "/v1/case-contents": True,
        "/v1/cases/{number}": True,
        "/v1/dossiers": True,
        "/v1/enrolments": True,
        "/v1/help-calls": True,
        "/v1/help-calls/{call}": True,
        "/v1/help-endings": True,
        "/v1/identities": True,
        "/v1/look-ups": True,
        "/v1/ratings": True,
        "/v1/renewals": True,
        "/v1/tickets": True,
    } == {path: bool({200, 201} & set(answers)) for path, answers in sorted(reached.items())}
