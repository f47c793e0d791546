"""Run the local intake by itself: python -m sandbox.intake --port 8480 --folder DIR."""

import argparse
import sys
import threading
from pathlib import Path

from sandbox.intake.local_intake import LocalIntake, Mode


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox.intake",
        description="The local intake service. While it runs, the lines up, down and slow on its "
        "standard input change its mode.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=int, default=8480, help="port; 0 takes a free one")
    parser.add_argument(
        "--folder", type=Path, required=True, help="where the key and everything received is kept"
    )
    wanted = parser.parse_args()
    intake = LocalIntake(wanted.host, wanted.port, wanted.folder)
    try:
        intake.start()
    except OSError as error:
        parser.error(f"cannot listen on {wanted.host}:{wanted.port}: {error.strerror}")
    _say(f"intake at {intake.url}")
    try:
        for line in sys.stdin:
            word = line.strip()
            if word in set(Mode):
                intake.set_mode(word)
                _say(f"intake {word}")
            elif word:
                _say(f"{word}: not one of {', '.join(Mode)}")
        threading.Event().wait()
    except KeyboardInterrupt:
        intake.stop()
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
