"""One printer as its worker uses it: connected when needed, asked, made to print."""

from pathlib import Path

from config.settings import Printer
from hardware.receipt_printer import commands
from hardware.receipt_printer.conversation import Conversation
from hardware.receipt_printer.layout import Layout
from hardware.receipt_printer.pace import Pace
from hardware.receipt_printer.profiles import PrinterProfile
from hardware.receipt_printer.proof import judged, prove
from hardware.receipt_printer.status import NO_CONNECTION
from hardware.receipt_printer.wire import Wire, open_wire
from kiosk.devices import PrinterFault, PrinterStatus, PrintOutcome
from kiosk.documents.document import Document
from kiosk.errors import PrinterUnavailable

TEAR_OFF_MM = 20
"""Paper that comes out for tearing where there is no cutter: head to tear bar, and a grip."""


class Printing:
    """Not for two threads. No method raises for what the printer does or does not do.

    `rest`: the printer may still hold a part of a job that nobody waits for any more.
    """

    def __init__(
        self,
        printer: Printer,
        profile: PrinterProfile,
        fonts: Path,
        *,
        rest: bool,
    ) -> None:
        self._printer = printer
        self._profile = profile
        self._layout = Layout(profile, fonts)
        self._rest = self._torn = rest
        self._proof = profile.proof
        self._wire: Wire | None = None
        self._talk: Conversation | None = None

    def status(self) -> PrinterStatus:
        """The printer's status, over a new connection where the old one turns out broken or full:
        behind a job that the printer no longer takes, no question reaches it."""
        was_connected = self._talk is not None
        status = self._ask()
        if status.fault in (PrinterFault.NO_CONNECTION, PrinterFault.SILENT) and was_connected:
            status = self._ask()
        return status

    def print(self, document: Document, mark: bytes) -> tuple[PrintOutcome, PrinterStatus]:
        """Print and prove, on a printer that was just found ready; `mark` is four characters of
        this job alone."""
        sent = False
        try:
            talk = self._connected()
            self._cut_off_what_hangs(talk)
            pace = Pace(talk, next(iter(self._proof), None))
            stopped, length = self._send(talk, pace, document)
            if stopped is not None:
                outcome, status = PrintOutcome.FAILED, stopped
            else:
                sent = True
                outcome, status = self._prove(talk, pace, mark, length)
        except PrinterUnavailable:
            self.close()
            status = self.status()
            outcome = PrintOutcome.UNCONFIRMED if sent else PrintOutcome.FAILED
        except Exception:
            # Half a job was sent: over this connection the next one would begin inside it.
            self.close()
            self._rest = self._torn = True
            raise
        if status.fault is PrinterFault.SILENT:
            self.close()
            status = self.status()
            outcome = judged(status) if sent else PrintOutcome.FAILED
        if outcome is PrintOutcome.FAILED or status.fault is not None:
            self._rest = self._torn = True
            self._throw_away_the_rest()
        return outcome, status

    def close(self) -> None:
        if self._wire is not None:
            self._wire.close()
        self._wire = None
        self._talk = None
        self._proof = self._profile.proof

    def _connected(self) -> Conversation:
        if self._talk is None:
            self._wire = open_wire(self._printer, self._profile.usb)
            self._talk = Conversation(self._wire)
        return self._talk

    def _ask(self) -> PrinterStatus:
        try:
            status = self._connected().status()
        except PrinterUnavailable:
            self.close()
            return NO_CONNECTION
        if status.fault is PrinterFault.SILENT:
            if self._rest:
                # Half a picture may have taken the questions for its dots: it is ended first.
                self._throw_away_the_rest()
                self._rest = True
            # A printer that was switched off leaves a connection that looks open.
            self.close()
        elif self._rest:
            self._throw_away_the_rest()
        return status

    def _throw_away_the_rest(self) -> None:
        """New paper must not bring out the rest of a failed job for whoever stands there then.

        A printer that cannot be reached now is told as soon as it answers again.
        """
        try:
            if self._talk is not None:
                # A picture that was cut off may take the command for its own dots: as many empty
                # ones as it can lack end it, and mean nothing to a printer without one.
                band = bytes(self._profile.width // 8 * self._profile.band_height)
                self._talk.send(commands.CLEAR_BUFFERS + band + commands.CLEAR_BUFFERS)
                self._rest = False
        except PrinterUnavailable:
            self.close()

    def _cut_off_what_hangs(self, talk: Conversation) -> None:
        """The piece of a job that failed must not hang on the next one's paper."""
        if self._torn:
            talk.send(self._end())
            self._torn = False

    def _end(self) -> bytes:
        return commands.end(self._profile.cut, TEAR_OFF_MM * self._profile.dots_per_mm)

    def _send(
        self, talk: Conversation, pace: Pace, document: Document
    ) -> tuple[PrinterStatus | None, float]:
        """Send the job: the status that stopped it, or None when all was sent; and its length on
        paper in millimetres."""
        length = 0.0
        talk.send(commands.begin(self._profile))
        for piece in self._layout.pieces(document):
            talk.send(commands.encoded(piece))
            more = piece.height / self._profile.dots_per_mm
            length += more
            if (stopped := pace.sent(more)) is not None:
                return stopped, length
        if document.cut:
            talk.send(self._end())
        return None, length

    def _prove(
        self, talk: Conversation, pace: Pace, mark: bytes, length: float
    ) -> tuple[PrintOutcome, PrinterStatus]:
        if (stopped := pace.settle()) is not None:
            return judged(stopped), stopped
        if pace.unknown:
            # As long as this connection lasts: each job would wait for it in vain.
            self._proof = self._proof[1:]
        return prove(talk, self._proof, mark, length)
