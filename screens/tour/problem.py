"""What ends a tour."""


class CannotDo(Exception):
    """Something that a person could not do either; the message says why."""
