"""What comes in on a scanner's line, cut into the codes that it scanned."""

import re

from kiosk.scanning import LONGEST

_MOST = 4 * LONGEST
"""Bytes of the longest code that can be one of ours, in UTF-8."""
_ENDS = re.compile(rb"[\r\n]+")


class Lines:
    """A code ends with CR, LF or both. Of one without end no more is kept than shows that it is
    too long; bytes that are no UTF-8 become characters of no code."""

    def __init__(self) -> None:
        self._begun = b""

    def take(self, data: bytes) -> list[str]:
        """The codes that are whole now, in their order."""
        *ended, begun = _ENDS.split(self._begun + data)
        self._begun = begun[: _MOST + 1]
        return [line[: _MOST + 1].decode("utf-8", "replace") for line in ended if line]

    def forget(self) -> None:
        """What was begun and not ended is no code."""
        self._begun = b""
