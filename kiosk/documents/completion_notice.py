"""办结通知: what was decided, and how the applicant gets it."""

from kiosk.documents.authority_notice import Act, authority_notice, remedies
from kiosk.documents.case_head import CaseHead
from kiosk.documents.days import minute
from kiosk.documents.document import Document, DocumentKind, Field, Row, Rows, title_for_all
from kiosk.documents.stated import or_as_published
from kiosk.language import _, mark


def completion_notice(
    head: CaseHead, act: Act, *, approved: bool, words: str = "", collect: str = ""
) -> Document:
    """`act.at` is the time of the decision, `words` what the office wrote to it: its reasons
    where it did not approve. `collect`: how the result reaches the applicant, in words."""
    heading = _("办理意见") if approved else _("不予批准的原因")
    return authority_notice(
        DocumentKind.COMPLETION_NOTICE,
        title_for_all(mark("办结通知")),
        head,
        act,
        fields=(
            Field(_("办结时间"), minute(act.at)),
            Field(_("办理结果"), _("准予") if approved else _("不予批准")),
            Field(_("领取方式"), or_as_published(collect)),
        ),
        rows=(Rows(heading, (Row(words),)),) if words else (),
        notices=(_("领取时请带身份证和本通知。") if approved else remedies(),),
    )
