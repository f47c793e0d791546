"""A printed document, independent of any printer: what stands on it and in what order."""

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.language import _


class DocumentKind(StrEnum):
    """In Chinese, in this order: 收件凭证, 受理通知书, 补齐补正通知单, 不予受理通知书,
    容缺受理承诺书, 容缺受理通知书, 延期告知书, 办结通知, 一件事收件凭证, 办理进度单,
    一次性告知单, 预约凭条, 排队号, 查询结果凭条, 服务记录, 设备检测报告, 打印机测试页."""

    INTAKE_RECEIPT = "intake_receipt"
    ACCEPTANCE_NOTICE = "acceptance_notice"
    SUPPLEMENT_NOTICE = "supplement_notice"
    REFUSAL_NOTICE = "refusal_notice"
    PROMISE = "promise"
    CONDITIONAL_ACCEPTANCE = "conditional_acceptance"
    EXTENSION_NOTICE = "extension_notice"
    COMPLETION_NOTICE = "completion_notice"
    BUNDLE_RECEIPT = "bundle_receipt"
    PROGRESS_SLIP = "progress_slip"
    ITEM_GUIDE = "item_guide"
    APPOINTMENT_SLIP = "appointment_slip"
    QUEUE_TICKET = "queue_ticket"
    LOOK_UP_SLIP = "look_up_slip"
    SERVICE_RECORD = "service_record"
    DEVICE_REPORT = "device_report"
    TEST_PAGE = "test_page"


@dataclass(frozen=True)
class Field:
    """One line of label and value; a long value wraps under itself."""

    label: str
    value: str = field(repr=False)


@dataclass(frozen=True)
class Row:
    """One entry of a list: `beside` is short and stands at the right edge of its first line,
    `below` are paragraphs of their own under it, such as a standard and a reason."""

    text: str = field(repr=False)
    beside: str = ""
    below: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Rows:
    """A list under its heading; `numbered` puts 1. 2. 3. before the entries."""

    heading: str
    rows: tuple[Row, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Seal:
    """Where the authority's seal goes, with the day in words; `receipt` labels the line on which
    the person signs for it, and is empty where nobody does."""

    authority: str
    day: str
    receipt: str = ""


@dataclass(frozen=True)
class QrCode:
    """`content` is what a scanner reads; `caption` stands below it."""

    content: str
    caption: str


@dataclass(frozen=True)
class Document:
    """From top to bottom: `number` large in groups of four, fields, rows, `notices` as paragraphs,
    seal, QR code, `footer` small.

    `reference` is what the print journal knows it by: two documents of one kind and reference are
    one document printed twice. `reprint` counts how often it may have come out before, and marks
    it 补打. `cut` is False where another document follows on the same strip.
    """

    kind: DocumentKind
    issuer: str
    title: str
    reference: str
    number_label: str
    number: str
    fields: tuple[Field, ...] = ()
    rows: tuple[Rows, ...] = ()
    notices: tuple[str, ...] = ()
    seal: Seal | None = None
    qr: QrCode | None = None
    footer: tuple[str, ...] = ()
    reprint: int = 0
    cut: bool = True

    @property
    def about(self) -> str:
        """By what one document is known, however often it is printed."""
        return f"{self.kind.value}/{self.reference}"


def title_for_all(chinese: str) -> str:
    """A title in the language now spoken and in Chinese: at the window it is read by staff."""
    own = _(chinese)
    return own if own == chinese else f"{own}\n{chinese}"
