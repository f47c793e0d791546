"""What a form asks: questions as data, read from config/catalogue and checked there."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
DivisionCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{2}([0-9]{2}){0,2}$")]
"""Of a province, a city or a county (GB/T 2260)."""


class QuestionKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    PHONE = "phone"
    RESIDENT_ID = "resident_id"
    CREDIT_CODE = "credit_code"
    BANK_CARD = "bank_card"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    ADDRESS = "address"
    GROUP = "group"
    FILE = "file"
    PROMISE = "promise"
    SIGNATURE = "signature"


class Prefill(StrEnum):
    """A field of the card that answers the question and locks it."""

    NAME = "name"
    NUMBER = "number"
    SEX = "sex"
    NATION = "nation"
    BIRTH = "birth"
    ADDRESS = "address"


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Option(_Data):
    """`key` goes to the intake, `label` onto the screen."""

    key: Key
    label: Words


class Condition(_Data):
    """Holds when the answer to `question` is one of `one_of` (keys of options; for several
    choices: at least one of them; for a promise: "true"), and `also` holds where there is one."""

    question: Key
    one_of: tuple[str, ...] = Field(min_length=1)
    also: "Condition | None" = None

    @property
    def links(self) -> tuple["Condition", ...]:
        """This and what has to hold also, in order, each alone."""
        if self.also is None:
            return (self,)
        return (self.model_copy(update={"also": None}), *self.also.links)

    @staticmethod
    def of(links: Sequence["Condition"]) -> "Condition | None":
        """One condition that holds when all of them do; None of none."""
        made: Condition | None = None
        for link in reversed(links):
            made = link.model_copy(update={"also": made})
        return made


class DateRange(StrEnum):
    """Which days a date may name."""

    ANY = "any"
    PAST = "past"
    FUTURE = "future"


class Defer(_Data):
    """A file that may be handed in later (容缺): within `days` working days, else `consequence`."""

    days: int = Field(ge=1)
    consequence: Words


class Question(_Data):
    """One question. Lengths count characters; `minimum` and `maximum` bound a number in `unit`;
    `private` answers are masked on every screen but the field being typed; a text that
    `names_person` is written character by character, surname first. An electronic licence of the
    kind `licence` answers a file, and `defer` allows to hand it in later. An address that ends
    with the `county` has no street; its code begins with `inside` and not with `outside`."""

    id: Key
    kind: QuestionKind
    label: Words
    hint: str | None = None
    required: bool = True
    private: bool = False
    names_person: bool = False
    when: Condition | None = None
    prefill: Prefill | None = None
    options: tuple[Option, ...] = ()
    min_length: int = 1
    max_length: int = 60
    minimum: int | None = None
    maximum: int | None = None
    decimals: int = 0
    unit: str | None = None
    date_range: DateRange = DateRange.ANY
    promise: str | None = None
    fields: tuple["Question", ...] = ()
    min_rows: int = 0
    max_rows: int = 6
    licence: Words | None = None
    defer: Defer | None = None
    county: bool = False
    inside: DivisionCode | None = None
    outside: DivisionCode | None = None

    @model_validator(mode="after")
    def _parts_fit_the_kind(self) -> Self:
        choice = self.kind in (QuestionKind.CHOICE, QuestionKind.CHOICES)
        if choice != bool(self.options):
            raise ValueError(f"{self.id}: options belong to choices, and choices need them")
        if (self.kind is QuestionKind.GROUP) != bool(self.fields):
            raise ValueError(f"{self.id}: fields belong to a group, and a group needs them")
        if (self.kind is QuestionKind.PROMISE) != (self.promise is not None):
            raise ValueError(f"{self.id}: a promise needs its text, and no other question has one")
        if self.names_person and self.kind is not QuestionKind.TEXT:
            raise ValueError(f"{self.id}: only a text can name a person")
        if self.kind is not QuestionKind.FILE and (self.licence or self.defer):
            raise ValueError(f"{self.id}: licence and defer belong to a file")
        if self.kind is not QuestionKind.ADDRESS and (self.county or self.inside or self.outside):
            raise ValueError(f"{self.id}: county, inside and outside belong to an address")
        return self


class Section(_Data):
    """One small group of questions with a title; it is one page where it fits."""

    id: Key
    title: Words
    questions: tuple[Question, ...] = Field(min_length=1)


class Form(_Data):
    sections: tuple[Section, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _ids_and_conditions_fit(self) -> Self:
        """Each id once; a condition names an earlier question and options that it has."""
        earlier: dict[str, Question] = {}
        for section in self.sections:
            for question in section.questions:
                if question.id in earlier:
                    raise ValueError(f"{question.id}: this id stands twice in the form")
                _check_condition(question, earlier)
                inner: dict[str, Question] = {}
                for field in question.fields:
                    if field.id in inner:
                        raise ValueError(f"{field.id}: this id stands twice in {question.id}")
                    _check_condition(field, inner)
                    inner[field.id] = field
                earlier[question.id] = question
        return self

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(q for section in self.sections for q in section.questions)


def misfit(condition: Condition | None, earlier: Mapping[str, Question]) -> str:
    """What is wrong with a condition on one of `earlier`, by their ids; empty when nothing is."""
    if condition is None:
        return ""
    for link in condition.links:
        asked = earlier.get(link.question)
        if asked is None:
            return f"its condition names no earlier question ({link.question})"
        allowed = {"true"} if asked.kind is QuestionKind.PROMISE else {o.key for o in asked.options}
        unknown = sorted(set(link.one_of) - allowed)
        if unknown:
            return f"{asked.id} has no option {', '.join(unknown)}"
    return ""


def _check_condition(question: Question, earlier: Mapping[str, Question]) -> None:
    wrong = misfit(question.when, earlier)
    if wrong:
        raise ValueError(f"{question.id}: {wrong}")
