"""办结通知: what was decided, and how the applicant gets it."""

from kiosk.documents.authority_notice import Act, authority_notice, remedies
from kiosk.documents.case_head import CaseHead
from kiosk.documents.days import minute
from kiosk.documents.document import Document, DocumentKind, Field, Row, Rows, title_for_all
from kiosk.documents.stated import or_as_published
from kiosk.language import _, mark


def completion_notice(
    head: CaseHead, act: Act, *, approved: bool | None, words: str = "", collect: str = ""
) -> Document:
    """`act.at` is the time of the decision, `words` what the office wrote to it: its reasons
    where it did not approve, its answer where there was nothing to approve (`approved` None).
    `collect`: how the result reaches the applicant, in words."""
    match approved:
        case True:
            result, heading = _("准予"), _("办理意见")
            notices: tuple[str, ...] = (_("领取时请带身份证和本通知。"),)
        case False:
            result, heading = _("不予批准"), _("不予批准的原因")
            notices = (remedies(),)
        case None:
            result, heading, notices = _("已经答复"), _("答复"), ()
    way = or_as_published(collect) if approved is not None else collect
    return authority_notice(
        DocumentKind.COMPLETION_NOTICE,
        title_for_all(mark("办结通知")),
        head,
        act,
        fields=(
            Field(_("办结时间"), minute(act.at)),
            Field(_("办理结果"), result),
            *((Field(_("领取方式"), way),) if way else ()),
        ),
        rows=(Rows(heading, (Row(words),)),) if words else (),
        notices=notices,
    )
