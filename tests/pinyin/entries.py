"""Write 1,000 entries with the dictionaries of the folder named first, and say as JSON what this
process has written meanwhile: by calls (bytes) and through mappings of files (paths)."""

import json
import sys
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from kiosk.text_entry.pinyin.pinyin import Mode, Pinyin
from tests.pinyin.phrases import FORMS, ITEMS, NAMES, PLACES, phrases
from tests.pinyin.touches import type_letters, write_name


def written_bytes() -> int:
    lines = Path("/proc/self/io").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("wchar:")).split()[1])


def writable_mappings() -> Iterator[str]:
    for line in Path("/proc/self/maps").read_text(encoding="utf-8").splitlines():
        fields = line.split(maxsplit=5)
        if fields[1].startswith("rw") and fields[1].endswith("s"):
            yield fields[-1]


def main() -> None:
    before = written_bytes()
    pinyin = Pinyin(Path(sys.argv[1]))
    for phrase in islice(cycle(phrases(FORMS, ITEMS, PLACES, NAMES)), 1000):
        if phrase.group == NAMES:
            list(write_name(pinyin, phrase))
        else:
            pinyin.mode = Mode.WORDS
            candidates = type_letters(pinyin, phrase.letters).candidates
            assert phrase.text == pinyin.choose(candidates.index(phrase.text)).committed
    pinyin.forget()
    print(json.dumps({"bytes": written_bytes() - before, "mapped": list(writable_mappings())}))


if __name__ == "__main__":
    main()
