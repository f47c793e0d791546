"""The catalogue of fault codes: whole, stable, and what staff look codes up in."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from kiosk.devices import (
    DeviceState,
    MediaState,
    PaperState,
    PrinterFault,
    PrinterStatus,
    ReaderStatus,
)
from kiosk.errors import (
    CardReaderUnavailable,
    ConfigurationError,
    DiskFull,
    IntakeNotTrusted,
    PinyinFault,
    ReaderFault,
    TrustFault,
)
from kiosk.events import FilingBlock, IntakeAlert, IntakeChanged
from kiosk.faults import (
    FAULTS,
    Severity,
    fault_of,
    intake_faults,
    known_faults,
    load_faults,
    name_of,
    printer_fault,
    reader_fault,
)
from kiosk.text_entry.handwriting.wire import HandwritingFault

ROOT = Path(__file__).resolve().parents[2]

GIVEN = """
P-01 printer.silent
P-02 printer.offline
P-03 printer.cover_open
P-04 printer.paper_out
P-05 printer.cutter
P-06 printer.unrecoverable
P-07 printer.no_connection error.PRINTER_UNAVAILABLE
P-08 paper.low
R-01 reader.no_service
R-02 reader.no_reader
R-03 reader.in_use
R-04 reader.not_answering
R-05 error.CARD_REMOVED
R-06 error.CARD_UNREADABLE
R-07 error.CARD_UNKNOWN
R-08 error.IDENTITY_INVALID
R-09 error.CARD_MUTE
R-10 error.CARD_NOT_GENUINE
R-11 error.SOCIAL_SECURITY_CARD_PROTECTED
R-12 error.CHIP_SERIAL_ONLY
R-13 error.IDENTITY_NOT_ENOUGH
C-01 document_camera.no_device
C-02 document_camera.not_answering
C-03 error.PICTURE_TOO_DARK
C-04 error.PICTURE_BLURRED
N-01 error.INTAKE_UNREACHABLE
N-02 filing.starting
N-03 filing.no_sealing_key error.SEALING_KEY_MISSING
N-04 filing.not_enrolled error.KIOSK_NOT_ENROLLED
N-05 alert.kiosk_refused trust.ours_refused
N-06 alert.certificate_expires
N-07 alert.held
N-08 alert.clock_wrong error.CLOCK_WRONG
N-09 alert.intake_not_trusted
N-10 trust.not_yet_valid
N-11 trust.expired
N-12 trust.foreign
N-13 trust.other_host
N-14 trust.handshake
N-15 error.INTAKE_REFUSED
N-16 error.INTAKE_ANSWER_INVALID
S-01 filing.disk_full error.DISK_FULL
S-02 filing.outbox_fault error.OUTBOX_UNAVAILABLE
S-03 alert.outbox_set_aside
S-04 alert.storage
S-05 error.APPLICATION_TOO_LARGE
K-01 error.CONFIGURATION
K-02 pinyin.no_library
K-03 pinyin.not_built
K-04 handwriting.no_library
K-05 handwriting.no_model
K-06 handwriting.other_model
K-07 handwriting.ended
K-08 handwriting.no_answer
"""
"""What each code has meant since it was given. Lines are added, none is changed or taken away."""


def test_a_code_keeps_its_meaning() -> None:
    """No code that was ever given means something else today."""
    given = {tuple(line.split()) for line in GIVEN.strip().splitlines()}
    now = {(fault.code, *fault.of) for fault in known_faults().all}
    assert set() == given - now


@pytest.mark.parametrize(
    "kind",
    [PrinterFault, ReaderFault, FilingBlock, IntakeAlert, TrustFault, PinyinFault,
     HandwritingFault],
)
def test_every_fault_has_one_code(kind) -> None:
    """Each member stands under one code, and is found there."""
    stands = Counter(name for fault in known_faults().all for name in fault.of)
    assert [1] * len(kind) == [stands[name_of(member)] for member in kind]
    assert all(name_of(member) in fault_of(member).of for member in kind)


def test_an_error_has_the_code_of_its_fault() -> None:
    """An error that carries a fault is looked up by it, another one by its own name; the same
    trouble has one code, whichever way it is told."""
    assert "R-02" == fault_of(CardReaderUnavailable(ReaderFault.NO_READER)).code
    assert "N-11" == fault_of(IntakeNotTrusted(TrustFault.EXPIRED)).code
    assert "S-01" == fault_of(DiskFull(0)).code == fault_of(FilingBlock.DISK_FULL).code


def test_equal_words_of_two_enums_are_told_apart() -> None:
    """Two faults whose values are the same text have each their own code."""
    assert PinyinFault.NO_LIBRARY == HandwritingFault.NO_LIBRARY
    assert "K-02" == fault_of(PinyinFault.NO_LIBRARY).code
    assert "K-04" == fault_of(HandwritingFault.NO_LIBRARY).code


LAST = "  - code: K-08\n    of: [handwriting.no_answer]\n"


@pytest.mark.parametrize(
    ("old", "new", "at", "reason"),
    [
        ("printer.cutter", "printer.knife", "printer.knife", "there is no printer.knife"),
        ("[printer.offline]", "[printer.offline, printer.silent]", "[printer.offline",
         "printer.silent has a code already, P-01"),
        ("[alert.clock_wrong, error.CLOCK_WRONG]", "[error.CLOCK_WRONG]", "faults:",
         "without a code: alert.clock_wrong"),
        ("code: P-02", "code: P-01", "faults:", "P-01 stands 2 times"),
        ("retired: []", "retired: [K-08]", "faults:", "K-08 stands 2 times"),
        (LAST, LAST.replace("08", "09"), "faults:", "K-08 is neither there nor retired"),
        ("code: P-02", "code: X-02", "code: X-02", "faults.1.code: "),
        ("action: clear", "action: pray", "action: pray", "faults.2.action: "),
        ("    words: 打印机没有纸了。\n", "", "code: P-04", "words are needed"),
        ("    cause: 打印机没有纸了。\n", "", "code: P-04", "faults.3.cause: Field required"),
    ],
)
def test_a_mistake_is_named_with_its_line(
    old: str, new: str, at: str, reason: str, tmp_path: Path
) -> None:
    """A catalogue with a code or a name that is missing, twice or wrong is refused at its line."""
    shipped = FAULTS.read_text("utf-8")
    assert old in shipped
    file = tmp_path / "faults.yaml"
    file.write_text(shipped.replace(old, new, 1), "utf-8")
    with pytest.raises(ConfigurationError) as refused:
        load_faults(file)
    assert reason in refused.value.reason
    assert at in file.read_text("utf-8").splitlines()[refused.value.line - 1]


def test_a_retired_code_leaves_no_gap(tmp_path: Path) -> None:
    """A code that went to the retired ones is missed by nobody, and the next number is free."""
    file = tmp_path / "faults.yaml"
    shipped = FAULTS.read_text("utf-8")
    file.write_text(
        shipped.replace(LAST, LAST.replace("08", "09")).replace("[]", "[K-08]"), "utf-8"
    )
    assert "K-09" == load_faults(file).of(HandwritingFault.NO_ANSWER).code


def test_staff_read_what_the_program_knows() -> None:
    """docs/error-codes.md is what the catalogue says now; scripts/write-error-codes writes it."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "write-error-codes"), "--check"],
        timeout=30, check=False,
    )
    assert 0 == done.returncode, "run scripts/write-error-codes"


