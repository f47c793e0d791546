"""Handwriting: what is written is read, simplified, off the UI thread, and leaves nothing."""

import os
import queue
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis.strategies import floats, lists, tuples

from kiosk.configuration import CONFIG, PROGRAM
from kiosk.events import HandwritingLost, HandwritingOpened, HandwritingRead
from kiosk.text_entry.handwriting import handwriting as engine
from kiosk.text_entry.handwriting.characters import Characters
from kiosk.text_entry.handwriting.handwriting import COMMAND, Handwriting
from kiosk.text_entry.handwriting.joins import unjoined
from kiosk.text_entry.handwriting.reading import Reader, averaged, best_of
from kiosk.text_entry.handwriting.strokes import (
    MOST_WIDTH,
    PICTURE_HEIGHT,
    Laid,
    Stroke,
    Strokes,
    lay,
)
from kiosk.text_entry.handwriting.wire import HandwritingFault, Job, job_line, job_of
from tests.handwriting.opened import PATIENCE, Pen, opened
from tests.handwriting.writing import samples, scrawled

CROSS: Strokes = (((0, 50), (100, 50)), ((50, 100), (50, 0)))
COMMON = {sample.character: sample for sample in samples("common")}
AT_ONCE = 0.1
"""Seconds: a call that waited for the process would take ten times as long."""


@pytest.fixture(scope="module")
def pen() -> Iterator[Pen]:
    with opened() as pen:
        yield pen


def written(text: str, square: float = 260) -> Strokes:
    return tuple(
        stroke
        for place, character in enumerate(text)
        for stroke in scrawled(COMMON[character], 1, place * square, square)
    )


@pytest.mark.parametrize("crossing", [False, True])
def test_a_hundred_hurried_characters_are_read(pen: Pen, crossing: bool) -> None:
    """Of a hundred jittered, joined, in wrong order, 90 come first and 97 among ten; the whole
    measurement is in tests/proofs/handwriting.py."""
    ranks = []
    for sample in list(COMMON.values())[::10]:
        candidates = pen.write(scrawled(sample, 1, crossing=crossing))
        ranks.append(candidates.index(sample.character) if sample.character in candidates else 10)
    assert 100 == len(ranks)
    assert 90 <= ranks.count(0)
    assert 97 <= sum(rank < 10 for rank in ranks)


@pytest.mark.parametrize("text", ["上不七", "李春梅", "乌龙"])
def test_a_line_is_read_whole(pen: Pen, text: str) -> None:
    """Several characters side by side come first, as one candidate."""
    missing = [character for character in text if character not in COMMON]
    assert [] == missing
    assert text == pen.write(written(text), room=320)[0]


def test_there_are_ten_candidates_and_each_is_another(pen: Pen) -> None:
    """Up to ten, no two the same, ideographs alone."""
    candidates = pen.write(CROSS)
    assert "十" == candidates[0]
    assert 10 == len(candidates) == len(set(candidates))


def test_a_dot_is_enough(pen: Pen) -> None:
    """A touch that did not move is a stroke like any other."""
    assert pen.write((((30.0, 30.0),),))


def test_nothing_is_written_to_a_disk(pen: Pen) -> None:
    """The process that reads writes to its pipe alone, and has no file open."""
    before = bytes_written(pen)
    for _ in range(20):
        pen.write(CROSS)
    assert before == bytes_written(pen)
    files = [str(link.readlink()) for link in (pen.process() / "fd").iterdir()]
    assert [] == [name for name in files if name.startswith("/") and name != "/dev/null"]


def bytes_written(pen: Pen) -> str:
    """Of files, as the kernel counts them; a line of /proc."""
    counters = (pen.process() / "io").read_text(encoding="ascii").splitlines()
    return next(line for line in counters if line.startswith("write_bytes"))


