"""Questions before a form: whether what the citizen wants can be done at all (条件自查)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from kiosk.forms.answers import Answers
from kiosk.forms.asked import drop_unasked, holds
from kiosk.forms.questions import Condition, Form, Question, QuestionKind, Section, Words
from kiosk.language import mark


class Answer(StrEnum):
    """What a check comes to. ASK: the window decides."""

    YES = "yes"
    NO = "no"
    ASK = "ask"


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Rule(_Data):
    """When all of `when` hold, the answer is `verdict` (never yes), because of `why`."""

    when: tuple[Condition, ...] = Field(min_length=1)
    verdict: Answer
    why: Words

    @field_validator("when", mode="before")
    @classmethod
    def _one_or_several(cls, when: object) -> object:
        return (when,) if isinstance(when, Mapping | Condition) else when

    @field_validator("verdict")
    @classmethod
    def _excludes(cls, verdict: Answer) -> Answer:
        if verdict is Answer.YES:
            raise ValueError("a rule says no or ask; yes is what remains when no rule holds")
        return verdict


class Eligibility(_Data):
    """The first of `rules` that holds decides; none: yes. All questions are choices."""

    questions: tuple[Question, ...] = Field(min_length=1)
    rules: tuple[Rule, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _only_choices(self) -> Self:
        for question in self.questions:
            if question.kind is not QuestionKind.CHOICE:
                raise ValueError(f"{question.id}: only choices are asked before the form")
        return self

    @property
    def form(self) -> Form:
        """The questions as a form of one section, for whoever shows and judges forms."""
        title = mark("先看看能不能办")
        return Form(sections=(Section(id="eligibility", title=title, questions=self.questions),))


@dataclass(frozen=True)
class Verdict:
    """`why` is a message in Chinese; empty when the answer is yes."""

    answer: Answer
    why: str = ""


def judged(eligibility: Eligibility, answers: Answers) -> Verdict:
    """What the answers come to. Answers to questions that are not asked do not count."""
    given = drop_unasked(eligibility.form, answers)
    for rule in eligibility.rules:
        if all(holds(condition, given) for condition in rule.when):
            return Verdict(rule.verdict, rule.why)
    return Verdict(Answer.YES)
