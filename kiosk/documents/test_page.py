"""The page that staff print to see that a printer prints."""

from datetime import datetime

from kiosk.documents.days import minute, second
from kiosk.documents.document import Document, DocumentKind, Field, QrCode
from kiosk.language import _


def test_page(*, issuer: str, terminal: str, kiosk_id: str, at: datetime) -> Document:
    """Large and small type, thin strokes, a long line and a QR code that holds the kiosk's id.
    `at` has its zone."""
    return Document(
        kind=DocumentKind.TEST_PAGE,
        issuer=issuer,
        title=_("打印机测试页"),
        reference=second(at),
        number_label=_("测试数字"),
        number="0123456789",
        fields=(
            Field(_("终端"), _("{name}（{number}）").format(name=terminal, number=kiosk_id)),
            Field(_("打印时间"), minute(at)),
            Field(_("密笔画"), "警察囊赢鑫龘 直骨令角"),
            Field(_("标点"), "“居住证”《凭证》（样张）：一、二；三……"),
            Field(_("西文"), "ABCDEFGHIJKLM abcdefghijklm 0123456789"),
        ),
        notices=(
            _("文字清楚、左右边距相等、二维码能扫出终端编号，打印机即为正常。"),
            _("文字发白或缺竖线，请清洁打印头；仍不正常，请联系运维人员。"),
        ),
        qr=QrCode(kiosk_id, kiosk_id),
        footer=(_("仅供测试"),),
    )


# pytest would take the function for a test where it is imported into one.
test_page.__test__ = False  # type: ignore[attr-defined]
