"""Names and numbers of people as a bystander may read them, on screens and on paper alike."""

import re

_PART_OF_NAME = re.compile(r"[^\s·・,，]+")
_MOST_STARS = 3
"""Of one part: more would only tell how long a name is, and not fit on paper."""


def masked_number(number: str) -> str:
    """A number of 18 digits keeps its region and its last four: 350428 ******** 0013. That of
    a foreign permanent resident's card of 2017 begins with the country and keeps that and its last
    two: where in it the date of birth stands no source says."""
    if number[:1].isalpha():
        return _keep(number, 3, 2)
    return _keep(number, 6, 4) if len(number) >= 15 else _keep(number, 2, 2)


def masked_phone(number: str) -> str:
    """138 **** 0000."""
    return _keep(number, 3, 4)


def masked_account(number: str) -> str:
    """The last four alone: **** 1234."""
    return _keep(number, 0, 4) if len(number) > 4 else "*" * len(number)


def masked_name(name: str) -> str:
    """The first character of each part: 张*, 古***·阿***; "T***, M***" in Latin letters. Fit for
    paper that may be left behind."""
    return _PART_OF_NAME.sub(lambda part: _initial(part[0]), name)


def _initial(part: str) -> str:
    return part[0] + "*" * min(max(len(part) - 1, 1), _MOST_STARS)


def _keep(text: str, first: int, last: int) -> str:
    hidden = max(len(text) - first - last, 0)
    if not hidden:
        return "*" * len(text)
    parts = (text[:first], "*" * min(hidden, 8), text[len(text) - last :] if last else "")
    return " ".join(part for part in parts if part)
