"""The command line, and the one place where everything is wired together."""

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from config.settings import (
    ENROLMENT_CODE,
    KeyboardScanner,
    NetworkPrinter,
    SerialScanner,
    Settings,
)
from kiosk.configuration import CONFIG, PROGRAM, SETTINGS_FILE, read_settings, trusted_authority
from kiosk.crash import install_hooks
from kiosk.errors import ConfigurationError

if TYPE_CHECKING:
    from kiosk.document_camera import CameraDesk
    from screens.app import KioskApp, Parts

HOME_PAGE = CONFIG / "home.yaml"
PRINTERS = CONFIG / "printers"
SEARCH = CONFIG / "search"
BUILD = PROGRAM / "build"
"""What scripts/setup makes for this machine."""
CONTROL_PORT = 8490
"""Where a sandbox takes orders, on this machine alone, unless it is told otherwise."""


class _Parser(argparse.ArgumentParser):
    """Answers a wrong argument with one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message} (see --help)\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status."""
    install_hooks()
    chosen = _parser().parse_args(arguments)
    try:
        return int(chosen.act(chosen))
    except ConfigurationError as error:
        return _tell([error])


def run(chosen: argparse.Namespace) -> int:
    settings = _settings(chosen.config)
    if settings is None:
        return 1
    kiosk(settings).run()
    return 0


def tour(chosen: argparse.Namespace) -> int:
    settings = _settings(chosen.config)
    if settings is None:
        return 1
    from screens.tour.program import play, storage_of
    from screens.tour.stage import Stage

    command = [sys.executable, str(PROGRAM / "main.py"), "sandbox", "--config", str(chosen.config)]
    stage = Stage(command, CONTROL_PORT, _addresses(settings))
    # A window of exactly the size that the configuration says, whatever the screen; and storage of
    # its own: what a kiosk has sent to its intake is nothing to the one that is played here.
    played = {
        "window": settings.window.model_copy(update={"fullscreen": False}),
        "storage": settings.storage.model_copy(update={"folder": storage_of(chosen.out)}),
    }
    make = partial(kiosk, settings.model_copy(update=played))
    return play(chosen.files, chosen.out, make, stage, real_events=chosen.touch == "xtest")


def sandbox(chosen: argparse.Namespace) -> int:
    settings = _settings(chosen.config)
    if settings is None:
        return 1
    from sandbox.program import Part, Plan
    from sandbox.program import run as run_sandbox

    served = _addresses(settings)
    code = settings.intake.enrolment_code
    plan = Plan(
        chosen.folder,
        _host_and_port(served.get("printer")),
        _host_and_port(served.get("intake")),
        chosen.control,
        frozenset(Part(part) for part in chosen.leave),
        {settings.hall.kiosk_id: code} if code else {},
        chosen.serial_reader or _path(served.get("serial_reader")),
        chosen.scanner or _path(served.get("scanner")),
        _host_and_port(served.get("document_camera")),
    )
    return run_sandbox(plan, chosen.attached)


def enrol(chosen: argparse.Namespace) -> int:
    """Get the kiosk its certificate with a code of the intake's staff."""
    settings = _settings(chosen.config)
    if settings is None:
        return 1
    from kiosk.intake.enrolling_by_hand import enrol_by_hand

    done, words = enrol_by_hand(
        str(settings.intake.url),
        trusted_authority(settings),
        settings.storage.folder,
        settings.hall.kiosk_id,
        chosen.code,
    )
    print(words, file=sys.stdout if done else sys.stderr)
    return 0 if done else 1


def outbox(chosen: argparse.Namespace) -> int:
    """List what has not reached the intake, or have a held application sent again."""
    settings = _settings(chosen.config)
    if settings is None:
        return 1
    from kiosk.intake.outbox_listing import list_or_release

    done, words = list_or_release(settings.storage.folder, chosen.reference)
    print(words, file=sys.stdout if done else sys.stderr)
    return 0 if done else 1


def readers(chosen: argparse.Namespace) -> int:
    """List the card readers, also those that the configuration does not know."""
    settings = _settings(chosen.config)
    if settings is None:
        return 1
    from hardware.card_reader.listing import listing
    from hardware.card_reader.profiles import load_profiles

    print(listing(load_profiles(CONFIG / settings.reader.profiles)))
    return 0


