"""The virtual printer keeps its buffer, recovers, breaks and answers as real printers do."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from PIL import Image
from printer_fixtures import make_printer, printer

from sandbox.printer import Manners, State, VirtualPrinter
from sandbox.printer.orders import obey
from sandbox.printer.paper import SIDE

__all__ = ["make_printer", "printer"]

Make = Callable[..., VirtualPrinter]
BLACK = b"\x1dv0\x00\x02\x00\x40\x00" + b"\xff" * 128
"""A black picture of 16 by 64 dots: 8 mm of paper."""
CUT = b"\x1dV\x00"
CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
DONE = b"\x1d(H\x06\x00000042"


def connected(printer: VirtualPrinter) -> socket.socket:
    return socket.create_connection((printer.host, printer.port), timeout=5)


@pytest.fixture
def link(printer: VirtualPrinter) -> Iterator[socket.socket]:
    with connected(printer) as link:
        yield link


def read(link: socket.socket, count: int) -> bytes:
    """So many bytes, or those that came before the printer closed."""
    data = b""
    while len(data) < count and (more := link.recv(count - len(data))):
        data += more
    return data


def heights(printer: VirtualPrinter) -> list[int]:
    """Dots of paper of each receipt."""
    return [Image.open(file).height - 2 * SIDE for file in printer.receipts]


def wait_for_paper_out(link: socket.socket) -> None:
    link.sendall(b"\x10\x04\x04")
    while b"\x7e" != read(link, 1):
        link.sendall(b"\x10\x04\x04")


def test_the_rest_comes_out_with_new_paper(printer: VirtualPrinter, link: socket.socket) -> None:
    """Paper that ends in a job stops it there; with paper back the printer goes on."""
    printer.set_paper_left(20)
    link.sendall(BLACK * 5 + CUT + DONE)
    wait_for_paper_out(link)
    assert [] == printer.receipts
    printer.set_state(State.OK)
    assert b"\x37\x220042\x00" == read(link, 7)
    assert [5 * 64] == heights(printer)


def test_a_cleared_buffer_prints_nothing_more(printer: VirtualPrinter, link: socket.socket) -> None:
    """DLE DC4 8 is heard in spite of the fault and is answered; new paper brings out only what
    is sent then, though the same connection and a new one send it."""
    printer.set_state(State.COVER_OPEN)
    link.sendall(BLACK * 5 + CUT + CLEAR)
    assert b"\x37\x25\x00" == read(link, 3)
    printer.set_state(State.OK)
    link.sendall(b"\x1b@" + BLACK + CUT)
    assert printer.wait_for_receipts(1, 3)
    with connected(printer) as other:
        other.sendall(b"\x1b@" + BLACK * 2 + CUT)
        assert printer.wait_for_receipts(2, 3)
    assert [64, 128] == heights(printer)


def test_some_printers_lose_the_rest(make_printer: Make) -> None:
    """One that does not keep its buffer prints nothing more until the next ESC @; what stood on
    the paper is a receipt of its own."""
    forgetful = make_printer(keeps=False)
    forgetful.set_paper_left(20)
    with connected(forgetful) as link:
        link.sendall(BLACK * 5 + CUT)
        wait_for_paper_out(link)
        forgetful.set_state(State.OK)
        link.sendall(BLACK + CUT + b"\x1b@" + BLACK + CUT)
        assert forgetful.wait_for_receipts(2, 3)
    assert [20 * 8, 64] == heights(forgetful)


@pytest.mark.parametrize(("function", "expected"), [(b"\x01", [64 * 3]), (b"\x02", [64])])
def test_a_cutter_error_is_recovered(
    printer: VirtualPrinter, link: socket.socket, function: bytes, expected: list[int]
) -> None:
    """DLE ENQ 1 goes on with the buffer, DLE ENQ 2 empties it first."""
    printer.set_state(State.CUTTER_ERROR)
    link.sendall(BLACK * 2 + b"\x10\x05" + function + b"\x10\x04\x03")
    assert b"\x12" == read(link, 1)
    link.sendall(BLACK + CUT)
    assert printer.wait_for_receipts(1, 3)
    assert expected == heights(printer)


@pytest.mark.parametrize("count", [0, 9, 300, 1025])
def test_the_connection_breaks_after_the_very_byte(printer: VirtualPrinter, count: int) -> None:
    """What came before is printed, what came after is not read."""
    printer.drop_after(count)
    with connected(printer) as link:
        link.sendall((b"A\n" * 1000)[:count] + b"B\n" * 100)
        with suppress(ConnectionResetError):
            assert b"" == read(link, 1)
    assert count == printer.received
    lines = [30 * (count // 2)] if count else []
    assert printer.wait_for_receipts(len(lines), 3)
    assert lines == heights(printer)


def test_paper_takes_its_time(make_printer: Make) -> None:
    """At 160 mm a second 40 mm take a quarter of a second, and GS ( H answers no earlier."""
    slow = make_printer(speed=160.0)
    with connected(slow) as link:
        begun = time.monotonic()
        link.sendall(BLACK * 5 + DONE)
        assert b"\x37\x220042\x00" == read(link, 7)
        assert time.monotonic() - begun >= 0.25


def test_a_full_buffer_takes_no_more(printer: VirtualPrinter, link: socket.socket) -> None:
    """With the cover open the printer reads 64 KB, and a sender feels it soon after."""
    printer.set_state(State.COVER_OPEN)
    link.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    link.settimeout(0.3)
    with pytest.raises(TimeoutError):
        link.sendall(BLACK * 2000)
    assert 64 * 1024 <= printer.received < 80 * 1024


def test_it_tells_its_state_by_itself(printer: VirtualPrinter, link: socket.socket) -> None:
    """GS a 255: four bytes now and with each change, in the bits of automatic status."""
    link.sendall(b"\x1da\xff")
    told = [read(link, 4)]
    for state in (State.NEAR_END, State.PAPER_OUT, State.COVER_OPEN, State.CUTTER_ERROR):
        printer.set_state(state)
        told.append(read(link, 4))
    assert ["10000000", "10000300", "18000f00", "38000000", "18080000"] == [
        status.hex() for status in told
    ]


def test_one_byte_at_a_time(printer: VirtualPrinter, link: socket.socket) -> None:
    """It reads and answers in single bytes, and the paper is the same."""
    printer.set_manners(Manners(piecemeal=True))
    link.sendall(BLACK + "张".encode("gb18030") + b"\n" + CUT + DONE)
    assert b"\x37\x220042\x00" == read(link, 7)
    assert [64 + 30] == heights(printer)


@pytest.mark.parametrize(("eager", "answers"), [(False, 1), (True, 2)])
def test_a_question_inside_a_picture(
    printer: VirtualPrinter, link: socket.socket, eager: bool, answers: int
) -> None:
    """It is dots to one printer and a question to another, once, however the bytes arrive."""
    printer.set_manners(Manners(piecemeal=True, eager=eager))
    link.sendall(b"\x1dv0\x00\x03\x00\x01\x00" + b"\x10\x04\x01" + b"\x10\x04\x01" + DONE)
    assert b"\x12" * answers + b"\x37\x220042\x00" == read(link, answers + 7)


def test_a_buffer_is_not_emptied_by_mistake(printer: VirtualPrinter, link: socket.socket) -> None:
    """DLE DC4 8 without its seven bytes is passed over."""
    printer.set_state(State.COVER_OPEN)
    link.sendall(BLACK + CUT + CLEAR[:-1] + b"\x09" + b"\x10\x04\x02")
    assert b"\x16" == read(link, 1)
    printer.set_state(State.OK)
    assert printer.wait_for_receipts(1, 3)


def test_orders_by_word(printer: VirtualPrinter) -> None:
    """Amounts add up until a state ends them all; a word that is none is refused."""
    for word, amount in (("late", 0.5), ("piecemeal", 1), ("eager", 1), ("cut_after", 3)):
        obey(printer, word, amount)
    assert Manners(late=0.5, piecemeal=True, eager=True) == printer.manners
    obey(printer, "near_end")
    assert (State.NEAR_END, Manners()) == (printer.state, printer.manners)
    with connected(printer) as link:
        link.sendall(b"\x10\x04\x04")
        assert b"\x1e" == read(link, 1)
    for word, wrong in (("on_fire", None), ("on_fire", 1), ("late", None)):
        with pytest.raises(ValueError):
            obey(printer, word, wrong)
