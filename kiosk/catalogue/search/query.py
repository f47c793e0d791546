"""What was typed, made ready to be looked for."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice, product

from kiosk.catalogue.search.sounds import MOST_READINGS, Piece, Sounds

LONGEST = 40
"""Characters of a query that are looked at: no name or alias is longer."""

_STRETCHES = re.compile(r"[a-z]+|[^a-z ]+")
_RUNS = re.compile(r"[a-z]+|[^a-z]")


@dataclass(frozen=True, slots=True)
class Query:
    """`text` holds only what counts: hanzi, digits and Latin letters, lower-case and without
    tones. `spaced` is the same with single spaces where anything else stood, for English."""

    text: str
    spaced: str

    @property
    def letters(self) -> bool:
        """Whether there are letters alone."""
        return self.text.isascii() and self.text.isalpha()

    @property
    def hanzi(self) -> bool:
        """Whether there are no letters."""
        return not any("a" <= character <= "z" for character in self.text)


def normal(text: str) -> str:
    """What counts of a text; where anything else stood there is one space."""
    kept: list[str] = []
    for character in unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).lower()):
        if character == "\u0308" and kept and kept[-1] == "u":
            kept[-1] = "v"
        elif unicodedata.category(character)[0] in "LN":
            kept.append(character)
        elif unicodedata.category(character)[0] != "M" and kept and kept[-1] != " ":
            kept.append(" ")
    return "".join(kept).strip()


def query_of(typed: str) -> Query:
    spaced = normal(typed[: 4 * LONGEST])[:LONGEST].strip()
    return Query(spaced.replace(" ", ""), spaced)


def runs_of(query: Query) -> tuple[str, ...]:
    """The stretches of letters and of other characters, and what gaps separate."""
    return tuple(_STRETCHES.findall(query.spaced))


def patterns(query: Query, sounds: Sounds) -> tuple[tuple[Piece, ...], ...]:
    """Every reading of the query, likeliest first. A gap between letters ends a
    syllable (xi an)."""
    runs = [
        sounds.read(run) if run.isascii() and run.isalpha() else ((Piece(run, hanzi=True),),)
        for run in _RUNS.findall(query.spaced)
        if run != " "
    ]
    readings = islice(product(*runs), MOST_READINGS + 1) if runs else ()
    return tuple(tuple(piece for run in reading for piece in run) for reading in readings)
