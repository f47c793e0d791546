"""An error of the program at the home page: once it goes on, again at once it ends."""

from pathlib import Path

from tests.ui.kiosk_process import place, run

ERROR_SAYS = "350428197605210036"


def test_one_error_after_another_with_time_between_is_lived_through(tmp_path: Path):
    """Two errors 1.5 s apart: the window goes on, and each is told once, without its words."""
    kiosk = place(tmp_path, 600, 1067, reader=False)
    ended = run("failing", kiosk.config, 1.5, ERROR_SAYS, temporary=tmp_path / "temporary")
    assert {"goes on": True} == ended.seen
    assert 2 == ended.complained.count("unexpected LookupError at ")
    assert ERROR_SAYS not in ended.complained


def test_an_error_that_comes_back_at_once_ends_the_process(tmp_path: Path):
    """Two errors 0.2 s apart at the home page: the process ends with status 1, for whoever
    supervises it to start it anew; still without the error's words."""
    kiosk = place(tmp_path, 600, 1067, reader=False)
    ended = run("failing", kiosk.config, 0.2, ERROR_SAYS, temporary=tmp_path / "temporary")
    assert 1 == ended.status
    assert 2 == ended.complained.count("unexpected LookupError at ")
    assert ERROR_SAYS not in ended.complained
