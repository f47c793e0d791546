"""查询结果凭条: what the intake answered to a look-up, for the citizen's own use."""

from datetime import datetime

from kiosk.documents.days import minute
from kiosk.documents.document import Document, DocumentKind, Field, QrCode, title_for_all
from kiosk.documents.masked_words import masked_words
from kiosk.language import _, mark

LONGEST_CODE = 1300
"""Characters of ASCII: version 30 of QR at level M, whose 137 modules fit on 58 mm of paper too."""


def look_up_slip(
    *,
    issuer: str,
    terminal: str,
    item: str,
    authority: str,
    rows: tuple[tuple[str, str], ...],
    number: str,
    at: datetime,
    person: str = "",
    code: str = "",
    notes: tuple[str, ...] = (),
) -> Document:
    """The slip for one answer, in the language now spoken.

    `authority` is whose record it is. `rows` are label and value as the intake gave them. They come
    masked; a whole resident ID or mobile number and the name of `person`, whose record it is, are
    masked here all the same. `number` is the intake's number of the slip, `at` a time with its
    zone. `code` proves far from any network what the intake answered (`slip_code`); without it, or
    where it is too long to be scanned from paper, the QR code holds the number. `notes` are the
    look-up's own.
    """
    proved = 0 < len(code) <= LONGEST_CODE
    return Document(
        kind=DocumentKind.LOOK_UP_SLIP,
        issuer=issuer,
        title=title_for_all(mark("查询结果凭条")),
        reference=number,
        number_label=_("查询编号"),
        number=number,
        fields=(
            Field(_("查询事项"), item),
            Field(_("数据来源"), authority),
            *(Field(label, masked_words(value, person)) for label, value in rows),
            Field(_("查询时间"), minute(at)),
            Field(_("查询终端"), terminal),
        ),
        notices=(
            _("仅供查询参考，不作为办事依据。"),
            *notes,
            _("对结果有疑问，请到窗口咨询；地点、时间和电话以窗口公布为准。"),
        ),
        qr=(
            QrCode(code, _("扫码可核对真伪，不用联网"))
            if proved
            else QrCode(number, _("再次查询时请出示此码"))
            if number
            else None
        ),
        footer=(_("含个人信息，请妥善保管"),),
    )
