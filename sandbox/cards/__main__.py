"""Lay one virtual card on the virtual reader until Ctrl-C."""

import argparse
import sys
import threading
from pathlib import Path

from sandbox.cards.card_file import CardFileError
from sandbox.cards.slot import VPCD_PORT, CardSlot


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m sandbox.cards", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE", help="the card, a YAML file")
    parser.add_argument("--host", default="127.0.0.1", help="where the virtual reader listens")
    parser.add_argument("--port", type=int, default=VPCD_PORT, help=f"its port ({VPCD_PORT})")
    arguments = parser.parse_args()
    slot = CardSlot(arguments.host, arguments.port)
    try:
        slot.lay(arguments.file)
        threading.Event().wait()
    except CardFileError as error:
        parser.error(str(error))
    except KeyboardInterrupt:
        return 0
    finally:
        slot.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
