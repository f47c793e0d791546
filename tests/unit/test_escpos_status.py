"""What the printer's bytes mean: never ready unless the printer itself said so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.receipt_printer.answers import (
    AnswerReader,
    PaperSensor,
    ProcessDone,
    RealTimeStatus,
    fits_real_time,
)
from hardware.receipt_printer.status import decode_status
from kiosk.devices import DeviceState, PaperState, PrinterFault

Device, Paper, Fault = DeviceState, PaperState, PrinterFault


@pytest.mark.parametrize(
    ("answers", "device", "paper", "fault"),
    [
        ("12 12 12 12", Device.ONLINE, Paper.FULL, None),
        ("16 12 12 12", Device.ONLINE, Paper.FULL, None),
        ("12 12 12 1E", Device.ONLINE, Paper.LOW, None),
        ("1A 32 12 7E", Device.OFFLINE, Paper.OUT, Fault.PAPER_OUT),
        ("12 12 12 72", Device.OFFLINE, Paper.OUT, Fault.PAPER_OUT),
        ("1A 16 12 12", Device.USER_ERROR, Paper.FULL, Fault.COVER_OPEN),
        ("1A 36 12 72", Device.USER_ERROR, Paper.OUT, Fault.COVER_OPEN),
        ("1A 52 1A 12", Device.HARDWARE_ERROR, Paper.FULL, Fault.CUTTER),
        ("1A 52 32 12", Device.HARDWARE_ERROR, Paper.FULL, Fault.UNRECOVERABLE),
        ("1A 52 3A 1E", Device.HARDWARE_ERROR, Paper.LOW, Fault.UNRECOVERABLE),
        ("1A 52 52 12", Device.OFFLINE, Paper.FULL, Fault.OFFLINE),
        ("1A 12 12 12", Device.OFFLINE, Paper.FULL, Fault.OFFLINE),
        ("12 52 12 12", Device.OFFLINE, Paper.FULL, Fault.OFFLINE),
        ("", Device.OFFLINE, Paper.UNKNOWN, Fault.SILENT),
        ("12 12 12", Device.OFFLINE, Paper.UNKNOWN, Fault.SILENT),
        ("12 12 12 00", Device.OFFLINE, Paper.UNKNOWN, Fault.SILENT),
        ("92 12 12 12", Device.OFFLINE, Paper.UNKNOWN, Fault.SILENT),
        ("FF FF FF FF", Device.OFFLINE, Paper.UNKNOWN, Fault.SILENT),
    ],
)
def test_answers_decode_into_the_words_of_xfs(
    answers: str, device: DeviceState, paper: PaperState, fault: PrinterFault | None
) -> None:
    """Each bit of DLE EOT 1 to 4, the worst fault first; what does not fit is silence."""
    status = decode_status(bytes.fromhex(answers))
    assert (device, paper, fault) == (status.device, status.paper, status.fault)
    assert (fault is None) == status.ready


@given(st.binary(max_size=8))
def test_no_noise_is_ready(data: bytes) -> None:
    """Ready takes four answers of the fixed pattern with no fault bit among them."""
    status = decode_status(data)
    if status.ready:
        assert 4 == len(data)
        assert all(fits_real_time(byte) for byte in data)
        assert not data[0] & 0x08 and not data[1] & 0x64
        assert not data[2] & 0x68 and not data[3] & 0x60


def test_answers_of_all_kinds_are_told_apart() -> None:
    """Automatic status and blocks of other commands between them are not taken for answers."""
    stream = bytes.fromhex("12 14000000 37 22 30303432 00 0F 37 25 00 1E 03")
    assert [
        RealTimeStatus(0x12),
        ProcessDone(b"0042"),
        PaperSensor(0x0F),
        RealTimeStatus(0x1E),
        PaperSensor(0x03),
    ] == list(AnswerReader().feed(stream))


def test_a_mark_that_looks_like_a_status_stays_a_mark() -> None:
    """The character "2" has the pattern of a real-time answer and is none inside a block."""
    assert [ProcessDone(b"2626")] == list(AnswerReader().feed(b"\x37\x222626\x00"))


def test_the_paper_sensor_says_out() -> None:
    """Bits 2 and 3 of the answer to GS r 1."""
    assert [False, False, True, True] == [
        PaperSensor(byte).paper_out for byte in (0x00, 0x03, 0x0C, 0x0F)
    ]


@given(st.lists(st.binary(max_size=20)), st.binary())
def test_noise_in_pieces_is_read_as_noise_at_once(pieces: list[bytes], more: bytes) -> None:
    """No bytes crash the reader, and how the stream is cut changes nothing."""
    pieces = [*pieces, more]
    one, other = AnswerReader(), AnswerReader()
    in_pieces = [answer for piece in pieces for answer in one.feed(piece)]
    assert list(other.feed(b"".join(pieces))) == in_pieces
