"""受理通知书: the office has taken the case on, and its limit runs."""

from datetime import date

from kiosk.documents.authority_notice import Act, authority_notice, received_materials
from kiosk.documents.case_head import CaseHead, or_as_published
from kiosk.documents.days import day_in_words, minute
from kiosk.documents.document import Document, DocumentKind, Field, title_for_all
from kiosk.language import _, mark


def acceptance_notice(
    head: CaseHead, act: Act, *, due: date | None = None, deemed: bool = False
) -> Document:
    """`act.at` is the time of acceptance, `due` the last day of the limit, None where the item
    has none. `deemed`: nobody answered in time, so it counts as accepted (行政许可法 32)."""
    return authority_notice(
        DocumentKind.ACCEPTANCE_NOTICE,
        title_for_all(mark("受理通知书")),
        head,
        act,
        fields=(
            Field(_("受理时间"), minute(act.at)),
            Field(_("办理时限"), or_as_published(head.limit)),
            Field(_("最迟办结日"), or_as_published(day_in_words(due) if due else None)),
        ),
        rows=received_materials(head),
        notices=(
            *(
                (
                    _(
                        "窗口没有在五个工作日内一次告知要补什么，"
                        "按《行政许可法》第三十二条，自收到材料之日起就是受理。"
                    ),
                )
                if deemed
                else ()
            ),
            _("您的申请已经受理，由承办部门办理。"),
            _("需要延期的，会在时限到期以前书面告诉您原因和新的时限。"),
        ),
    )
