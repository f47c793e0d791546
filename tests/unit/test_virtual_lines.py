"""What a virtual reader with a security module, and a virtual scanner, send on a serial line."""

import contextlib
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.scanner import Scanner
from sandbox.serial_reader import SerialReader

ROOT = Path(__file__).parents[2]
CARDS = ROOT / "tests" / "cards"
FIND = "aaaaaa96690003200122"
SELECT = "aaaaaa96690003200221"
READ = "aaaaaa96690003300132"
STATUS = "aaaaaa9669000311ffed"
MODULE_ID = "aaaaaa9669000312ffee"
FOUND = "aaaaaa9669000800009f0000000097"
NONE_FOUND = "aaaaaa9669000400008084"
SELECTED = "aaaaaa9669000c00009000000000000000009c"


class Host:
    """The near end of a line, as a program opens it."""

    def __init__(self, path: Path) -> None:
        self.device = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)

    def say(self, data: str) -> None:
        os.write(self.device, bytes.fromhex(data))

    def hear(self, size: int) -> bytes:
        """Exactly so many bytes, or fewer where they do not come within 2 s."""
        heard = b""
        while len(heard) < size and select.select([self.device], [], [], 2)[0]:
            heard += os.read(self.device, size - len(heard))
        return heard

    def ask(self, request: str, size: int) -> str:
        self.say(request)
        return self.hear(size).hex()

    def silent(self, seconds: float) -> bool:
        return not select.select([self.device], [], [], seconds)[0]


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[SerialReader]:
    reader = SerialReader(tmp_path / "sam")
    reader.plug_in()
    yield reader
    reader.pull_out()


@pytest.fixture
def host(reader: SerialReader) -> Iterator[Host]:
    host = Host(reader.path)
    yield host
    os.close(host.device)


def card(folder: Path, more: str) -> Path:
    file = folder / "card.yaml"
    file.write_text((CARDS / "ho-chin.yaml").read_text("utf-8") + more, encoding="utf-8")
    return file


def test_a_card_is_found_selected_and_read(reader: SerialReader, host: Host) -> None:
    """The answers are the facts' own bytes, with and without a card; 1295 bytes are read."""
    assert NONE_FOUND == host.ask(FIND, 11)
    reader.lay(CARDS / "lin-yulan.yaml")
    assert FOUND == host.ask(FIND, 15)
    assert SELECTED == host.ask(SELECT, 19)
    read = host.ask(READ, 1295)
    assert 1295 * 2 == len(read)
    head = "aaaaaa9669" "0508" "000090" "01000400"
    assert read.startswith(head + "林玉兰".encode("utf-16-le").hex())
    reader.take_away()
    assert NONE_FOUND == host.ask(FIND, 11)


def test_what_a_module_says_of_itself(host: Host) -> None:
    """Its status, and its id in 16 bytes: version, date and two numbers."""
    assert "aaaaaa9669000400009094" == host.ask(STATUS, 11)
    told = bytes.fromhex(host.ask(MODULE_ID, 27))
    assert bytes.fromhex("0014000090") == told[5:10]
    assert [5, 1] == [int.from_bytes(told[at : at + 2], "little") for at in (10, 12)]
    assert 20230815 == int.from_bytes(told[14:18], "little")


@pytest.mark.parametrize(
    ("request_frame", "status"),
    [
        ("aaaaaa96690003200123", "10"),
        ("aaaaaa9669000320092a", "21"),
        (SELECT, "81"),
        (READ, "41"),
    ],
    ids=["check", "command", "selected before it was found", "read before"],
)
def test_what_cannot_be_done_is_answered_by_its_status(
    reader: SerialReader, host: Host, request_frame: str, status: str
) -> None:
    """A frame that is wrong, unknown or out of turn gets the SW3 of the facts and no data."""
    reader.lay(CARDS / "lin-yulan.yaml")
    assert f"00040000{status}" == host.ask(request_frame, 11)[10:20]


def test_answers_come_in_pieces_and_after_noise(reader: SerialReader, host: Host) -> None:
    """What surrounds and cuts a frame does not change it."""
    reader.lay(CARDS / "lin-yulan.yaml")
    reader.obey("piece", 7)
    reader.obey("noise", 5)
    heard = host.ask(FIND, 20)
    assert FOUND == heard[10:]
    assert "aa" == heard[8:10]


def test_a_request_may_come_in_pieces_and_after_noise(host: Host) -> None:
    """The virtual reader waits for a whole request, and passes over what is none."""
    for byte in bytes.fromhex("aa96" + FIND):
        host.say(f"{byte:02x}")
    assert NONE_FOUND == host.hear(11).hex()


def test_a_silent_reader_and_a_mute_card(reader: SerialReader, host: Host, tmp_path: Path) -> None:
    """Neither answers anything, until the reader is told to again or the card is gone."""
    reader.obey("silent")
    host.say(FIND)
    assert host.silent(0.1)
    reader.obey("ok")
    reader.lay(card(tmp_path, "faults: {mute: apdu}\n"))
    host.say(FIND)
    assert host.silent(0.1)
    reader.take_away()
    assert NONE_FOUND == host.ask(FIND, 11)


