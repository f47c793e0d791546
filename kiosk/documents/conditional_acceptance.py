"""容缺受理通知书: taken on although materials are missing, because the applicant promised them."""

from datetime import date

from kiosk.documents.authority_notice import Act, authority_notice, received_materials
from kiosk.documents.case_head import CaseHead, or_as_published
from kiosk.documents.days import day_in_words, minute
from kiosk.documents.document import Document, DocumentKind, Field, title_for_all
from kiosk.documents.promised_material import (
    PromisedMaterial,
    consequence_words,
    promised_rows,
)
from kiosk.language import _, mark


def conditional_acceptance(
    head: CaseHead,
    act: Act,
    *,
    promised: tuple[PromisedMaterial, ...],
    consequence: str = "",
    due: date | None = None,
) -> Document:
    """`act.at` is the time of acceptance, `due` the last day of the item's limit."""
    return authority_notice(
        DocumentKind.CONDITIONAL_ACCEPTANCE,
        title_for_all(mark("容缺受理通知书")),
        head,
        act,
        fields=(
            Field(_("受理时间"), minute(act.at)),
            Field(_("办理时限"), or_as_published(head.limit)),
            Field(_("最迟办结日"), or_as_published(day_in_words(due) if due else None)),
        ),
        rows=(promised_rows(promised), *received_materials(head)),
        notices=(
            _("您作了承诺，申请先受理。暂缺的材料补齐以前，不会批准。"),
            consequence_words(consequence),
        ),
    )
