"""The sheet of one case of the citizen who signed in."""

from kiosk.documents.authority_notice import remedies
from kiosk.documents.days import in_words, minute
from kiosk.forms.grouping import in_fours
from kiosk.intake.contract import CaseStage
from kiosk.intake.contract.dossier import CaseSheet, EventKind, MissingMaterial, Outcome
from kiosk.journeys.case_told import case_told
from kiosk.journeys.case_way_told import way_told
from kiosk.journeys.collection_told import collection_parts
from kiosk.journeys.not_answered import case_unknown, finish
from kiosk.journeys.notices_told import notice_buttons, notice_told
from kiosk.journeys.own_case import (
    accepted,
    case_by,
    department_words,
    due_words,
    is_to_collect,
    is_to_rate,
    item_words,
    last,
    missing_in,
    said_by_office,
)
from kiosk.journeys.pages import Button, Lines, Paper, Part, SheetPage, Told, Tone, Value
from kiosk.journeys.routes import World
from kiosk.journeys.steps import (
    Correct,
    Destination,
    HaveSent,
    Open,
    Subject,
    Supply,
    Withdraw,
)
from kiosk.language import _
from kiosk.session import CaseAsked, Session


def case_sheet_told(session: Session, here: Destination, world: World) -> SheetPage:
    """`here.key` is the number, and behind a stroke the notice of it that is read."""
    number, _stroke, notice = here.key.partition("/")
    case = case_by(session, number)
    if case is None:
        return case_unknown(session, _("办理进度"))
    if notice:
        return notice_told(session, case, notice, world)
    wanted = _wanted(case, session)
    return SheetPage(
        item_words(case, world.catalogue),
        department_words(case, world.catalogue),
        parts=(
            _state(case, session),
            *_missing(case, session),
            *_refusal(case, session),
            *collection_parts(case, session),
            *_decision(case, session),
            *_values(case),
            Paper(),
            *_extension(case, session),
            way_told(case, session),
        ),
        buttons=(*wanted[1:], *_allowed(case), *notice_buttons(case)),
        main=wanted[0] if wanted else finish(),
    )


def missing_lines(material: MissingMaterial, session: Session) -> Lines:
    """One material with all that is known of it."""
    due = in_words(material.due) if material.due is not None else ""
    return Lines(
        said_by_office(material.name, session),
        tuple(
            line.format(words=said_by_office(words, session))
            for line, words in (
                (_("原因：{words}"), material.reason),
                (_("要求：{words}"), material.standard),
                (_("最晚补交：{words}"), due),
            )
            if words
        ),
    )


def _state(case: CaseSheet, session: Session) -> Told:
    told = case_told(CaseAsked(case.number, case.number, case.stage))
    return Told(told.title, _next(case, session) or told.words, Tone(told.tone), told.icon)


def _next(case: CaseSheet, session: Session) -> str:
    """What happens now, or is to be done; empty where the stage's own words say it."""
    missing = missing_in(case)
    match case.stage:
        case CaseStage.RECEIVED:
            return _("收件不等于受理。承办部门看过材料，会告诉您是否受理。")
        case CaseStage.SUPPLEMENT if missing and case.clock_stopped:
            return _("请补齐下面的材料。补材料的时间不算在期限里，补齐后接着办理。")
        case CaseStage.SUPPLEMENT if missing:
            return _("请补齐下面的材料。补齐以后，承办部门再看是否受理。")
        case CaseStage.ACCEPTED | CaseStage.REVIEW | CaseStage.DECISION if missing:
            return _("正在办理。您承诺补交的材料还没有到，请按时补交。")
        case CaseStage.ACCEPTED if case.deemed:
            return _("窗口没有按时答复，从收到材料那天起就算受理。")
        case CaseStage.REFUSED:
            return _("原因写在下面。您可以打印《不予受理通知书》。")
        case CaseStage.FINISHED | CaseStage.DELIVERED if case.outcome is None:
            return _("答复写在下面。")
        case CaseStage.FINISHED if is_to_collect(case):
            return _("已经作出决定，怎么领取写在下面。")
        case CaseStage.FINISHED | CaseStage.DELIVERED if is_to_rate(case, session):
            return _("已经作出决定。请评价这次服务。")
        case CaseStage.FINISHED:
            return _("已经作出决定。")
        case CaseStage.WITHDRAWN:
            return _("您已经撤回，这件申请不再办理。需要的话可以重新申请。")
        case _:
            return ""


