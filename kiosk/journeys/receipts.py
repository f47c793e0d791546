"""What a citizen takes away of what was handed in: the receipt, and the promise to hand in more."""

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.models import Item, Origin, Provision
from kiosk.documents.bundle_receipt import Bundle, Part, bundle_receipt
from kiosk.documents.case_head import CaseHead
from kiosk.documents.document import Document, Rows
from kiosk.documents.intake_receipt import intake_receipt
from kiosk.documents.promise import promise
from kiosk.documents.promised_material import PromisedMaterial, promised_rows
from kiosk.documents.stated import as_sample
from kiosk.forms.answers import AT_HAND, SUPPLY_LATER, Answer
from kiosk.forms.asked import asked_questions
from kiosk.forms.questions import Question, QuestionKind
from kiosk.identity import Identity
from kiosk.journeys.issuer import Issuer
from kiosk.journeys.item_paper import stated
from kiosk.language import _
from kiosk.session import Filed, Session

_HANDED_IN_HERE = {Provision.FILLED_HERE, Provision.FROM_CARD, Provision.PROMISE}


def receipt_for(issuer: Issuer, catalogue: Catalogue, session: Session) -> Document:
    """The receipt of what was filed in this visit, of a life event one for all that it consists
    of. ValueError when nothing was."""
    item, identity, filed = _filed(session)
    promised = _promised(item, session)
    # Promises and what is to be brought are samples alike.
    samples = item.materials_origin is not Origin.SOURCED
    if filed.parts:
        return bundle_receipt(
            issuer=_(issuer.hall),
            terminal=_(issuer.terminal),
            bundle=Bundle(
                event=_(item.name),
                reference=filed.reference,
                applied_at=filed.kept_at,
                parts=tuple(_part(part.item, part.number or "", catalogue) for part in filed.parts),
                applicant=identity.name,
                id_number=identity.number,
                phone=_phone(item, session),
            ),
            to_bring=_to_bring(item, session),
            promised=promised,
            samples=samples,
        )
    return intake_receipt(
        _head(issuer, catalogue, session),
        received_at=filed.received_at,
        to_bring=_to_bring(item, session),
        promised=promised,
        samples=samples,
    )


def promise_for(issuer: Issuer, catalogue: Catalogue, session: Session) -> Document | None:
    """The promise that was signed with the application; None where nothing was promised.
    ValueError when nothing was filed."""
    item, _identity, filed = _filed(session)
    later = _handed_in_later(item, session)
    if not later:
        return None
    consequences = dict.fromkeys(_(q.defer.consequence) for q in later if q.defer is not None)
    return promise(
        _head(issuer, catalogue, session),
        signed_at=filed.kept_at,
        promised=tuple(_material(question, item) for question in later),
        consequence=_("；").join(consequences),
    )


def _filed(session: Session) -> tuple[Item, Identity, Filed]:
    item, identity, filed = session.item, session.identity, session.filed
    if item is None or identity is None or filed is None:
        raise ValueError("nothing was filed in this visit")
    return item, identity, filed


def _head(issuer: Issuer, catalogue: Catalogue, session: Session) -> CaseHead:
    item, identity, filed = _filed(session)
    return CaseHead(
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
        limit=stated(item.promised),
        materials=_handed_in(item, session),
    )


def _part(code: str, number: str, catalogue: Catalogue) -> Part:
    item = catalogue.item(code)
    return Part(_(item.name), _(catalogue.department(item.department).name), number)


def _handed_in(item: Item, session: Session) -> tuple[str, ...]:
    """What every application from this kiosk holds, and the files of this one; the office fetches
    electronic ones itself."""
    always = [m.name for m in item.materials if m.required and m.provision in _HANDED_IN_HERE]
    files = [q.label for q in _files(item, session) if not isinstance(session.answers[q.id], str)]
    return tuple(_(name) for name in dict.fromkeys(always + files))


def _to_bring(item: Item, session: Session) -> tuple[str, ...]:
    """The materials that the office still has to see, now, and what else the form asks for (an
    agent's letter); not those that it asks for in other cases than this."""
    files = _files(item, session)
    needless = {q.label for q in files if _needless_now(session.answers[q.id])}
    needless |= _not_asked_for(item, session)
    known = {m.name for m in item.materials} | needless
    optional = _("（有的才带）")
    return (
        *(
            _(m.name) if m.required else f"{_(m.name)}{optional}"
            for m in item.materials
            if m.provision is Provision.BRING and m.name not in needless
        ),
        *(_(q.label) for q in files if q.label not in known),
    )


def _promised(item: Item, session: Session) -> tuple[Rows, ...]:
    later = _handed_in_later(item, session)
    return (promised_rows(tuple(_material(q, item) for q in later)),) if later else ()


def _handed_in_later(item: Item, session: Session) -> tuple[Question, ...]:
    return tuple(q for q in _files(item, session) if session.answers[q.id] == SUPPLY_LATER)


def _files(item: Item, session: Session) -> tuple[Question, ...]:
    """The questions for files that were asked and answered."""
    if item.form is None:
        return ()
    return tuple(
        question
        for question in asked_questions(item.form, session.answers)
        if question.kind is QuestionKind.FILE and question.id in session.answers
    )


def _not_asked_for(item: Item, session: Session) -> set[str]:
    if item.form is None:
        return set()
    asked = asked_questions(item.form, session.answers)
    files = {q.label for q in item.form.questions if q.kind is QuestionKind.FILE}
    return files - {q.label for q in asked}


def _needless_now(answer: Answer) -> bool:
    return not isinstance(answer, str) or answer in (SUPPLY_LATER, AT_HAND)


def _material(question: Question, item: Item) -> PromisedMaterial:
    days = question.defer.days if question.defer is not None else 0
    deadline = _("受理后 {days} 个工作日内").format(days=days) if days else ""
    if deadline and item.process_origin is not Origin.SOURCED:
        deadline = as_sample(deadline)
    return PromisedMaterial(_(question.label), "", deadline)


def _phone(item: Item, session: Session) -> str:
    questions = item.form.questions if item.form is not None else ()
    for question in questions:
        answer = session.answers.get(question.id)
        if question.kind is QuestionKind.PHONE and isinstance(answer, str):
            return answer
    return ""
