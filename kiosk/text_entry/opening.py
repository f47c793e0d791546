"""Opens the engines of the ways of writing; takes its time, on a worker."""

import logging
from pathlib import Path

from kiosk.errors import PinyinUnavailable
from kiosk.text_entry.engines import Engines
from kiosk.text_entry.pinyin.pinyin import Pinyin

_log = logging.getLogger(__name__)


def open_engines(folder: Path) -> Engines:
    """Of what scripts/setup built into `folder`; what is not there is logged and left out."""
    try:
        return Engines(pinyin=Pinyin(folder / "pinyin"))
    except PinyinUnavailable as missing:
        _log.warning("no pinyin: %s", missing)
        return Engines()
