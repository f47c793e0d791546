"""Hundreds of requests to each path of the intake, over TLS; every answer is in the document."""

from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from sandbox.intake.local_intake import LocalIntake
from tests.integration.contract_checks import Known, judge, known_to, reached, schema
from tests.integration.outside_kiosk import OutsideKiosk, enrolled


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalIntake]:
    made = LocalIntake("127.0.0.1", 0, tmp_path_factory.mktemp("service"), tls=True)
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def kiosk(service: LocalIntake, tmp_path_factory: pytest.TempPathFactory) -> OutsideKiosk:
    return enrolled(service, folder=tmp_path_factory.mktemp("kiosk"))


@pytest.fixture(scope="module")
def known(service: LocalIntake, kiosk: OutsideKiosk) -> Known:
    return known_to(service, kiosk)


@schema.parametrize()
@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_in_the_document(
    case: schemathesis.Case, kiosk: OutsideKiosk, known: Known
) -> None:
    """No 5xx, no status, member, media type or header that the document does not have."""
    judge(case, kiosk, known)


def test_what_came_of_it() -> None:
    """What was made good reached every status that it can; how often is printed."""
    print()
    for path, answers in sorted(reached.items()):
        print(f"{path}: {', '.join(f'{status} x {n}' for status, n in sorted(answers.items()))}")
    assert [] == [path for path, answers in reached.items() if not {200, 201} & set(answers)]
