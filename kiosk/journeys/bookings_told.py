"""A booking before and after it is made, and a ticket of the queue."""

from datetime import date, datetime

from kiosk.documents.days import minute
from kiosk.documents.masked_words import masked_words
from kiosk.errors import IntakeError
from kiosk.faults import fault_of
from kiosk.intake.contract import CHINA_TIME, ProblemType
from kiosk.intake.contract.bookings import Booking
from kiosk.journeys.not_answered import again, finish, problem_of, unanswered, waiting
from kiosk.journeys.pages import (
    Button,
    Choice,
    Code,
    Lines,
    ListPage,
    Paper,
    Part,
    SheetPage,
    Told,
    Tone,
    Value,
)
from kiosk.journeys.steps import Book, CancelBooking, Destination, Open, Subject, TakeTicket
from kiosk.journeys.windows_told import day_words, no_show_parts, window_by
from kiosk.language import _
from kiosk.masking import masked_name
from kiosk.session import Session


def book_told(session: Session, here: Destination) -> SheetPage:
    """`here.key` is window/day/time: to be confirmed."""
    title, office = _("确认预约"), session.office
    key, day, begins = (*here.key.split("/"), "", "", "")[:3]
    window = window_by(session, key)
    slot = next(
        (
            slot
            for each in (window.days if window is not None else ())
            for slot in each.slots
            if (each.day.isoformat(), slot.begins) == (day, begins)
        ),
        None,
    )
    hours = f"{begins}–{slot.ends}" if slot is not None else begins
    asked: tuple[Part, ...] = (
        *((Value(_("窗口"), window.name),) if window is not None else ()),
        *((Value(_("地点"), window.place),) if window is not None and window.place else ()),
        Value(_("日期"), _day(day)),
        Value(_("时间"), hours),
        *((Value(_("预约人"), masked_name(session.identity.name)),) if session.identity else ()),
        *((Value(_("办理事项"), _(session.item.name)),) if session.item is not None else ()),
        *no_show_parts(session),
    )
    other = Button(_("换个时间"), Open(Subject.SLOTS, f"{key}/{day}"), "calendar")
    if office.asking:
        return SheetPage(title, parts=(waiting(_("正在预约…")), *asked))
    if office.error is not None:
        told = _not_booked(office.error)
        if problem_of(office.error) in (ProblemType.TAKEN, ProblemType.NOT_ALLOWED):
            return SheetPage(title, parts=(told, *asked), main=other)
        retry = Button(_("再试一次"), Book(), "refresh")
        return SheetPage(title, parts=(told, *asked), buttons=(other,), main=retry)
    return SheetPage(
        title, parts=asked, buttons=(other,), main=Button(_("确定预约"), Book(), "check")
    )


def booking_told(session: Session, here: Destination) -> SheetPage:
    """`here.key` is the booking's number."""
    title, office = _("预约"), session.office
    if office.cancelled == here.key:
        told = Told(_("预约已取消"), _("这个时间让给别人了。"), Tone.GOOD, "circle-check")
        again_ = Button(_("重新预约"), Open(Subject.WINDOWS), "calendar")
        return SheetPage(title, parts=(told,), buttons=(again_,), main=finish())
    booking = booking_by(session, here.key)
    if booking is None:
        return SheetPage(title, parts=(_no_booking(session),), main=again())
    parts: tuple[Part, ...] = (
        *_cancelling(session),
        Code(booking.number, _("到大厅时请出示此码")),
        *_values(booking),
        Paper(),
        Lines(_("请注意"), (_("请带身份证，在约好的时间到窗口。"),)),
        *no_show_parts(session),
    )
    ticket = Button(_("现在取号"), TakeTicket(booking.window, booking.number), "receipt-tax")
    cancel = Button(_("取消预约"), CancelBooking(booking.number), "x")
    today = booking.day == datetime.now(CHINA_TIME).date()
    return SheetPage(
        _("预约成功") if booking == office.booking else title,
        parts=parts,
        buttons=() if office.asking else (*((ticket,) if today else ()), cancel),
        main=finish(),
    )


def my_bookings_told(session: Session) -> ListPage:
    title, office = _("我的预约"), session.office
    if office.dossier is None:
        if office.error is not None and not office.asking:
            told = unanswered(office.error, _("已经约好的时间不变"))
            return ListPage(title, told=(told,), main=again())
        return ListPage(title, told=(waiting(_("正在查询您的预约…")),))
    found = tuple(
        Choice(
            f"{day_words(booking.day)} {booking.begins}",
            Open(Subject.BOOKING, booking.number),
            booking.window_name,
            "calendar-event",
        )
        for booking in office.dossier.bookings
        if booking.number != office.cancelled
    )
    none = Told(_("没有约好的时间"), _("可以在“预约取号”里约。"), Tone.INFO, "calendar")
    return ListPage(title, told=() if found else (none,), choices=found, main=finish())


