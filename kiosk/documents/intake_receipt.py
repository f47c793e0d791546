"""收件凭证: what a citizen takes away after handing in an application."""

from datetime import datetime

from kiosk.documents.case_head import CaseHead
from kiosk.documents.days import minute
from kiosk.documents.document import (
    Document,
    DocumentKind,
    Field,
    QrCode,
    Row,
    Rows,
    title_for_all,
)
from kiosk.documents.stated import about_samples, as_sample, or_as_published
from kiosk.language import _, mark


def intake_receipt(
    head: CaseHead,
    *,
    received_at: datetime | None = None,
    to_bring: tuple[str, ...] = (),
    promised: tuple[Rows, ...] = (),
    samples: bool = False,
) -> Document:
    """The slip for one application, in the language now spoken.

    Without `head.number` the application is kept on this kiosk alone, and the slip says so.
    `received_at` is the intake's time, with its zone. `to_bring` are the materials that the
    office still has to see, `promised` those that the applicant hands in later; `samples`: these
    lists are sample data.
    """
    received = bool(head.number)
    return Document(
        kind=DocumentKind.INTAKE_RECEIPT,
        issuer=head.issuer,
        title=title_for_all(mark("收件凭证") if received else mark("暂存凭证（待上传）")),
        reference=head.reference,
        number_label=head.number_label,
        number=head.shown_number,
        fields=(
            *head.fields(),
            *((Field(_("收件时间"), minute(received_at)),) if received_at else ()),
            head.limit_field(),
            Field(_("法律依据"), or_as_published(head.legal_basis)),
            Field(_("办理终端"), head.terminal),
            *((Field(_("终端单号"), head.reference),) if received else ()),
        ),
        rows=(
            *head.handed_in(_("已收材料") if received else _("已填材料")),
            *promised,
            *still_to_bring(to_bring, samples=samples),
        ),
        notices=(
            *about_receiving(received=received),
            *((about_samples(),) if (to_bring or promised) and samples else head.about_limit()),
            _("办理地点、时间和电话以窗口公布为准。"),
        ),
        qr=QrCode(head.shown_number, _("查询时请出示此码")),
        footer=(_("请妥善保管本凭证"),),
    )


def still_to_bring(names: tuple[str, ...], *, samples: bool) -> tuple[Rows, ...]:
    """The list under its heading; nothing where there is none."""
    if not names:
        return ()
    heading = _("需带材料")
    rows = tuple(map(Row, names))
    return (Rows(as_sample(heading) if samples else heading, rows, numbered=True),)


def about_receiving(*, received: bool) -> tuple[str, ...]:
    """What it means that the intake has it, or has not got it yet."""
    if not received:
        return _kept()
    return (
        _("收件不等于受理。承办部门审核材料后，决定是否受理并告知您。"),
        _("查询办理情况：在自助终端或窗口出示下方二维码或身份证。"),
        _("本凭证由自助终端打印，没有盖章。"),
    )


def _kept() -> tuple[str, ...]:
    return (
        _("您的申请已加密保存在本终端，政务服务中心尚未收到。"),
        _("网络恢复后由本终端自动上传，您不用重新提交。上传成功后才有收件编号。"),
        _("查询是否已上传：到窗口出示下方二维码或身份证。"),
    )
