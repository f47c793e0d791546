"""不予受理通知书: why the office does not take the case on, and what the applicant can do."""

from kiosk.documents.authority_notice import Act, authority_notice, remedies
from kiosk.documents.case_head import CaseHead
from kiosk.documents.days import minute
from kiosk.documents.document import Document, DocumentKind, Field, Row, Rows, title_for_all
from kiosk.language import _, mark


def refusal_notice(
    head: CaseHead, act: Act, *, reasons: tuple[str, ...], apply_to: str = ""
) -> Document:
    """`act.at` is the time of the decision; `apply_to` the authority that is competent instead,
    empty where there is none."""
    return authority_notice(
        DocumentKind.REFUSAL_NOTICE,
        title_for_all(mark("不予受理通知书")),
        head,
        act,
        fields=(
            Field(_("决定时间"), minute(act.at)),
            *((Field(_("有权受理"), apply_to),) if apply_to else ()),
        ),
        rows=(Rows(_("不予受理的原因"), tuple(map(Row, reasons)), numbered=len(reasons) > 1),),
        notices=(remedies(),),
    )
