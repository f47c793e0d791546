"""Windows, their days and times, as they can be booked."""

from datetime import date

from kiosk.documents.days import in_words
from kiosk.intake.contract.bookings import Day, Window
from kiosk.journeys.not_answered import again, unanswered, waiting
from kiosk.journeys.pages import Button, Choice, Lines, ListPage, SheetPage, Told, Tone, Value
from kiosk.journeys.steps import Destination, Open, Subject, TakeTicket
from kiosk.language import _
from kiosk.session import Session


def windows_told(session: Session) -> ListPage:
    title = _("预约取号")
    mine = Choice(
        _("我的预约"), Open(Subject.MY_BOOKINGS), _("查看、取消已经约好的时间"), "calendar-event"
    )
    known = session.office.windows
    if known is None:
        return ListPage(title, told=(_not_known(session),), choices=(mine,), main=_main(session))
    return ListPage(
        title,
        _("请选窗口"),
        choices=(mine, *(_choice(window) for window in known.windows)),
    )


def window_told(session: Session, here: Destination) -> SheetPage:
    """`here.key` is the window's."""
    window = window_by(session, here.key)
    if window is None:
        others = (Button(_("看其他窗口"), Open(Subject.WINDOWS), "users"),)
        return SheetPage(
            _("预约取号"), parts=(_not_known(session),), buttons=others, main=_main(session)
        )
    ticket = Button(_("取号"), TakeTicket(window.key), "receipt-tax")
    book = Button(_("预约"), Open(Subject.DAYS, window.key), "calendar")
    offered = (*((ticket,) if window.open_now else ()), *((book,) if window.days else ()))
    return SheetPage(
        window.name,
        window.place,
        parts=(
            _told(window, bookable=bool(window.days)),
            *((Value(_("业务"), window.field),) if window.field else ()),
            Value(_("等候人数"), _("{count} 人").format(count=window.waiting)),
            *_minutes(window.minutes),
            *no_show_parts(session),
        ),
        buttons=offered[1:],
        main=offered[0] if offered else None,
    )


def days_told(session: Session, here: Destination) -> ListPage:
    window = window_by(session, here.key)
    if window is None:
        return ListPage(_("选日期"), told=(_not_known(session),), main=_main(session))
    return ListPage(
        _("选日期"),
        window.name,
        told=() if window.days else (_none_free(),),
        choices=tuple(_day(window, day) for day in window.days),
    )


def slots_told(session: Session, here: Destination) -> ListPage:
    """`here.key` is window/day."""
    key, _slash, name = here.key.partition("/")
    window = window_by(session, key)
    if window is None:
        return ListPage(_("选时间"), told=(_not_known(session),), main=_main(session))
    day = next((day for day in window.days if day.day.isoformat() == name), None)
    slots = day.slots if day is not None else ()
    free = any(slot.free for slot in slots)
    return ListPage(
        _("选时间"),
        _("{window}，{day}").format(window=window.name, day=day_words(day.day)) if day else "",
        told=() if free else (_none_free(),),
        choices=tuple(
            Choice(
                f"{slot.begins}–{slot.ends}",
                Open(Subject.BOOK, f"{here.key}/{slot.begins}"),
                tag=_("余 {count} 个").format(count=slot.free) if slot.free else _("约满"),
                tag_tone=Tone.GOOD if slot.free else Tone.PLAIN,
                enabled=slot.free > 0,
            )
            for slot in slots
        ),
    )


def window_by(session: Session, key: str) -> Window | None:
    known = session.office.windows
    return next((w for w in known.windows if w.key == key), None) if known is not None else None


def day_words(day: date) -> str:
    """2026年11月26日 星期四."""
    names = (
        _("星期一"),
        _("星期二"),
        _("星期三"),
        _("星期四"),
        _("星期五"),
        _("星期六"),
        _("星期日"),
    )
    return f"{in_words(day)} {names[day.weekday()]}"


def no_show_parts(session: Session) -> tuple[Lines, ...]:
    known = session.office.windows
    if known is None or not known.no_show:
        return ()
    return (Lines(_("约了没来怎么办"), (known.no_show,)),)


def _choice(window: Window) -> Choice:
    return Choice(
        window.name,
        Open(Subject.WINDOW, window.key),
        _("、").join(words for words in (window.place, window.field) if words),
        "users",
        _("{count} 人等候").format(count=window.waiting) if window.open_now else _("现在不取号"),
        Tone.INFO if window.open_now else Tone.PLAIN,
    )


def _day(window: Window, day: Day) -> Choice:
    free = sum(slot.free for slot in day.slots)
    return Choice(
        day_words(day.day),
        Open(Subject.SLOTS, f"{window.key}/{day.day.isoformat()}"),
        icon="calendar",
        tag=_("余 {count} 个").format(count=free) if free else _("约满"),
        tag_tone=Tone.GOOD if free else Tone.PLAIN,
        enabled=free > 0,
    )


def _told(window: Window, *, bookable: bool) -> Told:
    if window.open_now:
        return Told(
            _("现在可以取号"),
            _("也可以约好时间再来，不用排队。") if bookable else "",
            Tone.GOOD,
            "circle-check",
        )
    if bookable:
        return Told(_("现在不取号"), _("可以约好时间再来。"), Tone.INFO, "clock")
    return Told(_("现在不取号，也不能预约"), _("请问导办员，或者换个窗口。"), Tone.WARNING, "clock")


def _minutes(minutes: int | None) -> tuple[Value, ...]:
    if minutes is None:
        return ()
    return (Value(_("大约等"), _("{count} 分钟").format(count=minutes)),)


def _none_free() -> Told:
    return Told(
        _("没有可以约的时间"),
        _("请换一天或者换个窗口，也可以来了再取号。"),
        Tone.WARNING,
        "calendar",
    )


def _not_known(session: Session) -> Told:
    """Why nothing is shown of the windows: none of that key, no answer, or none yet."""
    office = session.office
    if office.windows is not None:
        return Told(_("没有这个窗口"), _("请返回重选，或者问导办员。"), Tone.WARNING, "search")
    if office.error is not None and not office.asking:
        return unanswered(office.error, _("已经约好的时间不变"))
    return waiting(_("正在查询窗口…"))


def _main(session: Session) -> Button | None:
    return again() if session.office.error is not None and not session.office.asking else None
