"""What every paper of one case says of it."""

from dataclasses import dataclass, field
from datetime import datetime

from kiosk.documents.days import minute
from kiosk.documents.document import Field
from kiosk.language import _
from kiosk.masking import masked_name, masked_number, masked_phone


@dataclass(frozen=True)
class CaseHead:
    """One case, as plain words; what is empty is not known.

    `issuer` and `terminal` are the hall and the kiosk that print, `department` the authority.
    `number` is the intake's 收件编号, `reference` the kiosk's own. `applied_at` is local time.
    `contact` is whom the office calls, empty where that is the applicant. `limit` and
    `legal_basis` are the item's, `materials` those that the office has.
    """

    issuer: str
    terminal: str
    item: str
    handling: str
    department: str
    number: str
    reference: str
    applied_at: datetime
    applicant: str = field(repr=False)
    id_number: str = field(repr=False)
    contact: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    limit: str = ""
    legal_basis: str = ""
    materials: tuple[str, ...] = ()

    def fields(self) -> tuple[Field, ...]:
        """Names and numbers of people masked; a phone that nobody gave has no line."""
        return (
            Field(_("办理事项"), self.item),
            Field(_("承办部门"), self.department),
            Field(_("办件类型"), self.handling),
            Field(_("申请人"), masked_name(self.applicant)),
            Field(_("证件号码"), masked_number(self.id_number)),
            Field(_("联系人"), masked_name(self.contact or self.applicant)),
            *((Field(_("联系电话"), masked_phone(self.phone)),) if self.phone else ()),
            Field(_("申请时间"), minute(self.applied_at)),
        )


def or_as_published(words: str | None) -> str:
    """What is not known is not invented: 以窗口公布为准."""
    return words or _("以窗口公布为准")
