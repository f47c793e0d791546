"""A job cut off at 200 places and out of paper at 20: nothing false is said, nothing doubled."""

from collections import Counter
from collections.abc import Callable
from functools import partial

from sandbox.printer import VirtualPrinter
from tests.integration.cut_jobs import Story, Tray
from tests.integration.printer_fixtures import Reported, Start, make_printer, reported, start

__all__ = ["make_printer", "reported", "start"]

CUTS, ENDS = 200, 20


def test_cuts(
    make_printer: Callable[..., VirtualPrinter], start: Start, reported: Reported
) -> None:
    """Wherever the connection breaks or the roll ends, "printed" is only said of paper that is
    whole, a second copy is marked, and one more try ends in paper."""
    printer = make_printer()
    tray = Tray(printer, start(printer.port), reported)
    cuts = [1 + tray.job_bytes * place // CUTS for place in range(CUTS)]
    ends = [tray.job_mm * (place + 0.5) / ENDS for place in range(ENDS)]
    stories = [tray.story(partial(printer.drop_after, count)) for count in cuts]
    _tell(f"connection cut at {CUTS} places of {tray.job_bytes} bytes", stories)
    ended = [tray.story(partial(printer.set_paper_left, left)) for left in ends]
    _tell(f"paper out at {ENDS} places of {tray.job_mm:.0f} mm", ended)
    assert [] == [fault for story in (*stories, *ended) for fault in story.wrong]


def _tell(what: str, stories: list[Story]) -> None:
    outcomes = Counter(story.tries[0].outcome.value for story in stories)
    papers = Counter(" + ".join(story.papers) for story in stories)
    print(f"\n{what}: {dict(outcomes)}")
    for out, times in papers.most_common():
        print(f"  {times:4} × {out or 'no paper'}")