def test_a_reader_that_is_pulled_out_comes_back_under_its_name(
    reader: SerialReader, host: Host
) -> None:
    """Its device hangs up and its name vanishes; a card still lies on it afterwards."""
    reader.lay(CARDS / "lin-yulan.yaml")
    reader.obey("pulled_out")
    assert not reader.path.is_symlink()
    with pytest.raises(OSError):
        os.write(host.device, b"\xaa")
    reader.obey("ok")
    again = Host(reader.path)
    assert FOUND == again.ask(FIND, 15)
    os.close(again.device)


@pytest.mark.parametrize("cut_after", [0, 9])
def test_a_reader_may_vanish_within_an_answer(
    reader: SerialReader, host: Host, cut_after: int
) -> None:
    """Its device hangs up before the whole answer was there; plugged in again it answers whole."""
    reader.obey("cut_after", cut_after)
    host.say(FIND)
    heard = b""
    with contextlib.suppress(OSError):
        while part := os.read(host.device, 64) if not host.silent(5) else b"":
            heard += part
    assert len(heard) <= cut_after
    assert not reader.path.exists()
    reader.obey("ok")
    again = Host(reader.path)
    assert NONE_FOUND == again.ask(FIND, 11)
    os.close(again.device)


def test_another_devices_name_is_not_taken(tmp_path: Path) -> None:
    """A device that is there is someone else's."""
    device = tmp_path / "device"
    device.touch()
    with pytest.raises(FileExistsError):
        SerialReader(device).plug_in()
    assert device.is_file()


def test_a_name_that_a_killed_process_left_is_taken(tmp_path: Path) -> None:
    """What was never unplugged leads nowhere, and the next one gets its name."""
    device = tmp_path / "device"
    program = (
        "import os, sys; from pathlib import Path; from sandbox.scanner import Scanner;"
        "Scanner(Path(sys.argv[1])).plug_in(); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", program, device], check=True, timeout=20, cwd=ROOT)
    assert device.is_symlink()
    scanner = Scanner(device)
    scanner.plug_in()
    host = Host(device)
    scanner.scan("1")
    assert b"1\r\n" == host.hear(3)
    scanner.pull_out()
    os.close(host.device)


@pytest.mark.parametrize(
    ("faults", "answer"),
    [
        ("answer: wrong_checksum", "aaaaaa9669000800009f0000000068"),
        ("answer: wrong_length", "aaaaaa9669000900009f0000000096"),
        ("answer: empty", "aaaaaa9669000400009f9b"),
        ("answer: short", "aaaaaa96690008"),
        ("sw3: {find: 0x66}", "aaaaaa9669000400006662"),
        ("leave_at_apdu: 1", NONE_FOUND),
    ],
)
def test_a_fault_acts_on_the_frame(
    reader: SerialReader, host: Host, tmp_path: Path, faults: str, answer: str
) -> None:
    """Each fault of a card's file shows in the bytes on the line."""
    reader.lay(card(tmp_path, f"faults: {{{faults}}}\n"))
    assert answer == host.ask(FIND, len(answer) // 2)


@pytest.mark.parametrize(("frame", "statuses"), [(2, "9f8181"), (3, "9f9041")])
def test_a_card_leaves_at_a_frame(
    reader: SerialReader, host: Host, tmp_path: Path, frame: int, statuses: str
) -> None:
    """Searches that follow each other count as one, so that looking changes nothing."""
    reader.lay(card(tmp_path, f"faults: {{leave_at_apdu: {frame}}}\n"))
    for _ in range(3):
        assert FOUND == host.ask(FIND, 15)
    heard = ["9f"]
    for request in (SELECT, READ)[: frame - 1]:
        host.say(request)
        heard.append(host.hear(10).hex()[-2:])
        host.hear(9 if heard[-1] == "90" else 1)
    assert statuses[: 2 * frame] == "".join(heard)
    assert NONE_FOUND == host.ask(FIND, 11)


def test_a_module_that_finds_a_card_once(reader: SerialReader, host: Host, tmp_path: Path) -> None:
    """With some modules a card that was read is found again only when it is laid anew."""
    reader.lay(card(tmp_path, "frames: {found_once: true}\n"))
    for request, size in ((FIND, 15), (FIND, 15), (SELECT, 19), (READ, 1295)):
        assert size == len(host.ask(request, size)) // 2
    assert NONE_FOUND == host.ask(FIND, 11)


@pytest.mark.parametrize("piece", [None, 1, 4])
def test_a_scanner_sends_a_code_and_its_ending(tmp_path: Path, piece: int | None) -> None:
    """Once for each scan, in whatever pieces; nothing is sent for one that is pulled out."""
    scanner = Scanner(tmp_path / "scanner", ending=b"\r")
    scanner.plug_in()
    host = Host(scanner.path)
    scanner.scan("JL-2026-000017", piece)
    scanner.scan("闽政通", piece)
    expected = "JL-2026-000017\r闽政通\r".encode()
    assert expected == host.hear(len(expected))
    assert host.silent(0.05)
    scanner.pull_out()
    scanner.scan("lost")
    os.close(host.device)