def test_calls_do_not_wait_and_the_newest_strokes_count() -> None:
    """While the process stands still every call comes back at once; of what was written in the
    meantime the newest is read, and an older answer goes no further."""
    with opened() as pen:
        pid = int(pen.process().name)
        heard: list[object] = []
        pen.engine.written = heard.append
        os.kill(pid, signal.SIGSTOP)
        began = time.perf_counter()
        jobs = [pen.engine.recognise(CROSS, 300) for _ in range(20)]
        pen.engine.open()
        assert AT_ONCE > time.perf_counter() - began
        os.kill(pid, signal.SIGCONT)
        read = []
        while not read or read[-1].job != jobs[-1]:
            event = pen.events.get(timeout=PATIENCE)
            assert isinstance(event, HandwritingRead)
            read.append(event)
            pen.engine.hear(event)
        assert 2 >= len(read)
        assert [read[-1]] == heard
        pen.engine.drop()
        pen.engine.hear(read[-1])
        assert [read[-1]] == heard


def test_closing_ends_the_process_at_once() -> None:
    """Even one that is at work; nothing is published after it, and it can be opened again."""
    with opened() as pen:
        process = pen.process()
        os.kill(int(process.name), signal.SIGSTOP)
        pen.engine.recognise(CROSS, 300)
        began = time.perf_counter()
        pen.engine.close()
        assert AT_ONCE > time.perf_counter() - began
        gone_by = time.monotonic() + PATIENCE
        while process.exists():
            assert gone_by > time.monotonic()
            os.sched_yield()
        pen.engine.open()
        assert HandwritingOpened() == pen.events.get(timeout=PATIENCE)
        assert process.name != pen.process().name


def test_a_process_that_dies_is_told_and_can_be_opened_again() -> None:
    """The keyboard goes on without it, and a next citizen has it again."""
    with opened() as pen:
        os.kill(int(pen.process().name), signal.SIGKILL)
        pen.engine.recognise(CROSS, 300)
        event = pen.events.get(timeout=PATIENCE)
        assert isinstance(event, HandwritingLost)
        assert HandwritingFault.ENDED is event.error.fault
        pen.engine.open()
        assert HandwritingOpened() == pen.events.get(timeout=PATIENCE)
        assert "十" == pen.write(CROSS)[0]


def test_the_process_ends_with_the_kiosk() -> None:
    """Even when that was killed: its input ends then, and it with it."""
    ended = subprocess.run(COMMAND, cwd=PROGRAM, input=b"", capture_output=True, timeout=PATIENCE)
    assert (0, b"{}\n", b"") == (ended.returncode, ended.stdout, ended.stderr)


def lost(*command: str) -> HandwritingFault:
    events: queue.Queue[object] = queue.Queue()
    Handwriting(events.put, command).open()
    event = events.get(timeout=PATIENCE)
    assert isinstance(event, HandwritingLost)
    return event.error.fault


def test_another_model_is_refused(tmp_path: Path) -> None:
    """A model that was not measured reads nothing."""
    other = tmp_path / "model.onnx"
    other.write_bytes(b"another one")
    assert HandwritingFault.OTHER_MODEL is lost(*COMMAND, str(other))


def test_without_the_packages_it_is_missing() -> None:
    """An interpreter without onnxruntime says so, and nothing else happens."""
    module = "kiosk.text_entry.handwriting.reading_process"
    assert HandwritingFault.NO_LIBRARY is lost(sys.executable, "-S", "-m", module, str(CONFIG))
    assert HandwritingFault.ENDED is lost("/nothing/there")


def test_a_process_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """After its time, so that a citizen is not left waiting."""
    monkeypatch.setattr(engine, "OPEN_WITHIN", 0.1)
    assert HandwritingFault.NO_ANSWER is lost(sys.executable, "-c", "input()")


CLASSES = ("", "黄", "黃", "龑", "a", "将", *map(chr, range(0x4E00, 0x4E20)), " ")
READER = Reader(CLASSES, Characters(frozenset("黄将"), {"黃": "黄"}))


def chances(*places: dict[str, float]) -> np.ndarray:
    made = np.zeros((len(places), len(CLASSES)), np.float32)
    for row, place in zip(made, places, strict=True):
        for text, chance in place.items():
            row[CLASSES.index(text)] = chance
    return made


