"""What writing costs the whole kiosk in memory, its window and its processes together."""

import json
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from statistics import median

from tests.ui.kiosk_process import ROOT, place

PINYIN, HANDWRITING, LEFT = 40, 110, 10
"""MB at most: of pinyin, ready and used; of handwriting, opened; and what a visit may leave."""

VISITS = 5
PATIENCE = 600
"""Seconds, on a machine on which others work."""


def weights(program: Path, folder: Path, *ways: str) -> list[float]:
    """MB at rest, and while and after citizens write in these ways, of a kiosk that is started
    from the folder `program`."""
    folder.mkdir()
    config = place(folder).config
    ended = subprocess.run(
        [sys.executable, "-m", "tests.ui.inside", "writing_visit", str(config), *ways],
        cwd=program, capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip
    assert 0 == ended.returncode, ended.stderr
    return list(json.loads(ended.stdout.splitlines()[-1]))


def test_writing_takes_its_memory_and_gives_it_back(tmp_path: Path) -> None:
    """Pinyin beside a kiosk for which no dictionary was built; handwriting by the medians of its
    visits, for what the screens hold swings by 20 MB from one to the next."""
    bare = tmp_path / "program"
    shutil.copytree(ROOT, bare, ignore=shutil.ignore_patterns(".*", "build", "out", "var"))
    bare_rest, _, bare_used = weights(bare, tmp_path / "without", "letters")
    # The first visit by hand builds what the others use again.
    by_hand = ["handwriting"] * (1 + VISITS)
    rest, _, used, _, *visits = weights(ROOT, tmp_path / "with", "pinyin", *by_hand)
    between, opened = visits[::2], visits[1::2]
    taken = median(during - before for before, during in zip(between, opened, strict=False))
    left = median(after - before for before, after in pairwise(between))
    print(
        f"\nat rest {rest:.0f} MB, without pinyin {bare_rest:.0f} MB; after a visit {used:.0f} MB, "
        f"without pinyin {bare_used:.0f} MB; handwriting takes {taken:.0f} MB and leaves "
        f"{left:.0f} MB; between its visits {', '.join(f'{weight:.0f}' for weight in between)} MB"
    )
    assert bare_rest + PINYIN >= rest
    assert bare_used + PINYIN >= used
    assert HANDWRITING >= taken
    assert LEFT >= left
