"""受理通知书: the office has taken the case on, and its limit runs."""

from kiosk.documents.authority_notice import Act, authority_notice
from kiosk.documents.case_head import CaseHead
from kiosk.documents.days import LastDay, minute
from kiosk.documents.document import Document, DocumentKind, Field, title_for_all
from kiosk.documents.stated import or_as_published
from kiosk.language import _, mark


def acceptance_notice(
    head: CaseHead, act: Act, *, due: LastDay | None = None, deemed: bool = False
) -> Document:
    """`act.at` is the time of acceptance; `due` is None where the item has no known limit.
    `deemed`: nobody answered in time, so the case counts as accepted (行政许可法 32)."""
    return authority_notice(
        DocumentKind.ACCEPTANCE_NOTICE,
        title_for_all(mark("受理通知书")),
        head,
        act,
        fields=(
            Field(_("受理时间"), minute(act.at)),
            Field(_("办结期限"), or_as_published(due.words() if due else "")),
            head.limit_field(),
        ),
        rows=head.handed_in(_("已收材料")),
        notices=(
            _("您的申请已经受理，由承办部门办理。"),
            *((_deemed(),) if deemed else ()),
            _("需要延期的，会在到期以前书面告诉您原因和新的期限。"),
            *head.about_limit(),
        ),
    )


def _deemed() -> str:
    return _(
        "窗口没有在五个工作日内告知您要补什么，按《行政许可法》第三十二条、第八十二条，"
        "从收到材料那天起就算受理。"
    )
