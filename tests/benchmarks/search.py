"""How long a keystroke of the search takes over 5,000 items.

    python -m tests.benchmarks.search
    python -m tests.benchmarks.search --left-out

The items are those of the catalogue under names put together from the parts of real ones, with
its aliases and sentences among them. Typed are the queries of tests/search, letter by letter, as a
citizen types them: each beginning is one keystroke. The limit is held against the thread's own
time, which others on the machine do not lengthen; the clock's is printed beside it.

With --left-out it is not time that is measured: each of config/search/sentences.yaml is looked for
with seven eighths of the others, to see what a change to the comparing of sentences does.
"""

import random
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter, thread_time

import yaml

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.load import load_catalogue
from kiosk.catalogue.search.files import load_search_files
from kiosk.catalogue.search.search import Search, load_search

ROOT = Path(__file__).resolve().parent.parent.parent
ITEMS = 5_000
MOST_MS = 5.0
PARTS = 8


def synthesised(catalogue: Catalogue, count: int) -> Catalogue:
    """The catalogue with further items: the first half of one real name, the second of another,
    and between them at times the middle of a third. Seeded."""
    chance = random.Random(4)
    names = [item.name for item in catalogue.items]
    known = set(names)
    items = list(catalogue.items)
    while len(items) < count:
        first, second, third = chance.sample(names, 3)
        middle = third[len(third) // 3 : 2 * len(third) // 3] if chance.random() < 0.3 else ""
        name = first[: len(first) // 2] + middle + second[len(second) // 2 :]
        if name not in known:
            known.add(name)
            code = f"{len(items):05}"
            items.append(chance.choice(catalogue.items).model_copy(
                update={"code": code, "name": name}
            ))
    return Catalogue(catalogue.fields, catalogue.departments, tuple(items))


def keystrokes() -> list[str]:
    """Every beginning of every query."""
    queries = [
        str(query)
        for file in ("queries.yaml", "unseen.yaml", "held_out.yaml")
        for group in yaml.safe_load((ROOT / "tests" / "search" / file).read_text("utf-8")).values()
        for query in group
    ]
    return [query[:end] for query in queries for end in range(1, len(query) + 1)]


def timed(search: Search, typed: list[str], clock: Callable[[], float]) -> list[float]:
    """Milliseconds of each keystroke, quickest first."""
    times = []
    for text in typed:
        start = clock()
        search.find(text)
        times.append((clock() - start) * 1e3)
    return sorted(times)


def p95(times: list[float]) -> float:
    return times[int(len(times) * 0.95)]


def left_out(catalogue: Catalogue) -> tuple[int, int]:
    """Of how many sentences the item is among the first three, and of how many there are."""
    files = load_search_files(ROOT / "config" / "search", catalogue)
    said = [(code, text) for code, texts in files.sentences.items() for text in texts]
    random.Random(1).shuffle(said)
    found = 0
    for part in range(PARTS):
        kept: dict[str, tuple[str, ...]] = {}
        for code, text in (pair for n, pair in enumerate(said) if n % PARTS != part):
            kept[code] = (*kept.get(code, ()), text)
        search = Search(catalogue, replace(files, sentences=kept))
        for code, text in said[part::PARTS]:
            found += code in [hit.code for hit in search.find(text).items[:3]]
    return found, len(said)


def main() -> int:
    if sys.argv[1:] == ["--left-out"]:
        found, count = left_out(load_catalogue(ROOT / "config" / "catalogue"))
        print(f"{found} of {count} sentences among the first three: {found / count:.1%}")
        return 0
    catalogue = synthesised(load_catalogue(ROOT / "config" / "catalogue"), ITEMS)
    start = perf_counter()
    search = load_search(ROOT / "config" / "search", catalogue)
    print(f"{ITEMS} items and the aliases ready in {perf_counter() - start:.2f} s")
    typed = keystrokes()
    print(f"{len(typed)} keystrokes, milliseconds:")
    of_thread = timed(search, typed, thread_time)
    for name, times in (("thread", of_thread), ("clock", timed(search, typed, perf_counter))):
        median = times[len(times) // 2]
        print(f"  {name:6} p50 {median:.2f}  p95 {p95(times):.2f}  most {times[-1]:.1f}")
    return 0 if p95(of_thread) <= MOST_MS else 1


if __name__ == "__main__":
    sys.exit(main())
