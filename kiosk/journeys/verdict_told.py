"""What 条件自查 came to, where it is not a yes."""

from kiosk.catalogue.eligibility import judged
from kiosk.catalogue.models import Item
from kiosk.journeys.not_answered import finish
from kiosk.journeys.pages import Button, Lines, SheetPage, Told, Tone
from kiosk.journeys.routes import Check, World
from kiosk.journeys.steps import GoOn, ItemChosen, Open, Subject
from kiosk.journeys.windows_told import window_by
from kiosk.language import _
from kiosk.session import Session

HELPED_FILING = "905"
"""帮办代办申请: somebody of the centre helps."""


def verdict_told(session: Session, world: World) -> SheetPage:
    item = session.item
    if item is None or item.eligibility is None:
        return SheetPage(_("先看看能不能办"), main=finish())
    why = _(judged(item.eligibility, session.answers).why)
    ask = _where(session, item, world)
    windows = (
        Button(_("预约或取号"), Open(Subject.WINDOW, item.window), "calendar")
        if item.window is not None
        else Button(_("预约或取号"), Open(Subject.WINDOWS), "calendar")
    )
    if world.check is Check.ASK:
        return SheetPage(
            _(item.name),
            parts=(
                Told(_("要请窗口看一看"), why, Tone.WARNING, "help-circle"),
                Lines(
                    _("接下来怎么办"),
                    (ask, _("您也可以在这里先填好交上来，由承办部门决定是否受理。")),
                ),
            ),
            buttons=(windows, *_helped(world)),
            main=Button(_("先在这里填"), GoOn(), "arrow-right"),
        )
    return SheetPage(
        _(item.name),
        parts=(
            Told(_("按您说的情况，现在不能办"), why, Tone.BAD, "alert-triangle"),
            Lines(
                _("还可以怎么办"),
                (
                    _("情况选错了的，请点“返回”改一改。"),
                    _("有疑问的，{ask}").format(ask=ask),
                    *((_("需要人帮忙的，可以申请帮办代办。"),) if _helped(world) else ()),
                ),
            ),
        ),
        buttons=(windows, *_helped(world)),
        main=finish(),
    )


def _where(session: Session, item: Item, world: World) -> str:
    """At which window to ask, as far as the intake has told of it."""
    window = window_by(session, item.window) if item.window is not None else None
    if window is None:
        department = _(world.catalogue.department(item.department).name)
        return _("请到{department}的窗口问。").format(department=department)
    if not window.place:
        return _("请到{window}问。").format(window=window.name)
    return _("请到{window}问，在{place}。").format(window=window.name, place=window.place)


def _helped(world: World) -> tuple[Button, ...]:
    if not any(item.code == HELPED_FILING for item in world.catalogue.items):
        return ()
    return (Button(_("申请帮办代办"), ItemChosen(HELPED_FILING), "users"),)
