"""Whose paper it is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Issuer:
    """The hall and this terminal, as citizens read them."""

    hall: str
    terminal: str
