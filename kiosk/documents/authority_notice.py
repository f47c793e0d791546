"""What the notices of an authority have in common."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.documents.case_head import CaseHead, or_as_published
from kiosk.documents.days import day_in_words
from kiosk.documents.document import Document, DocumentKind, Field, QrCode, Row, Rows, Seal
from kiosk.language import _


@dataclass(frozen=True)
class Act:
    """The authority's act of which a notice tells; what is empty is not known.

    `at` is local time. `officer` is what the hall lets citizens know of its staff, such as a
    window and a staff number. `document_number` is the 文书编号 of the sealed original.
    """

    at: datetime
    officer: str = ""
    document_number: str = ""


def authority_notice(
    kind: DocumentKind,
    title: str,
    head: CaseHead,
    act: Act,
    *,
    fields: tuple[Field, ...],
    rows: tuple[Rows, ...] = (),
    notices: tuple[str, ...],
) -> Document:
    """A notice about one case: its head, then what is its own, then seal and receipt.

    A case may have several notices of one kind, so the time of the act is part of what the print
    journal knows it by. The kiosk has no seal to set, and the notice says so itself.
    """
    return Document(
        kind=kind,
        issuer=head.issuer,
        title=title,
        reference=f"{head.reference}/{act.at:%Y%m%d%H%M%S}",
        number_label=_("收件编号"),
        number=head.number,
        fields=(
            Field(_("文书编号"), act.document_number or _("见盖章原件")),
            *head.fields(),
            *fields,
            Field(_("法律依据"), or_as_published(head.legal_basis)),
            Field(_("经办人"), or_as_published(act.officer)),
        ),
        rows=rows,
        notices=(
            *notices,
            _("本件由自助终端打印，没有盖章。盖章的原件请到窗口领取。"),
        ),
        seal=Seal(head.department, day_in_words(act.at), _("签收人和时间")),
        qr=QrCode(head.number, _("查询时请出示此码")),
        footer=(_("打印终端：{terminal}").format(terminal=head.terminal),),
    )


def received_materials(head: CaseHead) -> tuple[Rows, ...]:
    """The materials that the office has, as a list; none where there are none."""
    if not head.materials:
        return ()
    return (Rows(_("已收材料"), tuple(Row(name) for name in head.materials), numbered=True),)


def remedies() -> str:
    """What the applicant can do against a decision. Days of 行政复议 and 行政诉讼 are calendar
    days: only the limits of 行政许可法 are working days."""
    return _(
        "对决定不服的，可以在 60 日内申请行政复议，或者在 6 个月内向人民法院提起行政诉讼。"
        "从哪天算起、向哪里申请，以盖章原件为准。"
    )
