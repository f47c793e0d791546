"""Open the engine and type the 300 phrases; say as JSON what that costs: seconds and KiB of
proportional memory, of opening and of everything, and the milliseconds of each keystroke."""

import json
import sys
import time
from pathlib import Path

from tests.pinyin.phrases import BUILT, FORMS, ITEMS, NAMES, PLACES, phrases


def memory() -> int:
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(("Pss:", "SwapPss:")))


def main() -> None:
    listed = phrases(FORMS, ITEMS, PLACES, NAMES)
    for module in [name for name in sys.modules if name.startswith(("cffi", "_cffi"))]:
        raise SystemExit(f"{module} is loaded before it is measured")
    before = memory()
    began = time.perf_counter()
    from kiosk.text_entry.pinyin.pinyin import Mode, Pinyin
    pinyin = Pinyin(BUILT)
    opened = time.perf_counter() - began
    ready = memory()
    keystrokes = []
    for phrase in listed:
        pinyin.mode = Mode.SURNAME if phrase.group == NAMES else Mode.WORDS
        for letter in phrase.letters:
            began = time.perf_counter()
            pinyin.type(letter)
            keystrokes.append(1000 * (time.perf_counter() - began))
    print(
        json.dumps(
            {
                "opened": opened,
                "ready": ready - before,
                "used": memory() - before,
                "keystrokes": sorted(keystrokes),
            }
        )
    )


if __name__ == "__main__":
    main()
