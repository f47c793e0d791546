"""查询结果凭条: what the intake answered to a look-up, for the citizen's own use."""

import re
from datetime import datetime

from kiosk.documents.document import Document, DocumentKind, Field, QrCode, title_for_all
from kiosk.language import _, mark
from kiosk.masking import masked_number, masked_phone

_RESIDENT_ID = re.compile(r"[1-9]\d{5}(?:19|20)\d{9}[\dXx]")
_MOBILE = re.compile(r"1[3-9]\d{9}")


def look_up_slip(
    *,
    issuer: str,
    terminal: str,
    item: str,
    rows: tuple[tuple[str, str], ...],
    number: str,
    at: datetime,
) -> Document:
    """The slip for one answer, in the language now spoken.

    `rows` are label and value as the intake gave them. They come masked; a value that is a whole
    resident ID or mobile number all the same is masked here. `number` is the intake's number of
    the record.
    """
    return Document(
        kind=DocumentKind.LOOK_UP_SLIP,
        issuer=issuer,
        title=title_for_all(mark("查询结果凭条")),
        reference=number or f"{at:%Y%m%d%H%M%S}",
        number_label=_("查询编号"),
        number=number,
        fields=(
            Field(_("查询事项"), item),
            *(Field(label, _masked(value)) for label, value in rows),
            Field(_("查询时间"), f"{at:%Y-%m-%d %H:%M}"),
            Field(_("查询终端"), terminal),
        ),
        notices=(
            _("仅供查询参考，不作为办事依据。"),
            _("对结果有疑问，请到窗口咨询；地点、时间和电话以窗口公布为准。"),
        ),
        qr=QrCode(number, _("再次查询时请出示此码")) if number else None,
        footer=(_("含个人信息，请妥善保管"),),
    )


def _masked(value: str) -> str:
    if _RESIDENT_ID.fullmatch(value):
        return masked_number(value)
    return masked_phone(value) if _MOBILE.fullmatch(value) else value