def ticket_told(session: Session, here: Destination) -> SheetPage:
    """`here.key` is the window's."""
    title, office, ticket = _("排队号"), session.office, session.office.ticket
    if ticket is not None and ticket.window == here.key:
        return SheetPage(
            title,
            ticket.window_name,
            parts=(
                Code(ticket.number, _("请记住号码，留意叫号"), ticket.number),
                *((Value(_("地点"), ticket.place),) if ticket.place else ()),
                Value(_("前面等候"), _("{count} 人").format(count=ticket.ahead)),
                *(
                    (Value(_("大约等"), _("{count} 分钟").format(count=ticket.minutes)),)
                    if ticket.minutes is not None
                    else ()
                ),
                Value(_("取号时间"), minute(ticket.taken_at)),
                Lines(_("请注意"), (_("只在今天有效。过号怎么办，请问导办员。"),)),
                Paper(),
            ),
            main=finish(),
        )
    if office.error is None or office.asking:
        return SheetPage(title, parts=(waiting(_("正在取号…")),))
    if problem_of(office.error) is ProblemType.NOT_ALLOWED:
        told = Told(
            _("现在取不了号"),
            _("窗口没有开，或者还没到、已经过了预约的时间。请晚点再来，也可以问导办员。"),
            Tone.WARNING,
            "clock",
        )
        book = Button(_("预约"), Open(Subject.DAYS, here.key), "calendar")
        return SheetPage(title, parts=(told,), main=book)
    return SheetPage(title, parts=(unanswered(office.error, _("还没有取到号")),), main=again())


def booking_by(session: Session, number: str) -> Booking | None:
    office = session.office
    known = office.dossier.bookings if office.dossier is not None else ()
    made = (office.booking,) if office.booking is not None else ()
    return next((booking for booking in (*made, *known) if booking.number == number), None)


def _values(booking: Booking) -> tuple[Value, ...]:
    return (
        Value(_("窗口"), booking.window_name),
        *((Value(_("地点"), booking.place),) if booking.place else ()),
        Value(_("日期"), day_words(booking.day)),
        Value(_("时间"), f"{booking.begins}–{booking.ends}"),
        *((Value(_("办理事项"), masked_words(booking.about)),) if booking.about else ()),
        Value(_("预约编号"), booking.number),
    )


def _day(day: str) -> str:
    try:
        return day_words(date.fromisoformat(day))
    except ValueError:
        return day


def _not_booked(error: IntakeError) -> Told:
    match problem_of(error):
        case ProblemType.TAKEN:
            return Told(
                _("这个时间刚被别人约走"), _("没有约上，请换个时间。"), Tone.WARNING, "calendar"
            )
        case ProblemType.NOT_ALLOWED:
            return Told(
                _("现在不能预约"),
                _("约好没来的次数多了，或者约的时间太多，会暂停预约。可以来了再取号。"),
                Tone.WARNING,
                "calendar",
            )
        case _:
            words = _("受理平台没有回应，还没有约上。请再试一次，也可以来了再取号。")
            return Told(_("没有约上"), words, Tone.WARNING, "cloud-off", fault_of(error).code)


def _cancelling(session: Session) -> tuple[Told, ...]:
    """What became of the wish to cancel, as long as the booking stands."""
    office = session.office
    if office.asking:
        return (waiting(_("正在取消预约…")),)
    match problem_of(office.error):
        case _ if office.error is None:
            return ()
        case ProblemType.NOT_ALLOWED:
            words = _("时间已经到了，不能取消。来不了请告诉导办员。")
        case _:
            words = _("受理平台没有回应，预约还在。请再试一次，或者到窗口取消。")
    return (Told(_("没有取消"), words, Tone.WARNING, "cloud-off", fault_of(office.error).code),)


def _no_booking(session: Session) -> Told:
    office = session.office
    if office.dossier is not None:
        return Told(_("没有这个预约"), _("它可能已经取消。"), Tone.WARNING, "calendar")
    if office.error is not None and not office.asking:
        return unanswered(office.error, _("已经约好的时间不变"))
    return waiting(_("正在查询您的预约…"))
