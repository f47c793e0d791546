"""Runs the virtual printer alone; a state typed on the terminal takes effect at once."""

import argparse
import sys
import threading
from pathlib import Path

from sandbox.printer import State, VirtualPrinter
from sandbox.printer.orders import AMOUNTS, obey
from sandbox.printer.printer import DEFAULT_SPEED, DEFAULT_WIDTH


def main() -> int:
    options = _options()
    printer = VirtualPrinter(
        options.host,
        options.port,
        options.out,
        options.speed,
        options.width,
        proof=not options.no_proof,
        keeps=not options.loses,
    )
    try:
        printer.start()
    except OSError as error:
        sys.stderr.write(f"cannot listen on {options.host}:{options.port}: {error.strerror}\n")
        return 1
    words = ", ".join((*State, *(f"{amount} N" for amount in AMOUNTS)))
    sys.stdout.write(f"Printer on {printer.host}:{printer.port}. Type an order: {words}\n")
    sys.stdout.flush()
    try:
        for line in sys.stdin:
            _change(printer, line.split())
        # Without a terminal the input is at its end at once, and the printer is still wanted.
        threading.Event().wait()
    except KeyboardInterrupt:
        sys.stdout.write("\n")
    printer.stop()
    return 0


def _change(printer: VirtualPrinter, words: list[str]) -> None:
    try:
        match words:
            case []:
                return
            case [state]:
                obey(printer, state)
            case [word, amount]:
                obey(printer, word, float(amount))
            case _:
                raise ValueError("an order is one word, and a number behind some")
    except ValueError as error:
        sys.stderr.write(f"{error}\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox.printer",
        description="A virtual ESC/POS receipt printer: draws each receipt as a PNG.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=9100, help="TCP port; 0 takes a free one")
    parser.add_argument("--out", type=Path, required=True, help="folder for the receipts")
    parser.add_argument(
        "--speed", type=float, default=DEFAULT_SPEED, help="millimetres a second (150)"
    )
    parser.add_argument(
        "--width", type=int, default=DEFAULT_WIDTH, help="dots of the print head (576, or 384)"
    )
    parser.add_argument(
        "--no-proof", action="store_true", help="a printer that does not know GS ( H"
    )
    parser.add_argument(
        "--loses", action="store_true", help="a printer that loses the rest of its job at a fault"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
