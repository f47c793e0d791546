"""A tour's eyes and hand in a real window: what a person cannot see or press, a tour cannot."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]

TAPS = {
    "plain": "",
    "covered": "it is covered by Plane",
    "shaded": "it is covered by Taker",
    "transparent": "there is no such control",
    "disabled": "it is disabled",
    "not enabled": "it is disabled",
    "in a hidden box": "there is no such control",
    "far away": "there is no such control",
    "half outside": "it is off the screen",
    "clipped": "it is off the screen",
    "flat": "there is no such control",
    "beside a cover": "",
    "able": "there is no such control",
    "plain, below an overlay": "it is covered by IdleOverlay",
}


@pytest.fixture(scope="module", params=["window", "xtest"])
def found(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    program = [sys.executable, "-m", "tests.integration.tour_window"]
    done = subprocess.run(
        [*program, str(tmp_path_factory.mktemp("kivy")), request.param],
        capture_output=True, text=True, timeout=60, check=True, cwd=ROOT,
    )
    return json.loads(done.stdout)


def test_only_what_a_finger_reaches_is_tapped(found: Any) -> None:
    """Hidden, covered, disabled or off the screen: each says why it cannot be tapped. Words that
    stand on several controls, disabled and not enabled, mean none of them."""
    assert TAPS == found["taps"]


def test_taps_press(found: Any) -> None:
    """Those that could be tapped were pressed, and nothing else was."""
    assert ["plain", "beside a cover"] == found["pressed"]


def test_pictures_have_the_size_of_the_window(found: Any) -> None:
    """A picture is the whole window."""
    assert [800, 900] == found["size"]


def test_expect_reads_what_can_be_read(found: Any) -> None:
    """A text is there when it stands whole in one place and nothing hides it; spaces do not
    count."""
    seen = found["seen"]
    assert (True, False, False, False) == (
        seen["part shown"], seen["number shown"], seen["behind shown"], seen["transparent shown"]
    )


def test_absent_is_strict(found: Any) -> None:
    """A text is absent only if it stands nowhere: not spread over a row, not behind something."""
    seen = found["seen"]
    assert (False, False, True) == (
        seen["number absent"], seen["behind absent"], seen["transparent absent"]
    )