def test_paper_near_its_end_is_for_staff_alone() -> None:
    """It is a warning without words for citizens, and gives way to whatever stops the printer."""
    low = printer_fault(PrinterStatus(DeviceState.ONLINE, PaperState.LOW, None))
    assert low is not None
    assert ("P-08", Severity.WARN, "") == (low.code, low.severity, low.words)
    open_too = PrinterStatus(DeviceState.USER_ERROR, PaperState.LOW, PrinterFault.COVER_OPEN)
    stopped = printer_fault(open_too)
    assert stopped is not None
    assert ("P-03", Severity.STOP) == (stopped.code, stopped.severity)


def test_nothing_is_wrong_with_what_only_starts() -> None:
    """A device that starts or is in order has no code."""
    starting = PrinterStatus(
        DeviceState.STARTING, PaperState.UNKNOWN, PrinterFault.NO_CONNECTION
    )
    assert None is printer_fault(starting)
    assert None is printer_fault(PrinterStatus(DeviceState.ONLINE, PaperState.FULL, None))
    for device in (DeviceState.STARTING, DeviceState.ONLINE):
        assert None is reader_fault(ReaderStatus(device, MediaState.UNKNOWN))
    starting_desk = IntakeChanged(reachable=False, block=FilingBlock.STARTING, waiting=0)
    assert () == intake_faults(starting_desk)
    assert () == intake_faults(IntakeChanged(reachable=True, block=None, waiting=3))


@pytest.mark.parametrize(
    ("block", "reachable", "alerts", "codes"),
    [
        (None, False, set(), ["N-01"]),
        (None, False, {IntakeAlert.INTAKE_NOT_TRUSTED}, ["N-09"]),
        (None, False, {IntakeAlert.HELD}, ["N-01", "N-07"]),
        (None, True, {IntakeAlert.STORAGE}, ["S-04"]),
        (FilingBlock.DISK_FULL, True, {IntakeAlert.STORAGE}, ["S-01"]),
        (FilingBlock.NOT_ENROLLED, True, {IntakeAlert.KIOSK_REFUSED}, ["N-04", "N-05"]),
    ],
)
def test_one_trouble_of_the_intake_has_one_code(
    block: FilingBlock | None, reachable: bool, alerts: set[IntakeAlert], codes: list[str]
) -> None:
    """What an alert or a block says already is not told a second time."""
    intake = IntakeChanged(reachable, block, waiting=0, alerts=frozenset(alerts))
    assert codes == [fault.code for fault in intake_faults(intake)]
