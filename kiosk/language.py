"""The words of the program in the language that the citizen chose.

Chinese is the source language: a message is its own Chinese text. English comes from the gettext
catalogue `assets/locale/en/LC_MESSAGES/kiosk.po`.
"""

import gettext
import io
from enum import StrEnum
from pathlib import Path

from kiosk.errors import ConfigurationError


class Language(StrEnum):
    CHINESE = "zh"
    ENGLISH = "en"


_loaded: dict[Language, gettext.NullTranslations] = {
    Language.CHINESE: gettext.NullTranslations(),
}
_current = Language.CHINESE


def load_english(locale: Path) -> None:
    """Read the English catalogue; takes about 0.1 s, so it runs on a worker after the first frame.

    Raises ConfigurationError when the file is no gettext catalogue.
    """
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    compiled = io.BytesIO()
    file = locale / "en" / "LC_MESSAGES" / "kiosk.po"
    try:
        with file.open("rb") as source:
            write_mo(compiled, read_po(source, locale="en", abort_invalid=True))
    except PoFileError as error:
        raise ConfigurationError(file, error.lineno + 1, "is no gettext catalogue") from error
    compiled.seek(0)
    _loaded[Language.ENGLISH] = gettext.GNUTranslations(compiled)


def speak(language: Language) -> None:
    """Choose the language of every later `_`. Called on the UI thread alone."""
    global _current
    _current = language if language in _loaded else Language.CHINESE


def spoken() -> Language:
    return _current


def _(message: str) -> str:
    """The message in the chosen language, or its Chinese text where no translation exists."""
    return _loaded[_current].gettext(message) if message else message


def mark(message: str) -> str:
    """Marks a message for extraction where it is translated later."""
    return message
