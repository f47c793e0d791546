"""Every fault that the kiosk can tell, under the stable code by which staff look it up: what
`config/faults.yaml` says, checked.

The names in that file are the enums' and errors' own: `printer.cover_open`, `error.DISK_FULL`.
An error that carries an enum of faults has no name of its own.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import EnumType, StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from kiosk.catalogue.data_file import DataFile
from kiosk.configuration import CONFIG
from kiosk.devices import (
    DeviceState,
    PaperState,
    PrinterFault,
    PrinterStatus,
    ReaderStatus,
    ScannerFault,
)
from kiosk.errors import (
    CardReaderUnavailable,
    DocumentCameraFault,
    DocumentCameraUnavailable,
    HandwritingUnavailable,
    IntakeNotTrusted,
    IntakeUnreachable,
    KioskError,
    PinyinFault,
    PinyinUnavailable,
    ReaderFault,
    TrustFault,
)
from kiosk.events import FilingBlock, IntakeAlert, IntakeChanged
from kiosk.forms.questions import Words
from kiosk.language import _
from kiosk.text_entry.handwriting.wire import HandwritingFault

FAULTS = CONFIG / "faults.yaml"
LETTERS = "PRCNSK"
"""Printer, readers of cards and codes, document camera, network and intake, storage, the kiosk
itself."""

Cause = (
    PrinterFault
    | Literal[PaperState.LOW]
    | ReaderFault
    | ScannerFault
    | DocumentCameraFault
    | FilingBlock
    | IntakeAlert
    | TrustFault
    | PinyinFault
    | HandwritingFault
    | KioskError
)
"""Whatever has a code."""

Told = (
    CardReaderUnavailable
    | DocumentCameraUnavailable
    | IntakeNotTrusted
    | PinyinUnavailable
    | HandwritingUnavailable
)
"""The errors whose fault has the code."""

Code = Annotated[str, StringConstraints(pattern=rf"^[{LETTERS}]-[0-9]{{2}}$")]


class Severity(StrEnum):
    """`STOP`: something cannot be done until it is seen to, and citizens are told. `WARN`: the
    service goes on, and staff alone are told."""

    STOP = "stop"
    WARN = "warn"


class Action(StrEnum):
    """The action words of CEN XFS. Who acts: for `RESET` and `CLEAR` a guide at the kiosk, for
    `SUSPEND` nobody, as long as it comes back by itself, else a technician."""

    RESET = "reset"
    CLEAR = "clear"
    MAINTENANCE = "maintenance"
    CONFIGURATION = "configuration"
    SOFTWARE_ERROR = "software_error"
    SUSPEND = "suspend"


class Fault(BaseModel):
    """`cause` and `steps` are for staff, in Chinese; `words` for citizens, through `_`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    of: tuple[str, ...] = Field(min_length=1)
    severity: Severity
    action: Action
    cause: Words
    steps: tuple[Words, ...] = Field(min_length=1)
    words: str = ""

    @model_validator(mode="after")
    def _speaks_to_citizens(self) -> Self:
        if not self.words and any(name.startswith("printer.") for name in self.of):
            raise ValueError("words are needed: citizens read why there is no paper")
        return self


