"""How long a keystroke of the search takes over 5,000 items.

    python -m tests.benchmarks.search

The items are those of the catalogue under names put together from the parts of real ones, with
its aliases and sentences among them. Typed are the queries of tests/search, letter by letter, as a
citizen types them: each beginning is one keystroke. The limit is held against the thread's own
time, which others on the machine do not lengthen; the clock's is printed beside it.
"""

import random
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, thread_time

import yaml

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.load import load_catalogue
from kiosk.catalogue.search.search import Search, load_search

ROOT = Path(__file__).resolve().parent.parent.parent
ITEMS = 5_000
MOST_MS = 5.0


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


def main() -> int:
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