def test_simplified_stands_before_its_traditional_twin() -> None:
    """Whoever writes 黃 is offered 黄 first, then 黃; a letter never, a rare character when it is
    seen clearly."""
    seen = chances({"黃": 0.7, "a": 0.9, "龑": 0.01}, {"将": 0.2})
    assert ("黄", "黃", "将") == tuple(READER.one(seen))[:3]
    assert "a" not in READER.one(seen)
    assert 0 == READER.one(seen).get("龑", 0)
    assert "龑" == next(iter(READER.one(chances({"龑": 0.5}))))


def test_a_line_has_no_traditional_twins() -> None:
    """They would take the places of other readings; one character alone is no line."""
    seen = chances({"将": 0.9}, {"": 0.9}, {"黃": 0.5, "黄": 0.4})
    texts = READER.line(seen)
    assert "将黄" == next(iter(texts))
    assert not any("黃" in text for text in texts)
    assert {} == READER.line(chances({"将": 0.9}, {"将": 0.8}))


def test_a_clear_line_goes_before_its_characters() -> None:
    """One that is hardly seen takes its place by its chance."""
    assert ("将黄", "将", "黄") == best_of({"将": 0.9, "黄": 0.8}, {"将黄": 0.7})
    assert ("将", "将黄") == best_of({"将": 0.9}, {"将黄": 0.4})


def test_what_two_pictures_show_stands_before_what_one_shows() -> None:
    """The likeliest first by the mean of both, a missing one being none."""
    assert ("田", "由", "甲") == tuple(averaged([{"由": 0.75, "田": 0.5}, {"田": 0.5, "甲": 0.5}]))
    assert {"由": 0.75} == averaged([{"由": 0.75}])
    assert {} == averaged([])


def test_pictures_stay_within_their_bounds() -> None:
    """One character is drawn as a square; a very long line is drawn smaller, not cut off."""
    (square,) = lay(CROSS, 300)
    assert 96 == square.width
    long: Strokes = (((0, 0), (5000, 0)), ((0, 90), (5000, 90)))
    for laid in lay(long, 300):
        assert MOST_WIDTH >= laid.width
        for x, y in (point for stroke in laid.strokes for point in stroke):
            assert 0 <= x <= laid.width
            assert 0 <= y <= PICTURE_HEIGHT


def test_a_long_way_back_joins_two_strokes() -> None:
    """It is taken out, with corners at both ends; a hook, a stroke written backwards from its
    beginning, and a way to the right or down stay."""
    two = Laid((((5, 5), (35, 5), (5, 40), (35, 40)),), 48)
    assert Laid((((5, 5), (35, 5), (5, 40), (35, 40)),), 48) == unjoined(two)
    crossed = Laid((((5, 40), (35, 40), (20, 5), (20, 45)),), 48)
    assert Laid((((5, 40), (35, 40)), ((20, 5), (20, 45))), 48) == unjoined(crossed)
    for kept in (
        ((20, 5), (20, 40), (16, 37), (40, 37)),
        ((40, 20), (5, 20), (5, 45)),
        ((5, 5), (35, 5), (35, 40)),
        ((20.0, 20.0),),
        ((20, 20), (20, 20)),
    ):
        laid = Laid((kept,), 48)
        assert laid is unjoined(laid)


PLACES = floats(0, PICTURE_HEIGHT)


@given(lists(tuples(PLACES, PLACES), min_size=1, max_size=20).map(tuple))
def test_whatever_is_written_keeps_its_beginning_and_its_end(stroke: Stroke) -> None:
    """And the pieces are parts of it in their order, none of them empty."""
    pieces = unjoined(Laid((stroke,), 48)).strokes
    assert (stroke[0], stroke[-1]) == (pieces[0][0], pieces[-1][-1])
    assert all(pieces)
    points = iter(stroke)
    assert all(point in points for piece in pieces for point in piece)


def test_strokes_hide_in_every_repr() -> None:
    """They are personal data, as are candidates; a repr may end in a log."""
    job = Job(3, CROSS, 300.0)
    assert "Job(number=3, room=300.0)" == repr(job)
    assert job == job_of(job_line(job))
    assert "HandwritingRead(job=3)" == repr(HandwritingRead(3, ("将",)))
