"""What an invented citizen has at the office, and everything that can stand on a page."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta

from visits import CATALOGUE

from kiosk.intake.contract import CHINA_TIME, CaseStage
from kiosk.intake.contract.bookings import Booking, Day, Slot, Ticket, Window, Windows
from kiosk.intake.contract.dossier import (
    CaseEvent,
    CaseSheet,
    Collection,
    Dossier,
    EventKind,
    MissingMaterial,
    Outcome,
)
from kiosk.journeys.pages import Code, Page
from kiosk.journeys.routes import Check, World
from kiosk.journeys.steps import Destination, Place, Step, Subject
from kiosk.session import Session
from tests.people import ZHANG_YAN

AT = datetime(2026, 11, 24, 9, 41, tzinfo=CHINA_TIME)
BUNDLE = "JL03-261124-K7QM2X"
BOOKED = "YY3504282611240001"
TODAY = datetime.now(CHINA_TIME).date()
WORLD = World(CATALOGUE, printer_ready=True, filing_block=None, reader_working=True)

MISSING = (
    MissingMaterial(
        id=1, name="租赁合同", standard="双方签名", reason="第 2 页没有签名。", promised=False,
        due=date(2026, 12, 4),
    ),
    MissingMaterial(id=2, name="委托书", promised=True, supplied=True),
    MissingMaterial(id=3, name="户口簿", promised=True),
)  # fmt: skip
READY = Collection(window="综合窗口 06", by_post=True, electronic="https://localhost/r/abc")


def event(kind: EventKind, hours: int, words: str = "", due: date | None = None) -> CaseEvent:
    return CaseEvent(at=AT + timedelta(hours=hours), kind=kind, words=words, due=due)


def case(stage: CaseStage, serial: int = 37, **more: object) -> CaseSheet:
    """One case; each stage with a serial of its own has a number of its own."""
    known: dict[str, object] = {
        "number": f"350428261124{serial:06}",
        "reference": "JL03-261124-K7QM2Y",
        "item": "139",
        "item_name": "个体工商户设立登记",
        "department": "将乐县市场监督管理局",
        "stage": stage,
        "applied_at": AT,
        "received_at": AT,
        "events": (event(EventKind.RECEIVED, 0),),
    }
    return CaseSheet.model_validate({**known, **more})


RETURNED = case(
    CaseStage.SUPPLEMENT, 2, missing=MISSING, clock_stopped=True, due=date(2026, 12, 9),
    events=(
        event(EventKind.RECEIVED, 0),
        event(EventKind.ACCEPTED_WITH_PROMISE, 2, due=date(2026, 12, 1)),
        event(EventKind.RETURNED, 4, "还缺材料"),
    ),
)  # fmt: skip
EXTENDED = case(
    CaseStage.DECISION, 6, due=date(2027, 1, 8), due_provisional=True,
    events=(
        event(EventKind.RECEIVED, 0),
        event(EventKind.ACCEPTED, 1, due=date(2026, 12, 1)),
        event(EventKind.REVIEWING, 3),
        event(EventKind.DECIDING, 5),
        event(EventKind.EXTENDED, 6, "要现场核实。", date(2027, 1, 8)),
    ),
)  # fmt: skip
FINISHED = case(
    CaseStage.FINISHED, 7, outcome=Outcome.APPROVED, collection=READY,
    events=(
        event(EventKind.RECEIVED, 0),
        event(EventKind.ACCEPTED, 1, due=date(2026, 12, 1)),
        event(EventKind.FINISHED, 30, "符合条件。"),
    ),
)  # fmt: skip
REFUSED = case(
    CaseStage.REFUSED, 4, refused_to="沙县区市场监督管理局",
    events=(event(EventKind.RECEIVED, 0), event(EventKind.REFUSED, 5, "不归本县管。")),
)  # fmt: skip
NOT_APPROVED = case(
    CaseStage.DELIVERED, 8, outcome=Outcome.NOT_APPROVED, rated=True,
    collection=Collection(window="综合窗口 06", collected=True),
    events=(
        event(EventKind.RECEIVED, 0),
        event(EventKind.ACCEPTED, 1),
        event(EventKind.FINISHED, 30, "经营场所不符合条件。"),
        event(EventKind.DELIVERED, 40),
    ),
)  # fmt: skip
TOGETHER = tuple(
    case(stage, 50 + n, bundle=BUNDLE, item=item, item_name=name, due=date(2026, 12, 3))
    for n, (stage, item, name) in enumerate(
        ((CaseStage.ACCEPTED, "026", "出生登记"), (CaseStage.FINISHED, "116", "参保登记"))
    )
)
ALL = (
    case(CaseStage.RECEIVED, 1, can_withdraw=True, can_correct=True),
    RETURNED,
    case(CaseStage.ACCEPTED, 3, deemed=True, due=date(2026, 12, 1), missing=MISSING),
    REFUSED,
    case(CaseStage.REVIEW, 5, can_withdraw=True),
    EXTENDED,
    FINISHED,
    NOT_APPROVED,
    case(CaseStage.WITHDRAWN, 9, events=(event(EventKind.RECEIVED, 0),
                                         event(EventKind.WITHDRAWN, 1, "不需要办了"))),
    *TOGETHER,
)  # fmt: skip


def booking(day: date = TODAY) -> Booking:
    return Booking(
        number=BOOKED, window="general", window_name="综合窗口", place="一楼", day=day,
        begins="09:00", ends="09:30", about="个体工商户设立登记",
    )  # fmt: skip


DOSSIER = Dossier(cases=ALL, bookings=(booking(),), answered_at=AT)
EMPTY = Dossier(cases=(), answered_at=AT)
DAYS = (
    Day(day=date(2026, 11, 26), slots=(Slot(begins="09:00", ends="09:30", free=3),
                                       Slot(begins="09:30", ends="10:00", free=0))),
    Day(day=date(2026, 11, 27), slots=()),
)  # fmt: skip
WINDOWS = Windows(
    windows=(
        Window(key="general", name="综合窗口", place="一楼", field="各部门", waiting=4, minutes=12,
               open_now=True, days=DAYS),
        Window(key="closed", name="不动产窗口", waiting=0, open_now=False),
    ),
    no_show="爽约三次，三十天不能预约。",
    answered_at=AT,
)  # fmt: skip
NO_WINDOWS = Windows(windows=(), no_show="", answered_at=AT)
TICKET = Ticket(
    number="A032", window="general", window_name="综合窗口", place="一楼", ahead=4, minutes=12,
    taken_at=AT,
)  # fmt: skip

KEYS: dict[Subject, tuple[str, ...]] = {
    Subject.CASE: tuple(each.number for each in ALL),
    Subject.BUNDLE: (BUNDLE,),
    Subject.ACTED: (RETURNED.number,),
    Subject.CONTENTS: (RETURNED.number,),
    Subject.WINDOW: ("general", "closed", "gone"),
    Subject.DAYS: ("general", "closed"),
    Subject.SLOTS: ("general/2026-11-26", "general/2026-11-27", "closed/2026-11-26"),
    Subject.BOOK: ("general/2026-11-26/09:00", "gone/2026-11-26/09:00"),
    Subject.BOOKING: (BOOKED,),
    Subject.TICKET: ("general",),
    Subject.RATE: ("", FINISHED.number, NOT_APPROVED.number),
}
"""What each subject can be about; the others are about nothing in particular."""


def places() -> Iterator[Destination]:
    """Every list and every sheet."""
    for subject in Subject:
        for key in KEYS.get(subject, ("",)):
            yield at(subject, key)


def at(subject: Subject, key: str = "") -> Destination:
    place = Place.LIST if subject.is_list else Place.SHEET
    return Destination(place, subject=subject, key=key)


def visit() -> Session:
    """Signed in, nothing asked yet."""
    return Session(identity=ZHANG_YAN, item=CATALOGUE.item("139"))


def texts(page: Page) -> Iterator[str]:
    """What can be read on a page; what a QR code holds is for no reader."""
    yield from _texts(page)


def _texts(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from _texts(each)
    elif is_dataclass(part) and not _is_step(part):
        for field in fields(part):
            if field.name in ("icon", "tone", "tag_tone") or (
                isinstance(part, Code) and field.name == "content"
            ):
                continue
            yield from _texts(getattr(part, field.name))


def steps(page: Page) -> Iterator[Step]:
    for each in (*getattr(page, "choices", ()), *getattr(page, "buttons", ()), page.main):
        if each is not None:
            yield each.step


def icons(page: Page) -> set[str]:
    found = (*getattr(page, "choices", ()), *getattr(page, "buttons", ()), page.main)
    parts = (*getattr(page, "told", ()), *getattr(page, "parts", ()))
    return {icon for each in (*found, *parts) if (icon := getattr(each, "icon", ""))}


def _is_step(part: object) -> bool:
    return type(part).__module__ == Destination.__module__


def checked(check: Check) -> World:
    return World(CATALOGUE, True, None, True, scanner_working=True, check=check)