def check_config(chosen: argparse.Namespace) -> int:
    """Every checked file that this kiosk uses, each mistake in a line of its own."""
    from hardware.card_reader.profiles import load_profiles
    from hardware.receipt_printer.profiles import load_profile
    from kiosk.catalogue.home import load_home_page
    from kiosk.catalogue.load import load_catalogue
    from kiosk.catalogue.search.search import load_search
    from kiosk.faults import FAULTS, load_faults
    from kiosk.region_search import check_places
    from kiosk.scanning import load_patterns
    from kiosk.text_entry.rare_characters.rare_characters import load_rare_characters

    settings = read_settings(chosen.config)
    mistakes = [] if isinstance(settings, Settings) else list(settings)
    counted: list[int] = []
    checks: list[Callable[[], object]] = [
        lambda: counted.append(load_search(SEARCH, load_catalogue(CONFIG / "catalogue")).items),
        lambda: check_places(CONFIG),
        lambda: load_home_page(HOME_PAGE),
        lambda: load_faults(FAULTS),
        load_patterns,
        lambda: load_rare_characters(CONFIG / "rare_characters"),
    ]
    if isinstance(settings, Settings):
        checks += [
            lambda: load_profiles(CONFIG / settings.reader.profiles),
            lambda: load_profile(PRINTERS, settings.printer.profile),
            lambda: trusted_authority(settings),
        ]
    for check in checks:
        try:
            check()
        except ConfigurationError as error:
            mistakes.append(error)
    if mistakes:
        return _tell(mistakes)
    print(f"{chosen.config} and what belongs to it are right: {counted[0]} service items")
    return 0


def kiosk(settings: Settings, on_ready: "Callable[[KioskApp], None] | None" = None) -> "KioskApp":
    """The kiosk's window, wired; `run` it on the main thread."""
    from screens.window import prepare

    prepare(settings.window, settings.storage.folder / "kivy")
    from kiosk.catalogue.home import load_home_page
    from screens.app import KioskApp

    return KioskApp(settings, load_home_page(HOME_PAGE), partial(open_parts, settings), on_ready)


def open_parts(settings: Settings, publish: Callable[[object], None]) -> "Parts":
    """The catalogue, and the devices and the intake at work; takes its time, on a worker."""
    from hardware.card_reader.profiles import load_profiles
    from hardware.card_reader.worker import CardReaderWorker
    from hardware.receipt_printer.profiles import load_profile
    from hardware.receipt_printer.worker import ReceiptPrinterWorker
    from hardware.scanner.worker import ScannerWorker
    from kiosk.catalogue.load import load_catalogue
    from kiosk.catalogue.search.search import load_search
    from kiosk.devices import DeviceState, Worker
    from kiosk.events import Scanned, ScannerChanged
    from kiosk.forms.citizen_files import CitizenFiles
    from kiosk.intake.worker import IntakeWorker
    from kiosk.journeys.ports import Ports
    from kiosk.scanning import load_patterns, scanned
    from kiosk.text_entry.opening import open_engines
    from screens.app import Parts

    reader = CardReaderWorker(load_profiles(CONFIG / settings.reader.profiles), publish)
    printer = ReceiptPrinterWorker(
        settings.printer,
        load_profile(PRINTERS, settings.printer.profile),
        PROGRAM / "assets" / "fonts",
        settings.storage.folder / "print-journal.sqlite3",
        publish,
    )
    desk = IntakeWorker(
        str(settings.intake.url),
        settings.hall.kiosk_id,
        settings.storage.folder,
        publish,
        authority=trusted_authority(settings),
        enrolment_code=settings.intake.enrolment_code,
    )
    patterns = load_patterns()

    def take_code(text: str) -> None:
        publish(Scanned(scanned(text, patterns)))

    workers: list[Worker] = [reader, printer, desk]
    typed = None
    match settings.scanner:
        case SerialScanner() as scanner:
            workers.append(ScannerWorker(scanner, take_code, publish))
        case KeyboardScanner():
            typed = take_code
            publish(ScannerChanged(DeviceState.ONLINE))
        case None:
            pass
    catalogue = load_catalogue(CONFIG / "catalogue")
    for worker in workers:
        worker.start()
    search = load_search(SEARCH, catalogue)

    def stop() -> None:
        for worker in workers:
            worker.stop()
        if camera is not None:
            camera.close()

    folder = settings.files.folder
    files = CitizenFiles(folder) if folder is not None else None
    camera = _document_camera(settings, publish)
    ports = Ports(reader, printer, desk, files, open_engines(BUILD, CONFIG, publish), camera)
    return Parts(catalogue, search, ports, stop, typed)


