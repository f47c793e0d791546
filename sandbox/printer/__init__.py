"""The other side of the ESC/POS wire: a receipt printer that draws each receipt as a picture.

It shares no code with the product: what it prints, it knows from the bytes alone.
"""

from sandbox.printer.mechanism import Manners
from sandbox.printer.printer import VirtualPrinter
from sandbox.printer.state import State

__all__ = ["Manners", "State", "VirtualPrinter"]