class _Content(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    faults: tuple[Fault, ...]
    retired: tuple[Code, ...] = ()


@dataclass(frozen=True)
class Faults:
    """All of them, in the order of the file."""

    all: tuple[Fault, ...]
    _by_name: Mapping[str, Fault]

    def of(self, cause: Cause) -> Fault:
        return self._by_name[name_of(cause)]


def load_faults(file: Path) -> Faults:
    """Raises ConfigurationError with the line, also where a name of the program has no code or
    two, a code stands twice, or a number was left out or taken away without being retired."""
    data = DataFile(file)
    content = data.check(_Content, data.content)
    names, by_name = set(_names()), dict[str, Fault]()
    for position, fault in enumerate(content.faults):
        for name in fault.of:
            if name not in names:
                raise data.error(("faults", position, "of"), f"there is no {name}")
            if name in by_name:
                reason = f"{name} has a code already, {by_name[name].code}"
                raise data.error(("faults", position, "of"), reason)
            by_name[name] = fault
    if without := sorted(names - set(by_name)):
        raise data.error(("faults",), f"without a code: {', '.join(without)}")
    _check_codes(data, [*(fault.code for fault in content.faults), *content.retired])
    return Faults(content.faults, by_name)


def _check_codes(data: DataFile, codes: list[str]) -> None:
    code, times = Counter(codes).most_common(1)[0]
    if times > 1:
        raise data.error(("faults",), f"{code} stands {times} times")
    for letter in LETTERS:
        given = sum(code.startswith(letter) for code in codes)
        for number in range(1, given + 1):
            if (missing := f"{letter}-{number:02}") not in codes:
                raise data.error(("faults",), f"{missing} is neither there nor retired")


@cache
def known_faults() -> Faults:
    """Those of this kiosk; the first call reads the file and belongs on a worker."""
    return load_faults(FAULTS)


def fault_of(cause: Cause) -> Fault:
    """The entry of whatever has a code: `fault_of(PrinterFault.CUTTER).code` is P-05."""
    return known_faults().of(cause)


def code_words(fault: Fault | None) -> str:
    """By which a guide whom the citizen asks looks it up; empty where there is no fault."""
    return _("故障代码 {code}").format(code=fault.code) if fault is not None else ""


def faults_now(
    printer: PrinterStatus,
    reader: ReaderStatus,
    scanner: DeviceState | None,
    intake: IntakeChanged,
    camera: DeviceState | None = None,
) -> tuple[Fault, ...]:
    """All that staff have to see to: printer, reader, scanner, document camera, intake."""
    devices = (
        printer_fault(printer),
        reader_fault(reader),
        scanner_fault(scanner),
        camera_fault(camera),
    )
    return (*(fault for fault in devices if fault is not None), *intake_faults(intake))


def printer_fault(status: PrinterStatus) -> Fault | None:
    """What keeps it from printing, else its paper near the end, else None; None while it starts,
    when nothing is known yet."""
    if status.device is DeviceState.STARTING:
        return None
    if status.fault is not None:
        return fault_of(status.fault)
    match status.paper:
        case PaperState.LOW:
            return fault_of(PaperState.LOW)
        case PaperState.UNKNOWN | PaperState.FULL | PaperState.OUT | PaperState.JAMMED:
            return None


def reader_fault(status: ReaderStatus) -> Fault | None:
    """What keeps it from reading; None while it starts."""
    match status.device:
        case DeviceState.STARTING | DeviceState.ONLINE:
            return None
        case DeviceState.OFFLINE:
            return fault_of(ReaderFault.NO_SERVICE)
        case DeviceState.NO_DEVICE:
            return fault_of(ReaderFault.NO_READER)
        case DeviceState.BUSY:
            return fault_of(ReaderFault.IN_USE)
        case DeviceState.HARDWARE_ERROR | DeviceState.USER_ERROR:
            return fault_of(ReaderFault.NOT_ANSWERING)


def scanner_fault(device: DeviceState | None) -> Fault | None:
    """What keeps it from reading codes; None where the hall has no scanner, too."""
    if device in (None, DeviceState.ONLINE):
        return None
    return fault_of(ScannerFault.NO_DEVICE)


def camera_fault(device: DeviceState | None) -> Fault | None:
    """What kept the last one who looked through it from it; None where nobody has yet, too."""
    match device:
        case DeviceState.NO_DEVICE:
            return fault_of(DocumentCameraFault.NO_DEVICE)
        case DeviceState.HARDWARE_ERROR:
            return fault_of(DocumentCameraFault.NOT_ANSWERING)
        case _:
            return None


def intake_faults(intake: IntakeChanged) -> tuple[Fault, ...]:
    """Why nothing can be filed, and what staff have to see to; nothing while it starts. An alert
    that only repeats the block, and silence that an alert explains, are left out."""
    alerts = set(intake.alerts)
    match intake.block:
        case FilingBlock.STARTING:
            return ()
        case FilingBlock.DISK_FULL | FilingBlock.OUTBOX_FAULT:
            alerts.discard(IntakeAlert.STORAGE)
        case FilingBlock.NOT_ENROLLED | FilingBlock.NO_SEALING_KEY | None:
            pass
    causes: list[Cause] = [*alerts] if intake.block is None else [intake.block, *alerts]
    explained = {IntakeAlert.CLOCK_WRONG, IntakeAlert.INTAKE_NOT_TRUSTED, IntakeAlert.KIOSK_REFUSED}
    if not intake.reachable and not alerts & explained:
        causes.append(IntakeUnreachable())
    return tuple(sorted((fault_of(cause) for cause in causes), key=lambda fault: fault.code))


def name_of(cause: Cause) -> str:
    """By which `config/faults.yaml` calls it."""
    match cause:
        case PrinterFault():
            return f"printer.{cause.value}"
        case PaperState.LOW:
            return f"paper.{cause.value}"
        case ReaderFault():
            return f"reader.{cause.value}"
        case ScannerFault():
            return f"scanner.{cause.value}"
        case DocumentCameraFault():
            return f"document_camera.{cause.value}"
        case FilingBlock():
            return f"filing.{cause.value}"
        case IntakeAlert():
            return f"alert.{cause.value}"
        case TrustFault():
            return f"trust.{cause.value}"
        case PinyinFault():
            return f"pinyin.{cause.value}"
        case HandwritingFault():
            return f"handwriting.{cause.value}"
        case (
            CardReaderUnavailable()
            | DocumentCameraUnavailable()
            | IntakeNotTrusted()
            | PinyinUnavailable()
            | HandwritingUnavailable()
        ):
            return name_of(cause.fault)
        case KioskError():
            return f"error.{cause.code}"


def _names() -> Iterator[str]:
    """Whatever needs a code: what `Cause` names, and of the errors those that are raised."""
    for cause in get_args(Cause):
        match cause:
            case EnumType():
                yield from map(name_of, cause)
            case type():
                yield from (f"error.{e.code}" for e in _leaves(cause) if not issubclass(e, Told))
            case _:
                yield from map(name_of, get_args(cause))


def _leaves(error: type[KioskError]) -> Iterator[type[KioskError]]:
    below = error.__subclasses__()
    for kind in below:
        yield from _leaves(kind)
    if not below:
        yield error