def _document_camera(settings: Settings, publish: Callable[[object], None]) -> "CameraDesk | None":
    """None where there is none; else it is opened for those who hand in papers, and only then."""
    if settings.document_camera is None:
        return None
    from hardware.document_camera.worker import DocumentCameraWorker
    from kiosk.document_camera import CameraDesk

    return CameraDesk(DocumentCameraWorker(settings.document_camera, publish))


def _addresses(settings: Settings) -> dict[str, str]:
    """What a sandbox can serve of this configuration, by part."""
    from hardware.card_reader.profiles import SerialProfile, load_profiles

    served = {"card": "pcsc"}
    for profile in load_profiles(CONFIG / settings.reader.profiles):
        if isinstance(profile, SerialProfile):
            served["serial_reader"] = str(PROGRAM / profile.serial.device)
    if isinstance(settings.scanner, SerialScanner):
        served["scanner"] = str(settings.scanner.device)
    if isinstance(settings.printer, NetworkPrinter):
        served["printer"] = f"{settings.printer.host}:{settings.printer.port}"
    camera = settings.document_camera
    if camera is not None and camera.here is not None:
        served["document_camera"] = camera.here
    url = settings.intake.url
    if url.scheme == "http":
        served["intake"] = f"{url.host}:{url.port}"
    return served


def _host_and_port(address: str | None) -> tuple[str, int] | None:
    if address is None:
        return None
    host, _, port = address.rpartition(":")
    return host, int(port)


def _path(device: str | None) -> Path | None:
    return Path(device) if device else None


def _settings(file: Path) -> Settings | None:
    """None when the file has mistakes, which were told."""
    match read_settings(file):
        case Settings() as settings:
            return settings
        case mistakes:
            _tell(mistakes)
            return None


def _tell(mistakes: Sequence[ConfigurationError]) -> int:
    for mistake in mistakes:
        sys.stderr.write(f"{mistake}\n")
    return 1


def _parser() -> _Parser:
    from sandbox.command_line import add_options as add_sandbox_options

    parser = _Parser(
        prog="main.py",
        description="The self-service kiosk of a county's government service hall.",
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    config = _Parser(add_help=False)
    config.add_argument(
        "--config",
        type=_file,
        default=SETTINGS_FILE,
        metavar="FILE",
        help="the kiosk's settings (default: config/kiosk.toml)",
    )

    def command(name: str, act: Callable[[argparse.Namespace], int], words: str) -> _Parser:
        made = commands.add_parser(
            name, help=words, description=f"{words[0].upper()}{words[1:]}.", parents=[config],
            allow_abbrev=False,
        )
        made.set_defaults(act=act)
        return made

    command("run", run, "run the kiosk until its window is closed")
    _add_tour(command("tour", tour, "play tours: whole journeys through the window's own touches"))
    add_sandbox_options(
        command("sandbox", sandbox, "run virtual devices and an intake, or change what runs"),
        PROGRAM / "var" / "sandbox",
        CONTROL_PORT,
    )
    command("enrol", enrol, "get the kiosk its certificate from the intake").add_argument(
        "code", type=_code, metavar="CODE", help="the one-time code of the intake's staff"
    )
    _add_outbox(command("outbox", outbox, "list what waits to be sent or is held for staff"))
    command("readers", readers, "list the card readers, and how the configuration takes them")
    command("check-config", check_config, "check every file of the configuration")
    return parser


def _add_tour(parser: _Parser) -> None:
    parser.add_argument("files", type=_file, nargs="+", metavar="FILE", help="a tour in YAML")
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("out"),
        metavar="DIR",
        help="where pictures, receipts and the intake's record go (default: out)",
    )
    parser.add_argument(
        "--touch", choices=("window", "xtest"), default="window", help=argparse.SUPPRESS
    )


def _add_outbox(parser: _Parser) -> None:
    parser.set_defaults(reference=None)
    acts = parser.add_subparsers(metavar="ACT", title="what can be done")
    acts.add_parser("release", help="send a held application again").add_argument(
        "reference", metavar="REFERENCE", help="as the list names it"
    )


def _code(text: str) -> str:
    code = text.strip().upper()
    if not re.fullmatch(ENROLMENT_CODE, code):
        raise argparse.ArgumentTypeError("a code is 8 to 40 letters, digits and dashes")
    return code


def _file(name: str) -> Path:
    if not Path(name).is_file():
        raise argparse.ArgumentTypeError(f"there is no file {name}")
    return Path(name)


if __name__ == "__main__":
    sys.exit(main())
