"""预约取号 at the intake: over HTTP as an outside kiosk meets it, and by the clock."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.intake.contract import CHINA_TIME, ProblemType
from kiosk.intake.contract.bookings import BookingBody, BookingContent, TicketBody
from sandbox.intake.bookings import Bookings, BookingUsed, Standing, bookings_of, standing
from sandbox.intake.database import Database
from sandbox.intake.hall_tables import BookingRow
from sandbox.intake.problems import Refusal
from sandbox.intake.queues import QueueChanged, Queues, Stage
from sandbox.intake.window_directory import NoShowRule, load_windows
from sandbox.intake.working_days import Holidays
from tests.integration.hall_bodies import SOMEBODY, booking, cancellation, windows
from tests.integration.outside_kiosk import OutsideKiosk, problem

pytest_plugins = ["service_fixtures"]

SOMEBODY_ELSE = "350428195203140013"
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=CHINA_TIME)


def free(kiosk: OutsideKiosk, wanted: dict[str, Any]) -> int:
    (found,) = (
        slot.free
        for window in windows(kiosk).windows
        for day in window.days
        for slot in day.slots
        if (window.key, str(day.day), slot.begins)
        == (wanted["window"], wanted["day"], wanted["begins"])
    )
    return found


def test_the_plans_windows_can_be_booked(kiosk: OutsideKiosk) -> None:
    """All windows of the county's plan are told, each with times on working days."""
    told = windows(kiosk)
    assert "爽约" in told.no_show
    assert {"life_events", "unsolved", "cross_region", "assistance", "general", "tax"} <= {
        window.key for window in told.windows
    }
    assert 13 == len(told.windows)
    for window in told.windows:
        assert 6 <= len(window.days) <= 7
        assert [] == [day for day in window.days if not day.slots]
        assert 13 == len(window.days[-1].slots)


def test_a_place_is_taken_and_given_back(kiosk: OutsideKiosk) -> None:
    """A booking takes one place, told again for the same key; its person alone gives it back."""
    wanted = booking(kiosk, "tax", 0)
    before = free(kiosk, wanted)
    first = kiosk.post("bookings", wanted, "one key")
    assert 201 == first.status_code, first.text
    assert first.content == kiosk.post("bookings", wanted, "one key").content
    made = first.json()
    assert "税务区 20–23 号窗口" == made["place"]
    assert before - 1 == free(kiosk, wanted)

    another = cancellation(kiosk, made["number"], SOMEBODY_ELSE)
    assert (403, "not-the-applicant") == problem(kiosk.post("cancellations", another))
    own = cancellation(kiosk, made["number"])
    assert 201 == kiosk.post("cancellations", own).status_code
    assert before == free(kiosk, wanted)
    assert (409, "not-allowed") == problem(kiosk.post("cancellations", own))
    unknown = cancellation(kiosk, "YY9999999999999999")
    assert (404, "no-record") == problem(kiosk.post("cancellations", unknown))


def test_two_at_once_never_both_get_the_last_place(kiosk: OutsideKiosk) -> None:
    """Of eight people who want the only place in the same moment one gets it, and the others are
    told that somebody was faster."""
    wanted = [booking(kiosk, "marriage", 3, f"35042819880707{n:04d}") for n in range(8)]
    with ThreadPoolExecutor(8) as people:
        answers = list(people.map(lambda body: kiosk.post("bookings", body), wanted))
    won = [answer for answer in answers if answer.status_code == 201]
    assert 1 == len(won)
    assert 7 == [problem(a) for a in answers if a not in won].count((409, "taken"))


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"window": "nowhere"}, (404, "no-record")),
        ({"day": "2020-01-06"}, (409, "not-allowed")),
        ({"begins": "08:31"}, (409, "not-allowed")),
        ({"sealed": "a..b.c.d"}, (422, "cannot-open")),
    ],
)
def test_what_cannot_be_booked_is_refused(
    kiosk: OutsideKiosk, changed: dict[str, str], refused: tuple[int, str]
) -> None:
    """A window that there is not, a day that has gone, a time that is none."""
    assert refused == problem(kiosk.post("bookings", booking(kiosk, "tax", 1) | changed))


