"""Words that somebody wrote freely, with what they may hold of people masked."""

import re

from kiosk.masking import masked_name, masked_number, masked_phone

_RESIDENT_ID = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{9}[\dXx](?!\d)")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


def masked_words(words: str, *names: str) -> str:
    """Every whole resident ID and mobile number masked, and these names of two characters or
    more: one character alone may be any word."""
    words = _RESIDENT_ID.sub(lambda found: masked_number(found[0]), words)
    words = _MOBILE.sub(lambda found: masked_phone(found[0]), words)
    for name in names:
        if len(name) > 1:
            words = words.replace(name, masked_name(name))
    return words
