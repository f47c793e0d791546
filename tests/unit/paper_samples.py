"""Documents of invented people, and the printer profiles as shipped."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PIL import Image

from hardware.receipt_printer.layout import Layout
from hardware.receipt_printer.profiles import PrinterProfile, load_profile
from kiosk.documents.document import Document
from kiosk.documents.intake_receipt import intake_receipt
from kiosk.documents.look_up_slip import look_up_slip
from kiosk.documents.test_page import test_page
from tests.people import ZHANG_YAN

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "assets" / "fonts"
PROFILES = ROOT / "config" / "printers"
WIDTHS = ("80mm", "58mm")
NUMBER, REFERENCE, ISSUER = "202606130001", "JL-03-7K2M-9QXR", "将乐县政务服务中心"
AT = datetime(2026, 6, 13, 9, 41, 7)
PERSON = replace(ZHANG_YAN, name="张岩")


def receipt(number: str | None = NUMBER, phone: str | None = "13805980000") -> Document:
    return intake_receipt(
        issuer=ISSUER,
        terminal="智能体验区 3 号自助终端",
        item="个体工商户设立登记",
        department="将乐县市场监督管理局",
        applicant=PERSON,
        phone=phone,
        handling="承诺件（法定 15 个工作日，承诺 1 个工作日）",
        number=number,
        reference=REFERENCE,
        at=AT,
        materials=("经营场所证明（租赁合同原件，或不动产权证书复印件）", "身份证原件"),
    )


def slip(*rows: tuple[str, str], number: str = "88012345") -> Document:
    return look_up_slip(
        issuer=ISSUER, terminal="3 号自助终端", item="参保查询", rows=rows, number=number, at=AT
    )


def page() -> Document:
    return test_page(issuer=ISSUER, terminal="3 号自助终端", kiosk_id="JL-03", at=AT)


def profile(name: str) -> PrinterProfile:
    return load_profile(PROFILES, name)


def drawn(document: Document, paper: PrinterProfile) -> Image.Image:
    """All pictures of a document, one below the other."""
    pieces = [p for p in Layout(paper, FONTS).pieces(document) if isinstance(p, Image.Image)]
    picture = Image.new("1", (paper.width, sum(piece.height for piece in pieces)), 1)
    top = 0
    for piece in pieces:
        picture.paste(piece, (0, top))
        top += piece.height
    return picture


def words(document: Document) -> str:
    """Everything that can be read on a document."""
    fields = [part for field in document.fields for part in (field.label, field.value)]
    parts = [document.title, document.number_label, document.number, *fields, *document.notices]
    caption = document.qr.caption if document.qr else ""
    return "\n".join([document.issuer, *parts, caption, *document.footer])
