"""Run the local intake by itself: python -m sandbox.intake --port 8480 --folder DIR."""

import argparse
import sys
import threading
from pathlib import Path

from sqlalchemy.exc import OperationalError

from sandbox.intake.local_intake import LocalIntake, Mode


def main() -> int:
    parser = _parser()
    wanted = parser.parse_args()
    if wanted.order[:1] and wanted.order[0] in set(Mode):
        parser.error(f"{wanted.order[0]} is for the service that runs, on its standard input")
    try:
        intake = LocalIntake(
            wanted.host, wanted.port, wanted.folder, tls=wanted.tls, database=wanted.database
        )
    except OperationalError:
        parser.error("cannot use the database")
    if wanted.order:
        _obey(intake, wanted.order)
        intake.stop()
        return 0
    try:
        intake.start()
    except OSError as error:
        parser.error(f"cannot listen on {wanted.host}:{wanted.port}: {error.strerror}")
    for kiosk, code in wanted.standing_code:
        intake.set_standing_code(kiosk, code)
    _say(f"intake at {intake.url}")
    if wanted.tls:
        _say(f"its authority is {intake.authority}")
    try:
        for line in sys.stdin:
            _obey(intake, line.split())
        threading.Event().wait()
    except KeyboardInterrupt:
        intake.stop()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox.intake",
        description="The local intake service. While it runs, it takes orders line by line on its "
        "standard input: up, down and slow change its mode, code KIOSK gives an enrolment code, "
        "revoke KIOSK ends a kiosk's keys, rotate makes a new sealing key, token NAME gives a "
        "sample person's identity code.",
    )
    parser.add_argument(
        "order", nargs="*", help="do this one order beside a service that runs, and end"
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=int, default=8480, help="port; 0 takes a free one")
    parser.add_argument(
        "--folder", type=Path, required=True, help="where everything received is kept"
    )
    parser.add_argument(
        "--database",
        metavar="URL",
        help="keep everything in this database instead: postgresql+psycopg://…",
    )
    parser.add_argument(
        "--tls",
        action="store_true",
        help="HTTPS; kiosks show the certificates that this intake issued",
    )
    parser.add_argument(
        "--standing-code",
        type=_kiosk_and_code,
        action="append",
        default=[],
        metavar="KIOSK=CODE",
        help="an enrolment code that works again and again; for demonstrations",
    )
    return parser


def _kiosk_and_code(text: str) -> tuple[str, str]:
    kiosk, sign, code = text.partition("=")
    if not (kiosk and sign and code):
        raise argparse.ArgumentTypeError("KIOSK=CODE")
    return kiosk, code


def _obey(intake: LocalIntake, words: list[str]) -> None:
    match words:
        case []:
            pass
        case [mode] if mode in set(Mode):
            intake.set_mode(mode)
            _say(f"intake {mode}")
        case ["code", kiosk]:
            _say(f"code {intake.issue_code(kiosk)}")
        case ["revoke", kiosk]:
            intake.revoke(kiosk)
            _say(f"revoked {kiosk}")
        case ["token", *name]:
            try:
                _say(f"token {intake.issue_token(' '.join(name))}")
            except KeyError:
                _say("there is no sample person of this name")
        case ["rotate"]:
            intake.rotate_sealing_key()
            _say("a new sealing key")
        case _:
            _say(f"{' '.join(words)}: there is no such order")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
