"""What a citizen waits for at the kiosk: all that they have, windows and times, a guide."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from intake_fixtures import NAME, NUMBER, Reported, application, desk_at
from sqlalchemy.orm import Session

from kiosk.errors import IntakeRefused, IntakeUnreachable
from kiosk.events import (
    ApplicationReceived,
    Booked,
    BookingCancelled,
    BookingFailed,
    CaseFailed,
    ContentsFailed,
    DossierAnswered,
    DossierFailed,
    HelpChanged,
    LookUpAnswered,
    TicketTaken,
    WindowsAnswered,
)
from kiosk.intake import open_call, wishes
from kiosk.intake.contract import ProblemType
from kiosk.intake.contract.bookings import BOOKINGS, TICKETS
from kiosk.intake.contract.dossier import Person
from kiosk.intake.contract.help_calls import HELP_CALLS, HELP_ENDINGS, HelpStage
from kiosk.intake.worker import IntakeWorker
from sandbox.intake.database import Database
from sandbox.intake.help_calls import HelpCalls, load_guides
from sandbox.intake.local_intake import LocalIntake, Mode
from tests.integration.losing_line import losing

pytest_plugins = ["intake_fixtures"]

OWNER = Person(kind="resident_id", number=NUMBER)
ZHANG_YAN, LIN_YULAN, SOMEBODY_ELSE = (
    Person(kind="resident_id", number=number)
    for number in ("350428199003070028", "350428198807070021", "350428197508120014")
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="module")
def intake(office: Path) -> Iterator[LocalIntake]:
    """One for all tests here, each with a desk of its own."""
    service = LocalIntake("127.0.0.1", 0, office)
    service.start()
    yield service
    service.stop()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A guide is asked after ten times a second."""
    monkeypatch.setattr(open_call, "_EVERY", 0.1)


def book(desk: IntakeWorker, reported: Reported, person: Person) -> None:
    """The first time of the last day at the first window."""
    desk.ask_windows("visit")
    window = reported.until(WindowsAnswered).windows.windows[0]
    day = window.days[-1]
    desk.book("visit", window.key, day.day, day.slots[0].begins, person, NAME, "高龄津贴申领")


def test_all_that_a_citizen_has_is_told(desk: IntakeWorker, reported: Reported) -> None:
    """Their cases and bookings, and nothing of anybody else's."""
    desk.file("visit", (application(),))
    number = reported.until(ApplicationReceived).number
    book(desk, reported, OWNER)
    booked = reported.until(Booked).booking
    for person, cases, bookings in ((OWNER, [number], (booked,)), (SOMEBODY_ELSE, [], ())):
        desk.ask_dossier("visit", person)
        answered = reported.until(DossierAnswered)
        assert (cases, bookings) == (
            [case.number for case in answered.dossier.cases],
            answered.dossier.bookings,
        )
        assert number not in repr(answered)
    desk.ask_contents("visit", SOMEBODY_ELSE, number)
    assert ProblemType.NOT_THE_APPLICANT is problem(reported.until(ContentsFailed).error)


def test_a_slip_comes_with_its_proof(desk: IntakeWorker, reported: Reported) -> None:
    """The intake's signature goes with the rows that it is over."""
    desk.look_up("visit", "107", NUMBER)
    answered = reported.until(LookUpAnswered)
    assert 3 == len(answered.proof.split("."))


def test_a_lost_answer_books_no_second_time(
    enrolled: Path, intake: LocalIntake, reported: Reported
) -> None:
    """Two answers are lost after the intake has booked; the third try has the same key and is
    answered with the one booking. Whoever gives it up has it no longer."""
    with losing(intake.url, BOOKINGS) as line, desk_at(line.url, enrolled, reported) as desk:
        line.lose = 2
        book(desk, reported, ZHANG_YAN)
        booked = reported.until(Booked).booking
        assert (3, 1) == (len(line.keys), len(set(line.keys)))
        desk.ask_dossier("visit", ZHANG_YAN)
        assert (booked,) == reported.until(DossierAnswered).dossier.bookings
        desk.cancel("visit", booked.number, SOMEBODY_ELSE)
        assert ProblemType.NOT_THE_APPLICANT is problem(reported.until(BookingFailed).error)
        desk.cancel("visit", booked.number, ZHANG_YAN)
        assert BookingCancelled("visit", booked.number) == reported.until(BookingCancelled)
        desk.ask_dossier("visit", ZHANG_YAN)
        assert () == reported.until(DossierAnswered).dossier.bookings


def test_what_the_intake_refuses_is_asked_once(
    enrolled: Path, intake: LocalIntake, reported: Reported
) -> None:
    """A time that this person has already is refused at the first try; another wish is another
    key."""
    with losing(intake.url, BOOKINGS) as line, desk_at(line.url, enrolled, reported) as desk:
        book(desk, reported, LIN_YULAN)
        reported.until(Booked)
        book(desk, reported, LIN_YULAN)
        refused = reported.until(BookingFailed)
        assert ProblemType.NOT_ALLOWED is problem(refused.error)
        assert (2, 2) == (len(line.keys), len(set(line.keys)))
        assert LIN_YULAN.number not in f"{refused!r} {refused.error}"


