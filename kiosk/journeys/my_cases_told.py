"""The lists of a citizen's cases: all of them, and those that wait for something."""

from collections.abc import Callable

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.models import Item
from kiosk.documents.days import day_of, in_words
from kiosk.intake.contract.dossier import CaseSheet
from kiosk.journeys.not_answered import again, finish, unanswered, waiting
from kiosk.journeys.own_case import (
    ENDED,
    cases_of,
    due_words,
    is_to_collect,
    is_to_rate,
    item_words,
    missing_in,
    said_by_office,
    tag_of,
)
from kiosk.journeys.pages import Choice, ListPage, Told, Tone
from kiosk.journeys.routes import World
from kiosk.journeys.steps import Open, Subject, TypeNumber
from kiosk.language import _
from kiosk.session import Session


def ways_told(world: World) -> ListPage:
    """How a citizen gets to a case."""
    scan = (
        Told(
            _("有凭条的，把二维码对准扫码口"),
            _("不用刷身份证，只看办到哪一步。"),
            Tone.INFO,
            "qrcode",
        ),
    )
    return ListPage(
        _("查办件进度"),
        _("请选一种方式"),
        told=scan if world.scanner_working else (),
        choices=(
            Choice(
                _("刷身份证"),
                Open(Subject.MY_CASES),
                _("看自己的全部办件和通知，也可以补材料"),
                "id",
            ),
            Choice(
                _("输入编号"),
                TypeNumber(Subject.CASE),
                _("凭条上的收件编号，只看办到哪一步"),
                "pencil",
            ),
        ),
    )


def my_cases_told(session: Session, world: World) -> ListPage:
    """Newest first; the cases of one life event are one entry."""
    return _list(
        session,
        _("我的办件"),
        Told(_("没有查到您的办件"), _("刚提交的申请可能还在发送，请过一会儿再看。"), Tone.INFO),
        lambda: _grouped(cases_of(session), world.catalogue),
    )


def to_supply_told(session: Session, world: World) -> ListPage:
    return _list(
        session,
        _("要补的材料"),
        Told(_("没有要补的材料"), "", Tone.GOOD, "circle-check"),
        lambda: tuple(
            _choice(case, world.catalogue, below=_missing_words(case))
            for case in cases_of(session)
            if missing_in(case)
        ),
    )


def to_collect_told(session: Session, world: World) -> ListPage:
    return _list(
        session,
        _("可以领取的结果"),
        Told(
            _("现在没有可以领取的结果"),
            _("办结以后会在这里列出来。"),
            Tone.INFO,
        ),
        lambda: tuple(
            _choice(case, world.catalogue, below=_collection_words(case, session))
            for case in cases_of(session)
            if is_to_collect(case)
        ),
    )


def to_rate_told(session: Session, world: World) -> ListPage:
    return _list(
        session,
        _("可以评价的服务"),
        Told(_("没有等待评价的服务"), _("每件事办结以后可以评价一次。"), Tone.INFO),
        lambda: tuple(
            Choice(
                item_words(case, world.catalogue),
                Open(Subject.RATE, case.number),
                _("{day}申请").format(day=in_words(day_of(case.applied_at))),
                "star",
            )
            for case in cases_of(session)
            if is_to_rate(case, session)
        ),
    )


def _list(
    session: Session, title: str, empty: Told, choices: Callable[[], tuple[Choice, ...]]
) -> ListPage:
    office = session.office
    if office.dossier is None:
        if office.error is not None and not office.asking:
            safe = _("您交过的申请都在")
            return ListPage(title, told=(unanswered(office.error, safe),), main=again())
        return ListPage(title, told=(waiting(_("正在查询您的办件…")),))
    found = choices()
    return ListPage(title, told=() if found else (empty,), choices=found, main=finish())


def _grouped(cases: tuple[CaseSheet, ...], catalogue: Catalogue) -> tuple[Choice, ...]:
    bundles: dict[str, list[CaseSheet]] = {}
    for case in cases:
        bundles.setdefault(case.bundle or case.number, []).append(case)
    return tuple(
        _choice(together[0], catalogue)
        if together[0].bundle is None
        else _bundle(together[0].bundle, together, catalogue)
        for together in bundles.values()
    )


def _choice(case: CaseSheet, catalogue: Catalogue, below: str = "") -> Choice:
    tag, tone = tag_of(case)
    return Choice(
        item_words(case, catalogue),
        Open(Subject.CASE, case.number),
        below or _dates(case),
        "file-text",
        tag,
        tone,
    )


def _bundle(reference: str, cases: list[CaseSheet], catalogue: Catalogue) -> Choice:
    """One entry; its tag is that of the case that asks for most."""
    urgent = [case for case in cases if missing_in(case)] or [c for c in cases if is_to_collect(c)]
    tag, tone = tag_of(urgent[0]) if urgent else (_progress_words(cases), Tone.INFO)
    names = _("、").join(item_words(case, catalogue) for case in cases)
    return Choice(
        bundle_words(cases, catalogue),
        Open(Subject.BUNDLE, reference),
        names,
        "files",
        tag,
        tone,
    )


def bundle_of(session: Session, reference: str, catalogue: Catalogue) -> list[CaseSheet]:
    """The cases of a life event, in the order in which its receipt lists them."""
    cases = [case for case in cases_of(session) if case.bundle == reference]
    event = _event(cases, catalogue)
    codes = [part.item for part in event.parts] if event is not None else []
    return sorted(cases, key=lambda case: codes.index(case.item) if codes else 0)


def bundle_words(cases: list[CaseSheet], catalogue: Catalogue) -> str:
    """The life event that consists of these."""
    event = _event(cases, catalogue)
    return _(event.name) if event is not None else _("一件事")


def _event(cases: list[CaseSheet], catalogue: Catalogue) -> Item | None:
    codes = {case.item for case in cases}
    events = (item for item in catalogue.items if item.parts)
    return next((e for e in events if codes <= {part.item for part in e.parts}), None)


def _progress_words(cases: list[CaseSheet]) -> str:
    ended = sum(case.stage in ENDED for case in cases)
    return _("{count} 件，完成 {ended} 件").format(count=len(cases), ended=ended)


def _dates(case: CaseSheet) -> str:
    applied = _("{day}申请").format(day=in_words(day_of(case.applied_at)))
    due = due_words(case)
    if case.clock_stopped or not due:
        return applied
    return _("{applied}，期限 {due}").format(applied=applied, due=due)


def _missing_words(case: CaseSheet) -> str:
    missing = missing_in(case)
    days = sorted(material.due for material in missing if material.due is not None)
    count = _("还缺 {count} 份").format(count=len(missing))
    if not days:
        return count
    return _("{count}，最晚 {day}").format(count=count, day=in_words(days[0]))


def _collection_words(case: CaseSheet, session: Session) -> str:
    there = case.collection
    if there is not None and there.window and not there.posted:
        return _("领取窗口：{window}").format(window=said_by_office(there.window, session))
    return ""
