"""Every document as a picture on each width of paper, where its golden picture is kept, and what
can be read on it."""

from functools import cache
from itertools import product
from pathlib import Path

from PIL import Image

from hardware.receipt_printer.frames import in_groups
from kiosk.documents.document import Document, DocumentKind
from tests.unit.paper_samples import WIDTHS, drawn, profile, sample

GOLDEN = Path(__file__).parent / "golden"
PAPERS = tuple(product(DocumentKind, WIDTHS))


@cache
def picture(kind: DocumentKind, width: str) -> Image.Image:
    return drawn(sample(kind), profile(width))


def golden(kind: DocumentKind, width: str) -> Path:
    return GOLDEN / f"{kind}-{width}.png"


def text(document: Document) -> str:
    """As it is read from top to bottom, without spaces."""
    parts = [document.issuer, document.title, document.number_label, in_groups(document.number)]
    parts += [part for field in document.fields for part in (field.label, field.value)]
    for listed in document.rows:
        parts.append(listed.heading)
        for number, row in enumerate(listed.rows, start=1):
            mark = f"{number}." if listed.numbered else ""
            parts += [mark, row.text, row.beside, *row.below]
    parts += [*document.notices, document.qr.caption if document.qr else "", *document.footer]
    return "".join("".join(parts).split())
