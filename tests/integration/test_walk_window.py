"""A few items walked through the window by touches alone; all of them: scripts/prove every_item."""

from pathlib import Path

from kiosk.forms.questions import QuestionKind
from tests.ui.walked_window import FILED, few, walk_through

MOST = 6
"""Items, for the time that there is."""
STAY = ("review", "form CameraPage", "form RowEditor", "form AddressPicker", "form")
"""Left for home in the proof alone: the whole visit would begin anew for each."""
KINDS = set(QuestionKind) - {QuestionKind.SIGNATURE}


def test_every_kind_of_question_is_answered_by_touches_and_filed(tmp_path: Path) -> None:
    """Items with every kind of question, of several departments and a life event among them, are
    found by tiles, filled in, one answer of each kind wrongly at first, submitted, and found at the
    intake by the number on the last page; from each kind of screen 返回 leads back, and the way
    forward to the same screen with the same answers."""
    seen = walk_through(tmp_path, few(FILED, MOST), within=280, stay=STAY)
    assert KINDS == set(seen["tried"]["wrong"])
    screens = {"find", "items", "guide", "check", "privacy", "sign_in", "form", "review"}
    opened = {"form AddressPicker", "form CameraPage", "form RowEditor"}
    assert screens | opened <= set(seen["tried"]["back"])
