"""延期告知书: a longer limit, told in writing before the old one ends."""

from kiosk.documents.authority_notice import Act, authority_notice
from kiosk.documents.case_head import CaseHead
from kiosk.documents.days import LastDay, minute
from kiosk.documents.document import Document, DocumentKind, Field, Row, Rows, title_for_all
from kiosk.documents.stated import or_as_published
from kiosk.language import _, mark


def extension_notice(
    head: CaseHead,
    act: Act,
    *,
    reason: str,
    days: int | None = None,
    due_before: LastDay | None,
    due: LastDay | None,
) -> Document:
    """`act.at` is the time of telling, `days` the working days added, `due_before` and `due` the
    last day before and after (将政办〔2023〕32号: in writing, in time, at most once); None where
    they are not known."""
    added = _("{amount} 个工作日").format(amount=days) if days is not None else ""
    return authority_notice(
        DocumentKind.EXTENSION_NOTICE,
        title_for_all(mark("延期告知书")),
        head,
        act,
        fields=(
            Field(_("告知时间"), minute(act.at)),
            Field(_("原定期限"), or_as_published(due_before.words() if due_before else "")),
            *((Field(_("延长"), added),) if added else ()),
            Field(_("新的期限"), or_as_published(due.words() if due else "")),
        ),
        rows=(Rows(_("延期的原因"), (Row(or_as_published(reason)),)),),
        notices=(_("同一件事最多延期一次。"),),
    )
