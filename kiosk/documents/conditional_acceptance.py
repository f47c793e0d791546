"""容缺受理通知书: taken on although materials are missing, because the applicant promised them."""

from kiosk.documents.authority_notice import Act, authority_notice
from kiosk.documents.case_head import CaseHead
from kiosk.documents.days import LastDay, minute
from kiosk.documents.document import Document, DocumentKind, Field, title_for_all
from kiosk.documents.promised_material import (
    PromisedMaterial,
    consequence_words,
    promised_rows,
)
from kiosk.documents.stated import or_as_published
from kiosk.language import _, mark


def conditional_acceptance(
    head: CaseHead,
    act: Act,
    *,
    promised: tuple[PromisedMaterial, ...],
    consequence: str = "",
    due: LastDay | None = None,
) -> Document:
    """`act.at` is the time of acceptance; `due` is None where the item has no known limit."""
    return authority_notice(
        DocumentKind.CONDITIONAL_ACCEPTANCE,
        title_for_all(mark("容缺受理通知书")),
        head,
        act,
        fields=(
            Field(_("受理时间"), minute(act.at)),
            Field(_("办结期限"), or_as_published(due.words() if due else "")),
            head.limit_field(),
        ),
        rows=(promised_rows(promised), *head.handed_in(_("已收材料"))),
        notices=(
            _("您作了承诺，申请先受理。暂缺的材料补齐以前，不会批准。"),
            consequence_words(consequence),
            *head.about_limit(),
        ),
    )
