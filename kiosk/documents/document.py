"""A printed document, independent of any printer: what stands on it and in what order."""

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.language import _


class DocumentKind(StrEnum):
    INTAKE_RECEIPT = "intake_receipt"
    LOOK_UP_SLIP = "look_up_slip"
    TEST_PAGE = "test_page"


@dataclass(frozen=True)
class Field:
    """One line of label and value; a long value wraps under itself."""

    label: str
    value: str = field(repr=False)


@dataclass(frozen=True)
class QrCode:
    """`content` is what a scanner reads; `caption` stands below it."""

    content: str
    caption: str


@dataclass(frozen=True)
class Document:
    """`number` is printed large in groups of four; `notices` are paragraphs; `footer` small."""

    kind: DocumentKind
    issuer: str
    title: str
    number_label: str
    number: str
    fields: tuple[Field, ...]
    notices: tuple[str, ...]
    qr: QrCode | None
    footer: tuple[str, ...]
    reprint: int = 0


def title_for_all(chinese: str) -> str:
    """A title in the language now spoken and in Chinese: at the window it is read by staff."""
    own = _(chinese)
    return own if own == chinese else f"{own}\n{chinese}"
