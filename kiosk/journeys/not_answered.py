"""What is told while the intake is asked, and where it does not answer or says no."""

from kiosk.errors import IntakeError, IntakeRefused
from kiosk.faults import fault_of
from kiosk.intake.contract import ProblemType
from kiosk.journeys.pages import Button, SheetPage, Told, Tone
from kiosk.journeys.steps import Home, TryAgain
from kiosk.language import _
from kiosk.session import Session


def waiting(title: str) -> Told:
    return Told(title, _("请稍等。"), Tone.INFO, "hourglass")


def unanswered(error: IntakeError, safe: str) -> Told:
    """`safe` says what is not lost, in a sentence without its full stop."""
    code = fault_of(error).code
    if problem_of(error) is ProblemType.TOO_MANY_REQUESTS:
        words = _("{safe}。请过一会儿再试。").format(safe=safe)
        return Told(_("问的人太多了"), words, Tone.WARNING, "hourglass", code)
    words = _("{safe}。受理平台没有回应，请再试一次；还是不行，请到窗口办理。")
    return Told(_("现在查不到"), words.format(safe=safe), Tone.WARNING, "cloud-off", code)


def case_unknown(session: Session, title: str) -> SheetPage:
    """In place of a case: it is asked for, no answer came, or it is not among the citizen's."""
    office = session.office
    if office.dossier is None and (office.error is None or office.asking):
        return SheetPage(title, parts=(waiting(_("正在查询办理进度…")),))
    if office.dossier is None and office.error is not None:
        return SheetPage(title, parts=(unanswered(office.error, _("您的申请还在")),), main=again())
    words = _("它可能还在发送，请过一会儿再试，或者到窗口查询。")
    told = Told(_("没有查到这件申请"), words, Tone.WARNING, "file-search")
    return SheetPage(title, parts=(told,), main=again())


def problem_of(error: IntakeError | None) -> ProblemType | None:
    """Why it said no; None where it said nothing."""
    return error.problem if isinstance(error, IntakeRefused) else None


def again() -> Button:
    return Button(_("再试一次"), TryAgain(), "refresh")


def finish() -> Button:
    return Button(_("结束并清除信息"), Home())