def test_a_ticket_says_how_many_are_ahead(kiosk: OutsideKiosk) -> None:
    """Numbers count up behind the window's letter; who came first is before the others."""
    body = {"kiosk": kiosk.kiosk, "window": "public_utilities"}
    first, second = (kiosk.post("tickets", body).json() for _ in range(2))
    assert [("J001", 0), ("J002", 1)] == [(t["number"], t["ahead"]) for t in (first, second)]
    (told,) = (w for w in windows(kiosk).windows if w.key == "public_utilities")
    assert (2, 8) == (told.waiting, told.minutes)
    assert (404, "no-record") == problem(kiosk.post("tickets", body | {"window": "nowhere"}))


@pytest.fixture
def queues(tmp_path: Path) -> Iterator[Queues]:
    """Of a hall that keeps its hours."""
    database = Database.in_folder(tmp_path)
    directory = load_windows().model_copy(update={"at_any_hour": False})
    yield Queues(Bookings(database, directory, Holidays({})))
    database.close()


def booked(queues: Queues, begins: str, at: datetime, person: str = SOMEBODY) -> str:
    """The number of a booking for the day of `at`."""
    body = BookingBody(kiosk="JL-03", window="tax", day=at.date(), begins=begins, sealed="a..b.c.d")
    content = BookingContent(kind="resident_id", number=person, name="示例")
    with queues.bookings.database.transaction() as session:
        return queues.bookings.book(session, body, content, at).number


def taken(queues: Queues, at: datetime, number: str | None = None) -> str:
    body = TicketBody(kiosk="JL-03", window="tax", booking=number)
    with queues.bookings.database.transaction() as session:
        return queues.take(session, body, at).number


def refused_as(kind: ProblemType) -> Any:
    return pytest.raises(Refusal, check=lambda refusal: refusal.kind is kind)


def test_a_booking_is_cancelled_until_it_begins(queues: Queues) -> None:
    """One minute before it can be; when its time has come it cannot, and when it is over it stands
    with the others no more."""
    database = queues.bookings.database
    first, second = (booked(queues, begins, MONDAY) for begins in ("09:00", "09:30"))
    half_past = MONDAY.replace(hour=9, minute=30)
    with database.transaction() as session:
        at = half_past - timedelta(minutes=1)
        assert [first, second] == [one.number for one in bookings_of(session, SOMEBODY, at)]
        queues.bookings.cancel(session, "JL-03", second, SOMEBODY, at)
    with refused_as(ProblemType.NOT_ALLOWED), database.transaction() as session:
        queues.bookings.cancel(session, "JL-03", first, SOMEBODY, half_past)
    with database.reading() as session:
        assert () == bookings_of(session, SOMEBODY, half_past)


def test_who_does_not_come_three_times_has_to_wait(queues: Queues) -> None:
    """Three no-shows bar for thirty days that person and nobody else; a booking that was cancelled
    or used is none."""
    for begins in ("09:00", "09:30"):
        booked(queues, begins, MONDAY)
    cancelled, used = (booked(queues, begins, MONDAY) for begins in ("10:00", "10:30"))
    with queues.bookings.database.transaction() as session:
        queues.bookings.cancel(session, "JL-03", cancelled, SOMEBODY, MONDAY)
    taken(queues, MONDAY.replace(hour=10, minute=30), used)
    tuesday = MONDAY + timedelta(days=1)
    booked(queues, "09:00", tuesday)
    booked(queues, "14:30", tuesday)

    after = tuesday.replace(hour=9, minute=30)
    with refused_as(ProblemType.NOT_ALLOWED):
        booked(queues, "15:00", after)
    booked(queues, "15:00", after, SOMEBODY_ELSE)
    with queues.bookings.database.reading() as session:
        until = queues.bookings.barred_until(session, SOMEBODY, after)
    assert date(2026, 12, 24) == until
    later = datetime(2027, 1, 5, 8, 0, tzinfo=CHINA_TIME)
    booked(queues, "15:00", later)


