"""What whoever scanned a receipt is told of its case: how far it has come, and of nobody whose it
is."""

from dataclasses import dataclass

from kiosk.errors import IntakeError, IntakeRefused
from kiosk.intake.contract import CaseStage, ProblemType
from kiosk.language import _
from kiosk.session import CaseAsked


@dataclass(frozen=True)
class CaseTold:
    """`again`: asking once more may help."""

    title: str
    words: str
    tone: str
    icon: str
    again: bool = False


def case_told(case: CaseAsked) -> CaseTold:
    if case.error is not None:
        return _not_told(case.error)
    if case.stage is None:
        return CaseTold(_("正在查询…"), "", "info", "hourglass")
    return _stage_told(case.stage)


def stages(stage: CaseStage) -> tuple[tuple[str, bool], ...]:
    """The way of a case, stage by stage, and whether it has come as far; empty for one that has
    left this way, because nobody knows from here at which stage."""
    way = (
        (CaseStage.RECEIVED, _("收件")),
        (CaseStage.ACCEPTED, _("受理")),
        (CaseStage.REVIEW, _("审核")),
        (CaseStage.DECISION, _("审批")),
        (CaseStage.FINISHED, _("办结")),
        (CaseStage.DELIVERED, _("送达")),
    )
    reached = [each for each, _name in way]
    if stage not in reached:
        return ()
    return tuple((name, number <= reached.index(stage)) for number, (_each, name) in enumerate(way))


def _not_told(error: IntakeError) -> CaseTold:
    if isinstance(error, IntakeRefused) and error.problem is ProblemType.NO_RECORD:
        return CaseTold(
            _("没有查到这个编号"),
            _("刚提交的申请可能还在发送，请过一会儿再试。还是没有，请拿凭条到窗口查询。"),
            "warning",
            "file-search",
            again=True,
        )
    return CaseTold(
        _("现在查不到"),
        _("受理平台没有回应。请再试一次，或拿凭条到窗口查询。"),
        "warning",
        "cloud-off",
        again=True,
    )


def _stage_told(stage: CaseStage) -> CaseTold:
    match stage:
        case CaseStage.RECEIVED:
            return CaseTold(
                _("已收件，还没有受理"),
                _("收件不等于受理。承办部门正在看材料，决定是否受理后会告知申请人。"),
                "info",
                "file-text",
            )
        case CaseStage.SUPPLEMENT:
            return CaseTold(
                _("等待补正材料"),
                _("承办部门已经告知申请人要补什么。补齐以后接着办理。"),
                "warning",
                "files",
            )
        case CaseStage.ACCEPTED:
            return CaseTold(_("已受理"), _("承办部门已经受理，正在办理。"), "good", "check")
        case CaseStage.REFUSED:
            return CaseTold(
                _("不予受理"),
                _("理由写在《不予受理通知书》里。有疑问请申请人到窗口询问。"),
                "warning",
                "file-text",
            )
        case CaseStage.REVIEW:
            return CaseTold(_("正在审核"), _("承办部门已经受理，正在审核。"), "good", "search")
        case CaseStage.DECISION:
            return CaseTold(_("正在审批"), _("审核已经完成，正在作出决定。"), "good", "scale")
        case CaseStage.FINISHED:
            return CaseTold(
                _("已办结"),
                _("已经作出决定。结果请申请人凭身份证到窗口查询、领取。"),
                "good",
                "circle-check",
            )
        case CaseStage.DELIVERED:
            return CaseTold(_("已送达"), _("结果已经交给申请人。"), "good", "circle-check")
        case CaseStage.WITHDRAWN:
            return CaseTold(_("已撤回"), _("申请人撤回了这件申请，不再办理。"), "info", "file-text")
