"""补齐补正通知单: everything that is missing or not right, told at once."""

from dataclasses import dataclass

from kiosk.documents.authority_notice import Act, authority_notice, received_materials
from kiosk.documents.case_head import CaseHead, or_as_published
from kiosk.documents.days import minute
from kiosk.documents.document import Document, DocumentKind, Field, Row, Rows, title_for_all
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
    """`act.at` is the time of telling, `deadline` until when to supply, in words. `accepted`: the
    case was accepted before, so that its clock stands while the citizen supplies."""
    rows = tuple(
        Row(
            material.name,
            below=(
                _("要求：{standard}").format(standard=or_as_published(material.standard)),
                _("原因：{reason}").format(reason=material.reason),
            ),
        )
        for material in missing
    )
    return authority_notice(
        DocumentKind.SUPPLEMENT_NOTICE,
        title_for_all(mark("补齐补正通知单")),
        head,
        act,
        fields=(
            Field(_("告知时间"), minute(act.at)),
            Field(_("办理时限"), or_as_published(head.limit)),
            Field(_("补交期限"), or_as_published(deadline)),
        ),
        rows=(
            Rows(_("要补的材料（共 {count} 项）").format(count=len(rows)), rows, numbered=True),
            *received_materials(head),
        ),
        notices=(
            _("要补的都列在上面，一次告知。"),
            _("补材料期间不计入办理时限；补齐后接着办理。")
            if accepted
            else _(
                "属于行政许可的：材料补齐后，窗口当场或者五个工作日内答复；"
                "逾期不告知的，自收到材料之日起就是受理（《行政许可法》第三十二条、第八十二条）。"
            ),
        ),
    )
