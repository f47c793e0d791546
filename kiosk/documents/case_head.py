"""What every paper of one case says of it."""

from dataclasses import dataclass, field
from datetime import datetime

from kiosk.documents.days import minute
from kiosk.documents.document import Field, Row, Rows
from kiosk.documents.masked_words import masked_words
from kiosk.documents.stated import Stated, about_samples, said
from kiosk.language import _
from kiosk.masking import masked_name, masked_number, masked_phone


@dataclass(frozen=True)
class CaseHead:
    """One case, in words; what is empty or None is not known.

    `issuer` and `terminal` are the hall and the kiosk that print, `department` the authority.
    `number` is the intake's 收件编号, empty while the application is kept on the kiosk alone;
    `reference` is the kiosk's own. `contact` is whom the office calls, empty where that is the
    applicant. `materials` are those that were handed in.
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
    limit: Stated | None = None
    legal_basis: str = ""
    materials: tuple[str, ...] = ()

    @property
    def shown_number(self) -> str:
        """By which the citizen asks for the case."""
        return self.number or self.reference

    @property
    def number_label(self) -> str:
        return _("收件编号") if self.number else _("本机编号")

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

    def limit_field(self) -> Field:
        return Field(_("办理时限"), said(self.limit))

    def about_limit(self) -> tuple[str, ...]:
        """The notice that belongs to a limit of no source."""
        return (about_samples(),) if self.limit and self.limit.sample else ()

    def handed_in(self, heading: str) -> tuple[Rows, ...]:
        """The materials under this heading; nothing where there are none."""
        if not self.materials:
            return ()
        return (Rows(heading, tuple(map(Row, self.materials)), numbered=True),)

    def masked(self, words: str) -> str:
        """What an officer wrote about this case, fit for paper."""
        return masked_words(words, self.applicant, self.contact)
