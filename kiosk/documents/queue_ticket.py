"""排队号: one turn at a window, for one day. It holds nothing of the person."""

from datetime import datetime

from kiosk.documents.days import day_of, minute
from kiosk.documents.document import Document, DocumentKind, Field, QrCode, title_for_all
from kiosk.documents.stated import or_as_published
from kiosk.language import _, mark


def queue_ticket(
    *,
    issuer: str,
    terminal: str,
    number: str,
    business: str,
    windows: str,
    waiting: int,
    taken_at: datetime,
) -> Document:
    """`windows` are those that call this number, empty where not known; `waiting` were before it
    at `taken_at`, a time with its zone. Numbers begin anew each day: the reference has the day."""
    return Document(
        kind=DocumentKind.QUEUE_TICKET,
        issuer=issuer,
        title=title_for_all(mark("排队号")),
        reference=f"{day_of(taken_at)}/{number}",
        number_label=_("您的号码"),
        number=number,
        fields=(
            Field(_("办理业务"), business),
            Field(_("办理窗口"), or_as_published(windows)),
            Field(_("前面等候"), _("{count} 人").format(count=waiting)),
            Field(_("取号时间"), minute(taken_at)),
        ),
        notices=(
            _("请留意叫号，叫到后到窗口。"),
            _("只在今天有效。过号怎么办，请问导办员。"),
        ),
        qr=QrCode(number, _("到窗口时请出示此码")),
        footer=(_("取号终端：{terminal}").format(terminal=terminal),),
    )
