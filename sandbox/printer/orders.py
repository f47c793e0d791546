"""What can be ordered of the virtual printer by words, at a terminal or over the control port."""

from dataclasses import replace

from sandbox.printer.mechanism import Manners
from sandbox.printer.printer import VirtualPrinter
from sandbox.printer.state import State

AMOUNTS = ("paper_left", "cut_after", "late", "piecemeal", "eager")
"""Millimetres, bytes, seconds, and twice 1 or 0; see VirtualPrinter and Manners."""


def obey(printer: VirtualPrinter, word: str, amount: float | None = None) -> None:
    """A state by its name, which ends all that was ordered before it; or one of AMOUNTS.

    ValueError for an order that is none.
    """
    match word, amount:
        case _, None:
            printer.set_state(State(word))
            printer.set_paper_left(None)
            printer.drop_after(None)
            printer.set_manners(Manners())
        case "paper_left", _:
            printer.set_paper_left(amount)
        case "cut_after", _:
            printer.drop_after(round(amount))
        case "late", _:
            printer.set_manners(replace(printer.manners, late=amount))
        case "piecemeal", _:
            printer.set_manners(replace(printer.manners, piecemeal=bool(amount)))
        case "eager", _:
            printer.set_manners(replace(printer.manners, eager=bool(amount)))
        case _:
            raise ValueError(f"there is no {word} of the printer")
