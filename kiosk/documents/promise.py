"""容缺受理承诺书: the applicant's own promise to hand in later what is still missing."""

from datetime import datetime

from kiosk.documents.case_head import CaseHead
from kiosk.documents.days import minute
from kiosk.documents.document import Document, DocumentKind, Field, QrCode, title_for_all
from kiosk.documents.promised_material import (
    PromisedMaterial,
    consequence_words,
    promised_rows,
)
from kiosk.language import _, mark


def promise(
    head: CaseHead,
    *,
    signed_at: datetime,
    promised: tuple[PromisedMaterial, ...],
    consequence: str = "",
) -> Document:
    """The citizen's copy of what was signed on the screen at `signed_at`, a time with its zone.
    It is the applicant's paper, so no authority seals it."""
    return Document(
        kind=DocumentKind.PROMISE,
        issuer=head.issuer,
        title=title_for_all(mark("容缺受理承诺书")),
        reference=head.reference,
        number_label=head.number_label,
        number=head.shown_number,
        fields=(
            *head.fields(),
            Field(_("签名时间"), minute(signed_at)),
            Field(_("签名方式"), _("在终端屏幕上手写")),
        ),
        rows=(promised_rows(promised),),
        notices=(
            _("我知道上面的材料还缺。我承诺在期限内补交，补交的材料真实有效。"),
            consequence_words(consequence),
            _("承诺不等于受理。是否容缺受理，由承办部门决定并告诉您。"),
        ),
        qr=QrCode(head.shown_number, _("补交时请出示此码")),
        footer=(_("打印终端：{terminal}").format(terminal=head.terminal),),
    )
