"""Syllables of Mandarin: what a character sounds like, what letters can be read as, and which
sounds the dialects here do not tell apart."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict

_DOUBLE_INITIALS = ("zh", "ch", "sh")
_INITIALS = frozenset((*"bpmfdtnlgkhjqxrzcsyw", *_DOUBLE_INITIALS))
MOST_READINGS = 6
"""Readings of one run of letters that are followed; most have one to four."""


class DialectRules(BaseModel):
    """config/search/dialect.yaml: each sound is taken for another one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    initials: dict[str, str]
    finals: dict[str, str]
    finals_after_h: dict[str, str]

    def folded(self, syllable: str) -> str:
        """The sound for which a syllable, or the beginning of one, is taken."""
        cut = 2 if syllable.startswith(_DOUBLE_INITIALS) else int(syllable[:1] in _INITIALS)
        initial, final = syllable[:cut], syllable[cut:]
        initial = self.initials.get(initial, initial)
        if initial == "h":
            final = self.finals_after_h.get(final, final)
        return initial + self.finals.get(final, final)


@dataclass(frozen=True, slots=True)
class Piece:
    """One character's share of a query: a hanzi or a digit (`text` is it), or a syllable, whole or
    begun. `begun` syllables stand for every syllable that begins so."""

    text: str
    hanzi: bool = False
    begun: bool = False


@dataclass(frozen=True)
class Sounds:
    """`readings` are the sounds of single characters, `rules` the dialects'."""

    readings: Mapping[str, str]
    rules: DialectRules
    _syllables: frozenset[str] = field(init=False)
    _beginnings: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        spoken = frozenset(self.readings.values())
        # What is only said here may be no syllable of the standard: cuang for chuang.
        syllables = spoken | {self.rules.folded(syllable) for syllable in spoken}
        object.__setattr__(self, "_syllables", syllables)
        begun = frozenset(s[:n] for s in syllables for n in range(1, len(s)))
        object.__setattr__(self, "_beginnings", begun - syllables)

    def of(self, text: str) -> tuple[str, ...]:
        """Each character's sound; a character without one sounds as itself."""
        return tuple(self.readings.get(character, character) for character in text)

    def read(self, letters: str) -> tuple[tuple[Piece, ...], ...]:
        """What `letters` (a to z) can be read as, fewest pieces first: whole syllables, initials,
        and at the end a syllable that is still being typed. None where nothing fits."""
        ends: list[list[tuple[Piece, ...]]] = [[] for _ in letters] + [[()]]
        for start in reversed(range(len(letters))):
            found = [
                (piece, *rest)
                for length in range(min(6, len(letters) - start), 0, -1)
                for piece in self._pieces(letters, start, length)
                for rest in ends[start + length]
            ]
            ends[start] = sorted(found, key=_cost)[:MOST_READINGS]
        # Of many initials there are many readings: the one with nothing else is never lost.
        initials = tuple(Piece(letter, begun=True) for letter in letters)
        if initials in ends[0] or not {*letters} <= _INITIALS | self._syllables:
            return tuple(ends[0])
        return (*ends[0], initials)

    def _pieces(self, letters: str, start: int, length: int) -> Iterable[Piece]:
        text = letters[start : start + length]
        at_end = start + length == len(letters)
        if text in self._syllables and length > 1:
            yield Piece(text)
            if at_end:
                yield Piece(text, begun=True)
        elif text in _INITIALS or text in self._syllables or (at_end and text in self._beginnings):
            yield Piece(text, begun=True)


def _cost(pieces: tuple[Piece, ...]) -> tuple[int, int]:
    return len(pieces), sum(piece.begun for piece in pieces)
