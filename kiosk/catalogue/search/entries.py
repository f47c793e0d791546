"""What can be found: names, aliases and sentences, each with what it leads to and how it sounds."""

from dataclasses import dataclass, field

from kiosk.catalogue.search.found import Category, Part
from kiosk.catalogue.search.query import normal


@dataclass(frozen=True, slots=True)
class Entry:
    """`codes` are the items it leads to, the likeliest first; a category's words lead to none, but
    to it. `sounds` has one syllable for each
    of the `letters`, the hanzi and digits of `words`; `places` says where in `words` each stands.
    """

    words: str
    part: Part
    codes: tuple[str, ...]
    category: Category | None
    sounds: tuple[str, ...]
    letters: str = field(init=False)
    places: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        letters, places = spelt(self.words)
        object.__setattr__(self, "letters", letters)
        object.__setattr__(self, "places", places)

    def span(self, start: int, length: int) -> tuple[int, int]:
        """Where in `words` the letters from `start` on stand."""
        return self.places[start], self.places[start + length - 1] + 1


@dataclass(frozen=True, slots=True)
class Said:
    """Something said of items (`codes`, the likeliest first) or of a category: its letters that
    count and their sounds. `shown` is what is shown of it, `worth`, from 0 to 1, how much it
    tells beside a name."""

    letters: str
    sounds: tuple[str, ...]
    codes: tuple[str, ...]
    shown: Entry
    worth: float


def spelt(words: str) -> tuple[str, tuple[int, ...]]:
    """The letters that count, without spaces, and where each stands."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(words):
        for letter in normal(character):
            letters.append(letter)
            places.append(place)
    return "".join(letters), tuple(places)
