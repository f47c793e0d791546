"""What pinyin costs the kiosk, measured in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MIB = 1024


def test_pinyin_takes_forty_megabytes_at_most() -> None:
    """After the 300 phrases, with all that Python loads for it; opening takes no second, and 95 of
    a hundred keystrokes two milliseconds at most."""
    output = subprocess.run(
        [sys.executable, "-m", "tests.pinyin.costs"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout
    costs = json.loads(output)
    keystrokes = costs["keystrokes"]
    middle, late = (keystrokes[int(len(keystrokes) * part)] for part in (0.5, 0.95))
    print(
        f"\nopened in {costs['opened']:.2f} s, {costs['ready'] / MIB:.1f} MiB, "
        f"after {len(keystrokes)} keystrokes {costs['used'] / MIB:.1f} MiB; a keystroke "
        f"{middle:.2f} ms, p95 {late:.2f} ms, longest {keystrokes[-1]:.2f} ms"
    )
    assert 40 * MIB >= costs["used"]
    assert 1 >= costs["opened"]
    assert 2 >= late
