"""What a citizen fills in, kept in the session: nothing typed is lost, right or wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kiosk.forms.answers import Answer
from kiosk.forms.asked import asked_sections
from kiosk.forms.paging import Page, pages
from kiosk.forms.prefill import at_hand, prefilled
from kiosk.forms.problem import Problem, Reason
from kiosk.forms.questions import Form, Question
from kiosk.forms.validation import Accepted, Rejected, check
from kiosk.journeys.case_number import MOST_TRIES, NUMBER_FORM, TYPED, number_from
from kiosk.journeys.steps import Destination, Place, Subject
from kiosk.language import _
from kiosk.session import Acting, ActKind, Session


@dataclass(frozen=True)
class PageSize:
    """How much of a form fits on one page, as the screens lay it out: pixels. `height` is that of a
    question with the answer of the card that locks it, or None."""

    capacity: int
    height: Callable[[Question, Answer | None], int]


def form_here(session: Session, here: Destination) -> Form | None:
    """What is filled in at this place."""
    match here.place:
        case Place.NUMBER:
            return NUMBER_FORM
        case Place.CHECK:
            eligibility = session.item.eligibility if session.item is not None else None
            return eligibility.form if eligibility is not None else None
        case _:
            return session.form


def filled_about(session: Session, here: Destination) -> str:
    """What it is that is filled in: the item, the act on a case, or what a number is for."""
    if here.place is Place.NUMBER:
        return _("查办件进度") if here.subject is Subject.CASE else _("服务评价")
    if session.acting is not None:
        return act_words(session.acting)
    return _(session.item.name) if session.item is not None else ""


def act_words(acting: Acting) -> str:
    """What is done, to which case."""
    match acting.kind:
        case ActKind.SUPPLY:
            words = _("补材料：{item}")
        case ActKind.WITHDRAW:
            words = _("撤回：{item}")
        case ActKind.POST:
            words = _("寄送结果：{item}")
    return words.format(item=_(acting.case.item_name))


def form_pages(session: Session, here: Destination, size: PageSize) -> tuple[Page, ...]:
    """The pages of the form as it is asked now. What stands in a field counts already, so that a
    choice shows at once what hangs on it."""
    form = form_here(session, here)
    if form is None:
        return ()
    stands = {**session.answers, **session.drafts}

    def height(question: Question) -> int:
        return size.height(question, locked_answer(session, question))

    return pages(asked_sections(form, stands), size.capacity, height)


def locked_answer(session: Session, question: Question) -> Answer | None:
    """What the card answered, and the citizen cannot change; None where it did not."""
    return session.answers.get(question.id) if question.id in session.locked else None


def write(session: Session, question: str, draft: Answer) -> None:
    """What stands in a field now; it is judged when the page is left."""
    session.drafts[question] = draft
    session.problems.pop(question, None)


def judge(session: Session, questions: tuple[Question, ...], today: date) -> bool:
    """True when every answer on the page was accepted; what is wrong with the others is kept."""
    good = True
    for question in questions:
        if question.id in session.locked:
            continue
        raw = session.drafts.get(question.id, session.answers.get(question.id))
        match check(question, raw, today):
            case Accepted(answer):
                session.problems.pop(question.id, None)
                if answer is None:
                    session.answers.pop(question.id, None)
                else:
                    session.answers[question.id] = answer
            case Rejected() as rejected:
                session.problems[question.id] = rejected
                good = False
    return good


def judge_number(session: Session) -> bool:
    """Whether what was typed can be the number of a case, and another may be tried."""
    if session.office.number_tries >= MOST_TRIES:
        session.problems[TYPED] = Rejected(Problem(Reason.TOO_MANY_TRIES, limit=MOST_TRIES))
        return False
    if number_from(str(session.answers.get(TYPED, ""))) is None:
        session.problems[TYPED] = Rejected(Problem(Reason.CASE_NUMBER_FORM))
        return False
    return True


def prefill(session: Session) -> None:
    """Answer and lock what the document answers, and what an electronic licence stands for."""
    form, identity = session.form, session.identity
    if form is None or identity is None:
        return
    known = prefilled(form, identity)
    if session.office.dossier is not None:
        known |= at_hand(form, session.office.dossier.licences)
    session.answers.update(known)
    session.locked = frozenset(known)
