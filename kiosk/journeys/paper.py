"""What a visit leaves on paper."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.limit_words import limit_words
from kiosk.catalogue.models import Item, Origin, Provision
from kiosk.documents.case_head import CaseHead
from kiosk.documents.document import Document
from kiosk.documents.intake_receipt import intake_receipt
from kiosk.documents.look_up_slip import look_up_slip
from kiosk.documents.stated import Stated
from kiosk.forms.questions import QuestionKind
from kiosk.journeys.steps import Destination
from kiosk.language import _
from kiosk.session import Session

_HANDED_IN_HERE = {Provision.FILLED_HERE, Provision.FROM_CARD, Provision.PROMISE}


@dataclass(frozen=True)
class Issuer:
    """Whose paper it is: the hall and this terminal, as citizens read them."""

    hall: str
    terminal: str


def paper_for(
    issuer: Issuer, catalogue: Catalogue, session: Session, here: Destination
) -> Document | None:
    """The receipt of what was filed in this visit, or else the answer to its look-up; None where
    the page tells nothing for paper."""
    if session.filed is not None:
        return receipt_for(issuer, catalogue, session)
    if session.look_up_rows is not None:
        return slip_for(issuer, session, datetime.now().astimezone())
    return None


def receipt_for(issuer: Issuer, catalogue: Catalogue, session: Session) -> Document:
    """The receipt of what was filed in this visit. ValueError when nothing was."""
    item, identity, filed = session.item, session.identity, session.filed
    if item is None or identity is None or filed is None:
        raise ValueError("nothing was filed in this visit")
    head = CaseHead(
        issuer=_(issuer.hall),
        terminal=_(issuer.terminal),
        item=_(item.name),
        handling=_(item.handling.value),
        department=_(catalogue.department(item.department).name),
        number=filed.number or "",
        reference=filed.reference,
        applied_at=filed.kept_at,
        applicant=identity.name,
        id_number=identity.number,
        phone=_phone(item, session),
        limit=_limit(item),
        materials=_handed_in(item),
    )
    return intake_receipt(
        head,
        received_at=filed.received_at,
        to_bring=_to_bring(item),
        samples=item.materials_origin is not Origin.SOURCED,
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
        person=session.identity.name if session.identity is not None else "",
    )


def _handed_in(item: Item) -> tuple[str, ...]:
    """What every application from this kiosk holds; the office fetches electronic ones itself."""
    return tuple(_(m.name) for m in item.materials if m.required and m.provision in _HANDED_IN_HERE)


def _to_bring(item: Item) -> tuple[str, ...]:
    """The materials that the office still has to see."""
    optional = _("（有的才带）")
    return tuple(
        _(m.name) if m.required else f"{_(m.name)}{optional}"
        for m in item.materials
        if m.provision is Provision.BRING
    )


def _limit(item: Item) -> Stated | None:
    """The promise; an item without one has no limit that a paper could name."""
    limit = item.promised
    if limit is None:
        return None
    return Stated(limit_words(limit), sample=limit.origin is not Origin.SOURCED)


def _phone(item: Item, session: Session) -> str:
    questions = item.form.questions if item.form is not None else ()
    for question in questions:
        answer = session.answers.get(question.id)
        if question.kind is QuestionKind.PHONE and isinstance(answer, str):
            return answer
    return ""
