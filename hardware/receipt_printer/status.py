"""Four answers to DLE EOT 1–4, as a status in the words of XFS."""

from hardware.receipt_printer.answers import fits_real_time
from kiosk.devices import DeviceState, PaperState, PrinterFault, PrinterStatus

STARTING = PrinterStatus(DeviceState.STARTING, PaperState.UNKNOWN, PrinterFault.NO_CONNECTION)
NO_CONNECTION = PrinterStatus(DeviceState.NO_DEVICE, PaperState.UNKNOWN, PrinterFault.NO_CONNECTION)
SILENT = PrinterStatus(DeviceState.OFFLINE, PaperState.UNKNOWN, PrinterFault.SILENT)


def decode_status(answers: bytes) -> PrinterStatus:
    """What the answers to DLE EOT 1, 2, 3, 4 say, in this order.

    An answer that is missing or lacks the fixed pattern makes the whole status SILENT: what is
    not known is never taken for ready. Of several faults that stand the one is told whose action
    comes first: what only service can mend, what is done inside, the cover, the paper. Paper near
    its end still prints. An error that recovers by itself, such as a hot head, is OFFLINE as long
    as it stands. ESC/POS has no word for a jam, so that the paper is never JAMMED here.
    """
    if len(answers) != 4 or not all(fits_real_time(byte) for byte in answers):
        return SILENT
    printer, cause, error, sensor = answers
    paper = _paper(cause, sensor)
    if error & 0x20:
        return PrinterStatus(DeviceState.HARDWARE_ERROR, paper, PrinterFault.UNRECOVERABLE)
    if error & 0x08:
        return PrinterStatus(DeviceState.HARDWARE_ERROR, paper, PrinterFault.CUTTER)
    if cause & 0x04:
        return PrinterStatus(DeviceState.USER_ERROR, paper, PrinterFault.COVER_OPEN)
    if paper is PaperState.OUT:
        return PrinterStatus(DeviceState.OFFLINE, paper, PrinterFault.PAPER_OUT)
    if printer & 0x08 or cause & 0x40 or error & 0x40:
        return PrinterStatus(DeviceState.OFFLINE, paper, PrinterFault.OFFLINE)
    return PrinterStatus(DeviceState.ONLINE, paper, None)


def _paper(cause: int, sensor: int) -> PaperState:
    if cause & 0x20 or sensor & 0x60:
        return PaperState.OUT
    return PaperState.LOW if sensor & 0x0C else PaperState.FULL