def test_a_window_notes_who_came_without_a_ticket(queues: Queues) -> None:
    """They are no no-show then; a booking of another day, or noted already, is refused."""
    today = booked(queues, "09:00", MONDAY)
    later = booked(queues, "09:00", MONDAY + timedelta(days=1))
    bookings, late = queues.bookings, MONDAY.replace(hour=9, minute=40)
    with bookings.database.transaction() as session:
        row = session.get_one(BookingRow, today)
        before = [standing(row, at) for at in (MONDAY, late)]
        assert [Standing.TO_COME, Standing.NO_SHOW] == before
        bookings.note_came(session, today, "wang", late)
        assert Standing.CAME is standing(row, late)
        for number in (today, later, "YY9999999999999999"):
            with pytest.raises(BookingUsed):
                bookings.note_came(session, number, "wang", late)


@given(st.lists(st.integers(0, 400), max_size=8))
def test_the_rule_counts_within_its_days(days: list[int]) -> None:
    """Barred is who missed three times within ninety days, until thirty days after the last time
    that this was so."""
    rule = NoShowRule(times=3, within_days=90, barred_days=30, words="")
    first = date(2026, 1, 1)
    thirds = [
        day
        for place, day in enumerate(sorted(days))
        if sum(day - 90 < earlier for earlier in sorted(days)[: place + 1]) >= 3
    ]
    expected = first + timedelta(days=thirds[-1] + 30) if thirds else None
    assert expected == rule.barred_until([first + timedelta(days=day) for day in days])


def test_whoever_booked_goes_first(queues: Queues) -> None:
    """A booked ticket goes before those that were there earlier; the desk calls in that order, and
    a ticket that is done or missed is called no more."""
    number = booked(queues, "09:00", MONDAY)
    at = MONDAY.replace(hour=8, minute=40)
    waiting = [taken(queues, at), taken(queues, at)]
    booked_one = taken(queues, at, number)
    database = queues.bookings.database
    with database.transaction() as session:
        assert [booked_one, *waiting] == [t.number for t in queues.queue(session, "tax", at)]
        first = queues.call_next(session, "tax", 2, "wang", at)
        second = queues.call_next(session, "tax", 1, "wang", at + timedelta(seconds=1))
        assert [booked_one, waiting[0]] == [first.number, second.number]
        assert [second, first] == queues.called(session, at)
        queues.end(session, first.id, Stage.DONE, "wang", at)
        queues.end(session, second.id, Stage.MISSED, "wang", at)
        with pytest.raises(QueueChanged):
            queues.end(session, second.id, Stage.DONE, "wang", at)
        queues.call_next(session, "tax", 1, "wang", at)
        with pytest.raises(QueueChanged):
            queues.call_next(session, "tax", 1, "wang", at)


def test_a_booked_ticket_is_given_in_its_time(queues: Queues) -> None:
    """From half an hour before until the time is over, once, and at its own window."""
    number = booked(queues, "09:30", MONDAY)
    for hour, minute in ((8, 59), (10, 0)):
        with refused_as(ProblemType.NOT_ALLOWED):
            taken(queues, MONDAY.replace(hour=hour, minute=minute), number)
    at = MONDAY.replace(hour=9)
    elsewhere = TicketBody(kiosk="JL-03", window="marriage", booking=number)
    with refused_as(ProblemType.NOT_ALLOWED), queues.bookings.database.transaction() as session:
        queues.take(session, elsewhere, at)
    assert "H001" == taken(queues, at, number)
    with refused_as(ProblemType.NOT_ALLOWED):
        taken(queues, at, number)


@pytest.mark.parametrize(
    ("day", "hour", "is_open"), [(23, 8, False), (23, 9, True), (23, 13, False), (22, 9, False)]
)
def test_tickets_follow_the_hours(queues: Queues, day: int, hour: int, is_open: bool) -> None:
    """Before the doors open, at noon and on a Sunday no ticket is given."""
    at = datetime(2026, 11, day, hour, tzinfo=CHINA_TIME)
    with queues.bookings.database.reading() as session:
        assert {is_open} == {w.open_now for w in queues.windows(session, at).windows}
    if is_open:
        assert "H001" == taken(queues, at)
    else:
        with refused_as(ProblemType.NOT_ALLOWED):
            taken(queues, at)
