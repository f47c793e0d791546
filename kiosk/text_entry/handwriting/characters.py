"""Which characters are offered first: those a citizen of today writes."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Characters:
    """`plain` are those of the standard table; `simplified` has for a traditional character that
    is not one of them the simplified one."""

    plain: frozenset[str]
    simplified: Mapping[str, str]


def load_characters(config: Path) -> Characters:
    """Of config/pinyin/characters.tsv and config/handwriting/twins.tsv, both made by scripts."""
    table = (config / "pinyin" / "characters.tsv").read_text(encoding="utf-8")
    twins = (config / "handwriting" / "twins.tsv").read_text(encoding="utf-8")
    return Characters(
        frozenset(line.partition("\t")[0] for line in table.splitlines()),
        {line[0]: line[2] for line in twins.splitlines()},
    )


def is_ideograph(text: str) -> bool:
    """〇 is a number of Unicode, and a character of dates and names."""
    return text == "〇" or (
        len(text) == 1 and ("\u3400" <= text <= "\u9fff" or "\U00020000" <= text <= "\U0003ffff")
    )
