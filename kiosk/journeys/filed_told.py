"""What came of an act on a case, and what stands before a form: what was handed in already."""

from kiosk.documents.days import minute
from kiosk.forms.answers import BRING_ORIGINAL
from kiosk.forms.asked import asked_questions
from kiosk.forms.grouping import in_fours
from kiosk.intake.contract import ProblemType
from kiosk.journeys.filed_already import filed_already
from kiosk.journeys.filling import act_words
from kiosk.journeys.not_answered import again, finish, problem_of, unanswered, waiting
from kiosk.journeys.own_case import item_words, missing_in, state_words
from kiosk.journeys.pages import Button, Lines, Paper, Part, SheetPage, Told, Tone, Value
from kiosk.journeys.routes import World
from kiosk.journeys.steps import Correct, Destination, GoOn, Open, Subject, Supply
from kiosk.language import _
from kiosk.session import ActKind, Session


def acted_told(session: Session, here: Destination) -> SheetPage:
    """`here.key` is the number of the case."""
    acting, filed = session.acting, session.filed
    title = act_words(acting) if acting is not None else _("办理结果")
    see = Button(_("看这件申请"), Open(Subject.CASE, here.key), "file-text")
    if session.act_error is not None:
        return SheetPage(title, parts=(_refused(session),), buttons=(see,), main=finish())
    if filed is None:
        return SheetPage(title, parts=(waiting(_("正在提交…")),))
    parts: tuple[Part, ...] = (
        _received(session) if filed.arrived else _kept(),
        Value(_("收件编号"), in_fours(here.key)),
        Value(_("终端单号"), filed.reference),
        Value(_("提交时间"), minute(filed.kept_at)),
        *_to_bring(session),
        *((Paper(),) if acting is not None and acting.kind is ActKind.SUPPLY else ()),
    )
    return SheetPage(title, parts=parts, buttons=(see,), main=finish())


def contents_told(session: Session, here: Destination) -> SheetPage:
    """What was handed in is fetched, to be corrected."""
    title, error = _("更正申请"), session.office.error
    if error is None or session.office.asking:
        return SheetPage(title, parts=(waiting(_("正在取回您交的申请…")),))
    see = Button(_("看这件申请"), Open(Subject.CASE, here.key), "file-text")
    if problem_of(error) in (ProblemType.NOT_ALLOWED, ProblemType.NOT_THE_APPLICANT):
        told = Told(
            _("这件申请现在不能更正"),
            _("受理以后，或者不是您本人交的，就不能在这里改了。要改请到窗口。"),
            Tone.WARNING,
            "file-text",
        )
        return SheetPage(title, parts=(told,), main=see)
    told = unanswered(error, _("您交过的申请没有变"))
    return SheetPage(title, parts=(told,), buttons=(see,), main=again())


def filed_already_told(session: Session, world: World) -> SheetPage:
    title = _(session.item.name) if session.item is not None else _("我要办事")
    office, case = session.office, filed_already(session)
    if office.dossier is None and office.error is None:
        return SheetPage(title, parts=(waiting(_("正在核对您以前有没有交过…")),))
    if case is None:
        told = (
            Told(_("没有交过同样的申请"), _("可以接着填写。"), Tone.GOOD, "circle-check")
            if office.error is None
            else unanswered(office.error, _("现在也可以接着填写"))
        )
        return SheetPage(title, parts=(told,), main=_go_on(_("接着填写")))
    correct = (Button(_("更正申请"), Correct(case.number), "pencil"),) if case.can_correct else ()
    supply = (Button(_("补交材料"), Supply(case.number), "upload"),) if missing_in(case) else ()
    return SheetPage(
        title,
        parts=(
            Told(
                _("您已经提交过这件事"),
                _("还没有办完，一般不用再交一次。可以先看办到哪一步。"),
                Tone.WARNING,
                "files",
            ),
            Value(_("办理事项"), item_words(case, world.catalogue)),
            Value(_("收件编号"), in_fours(case.number)),
            Value(_("申请时间"), minute(case.applied_at)),
            Value(_("办到哪一步"), state_words(case)),
        ),
        buttons=(*supply, *correct, _go_on(_("仍要再办"))),
        main=Button(_("看这件申请"), Open(Subject.CASE, case.number), "file-text"),
    )


def _go_on(words: str) -> Button:
    return Button(words, GoOn(), "arrow-right")


def _received(session: Session) -> Told:
    kind = session.acting.kind if session.acting is not None else None
    match kind:
        case ActKind.SUPPLY:
            title, words = _("补交的材料已收到"), _("承办部门看过以后接着办理。")
        case ActKind.WITHDRAW:
            title, words = _("已经撤回"), _("这件申请不再办理。需要的话可以重新申请。")
        case ActKind.POST:
            title, words = _("邮寄申请已收到"), _("结果会寄到您填的地址，请留意电话。")
        case None:
            title, words = _("已收到"), ""
    return Told(title, words, Tone.GOOD, "circle-check")


def _to_bring(session: Session) -> tuple[Part, ...]:
    """What was supplied by saying that the original comes to the window."""
    if session.acting is None:
        return ()
    names = tuple(
        _(question.label)
        for question in asked_questions(session.acting.form, session.answers)
        if session.answers.get(question.id) == BRING_ORIGINAL
    )
    return (Lines(_("请把原件带到窗口"), names),) if names else ()


def _kept() -> Told:
    return Told(
        _("已加密保存在本机，正在等待上传"),
        _("网络恢复后自动上传，您不用再交一次。过一会儿可以在“我的办件”里看到。"),
        Tone.WARNING,
        "cloud-upload",
    )


def _refused(session: Session) -> Told:
    error = session.act_error
    match problem_of(error):
        case ProblemType.NOT_ALLOWED:
            words = _("它已经办到下一步，现在不能这样做了。请看最新的进度，或者到窗口问。")
        case ProblemType.NOT_THE_APPLICANT:
            words = _("不是用您的证件交的申请，不能在这里办。请到窗口问。")
        case ProblemType.NO_RECORD:
            words = _("受理平台没有查到它。请到窗口问。")
        case _:
            words = _("受理平台没有收下。请再试一次，或者到窗口办理。")
    safe = _("这件申请没有变。{words}").format(words=words)
    return Told(_("没有办成"), safe, Tone.BAD, "alert-triangle")
