"""A long day and more, in one process; about half an hour."""

from pathlib import Path

from tests.ui.test_leaves_nothing import leaves_nothing_running, person

__all__ = ["person"]


def test_a_thousand_visits_leave_no_screen_thread_or_open_file(tmp_path: Path, person: Path):
    """What holds after 50 visits holds after 1,000."""
    leaves_nothing_running(tmp_path, person, 1000)
