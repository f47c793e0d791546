"""Runs the kiosk and plays tours in it, one after another."""

import shutil
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from screens.tour.script import Tour, load_tour
from screens.tour.stage import Stage, StageProblem

if TYPE_CHECKING:
    # Kivy must not be imported before the window is prepared, and `make_kiosk` does that.
    from screens.app import KioskApp

READY_WITHIN = 60.0
"""Seconds from the start to an open kiosk; far beyond what it takes, on the slowest machine."""

MakeKiosk = Callable[["Callable[[KioskApp], None]"], "KioskApp"]


def play(
    files: Sequence[Path], out: Path, make_kiosk: MakeKiosk, stage: Stage, real_events: bool
) -> int:
    """The exit status: 0 when all tours pass. Raises ConfigurationError for a wrong tour, before
    anything is started."""
    tours = [load_tour(file) for file in files]
    leave = {"printer" for tour in tours if tour.leaves_printer}
    leave |= {"intake" for tour in tours if tour.leaves_intake}
    _clear(out)
    try:
        with stage.open(leave, out / "sandbox"):
            passed = _play_all(tours, out, make_kiosk, stage, real_events)
            _collect(stage, out)
    except StageProblem as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    _say(f"{passed} of {len(tours)} tours passed; pictures, receipts and the record: {out}")
    return 0 if passed == len(tours) else 1


def storage_of(out: Path) -> Path:
    """Where the kiosk that is played keeps what it has to keep."""
    return out.resolve() / "storage"


def _play_all(
    tours: Sequence[Tour], out: Path, make_kiosk: MakeKiosk, stage: Stage, real_events: bool
) -> int:
    """How many passed."""
    passed: list[Tour] = []
    ready = threading.Event()
    kiosk = make_kiosk(lambda _kiosk: ready.set())

    def play_when_ready() -> None:
        from screens.tour.finger import TouchFinger, XTestFinger
        from screens.tour.player import Player
        from screens.tour.ui_thread import on_ui

        try:
            if not ready.wait(READY_WITHIN):
                _say(f"✗ the kiosk was not ready within {READY_WITHIN:g} s")
                return
            finger = XTestFinger() if real_events else TouchFinger()
            player = Player(kiosk, finger, stage, out, _say)
            passed.extend(tour for tour in tours if player.play(tour))
        finally:
            on_ui(kiosk.stop)

    threading.Thread(target=play_when_ready, name="tour", daemon=True).start()
    kiosk.run()
    return len(passed)


def _collect(stage: Stage, out: Path) -> None:
    """What came out of the printer and into the intake."""
    for number, file in enumerate(stage.receipts(), start=1):
        for ending in (".png", ".bin"):
            shutil.copyfile(file.with_suffix(ending), out / f"receipt-{number:02d}{ending}")
    stage.export(out / "intake.json")


def _clear(out: Path) -> None:
    """Take away what an earlier run left, and nothing else."""
    out.mkdir(parents=True, exist_ok=True)
    for pattern in ("[0-9][0-9]*-*.png", "receipt-[0-9]*.png", "receipt-[0-9]*.bin", "intake.json"):
        for file in out.glob(pattern):
            file.unlink()
    for folder in (out / "sandbox", storage_of(out)):
        shutil.rmtree(folder, ignore_errors=True)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
