"""收件凭证: what a citizen takes away after handing in an application."""

from datetime import datetime

from kiosk.documents.document import Document, DocumentKind, Field, QrCode, title_for_all
from kiosk.identity import Identity
from kiosk.language import _, mark
from kiosk.masking import masked_name, masked_number, masked_phone


def intake_receipt(
    *,
    issuer: str,
    terminal: str,
    item: str,
    department: str,
    applicant: Identity,
    phone: str | None,
    handling: str,
    number: str | None,
    reference: str,
    at: datetime,
    materials: tuple[str, ...] = (),
) -> Document:
    """The slip for one application, in the language now spoken.

    `number` is the intake's 收件编号; without it the application is kept on this kiosk alone, and
    the slip says so and carries the kiosk's own `reference`. `materials` are those that the
    office still has to see. `at` is the local time of receipt, or of keeping.
    """
    received = number is not None
    fields = [
        Field(_("办理事项"), item),
        Field(_("承办部门"), department),
        Field(_("办件类型"), handling),
        Field(_("申请人"), masked_name(applicant.name)),
        Field(_("证件号码"), masked_number(applicant.number)),
    ]
    if phone:
        fields.append(Field(_("联系电话"), masked_phone(phone)))
    fields.append(Field(_("收件时间") if received else _("保存时间"), f"{at:%Y-%m-%d %H:%M}"))
    fields.append(Field(_("办理终端"), terminal))
    if received:
        fields.append(Field(_("终端单号"), reference))
    if materials:
        listed = "\n".join(f"{place}. {name}" for place, name in enumerate(materials, start=1))
        fields.append(Field(_("需带材料"), listed))
    return Document(
        kind=DocumentKind.INTAKE_RECEIPT,
        issuer=issuer,
        title=title_for_all(mark("收件凭证") if received else mark("暂存凭证（待上传）")),
        reference=reference,
        number_label=_("收件编号") if received else _("本机编号"),
        number=number or reference,
        fields=tuple(fields),
        notices=_received() if received else _kept(),
        qr=QrCode(number or reference, _("查询时请出示此码")),
        footer=(_("请妥善保管本凭证"),),
    )


def _received() -> tuple[str, ...]:
    return (
        _("收件不等于受理。承办部门审核材料后，决定是否受理并告知您。"),
        _("查询办理情况：到窗口出示下方二维码或身份证。"),
        _("办理地点、时间和电话以窗口公布为准。"),
    )


def _kept() -> tuple[str, ...]:
    return (
        _("您的申请已加密保存在本终端，政务服务中心尚未收到。"),
        _("网络恢复后由本终端自动上传，您不用重新提交。上传成功后才有收件编号。"),
        _("查询是否已上传：到窗口出示下方二维码或身份证。"),
        _("办理地点、时间和电话以窗口公布为准。"),
    )
