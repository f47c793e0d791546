"""What a visit leaves on paper."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.models import Item, Provision
from kiosk.documents.document import Document
from kiosk.documents.intake_receipt import intake_receipt
from kiosk.documents.look_up_slip import look_up_slip
from kiosk.forms.questions import QuestionKind
from kiosk.language import _
from kiosk.session import Printed, Session


@dataclass(frozen=True)
class Issuer:
    """Whose paper it is: the hall and this terminal, as citizens read them."""

    hall: str
    terminal: str


def paper_for(issuer: Issuer, catalogue: Catalogue, session: Session) -> Document:
    """The receipt of what was filed in this visit, or else the answer to its look-up."""
    if session.filed is not None:
        return receipt_for(issuer, catalogue, session)
    return slip_for(issuer, session, datetime.now().astimezone())


def begin_job(session: Session, document: Document) -> str:
    """Note in the visit that the document goes to the printer; the job's name."""
    job, last = secrets.token_hex(6), session.printed
    second = last is not None and (last.begun or last.second)
    session.printed = Printed(job, document.number, second)
    return job


def receipt_for(issuer: Issuer, catalogue: Catalogue, session: Session) -> Document:
    """The receipt of what was filed in this visit. ValueError when nothing was."""
    item, identity, filed = session.item, session.identity, session.filed
    if item is None or identity is None or filed is None:
        raise ValueError("nothing was filed in this visit")
    return intake_receipt(
        issuer=_(issuer.hall),
        terminal=_(issuer.terminal),
        item=_(item.name),
        department=_(catalogue.department(item.department).name),
        applicant=identity,
        phone=_phone(item, session),
        handling=_(item.handling.value),
        number=filed.number,
        reference=filed.reference,
        at=filed.received_at or filed.kept_at,
        materials=to_bring(item),
    )


def slip_for(issuer: Issuer, session: Session, at: datetime) -> Document:
    """The answer to a look-up. ValueError when there is none."""
    if session.item is None or session.look_up_rows is None:
        raise ValueError("nothing was looked up in this visit")
    return look_up_slip(
        issuer=_(issuer.hall),
        terminal=_(issuer.terminal),
        item=_(session.item.name),
        rows=session.look_up_rows,
        number=session.look_up_number or "",
        at=at,
    )


def to_bring(item: Item) -> tuple[str, ...]:
    """The materials that the office still has to see."""
    return tuple(_(m.name) for m in item.materials if m.provision is Provision.BRING)


def _phone(item: Item, session: Session) -> str | None:
    questions = item.form.questions if item.form is not None else ()
    for question in questions:
        answer = session.answers.get(question.id)
        if question.kind is QuestionKind.PHONE and isinstance(answer, str):
            return answer
    return None
