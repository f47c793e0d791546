"""预约凭条: when and where a citizen is expected."""

from dataclasses import dataclass, field
from datetime import date

from kiosk.documents.days import in_words
from kiosk.documents.document import Document, DocumentKind, Field, QrCode, Row, Rows, title_for_all
from kiosk.documents.stated import or_as_published
from kiosk.language import _, mark
from kiosk.masking import masked_name


@dataclass(frozen=True)
class Appointment:
    """`hours` are a span of local time such as 09:00–09:30; `window` is where the citizen is
    expected, at `place`. `no_show`: what follows when one does not come, in the hall's words. What
    is empty is not known."""

    number: str
    window: str
    day: date
    hours: str
    person: str = field(repr=False)
    item: str = ""
    place: str = ""
    bring: tuple[str, ...] = ()
    no_show: str = ""


def appointment_slip(*, issuer: str, terminal: str, appointment: Appointment) -> Document:
    bring = tuple(Row(name) for name in appointment.bring)
    return Document(
        kind=DocumentKind.APPOINTMENT_SLIP,
        issuer=issuer,
        title=title_for_all(mark("预约凭条")),
        reference=appointment.number,
        number_label=_("预约编号"),
        number=appointment.number,
        fields=(
            Field(_("预约日期"), in_words(appointment.day)),
            Field(_("预约时段"), appointment.hours),
            Field(_("办理窗口"), appointment.window),
            Field(_("办理地点"), or_as_published(appointment.place)),
            *((Field(_("办理事项"), appointment.item),) if appointment.item else ()),
            Field(_("预约人"), masked_name(appointment.person)),
        ),
        rows=(Rows(_("请带上"), bring, numbered=True),) if bring else (),
        notices=(
            _("请带身份证，在预约时段内到大厅。"),
            _("来不了的，请提前在自助终端取消。"),
            appointment.no_show or _("约了没来怎么办，以窗口公布为准。"),
        ),
        qr=QrCode(appointment.number, _("到大厅时请出示此码")),
        footer=(_("打印终端：{terminal}").format(terminal=terminal),),
    )
