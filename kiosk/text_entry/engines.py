"""What stands behind the keys: the engines of the ways of writing, as far as they are there."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Known to the attendant before the first frame, when no engine is loaded yet.
    from kiosk.text_entry.handwriting.handwriting import Handwriting
    from kiosk.text_entry.pinyin.pinyin import Pinyin
    from kiosk.text_entry.rare_characters.rare_characters import RareCharacters


@dataclass(frozen=True)
class Engines:
    """Belongs to the UI thread once the kiosk is open. An engine that is None could not be opened:
    the other ways of writing go on without it."""

    pinyin: "Pinyin | None" = None
    handwriting: "Handwriting | None" = None
    rare: "RareCharacters | None" = None
