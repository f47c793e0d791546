"""补齐补正通知单: everything that is missing or not right, told at once."""

from dataclasses import dataclass

from kiosk.documents.authority_notice import Act, authority_notice
from kiosk.documents.case_head import CaseHead
from kiosk.documents.days import minute
from kiosk.documents.document import Document, DocumentKind, Field, Row, Rows, title_for_all
from kiosk.documents.stated import or_as_published
from kiosk.language import _, mark


@dataclass(frozen=True)
class MissingMaterial:
    """`standard`: what it has to be like, empty where not known; `reason`: why it is asked for."""

    name: str
    standard: str
    reason: str


def supplement_notice(
    head: CaseHead,
    act: Act,
    *,
    missing: tuple[MissingMaterial, ...],
    deadline: str = "",
    accepted: bool = False,
) -> Document:
    """`act.at` is the time of telling; `deadline`, in words, until when to supply. `accepted`: the
    case was accepted before, so that its clock stands while the citizen supplies."""
    heading = _("要补的材料（共 {count} 项）").format(count=len(missing))
    return authority_notice(
        DocumentKind.SUPPLEMENT_NOTICE,
        title_for_all(mark("补齐补正通知单")),
        head,
        act,
        fields=(
            Field(_("告知时间"), minute(act.at)),
            Field(_("补交期限"), or_as_published(deadline)),
            head.limit_field(),
        ),
        rows=(
            Rows(heading, tuple(map(_row, missing)), numbered=True),
            *head.handed_in(_("已收材料")),
        ),
        notices=(
            _("要补的都列在上面，一次告知。"),
            _during_the_case() if accepted else _before_acceptance(),
            *head.about_limit(),
        ),
    )


def _row(material: MissingMaterial) -> Row:
    standard = _("要求：{standard}").format(standard=or_as_published(material.standard))
    return Row(material.name, below=(standard, _("原因：{reason}").format(reason=material.reason)))


def _before_acceptance() -> str:
    return _(
        "这还不是受理。属于行政许可的，材料补齐后，窗口当场或者在五个工作日内答复；"
        "到期没有告知的，从收到材料那天起就算受理（《行政许可法》第三十二条、第八十二条）。"
    )


def _during_the_case() -> str:
    return _("补材料的时间不算在办理时限里，补齐后接着办理。")
