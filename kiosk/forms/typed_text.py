"""Text as a citizen types or an input method leaves it, brought to one form."""

import re
import unicodedata

_HALF_WIDTH = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_SEPARATORS = re.compile(r"[\s\-‐‑‒–—−·]")
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})


def half_width(text: str) -> str:
    """Full-width letters, digits and signs (U+FF01…FF5E, U+3000) as their ASCII twins."""
    return text.translate(_HALF_WIDTH)


def one_line(text: str) -> str:
    """One line without anything invisible; runs of white space become one space.

    Variation selectors, private-use and unassigned characters stay: rare characters of names
    may be any of these.
    """
    spaced = re.sub(r"\s+", " ", text)
    seen = "".join(c for c in spaced if unicodedata.category(c) not in _UNSEEN)
    return re.sub(r"\s+", " ", seen).strip()


def compact(text: str) -> str:
    """A number as its bare characters: half-width, no spaces, hyphens or dots between groups."""
    return _SEPARATORS.sub("", half_width(one_line(text)))