def _missing(case: CaseSheet, session: Session) -> tuple[Part, ...]:
    return tuple(missing_lines(material, session) for material in missing_in(case))


def _refusal(case: CaseSheet, session: Session) -> tuple[Part, ...]:
    if case.stage is not CaseStage.REFUSED:
        return ()
    refused = last(case, EventKind.REFUSED)
    reasons = said_by_office(refused.words, session) if refused is not None else ""
    apply_to = (
        (Value(_("可以去哪里申请"), said_by_office(case.refused_to, session)),)
        if case.refused_to
        else ()
    )
    return (
        Lines(_("不予受理的原因"), (reasons or _("原因见《不予受理通知书》。"),)),
        *apply_to,
        Lines(_("不同意怎么办"), (remedies(),)),
    )


def _decision(case: CaseSheet, session: Session) -> tuple[Part, ...]:
    finished = last(case, EventKind.FINISHED)
    if finished is None:
        return ()
    words = tuple(filter(None, (said_by_office(finished.words, session),)))
    match case.outcome:
        case Outcome.APPROVED:
            return (Lines(_("办理结果"), (_("准予"), *words)),)
        case Outcome.NOT_APPROVED:
            return (
                Value(_("办理结果"), _("不予批准")),
                *((Lines(_("不予批准的原因"), words),) if words else ()),
                Lines(_("不同意怎么办"), (remedies(),)),
            )
        case None:
            return (Lines(_("答复"), words),) if words else ()


def _values(case: CaseSheet) -> tuple[Value, ...]:
    due = due_words(case)
    if case.clock_stopped:
        limit: tuple[Value, ...] = (Value(_("办结期限"), _("暂停计算，等您补齐材料")),)
    elif due and accepted(case):
        limit = (Value(_("办结期限"), due),)
    else:
        limit = ()
    return (
        Value(_("收件编号"), in_fours(case.number)),
        Value(_("申请时间"), minute(case.applied_at)),
        *limit,
    )


def _extension(case: CaseSheet, session: Session) -> tuple[Part, ...]:
    extended = last(case, EventKind.EXTENDED)
    if extended is None:
        return ()
    due = (_("新的期限：{day}").format(day=in_words(extended.due)),) if extended.due else ()
    reason = said_by_office(extended.words, session) or _("原因见《延期告知书》。")
    return (Lines(_("为什么延期"), (reason, *due)),)


def _wanted(case: CaseSheet, session: Session) -> tuple[Button, ...]:
    """What the case waits for from the citizen, the most urgent first."""
    found = []
    if missing_in(case):
        found.append(Button(_("补交材料"), Supply(case.number), "upload"))
    collection = case.collection
    postable = collection is not None and collection.by_post and not collection.posted
    if is_to_collect(case) and postable:
        found.append(Button(_("请寄给我"), HaveSent(case.number), "truck"))
    if is_to_rate(case, session):
        found.append(Button(_("评价"), Open(Subject.RATE, case.number), "star"))
    return tuple(found)


def _allowed(case: CaseSheet) -> tuple[Button, ...]:
    found = []
    if case.can_correct:
        found.append(Button(_("更正申请"), Correct(case.number), "pencil"))
    if case.can_withdraw:
        found.append(Button(_("撤回申请"), Withdraw(case.number), "circle-x"))
    return tuple(found)
