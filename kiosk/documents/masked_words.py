"""Words that somebody wrote freely, with what they may hold of people masked."""

import re

from kiosk.masking import masked_name, masked_number, masked_phone

_PERSON = re.compile(
    r"(?<!\d)[1-9]\d{5}(?:19|20)\d{9}[\dXx](?!\d)|(?<![A-Za-z\d])[A-Z]{3}\d{12}(?!\d)"
)
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


def masked_words(words: str, *names: str) -> str:
    """Every whole number of a person or a mobile masked, and these names of two characters or more:
    one character alone may be any word."""
    words = _PERSON.sub(lambda found: masked_number(found[0]), words)
    words = _MOBILE.sub(lambda found: masked_phone(found[0]), words)
    for name in names:
        if len(name) > 1:
            words = words.replace(name, masked_name(name))
    return words
