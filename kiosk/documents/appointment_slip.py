"""预约凭条: when and where a citizen is expected."""

from dataclasses import dataclass, field
from datetime import date

from kiosk.documents.days import in_words
from kiosk.documents.document import Document, DocumentKind, Field, QrCode, Row, Rows, title_for_all
from kiosk.documents.stated import or_as_published
from kiosk.language import _, mark
from kiosk.masking import masked_name, masked_phone


@dataclass(frozen=True)
class Appointment:
    """`hours` are a span of local time such as 09:00–09:30; `place` and `bring` are empty where
    they are not known."""

    number: str
    item: str
    department: str
    day: date
    hours: str
    person: str = field(repr=False)
    phone: str = field(repr=False)
    place: str = ""
    bring: tuple[str, ...] = ()


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
            Field(_("办理地点"), or_as_published(appointment.place)),
            Field(_("办理事项"), appointment.item),
            Field(_("承办部门"), appointment.department),
            Field(_("预约人"), masked_name(appointment.person)),
            Field(_("联系电话"), masked_phone(appointment.phone)),
        ),
        rows=(Rows(_("请带上"), bring, numbered=True),) if bring else (),
        notices=(
            _("请带身份证，在预约时段内到大厅。"),
            _("来不了、来晚了或者要改时间的，怎么办以窗口公布为准。"),
        ),
        qr=QrCode(appointment.number, _("到大厅时请出示此码")),
        footer=(_("打印终端：{terminal}").format(terminal=terminal),),
    )
