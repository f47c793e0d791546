"""From a citizen's answers to the application that is sealed and never written as such."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from pydantic import JsonValue

from kiosk.catalogue.models import Item
from kiosk.forms.answers import Address, Answer, FileAnswer, content_base64, to_json
from kiosk.forms.questions import Form, QuestionKind
from kiosk.identity import Identity
from kiosk.intake.applicant import applicant_of
from kiosk.intake.contract import Applicant, Application, Attachment, Strokes
from kiosk.language import Language

__all__ = ["Applicant", "Application", "Attachment", "Strokes", "application_from"]

OFFICE_COUNTIES = ("office_county", "office_county_in_province")
"""The questions of the block `elsewhere` that a county answers."""

_PLACES = 4
"""Decimals of a point: finer than a pixel of the pad."""


def application_from(
    item: Item,
    form: Form,
    identity: Identity,
    answers: Mapping[str, Answer],
    strokes: Strokes,
    language: Language,
    signed_at: datetime,
) -> Application:
    """The whole application; `signed_at` has an offset.

    `answers` holds those of the questions that were asked (conditions decided before). A file in
    a repeated group is attached as `group.row.field`, rows counted from 1.
    """
    asked = [q for q in form.questions if q.kind is not QuestionKind.SIGNATURE and q.id in answers]
    plain: dict[str, JsonValue] = {q.id: to_json(answers[q.id]) for q in asked}
    return Application(
        item=item.code,
        item_name=item.name,
        applicant=applicant_of(identity),
        answers=plain,
        attachments=tuple(a for q in asked for a in _attachments(q.id, answers[q.id])),
        signature=tuple(
            tuple((round(x, _PLACES), round(y, _PLACES)) for x, y in stroke) for stroke in strokes
        ),
        language=language.value,
        signed_at=signed_at,
        office=_office(answers),
    )


def _office(answers: Mapping[str, Answer]) -> str | None:
    """The county whose office is meant, where the citizen chose one (跨省通办, 省内通办)."""
    for question in OFFICE_COUNTIES:
        place = answers.get(question)
        if isinstance(place, Address):
            return place.code
    return None


def _attachments(question: str, answer: Answer) -> Iterator[Attachment]:
    match answer:
        case FileAnswer():
            yield Attachment(
                question=question,
                name=answer.name,
                media_type=answer.media_type,
                content=content_base64(answer),
            )
        case tuple():
            for number, row in enumerate(answer, start=1):
                if isinstance(row, Mapping):
                    for key, value in row.items():
                        yield from _attachments(f"{question}.{number}.{key}", value)
        case _:
            return
