"""一件事收件凭证: one receipt for all applications of a life event."""

from dataclasses import dataclass, field
from datetime import datetime

from kiosk.documents.days import minute
from kiosk.documents.document import Document, DocumentKind, Field, QrCode, Row, Rows, title_for_all
from kiosk.documents.intake_receipt import about_receiving, still_to_bring
from kiosk.documents.stated import about_samples
from kiosk.language import _, mark
from kiosk.masking import masked_name, masked_number, masked_phone


@dataclass(frozen=True)
class Part:
    """One application; `number` is empty while it is kept on the kiosk alone."""

    item: str
    department: str
    number: str


@dataclass(frozen=True)
class Bundle:
    """`reference` is what the applications have in common; by it all of them are found."""

    event: str
    reference: str
    applied_at: datetime
    parts: tuple[Part, ...]
    applicant: str = field(repr=False)
    id_number: str = field(repr=False)
    phone: str = field(default="", repr=False)

    @property
    def received(self) -> bool:
        return all(part.number for part in self.parts)


def bundle_receipt(
    *,
    issuer: str,
    terminal: str,
    bundle: Bundle,
    to_bring: tuple[str, ...] = (),
    promised: tuple[Rows, ...] = (),
    samples: bool = False,
) -> Document:
    """`to_bring` are the materials that an office still has to see, `promised` those that are
    handed in later; `samples`: these are sample data."""
    count = len(bundle.parts)
    return Document(
        kind=DocumentKind.BUNDLE_RECEIPT,
        issuer=issuer,
        title=title_for_all(
            mark("一件事收件凭证") if bundle.received else mark("暂存凭证（待上传）")
        ),
        reference=bundle.reference,
        number_label=_("一件事编号"),
        number=bundle.reference,
        fields=(
            Field(_("办理事项"), bundle.event),
            Field(_("申请人"), masked_name(bundle.applicant)),
            Field(_("证件号码"), masked_number(bundle.id_number)),
            *((Field(_("联系电话"), masked_phone(bundle.phone)),) if bundle.phone else ()),
            Field(_("申请时间"), minute(bundle.applied_at)),
            Field(_("办理终端"), terminal),
        ),
        rows=(
            Rows(
                _("同时办理的事项（共 {count} 项）").format(count=count),
                tuple(map(_part, bundle.parts)),
                numbered=True,
            ),
            *promised,
            *still_to_bring(to_bring, samples=samples),
        ),
        notices=(
            *about_receiving(received=bundle.received),
            _("各项由承办部门同时办理，分别告知您结果。"),
            *((about_samples(),) if samples and (to_bring or promised) else ()),
            _("办理地点、时间和电话以窗口公布为准。"),
        ),
        qr=QrCode(bundle.reference, _("查询时请出示此码")),
        footer=(_("请妥善保管本凭证"),),
    )


def _part(part: Part) -> Row:
    number = _("收件编号：{number}").format(number=part.number) if part.number else _("待上传")
    return Row(part.item, below=(part.department, number))
