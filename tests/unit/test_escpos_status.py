"""What the printer's bytes mean: never ready unless the printer itself said so."""

import itertools

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


def fixed(bits: int) -> int:
    """A valid answer with four free bits, 2, 3, 5 and 6."""
    return 0x12 | (bits & 3) << 2 | (bits >> 2) << 5


def test_of_several_faults_the_worst_is_told() -> None:
    """All 65,536 valid quadruples: the first fault of the list whose bit stands, ready only with
    none; the paper is what its sensors say, whatever else is wrong."""
    free = [fixed(bits) for bits in range(16)]
    for printer, cause, error, sensor in itertools.product(free, repeat=4):
        stands = {
            Fault.UNRECOVERABLE: error & 0x20,
            Fault.CUTTER: error & 0x08,
            Fault.COVER_OPEN: cause & 0x04,
            Fault.PAPER_OUT: cause & 0x20 | sensor & 0x60,
            Fault.OFFLINE: printer & 0x08 | cause & 0x40 | error & 0x40,
        }
        worst = next((fault for fault, bit in stands.items() if bit), None)
        low = Paper.LOW if sensor & 0x0C else Paper.FULL
        status = decode_status(bytes((printer, cause, error, sensor)))
        assert (worst, Paper.OUT if stands[Fault.PAPER_OUT] else low, worst is None) == (
            status.fault,
            status.paper,
            status.ready,
        )


@given(
    st.lists(st.sampled_from([0x12, 0x1E, 0x52]), min_size=4, max_size=4),
    st.integers(0, 3),
    st.integers(0, 255).filter(lambda byte: byte & 0x93 != 0x12),
)
def test_one_wrong_byte_is_silence(answers: list[int], place: int, wrong: int) -> None:
    """Whichever of the four lacks the fixed bits, nothing of the status is believed."""
    answers[place] = wrong
    assert Fault.SILENT is decode_status(bytes(answers)).fault


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


REAL_TIME = st.sampled_from([0x12, 0x16, 0x1E, 0x32, 0x7E])
AUTOMATIC = st.tuples(
    st.sampled_from([0x10, 0x14, 0x18, 0x38]),
    *([st.integers(0, 255).map(lambda byte: byte & 0x6F)] * 3),
)


@given(
    st.lists(
        st.one_of(
            REAL_TIME.map(lambda byte: (bytes((byte,)), RealTimeStatus(byte))),
            st.binary(min_size=4, max_size=4)
            .filter(lambda mark: 0 not in mark)
            .map(lambda mark: (b"\x37\x22" + mark + b"\x00", ProcessDone(mark))),
            st.integers(0, 0x0F).map(lambda byte: (bytes((byte,)), PaperSensor(byte))),
            AUTOMATIC.map(lambda status: (bytes(status), None)),
            st.just((b"\x37\x25\x00", None)),
        )
    )
)
def test_a_stream_is_taken_apart_as_it_was_put_together(
    parts: list[tuple[bytes, object]],
) -> None:
    """Answers, automatic status and other blocks in any order: the answers and nothing else."""
    stream = b"".join(data for data, _answer in parts)
    expected = [answer for _data, answer in parts if answer is not None]
    assert expected == list(AnswerReader().feed(stream))


@given(AUTOMATIC, st.lists(st.tuples(st.integers(1, 3), REAL_TIME), max_size=4))
def test_answers_inside_automatic_status_are_kept(
    automatic: tuple[int, ...], between: list[tuple[int, int]]
) -> None:
    """A printer that answers between the four bytes is understood, and no fifth byte is left that
    would pass for the answer to GS r."""
    stream, expected = b"", []
    for place, byte in enumerate(automatic):
        stream += bytes((byte,))
        for at, answer in between:
            if at == place + 1:
                stream += bytes((answer,))
                expected.append(RealTimeStatus(answer))
    assert expected == list(AnswerReader().feed(stream))


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
