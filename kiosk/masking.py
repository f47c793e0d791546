"""Numbers of people as a bystander may read them, on screens and on paper alike."""


def masked_number(number: str) -> str:
    """A resident ID number keeps its region and its last four: 350428 ******** 0013."""
    return _keep(number, 6, 4) if len(number) >= 15 else _keep(number, 2, 2)


def masked_phone(number: str) -> str:
    """138 **** 0000."""
    return _keep(number, 3, 4)


def masked_account(number: str) -> str:
    """The last four alone: **** 1234."""
    return _keep(number, 0, 4) if len(number) > 4 else "*" * len(number)


def masked_name(name: str) -> str:
    """The family name's first character, as on paper that may be left behind: 张*."""
    return name[:1] + "*" * max(len(name) - 1, 1) if name else name


def _keep(text: str, first: int, last: int) -> str:
    hidden = max(len(text) - first - last, 0)
    if not hidden:
        return "*" * len(text)
    parts = (text[:first], "*" * min(hidden, 8), text[len(text) - last :] if last else "")
    return " ".join(part for part in parts if part)
