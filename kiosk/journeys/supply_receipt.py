"""What a citizen takes away of materials that were supplied to a case."""

from dataclasses import replace

from kiosk.catalogue.catalogue import Catalogue
from kiosk.documents.document import Document
from kiosk.documents.intake_receipt import intake_receipt
from kiosk.forms.answers import BRING_ORIGINAL
from kiosk.forms.asked import asked_questions
from kiosk.forms.questions import QuestionKind
from kiosk.journeys.case_papers import case_head
from kiosk.journeys.issuer import Issuer
from kiosk.session import ActKind, Session


def supply_receipt(issuer: Issuer, catalogue: Catalogue, session: Session) -> Document | None:
    """None where nothing was supplied in this visit, or the intake refused it."""
    acting, filed, identity = session.acting, session.filed, session.identity
    if acting is None or acting.kind is not ActKind.SUPPLY or filed is None or identity is None:
        return None
    if session.act_error is not None:
        return None
    given = [
        (question.label, session.answers.get(question.id) == BRING_ORIGINAL)
        for question in asked_questions(acting.form, session.answers)
        if question.kind is QuestionKind.FILE
    ]
    head = replace(
        case_head(issuer, catalogue, identity, acting.case),
        number=acting.case.number if filed.arrived else "",
        reference=filed.reference,
        applied_at=filed.kept_at,
        materials=tuple(name for name, brought in given if not brought),
    )
    return intake_receipt(
        head,
        received_at=filed.received_at,
        to_bring=tuple(name for name, brought in given if brought),
    )
