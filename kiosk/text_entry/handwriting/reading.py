"""From what the recogniser sees at each place of a picture to candidates, the likeliest first."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from kiosk.text_entry.handwriting.characters import Characters, is_ideograph

Chances = NDArray[np.float32]
"""Places from left to right by classes, 0…1. Class 0 is "no character here"."""

MOST_CANDIDATES = 10

CLEAR = 0.05
"""A character outside the standard table is offered only when it is seen as clearly as this:
there are ten thousand of them, and most writing looks a little like some."""

CLEAR_LINE = 0.5
"""Mean chance of a line's characters."""

_CHOICES = 5
"""Of each character of a line."""


class Reader:
    """`classes` names them in order, with the empty text for what is no character."""

    def __init__(self, classes: Sequence[str], characters: Characters) -> None:
        self._classes = tuple(classes)
        numbers = {text: number for number, text in enumerate(classes)}
        self._read = np.array([is_ideograph(text) for text in classes])
        self._outside = np.array([text not in characters.plain for text in classes])
        twins = [
            (numbers[old], numbers[new])
            for old, new in characters.simplified.items()
            if old in numbers and new in numbers
        ]
        self._traditional = np.array([old for old, _ in twins], int)
        self._simplified = np.array([new for _, new in twins], int)
        self._same = np.arange(len(classes))
        self._same[self._traditional] = self._simplified

    def one(self, chances: Chances) -> Mapping[str, float]:
        """The picture as one character, each by how clearly it is seen anywhere in it."""
        return self._best(self._weighed(chances.max(axis=0)), MOST_CANDIDATES)

    def line(self, chances: Chances) -> Mapping[str, float]:
        """The picture as several, with the geometric mean of their chances; nothing when fewer
        than two are seen. Traditional twins are left out: each would take a whole line's place."""
        seen = []
        for place in self._places(chances):
            weighed = self._weighed(place)
            weighed[self._traditional] = 0
            seen.append(self._best(weighed, _CHOICES))
        if len(seen) < 2:
            return {}
        texts = {"": 1.0}
        for choices in seen:
            longer = {
                text + character: chance * more
                for text, chance in texts.items()
                for character, more in choices.items()
            }
            best = sorted(longer, key=longer.__getitem__, reverse=True)[:MOST_CANDIDATES]
            texts = {text: longer[text] for text in best}
        return {text: chance ** (1 / len(seen)) for text, chance in texts.items()}

    def _places(self, chances: Chances) -> list[NDArray[np.float32]]:
        """Where characters stand: each run of places at which the same one is seen best."""
        places: list[NDArray[np.float32]] = []
        before = 0
        for here, seen in zip(chances, self._same[chances.argmax(axis=1)], strict=True):
            if seen == before and seen != 0:
                places[-1] = np.maximum(places[-1], here)
            elif seen != 0:
                places.append(here)
            before = seen
        return places

    def _weighed(self, chances: NDArray[np.float32]) -> NDArray[np.float32]:
        """Ideographs alone, a traditional one for its simplified twin too."""
        weighed = np.where(self._read, chances, 0)
        np.maximum.at(weighed, self._simplified, weighed[self._traditional])
        weighed[self._outside & (weighed < CLEAR)] = 0
        return weighed

    def _best(self, weighed: NDArray[np.float32], most: int) -> dict[str, float]:
        """A traditional one stands behind its twin."""
        likely = np.argpartition(-weighed, 2 * most)[: 2 * most]
        order = sorted(likely, key=lambda number: (-weighed[number], self._outside[number]))
        seen = [number for number in order[:most] if weighed[number] > 0]
        return {self._classes[number]: float(weighed[number]) for number in seen}


def averaged(readings: Sequence[Mapping[str, float]]) -> Mapping[str, float]:
    """Of one writing, seen in several pictures, the likeliest first: what is seen in one of them
    alone counts the less."""
    texts = dict.fromkeys(text for reading in readings for text in reading)
    means = {
        text: sum(reading.get(text, 0) for reading in readings) / len(readings) for text in texts
    }
    return {text: means[text] for text in sorted(means, key=means.__getitem__, reverse=True)}


def best_of(one: Mapping[str, float], line: Mapping[str, float]) -> tuple[str, ...]:
    """A line that is seen clearly goes before the single characters that are seen in it; else
    what is likelier."""
    if max(line.values(), default=0) >= CLEAR_LINE:
        return tuple(dict.fromkeys((*line, *one)))[:MOST_CANDIDATES]
    chances = {text: max(line.get(text, 0), one.get(text, 0)) for text in (*line, *one)}
    return tuple(sorted(chances, key=chances.__getitem__, reverse=True)[:MOST_CANDIDATES])
