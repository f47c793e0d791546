"""What a citizen fills in, kept in the session: nothing typed is lost, right or wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from kiosk.forms.answers import Answer
from kiosk.forms.asked import asked_sections, drop_unasked
from kiosk.forms.paging import Page, pages
from kiosk.forms.prefill import prefilled
from kiosk.forms.questions import Question
from kiosk.forms.validation import Accepted, Rejected, check
from kiosk.intake.application import Application, application_from
from kiosk.session import Session


@dataclass(frozen=True)
class PageSize:
    """How much of a form fits on one page, as the screens lay it out: pixels. `height` is that of a
    question with the answer of the card that locks it, or None."""

    capacity: int
    height: Callable[[Question, Answer | None], int]


def form_pages(session: Session, size: PageSize) -> tuple[Page, ...]:
    """The pages of the form as it is asked now. What stands in a field counts already, so that a
    choice shows at once what hangs on it."""
    if session.item is None or session.item.form is None:
        return ()
    stands = {**session.answers, **session.drafts}

    def height(question: Question) -> int:
        return size.height(question, locked_answer(session, question))

    return pages(asked_sections(session.item.form, stands), size.capacity, height)


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


def filled(session: Session, at: datetime) -> Application | None:
    """What is handed in at `at`, signed as it is; None where nothing can be."""
    item, identity = session.item, session.identity
    if item is None or item.form is None or identity is None:
        return None
    answers = drop_unasked(item.form, session.answers)
    return application_from(
        item, item.form, identity, answers, session.signature, session.language, at
    )


def prefill(session: Session) -> None:
    """Answer and lock what the card answers."""
    item, identity = session.item, session.identity
    if item is None or item.form is None or identity is None:
        return
    known = prefilled(item.form, identity)
    session.answers.update(known)
    session.locked = frozenset(known)
