"""An intake service for all tests of a module that do not count what it has, and its kiosk."""

from collections.abc import Iterator

import pytest

from sandbox.intake.local_intake import LocalIntake
from tests.integration.outside_kiosk import OutsideKiosk, enrolled


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalIntake]:
    """One for all tests that do not count what it has."""
    made = LocalIntake("127.0.0.1", 0, tmp_path_factory.mktemp("service"))
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def kiosk(service: LocalIntake) -> OutsideKiosk:
    return enrolled(service)
