"""Every look of the screens, and whether what they show is whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product

from form_fixtures import SIZES, Hall

from kiosk.configuration import PROGRAM
from kiosk.language import Language, load_english, speak


@dataclass(frozen=True)
class Look:
    size: str
    large: bool
    language: Language

    def __str__(self) -> str:
        return f"{self.size}-{'large' if self.large else 'normal'}-{self.language.value}"


LOOKS = [Look(*each) for each in product(SIZES, (False, True), Language)]


@contextmanager
def dress_as(visit: Hall, look: Look) -> Iterator[None]:
    """The visit's screen built anew in this look; afterwards Chinese is spoken again."""
    load_english(PROGRAM / "assets" / "locale")
    visit.size = SIZES[look.size]
    visit.session.large_type, visit.session.language = look.large, look.language
    speak(look.language)
    try:
        visit.show()
        yield
    finally:
        speak(Language.CHINESE)


def inside(widget, box) -> bool:
    """To the pixel, as Kivy rounds."""
    return (
        box.x - 1 <= widget.x
        and widget.right <= box.right + 1
        and box.y - 1 <= widget.y
        and widget.top <= box.top + 1
    )


def whole(words) -> bool:
    """Whether its box holds all that it draws: no line is wider, and none stands below. The face
    reaches a quarter of its size beyond the first and last line."""
    wide, high = words.texture_size
    return wide <= words.width + 1 and high <= words.height + words.font_size / 4
