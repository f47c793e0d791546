"""Opens the engines of the ways of writing; takes its time, on a worker."""

import logging
from pathlib import Path

from kiosk.devices import Publish
from kiosk.errors import PinyinUnavailable
from kiosk.text_entry.engines import Engines
from kiosk.text_entry.handwriting.handwriting import Handwriting, is_installed
from kiosk.text_entry.pinyin.pinyin import Pinyin
from kiosk.text_entry.rare_characters.rare_characters import load_rare_characters

_log = logging.getLogger(__name__)


def open_engines(built: Path, config: Path, publish: Publish) -> Engines:
    """Of what scripts/setup built, and of what lies prepared in `config`. What was not built is
    logged and left out. Raises ConfigurationError."""
    return Engines(
        pinyin=_open_pinyin(built / "pinyin"),
        handwriting=_make_handwriting(publish),
        rare=load_rare_characters(config / "rare_characters"),
    )


def _open_pinyin(folder: Path) -> Pinyin | None:
    try:
        return Pinyin(folder)
    except PinyinUnavailable as missing:
        _log.warning("no pinyin: %s", missing)
        return None


def _make_handwriting(publish: Publish) -> Handwriting | None:
    """What it takes is loaded when a citizen first writes so."""
    if is_installed():
        return Handwriting(publish)
    _log.warning("no handwriting: not installed")
    return None
