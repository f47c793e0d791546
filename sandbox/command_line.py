"""The sandbox's part of the command line: how it is started, and how one that runs is changed."""

import argparse
import sys
from pathlib import Path

_PARTS = ("card", "serial_reader", "scanner", "printer", "document_camera", "intake")


def add_options(parser: argparse.ArgumentParser, folder: Path, control: int) -> None:
    """`folder` and `control` stand for those that are not given."""
    parser.add_argument(
        "--folder",
        type=Path,
        default=folder,
        metavar="DIR",
        help="where receipts and applications are kept (default: var/sandbox)",
    )
    parser.add_argument(
        "--control",
        type=int,
        default=control,
        metavar="PORT",
        help="the port on which a running sandbox takes changes (default: %(default)s)",
    )
    parser.add_argument(
        "--serial-reader",
        type=Path,
        metavar="DEVICE",
        help="a card reader on a serial line, under this name (default: the configuration's)",
    )
    parser.add_argument(
        "--scanner",
        type=Path,
        metavar="DEVICE",
        help="a scanner on a serial line, under this name (default: the configuration's)",
    )
    parser.add_argument(
        "--leave",
        action="append",
        default=[],
        choices=_PARTS,
        metavar="PART",
        help=f"a part that someone else runs: {', '.join(_PARTS)}; can be given several times",
    )
    parser.add_argument("--attached", action="store_true", help=argparse.SUPPRESS)
    _add_changes(parser)


def _add_changes(parser: argparse.ArgumentParser) -> None:
    changes = parser.add_subparsers(
        dest="part", metavar="CHANGE", title="changes to a sandbox that runs already"
    )

    def change(name: str, words: str) -> argparse.ArgumentParser:
        made = changes.add_parser(name, help=words, description=f"{words[0].upper()}{words[1:]}.")
        made.set_defaults(act=_give)
        return made

    card = change("card", "lay a card on a reader, or take it away")
    card.add_argument(
        "card", metavar="FILE|none", type=_file, help="the card in YAML; none: no card"
    )
    card.add_argument(
        "--reader", choices=("1", "2", "serial"), help="which one (default: the first, or all)"
    )
    reader = change("reader", "let the PC/SC service come back with its readers, or die")
    reader.add_argument("state", choices=("here", "elsewhere", "none", "killed"))
    serial = change("serial_reader", "change how the serial reader answers")
    serial.add_argument(
        "state", choices=("ok", "silent", "pulled_out", "piece", "noise", "cut_after")
    )
    serial.add_argument("amount", type=int, nargs="?", help="bytes")
    scan = change("scan", "scan a code").add_mutually_exclusive_group(required=True)
    scan.add_argument("text", metavar="TEXT", nargs="?", help="what the code says")
    scan.add_argument(
        "--identity", metavar="NAME", help="a fresh identity code of the intake's sample person"
    )
    change("scanner", "change the scanner's state").add_argument(
        "state", choices=("ok", "pulled_out")
    )
    printer = change("printer", "change the printer's state, or how it fails")
    printer.add_argument(
        "state",
        choices=(
            "ok", "near_end", "paper_out", "cover_open", "cutter_error", "unrecoverable",
            "offline", "silent", "paper_left", "cut_after", "late", "piecemeal", "eager",
        ),
    )  # fmt: skip
    printer.add_argument("amount", type=float, nargs="?", help="mm, bytes, seconds, or 1 and 0")
    paper = change("paper", "lay a picture under the document camera, or take it away")
    paper.add_argument("file", metavar="FILE|none", type=_file, help="none: an empty table")
    change("document_camera", "change what the document camera shows").add_argument(
        "state", choices=("ok", "dark", "blurred", "hang", "gone")
    )
    intake = change("intake", "change the intake's state")
    intake.add_argument("state", choices=("up", "down", "slow"))
    export = change("export", "write everything that the intake received as JSON")
    export.add_argument("file", type=Path, metavar="FILE")


def _give(chosen: argparse.Namespace) -> int:
    """Give the running sandbox the order that was written; the exit status."""
    from sandbox.control import ControlProblem, give_order

    try:
        give_order(chosen.control, _order(chosen))
    except ControlProblem as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


def _order(chosen: argparse.Namespace) -> dict[str, object]:
    order: dict[str, object] = {"order": chosen.part}
    match chosen.part:
        case "card":
            order["file"] = None if chosen.card == "none" else str(Path(chosen.card).resolve())
            if chosen.reader is not None:
                order["reader"] = int(chosen.reader) if chosen.reader.isdigit() else chosen.reader
        case "paper":
            order["file"] = None if chosen.file == "none" else str(Path(chosen.file).resolve())
        case "export":
            order["file"] = str(chosen.file.resolve())
        case "scan":
            kind = "text" if chosen.identity is None else "identity"
            order[kind] = getattr(chosen, kind)
        case "printer" | "serial_reader" if chosen.amount is not None:
            order[chosen.state] = chosen.amount
        case _:
            order["state"] = chosen.state
    return order


def _file(name: str) -> str:
    if name != "none" and not Path(name).is_file():
        raise argparse.ArgumentTypeError(f"there is no file {name}")
    return name
