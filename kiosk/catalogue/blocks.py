"""Sections that many forms share, and how an item's form is put together from them."""

from collections.abc import Mapping
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from kiosk.catalogue.data_file import DataFile, Place
from kiosk.catalogue.models import Material, Provision, Reach
from kiosk.forms.questions import Condition, Form, Question, QuestionKind, Section

_FORM: Place = ("form",)

_FILING, _AGENT = "filing", "agent"
"""The question of the block `agent`, and its answer when the applicant acts for another."""


class Block(BaseModel):
    """Sections that a form takes with `use`.

    With `for_each`, the questions of the one section are asked for each of the item's materials
    of that provision: `{name}` in a label is the material's name, ids get its number, and a page
    holds `per_page` materials. The first of them may stay open where the material is not required.
    A question for a file gets the material's licence and whether it may come later. Where the form
    asks before whether an agent files, whose licence is the agent's own, the material is asked for
    in one question for each of the two.

    An option whose key is a `Reach` is offered by the items alone that have it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    sections: tuple[Section, ...] = Field(min_length=1)
    for_each: Provision | None = None
    per_page: int = Field(default=2, ge=1)

    @model_validator(mode="after")
    def _repeats_one_section(self) -> Self:
        if self.for_each is not None and len(self.sections) != 1:
            raise ValueError("for_each repeats exactly one section")
        return self

    def expand(
        self, materials: tuple[Material, ...], reaches: frozenset[str] = frozenset()
    ) -> tuple[Section, ...]:
        """The sections for an item with these materials that reaches so far."""
        if self.for_each is None:
            return tuple(_within_reach(section, reaches) for section in self.sections)
        section = self.sections[0]
        asked = [m for m in materials if m.provision is self.for_each]
        pages: list[Section] = []
        for first in range(0, len(asked), self.per_page):
            questions: list[Question] = []
            for number, material in enumerate(asked[first : first + self.per_page], first + 1):
                questions += _about(material, number, section.questions)
            page = {"id": f"{section.id}_{len(pages) + 1}", "questions": tuple(questions)}
            pages.append(section.model_copy(update=page))
        return tuple(pages)


def _about(
    material: Material, number: int, questions: tuple[Question, ...]
) -> tuple[Question, ...]:
    asked = []
    for position, question in enumerate(questions):
        change: dict[str, object] = {
            "id": f"{question.id}_{number}",
            "label": question.label.replace("{name}", material.name),
        }
        if question.when is not None:
            change["when"] = Condition(
                question=f"{question.when.question}_{number}", one_of=question.when.one_of
            )
        if position == 0 and not material.required:
            change["required"] = False
        if question.kind is QuestionKind.FILE:
            change |= {"licence": material.licence, "defer": material.defer}
        asked.append(question.model_copy(update=change))
    return tuple(asked)


def _by_whose_licence(section: Section) -> Section:
    """The files that a licence may answer, asked of the applicant as before, and of an agent
    without the licence: the one at hand is the agent's and not the principal's."""
    questions: list[Question] = []
    for question in section.questions:
        if question.licence is None or question.when is not None:
            questions.append(question)
            continue
        own = Condition(question=_FILING, one_of=("self",))
        other = Condition(question=_FILING, one_of=(_AGENT,))
        questions.append(question.model_copy(update={"when": own}))
        principals = {"id": f"{question.id}_{_AGENT}", "when": other, "licence": None}
        questions.append(question.model_copy(update=principals))
    return section.model_copy(update={"questions": tuple(questions)})


def _within_reach(section: Section, reaches: frozenset[str]) -> Section:
    """Without the options, and the questions that depend on them alone, of offices elsewhere that
    do not take the item."""
    beyond = frozenset(Reach) - reaches
    questions = []
    for question in section.questions:
        when = question.when
        if when is not None and beyond.issuperset(when.one_of):
            continue
        options = tuple(option for option in question.options if option.key not in beyond)
        questions.append(question.model_copy(update={"options": options}))
    return section.model_copy(update={"questions": tuple(questions)})


def build_form(
    file: DataFile,
    blocks: Mapping[str, Block],
    materials: tuple[Material, ...],
    reaches: frozenset[str] = frozenset(),
) -> Form:
    """The form that `file` describes as a list of sections and of `use: <block>`."""
    sections: list[Section] = []
    ends: list[int] = []
    for position, entry in enumerate(file.sequence(_FORM)):
        block = _block(file, (*_FORM, position), entry, blocks)
        if block is None:
            sections.append(file.check(Section, entry, (*_FORM, position)))
        else:
            expanded = block.expand(materials, reaches)
            if any(q.id == _FILING for section in sections for q in section.questions):
                expanded = tuple(_by_whose_licence(section) for section in expanded)
            sections += expanded
        ends.append(len(sections))
    try:
        return Form(sections=tuple(sections))
    except ValidationError:
        return _form_with_line(file, sections, ends)


def _block(file: DataFile, place: Place, entry: Any, blocks: Mapping[str, Block]) -> Block | None:
    """None where the entry is a section of its own."""
    if not isinstance(entry, dict) or "use" not in entry:
        return None
    if len(entry) > 1:
        raise file.error(place, "use stands alone; a section of its own is another entry")
    block = blocks.get(str(entry["use"]))
    if block is None:
        known = ", ".join(sorted(blocks))
        raise file.error((*place, "use"), f"no block {entry['use']}; there are {known}")
    return block


def _form_with_line(file: DataFile, sections: list[Section], ends: list[int]) -> Form:
    """Only for a form that is wrong as a whole: finds the entry with which it goes wrong."""
    for position, end in enumerate(ends):
        file.check(Form, {"sections": sections[:end]}, (*_FORM, position))
    return file.check(Form, {"sections": sections}, _FORM)
