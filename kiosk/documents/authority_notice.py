"""What the notices of an authority have in common."""

from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.documents.case_head import CaseHead
from kiosk.documents.days import day_of, in_words
from kiosk.documents.document import Document, DocumentKind, Field, QrCode, Row, Rows, Seal
from kiosk.documents.stated import or_as_published
from kiosk.language import _


@dataclass(frozen=True)
class Act:
    """The authority's act of which a notice tells; what is empty is not known.

    `at` has its zone. `officer` is what the hall lets citizens know of its staff, such as a
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
    rows: tuple[Rows, ...],
    notices: tuple[str, ...],
) -> Document:
    """A notice about one case: what is its own stands after the head; then seal and receipt.

    Words of officers, in fields and in rows, are masked here. A case may have several notices of
    one kind, so the time of the act is part of what the print journal knows it by. The kiosk has
    no seal to set, and the notice says so itself.
    """
    return Document(
        kind=kind,
        issuer=head.issuer,
        title=title,
        reference=f"{head.shown_number}/{act.at.isoformat()}",
        number_label=head.number_label,
        number=head.shown_number,
        fields=(
            Field(_("文书编号"), act.document_number or _("见盖章原件")),
            *head.fields(),
            *(replace(own, value=head.masked(own.value)) for own in fields),
            Field(_("法律依据"), or_as_published(head.legal_basis)),
            Field(_("经办人"), act.officer or _("见盖章原件")),
        ),
        rows=tuple(
            replace(listed, rows=tuple(_masked(row, head) for row in listed.rows))
            for listed in rows
        ),
        notices=(
            *notices,
            _("本件由自助终端打印，没有盖章。盖章的原件请到窗口领取。"),
        ),
        seal=Seal(head.department, in_words(day_of(act.at)), _("签收人和时间")),
        qr=QrCode(head.shown_number, _("查询时请出示此码")),
        footer=(_("打印终端：{terminal}").format(terminal=head.terminal),),
    )


def _masked(row: Row, head: CaseHead) -> Row:
    return Row(head.masked(row.text), row.beside, tuple(map(head.masked, row.below)))


def remedies() -> str:
    """What the applicant can do against a decision. Not said to be working days: only the limits
    of 行政许可法 are."""
    return _(
        "对决定不服的，可以在 60 日内申请行政复议，或者在 6 个月内向人民法院提起行政诉讼。"
        "从哪天算起、向哪里申请，以盖章原件为准。"
    )
