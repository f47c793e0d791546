"""服务记录: what was done in one visit, for the citizen and for whoever is asked about it later."""

from dataclasses import dataclass, field
from datetime import datetime

from kiosk.documents.days import minute, time_of_day
from kiosk.documents.document import Document, DocumentKind, Field, QrCode, Row, Rows, title_for_all
from kiosk.language import _, mark
from kiosk.masking import masked_name, masked_number


@dataclass(frozen=True)
class Deed:
    """One thing that was done, at a time with its zone; `result` is a word or two, `number` that
    of the paper or case that came of it, empty where none did."""

    at: datetime
    what: str
    result: str
    number: str = ""


@dataclass(frozen=True)
class Service:
    """One visit; `number` is its own. `person` and `id_number` are empty where nobody signed in,
    `helper` where no staff helped, `rating` where none was given."""

    number: str
    begun_at: datetime
    ended_at: datetime
    deeds: tuple[Deed, ...]
    person: str = field(default="", repr=False)
    id_number: str = field(default="", repr=False)
    helper: str = ""
    rating: str = ""


def service_record(*, issuer: str, terminal: str, service: Service) -> Document:
    person = (
        (
            Field(_("办事人"), masked_name(service.person)),
            Field(_("证件号码"), masked_number(service.id_number)),
        )
        if service.person
        else ()
    )
    return Document(
        kind=DocumentKind.SERVICE_RECORD,
        issuer=issuer,
        title=title_for_all(mark("服务记录")),
        reference=service.number,
        number_label=_("服务编号"),
        number=service.number,
        fields=(
            *person,
            Field(_("开始时间"), minute(service.begun_at)),
            Field(_("结束时间"), minute(service.ended_at)),
            Field(_("办理终端"), terminal),
            *((Field(_("帮办人员"), service.helper),) if service.helper else ()),
            Field(_("服务评价"), service.rating or _("没有评价")),
        ),
        rows=(Rows(_("办了什么"), tuple(_row(deed) for deed in service.deeds), numbered=True),),
        notices=(
            _("对服务态度有意见，请向行政服务中心管委会反映。"),
            _("对办理的业务、时限和流程有意见，请向承办部门反映。"),
        ),
        qr=QrCode(service.number, _("反映情况时请出示此码")),
        footer=(_("只记录办了什么，不作为办事依据"),),
    )


def _row(deed: Deed) -> Row:
    below = (_("编号：{number}").format(number=deed.number),) if deed.number else ()
    return Row(f"{time_of_day(deed.at)} {deed.what}", deed.result, below)