def test_tickets_count_up(enrolled: Path, intake: LocalIntake, reported: Reported) -> None:
    """Also when an answer was lost, one wish is one ticket."""
    with losing(intake.url, TICKETS) as line, desk_at(line.url, enrolled, reported) as desk:
        line.lose = 1
        numbers = []
        for _ in range(2):
            desk.take_ticket("visit", "general", None)
            numbers.append(reported.until(TicketTaken).ticket.number)
        assert 1 == int(numbers[1][1:]) - int(numbers[0][1:])
        desk.take_ticket("visit", "general", "YY3504282611240001")
        assert ProblemType.NO_RECORD is problem(reported.until(BookingFailed).error)


def test_nobody_waits_longer_than_agreed(
    known: Path, reported: Reported, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At an intake that takes every connection and never answers, all tries together end in time,
    and a question after it has its turn."""
    monkeypatch.setattr(wishes, "LONGEST", 1.6)
    with silent() as (url, end), desk_at(url, known, reported) as desk:
        began = time.monotonic()
        desk.take_ticket("visit", "general", None)
        failed = reported.until(BookingFailed)
        assert isinstance(failed.error, IntakeUnreachable)
        assert 0.8 <= time.monotonic() - began < 4.0
        desk.ask_case("visit", "no number")
        reported.until(CaseFailed)
        end()


def test_while_the_intake_is_down_all_is_said(
    desk: IntakeWorker, intake: LocalIntake, reported: Reported
) -> None:
    """Each question and each wish ends in its own event."""
    intake.set_mode(Mode.DOWN)
    desk.ask_dossier("a", OWNER)
    desk.ask_contents("b", OWNER, "3504282611240001")
    desk.ask_windows("c")
    desk.call_guide("home")
    for kind, visit in ((DossierFailed, "a"), (ContentsFailed, "b"), (BookingFailed, "c")):
        assert visit == reported.until(kind).visit
    changed = reported.until(HelpChanged)
    intake.set_mode(Mode.UP)
    assert changed.call is None and isinstance(changed.error, IntakeUnreachable)


@pytest.mark.usefixtures("quick")
def test_a_guide_is_called_and_comes(
    enrolled: Path, intake: LocalIntake, reported: Reported, office: Path
) -> None:
    """Called once although the answer was lost; who comes is told without being asked for, an
    outage in between once, and that it is over."""
    with losing(intake.url, HELP_CALLS) as line, desk_at(line.url, enrolled, reported) as desk:
        line.lose = 1
        desk.call_guide("form")
        call = reported.until(HelpChanged).call
        assert call is not None
        assert (HelpStage.WAITING, 2, 1) == (call.stage, len(line.keys), len(set(line.keys)))
        with at_the_hall(office) as (calls, session):
            calls.come(session, call.call, 3, "wang", now())
        coming = reported.until(HelpChanged).call
        assert coming is not None
        assert (HelpStage.COMING, "导办员 3 号") == (coming.stage, coming.guide)
        intake.set_mode(Mode.DOWN)
        lost = reported.until(HelpChanged)
        assert lost.call is None and lost.error is not None
        intake.set_mode(Mode.UP)
        assert coming == reported.until(HelpChanged).call
        with at_the_hall(office) as (calls, session):
            calls.finish(session, call.call, "wang", now())
        over = reported.until(HelpChanged).call
        assert over is not None and HelpStage.ENDED is over.stage


@pytest.mark.usefixtures("quick")
def test_a_call_that_is_not_needed_is_ended(
    enrolled: Path, intake: LocalIntake, reported: Reported
) -> None:
    """Also one that was given up before the intake had answered, and when the answer to that was
    lost; nobody is told of it any more, and the next call is a new one."""
    with losing(intake.url, HELP_ENDINGS) as line, desk_at(line.url, enrolled, reported) as desk:
        calls = []
        for lost in (0, 1):
            line.lose = lost
            desk.call_guide("home")
            if lost:
                calls.append(reported.until(HelpChanged).call)
            desk.end_call()
            line.passed.get(timeout=10)
        desk.call_guide("home")
        calls.append(reported.until(HelpChanged).call)
        assert 2 == len({call.call for call in calls if call is not None})
        assert (3, 2) == (len(line.keys), len(set(line.keys)))


@contextmanager
def at_the_hall(office: Path) -> Iterator[tuple[HelpCalls, Session]]:
    """What guides do."""
    database = Database.in_folder(office)
    with database.transaction() as session:
        yield HelpCalls(load_guides()), session
    database.close()


@contextmanager
def silent() -> Iterator[tuple[str, Callable[[], None]]]:
    """The address of something that takes connections and says nothing, and what hangs up on
    all."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/", listening.close


def problem(error: object) -> ProblemType | None:
    assert isinstance(error, IntakeRefused)
    return error.problem


def now() -> datetime:
    return datetime.now().astimezone()
