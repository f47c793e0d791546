"""Whether a job that was sent whole was printed: asked of the printer itself."""

import time

from hardware.receipt_printer import commands
from hardware.receipt_printer.answers import PaperSensor, ProcessDone
from hardware.receipt_printer.conversation import Conversation
from hardware.receipt_printer.profiles import ProofCommand
from kiosk.devices import PrinterFault, PrinterStatus, PrintOutcome

SLOWEST = 50.0
"""Millimetres a second; receipt printers in datasheets print at 60 to 300."""
SPARE = 2.0
"""Seconds that a cut and the printer's own work may take."""
LOOK_AFTER = 0.5
"""Seconds without proof after which the status is asked, so that a fault is told early."""


def prove(
    talk: Conversation, commands_to_try: tuple[ProofCommand, ...], mark: bytes, length: float
) -> tuple[PrintOutcome, PrinterStatus]:
    """The outcome of a job of `length` millimetres, all of whose bytes were sent.

    `mark` is four characters of this job alone. CONFIRMED only when the printer answered;
    FAILED when it names a fault; UNCONFIRMED when it says nothing.
    """
    for number, command in enumerate(commands_to_try):
        # The first question waits for the printing, the next ones only for an answer.
        patience = SPARE + (length / SLOWEST if number == 0 else 0)
        ask(talk, command, mark)
        status = await_answer(talk, command, mark, patience)
        if status is None:
            status = talk.status()
            # What is processed is not yet printed: a fault that stands now may have stopped it.
            if command is ProofCommand.GS_H or status.fault is None:
                return PrintOutcome.CONFIRMED, status
        if status.fault is not None:
            return judged(status), status
    status = talk.status()
    return judged(status), status


def judged(status: PrinterStatus) -> PrintOutcome:
    """Of a job without proof. A printer that is silent may have printed it all."""
    match status.fault:
        case None | PrinterFault.SILENT | PrinterFault.NO_CONNECTION:
            return PrintOutcome.UNCONFIRMED
        case (
            PrinterFault.OFFLINE
            | PrinterFault.COVER_OPEN
            | PrinterFault.PAPER_OUT
            | PrinterFault.CUTTER
            | PrinterFault.UNRECOVERABLE
        ):
            return PrintOutcome.FAILED


def ask(talk: Conversation, command: ProofCommand, mark: bytes) -> None:
    """Ask to be told when everything sent so far is printed."""
    match command:
        case ProofCommand.GS_H:
            talk.send(commands.process_id(mark))
        case ProofCommand.GS_R:
            talk.send(commands.PAPER_SENSOR)


def await_answer(
    talk: Conversation, command: ProofCommand, mark: bytes, patience: float
) -> PrinterStatus | None:
    """None when the question was answered, else the status after `patience` seconds, or as soon
    as a fault stands."""
    deadline = time.monotonic() + patience
    while True:
        left = deadline - time.monotonic()
        if _answer(talk, command, mark, min(max(left, 0), LOOK_AFTER)):
            return None
        status = talk.status()
        if status.fault is not None or left <= 0:
            return status


def _answer(talk: Conversation, command: ProofCommand, mark: bytes, within: float) -> bool:
    match command:
        case ProofCommand.GS_H:
            done = talk.wait_for(ProcessDone, within)
            return done is not None and done.mark == mark
        case ProofCommand.GS_R:
            sensor = talk.wait_for(PaperSensor, within)
            return sensor is not None and not sensor.paper_out
