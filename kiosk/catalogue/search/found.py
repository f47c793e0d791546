"""What a search answers."""

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """Which words of the catalogue were met."""

    NAME = "name"
    ALIAS = "alias"
    ENGLISH = "english"
    LIFE_EVENT = "life_event"
    DEPARTMENT = "department"
    FIELD = "field"


class Way(StrEnum):
    """How they were met, surest first."""

    TEXT = "text"
    PINYIN = "pinyin"
    INITIALS = "initials"
    DIALECT = "dialect"
    WORDS = "words"
    SIMILAR = "similar"


@dataclass(frozen=True, slots=True)
class Match:
    """Why something was found: `words` as they stand in the catalogue or in the aliases, and in
    them the characters from `start` to `stop` that were met (0 and 0 where there is no one place).
    `score` is for ordering alone.
    """

    part: Part
    way: Way
    words: str
    start: int
    stop: int
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """An item, by its code."""

    code: str
    match: Match


@dataclass(frozen=True, slots=True)
class Category:
    """A life event, a department or a field, by its key in its own file; `items` are the codes
    to be found in it, those most wanted first."""

    part: Part
    key: str
    name: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """`items` in order, best first. `categories` are those that the query names; where no item
    was found they are the nearest ones, never none for a query that holds anything."""

    items: tuple[Hit, ...]
    categories: tuple[Category, ...]
