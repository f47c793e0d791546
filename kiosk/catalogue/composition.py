"""How the form of a life event is put together from its own sections and the forms of its items.

Each question is asked once: what two items ask in the same words under the same id, a file of the
same name, and what the event's file says answers another question (`answers`). A question of the
same id that asks something else gets the item's code behind its id. A question is asked when one of
the parts that ask it is chosen; what ends every item's form (the promise) ends the event's.
"""

from collections.abc import Container
from dataclasses import dataclass

from kiosk.catalogue.data_file import DataFile, Place
from kiosk.catalogue.life_events import PartOf
from kiosk.catalogue.models import EventPart, Item
from kiosk.forms.answers import Answer
from kiosk.forms.asked import holds
from kiosk.forms.questions import (
    Condition,
    DateRange,
    Form,
    Question,
    QuestionKind,
    Section,
    misfit,
)


def compose(
    file: DataFile, own: Form, parts: tuple[tuple[EventPart, Item], ...]
) -> tuple[Form, tuple[PartOf, ...]]:
    """The event's form, and how its parts' questions are asked in it.

    Raises ConfigurationError with the line of the part that cannot be put into it.
    """
    _check_that_something_is_chosen(file, own, tuple(part for part, _ in parts))
    composer = _Composer(file, own, parts)
    forms = [_form_of(file, number, item) for number, (_, item) in enumerate(parts)]
    closing = all(form.sections[-1] == forms[0].sections[-1] for form in forms)
    for number, form in enumerate(forms):
        composer.add(number, form.sections[:-1] if closing else form.sections)
    if closing:
        for number, form in enumerate(forms):
            composer.add(number, form.sections[-1:])
    made = file.check(Form, {"sections": composer.sections()}, ("parts",))
    asked_as = zip(parts, composer.asked_as, strict=True)
    return made, tuple(PartOf(part, item, names) for (part, item), names in asked_as)


def _form_of(file: DataFile, number: int, item: Item) -> Form:
    if item.form is None or not item.complete:
        raise file.error(("parts", number, "item"), f"{item.code} has no complete form")
    return item.form


def _check_that_something_is_chosen(
    file: DataFile, own: Form, parts: tuple[EventPart, ...]
) -> None:
    """With every way to answer, at least one item is filed."""
    earlier = {question.id: question for question in own.questions}
    wanted: dict[str, set[str]] = {}
    for number, part in enumerate(parts):
        wrong = misfit(part.when, earlier)
        if part.when is not None and part.when.also is not None:
            wrong = "a part hangs on one question"
        if wrong:
            raise file.error(("parts", number, "when"), wrong)
        if part.when is not None:
            wanted.setdefault(part.when.question, set()).update(part.when.one_of)
    covered = [
        question
        for question in own.questions
        if question.required
        and question.when is None
        and {option.key for option in question.options} == wanted.get(question.id)
    ]
    if not covered and all(part.when is not None for part in parts):
        raise file.error(("parts",), "an answer is possible with which nothing is filed")


@dataclass
class _Asked:
    """A question of the form to be. `id` is the one that it has in its item; `when` is its
    condition without the parts'; `parts` are those that ask it, None for a question of the event's
    own."""

    id: str
    question: Question
    when: Condition | None
    parts: set[int] | None


class _Composer:
    """Takes the sections of one part after another."""

    def __init__(
        self, file: DataFile, own: Form, parts: tuple[tuple[EventPart, Item], ...]
    ) -> None:
        self._file = file
        self._parts = parts
        self._asked = {q.id: _Asked(q.id, q, q.when, None) for q in own.questions}
        self._sections = [(s.id, s.title, [q.id for q in s.questions]) for s in own.sections]
        self.asked_as: tuple[dict[str, str], ...] = tuple({} for _ in parts)
        for number, (part, item) in enumerate(parts):
            self._check_names(number, part, item)

    def add(self, number: int, sections: tuple[Section, ...]) -> None:
        for section in sections:
            new: list[str] = []
            for question in section.questions:
                if question.id not in self._parts[number][0].given:
                    new += self._ask(number, question)
            if new:
                taken = {known for known, _, _ in self._sections}
                self._sections.append((self._free(section.id, number, taken), section.title, new))

    def sections(self) -> tuple[Section, ...]:
        return tuple(
            Section(id=key, title=title, questions=tuple(self._question(q) for q in questions))
            for key, title, questions in self._sections
        )

    def _ask(self, number: int, question: Question) -> list[str]:
        """Finds what asks it already, or asks it anew: then its id in the form is returned."""
        links = self._links(number, question.when)
        if links is None:
            return []
        when = Condition.of(links)
        known = self._known(number, question, when)
        if known is not None:
            self.asked_as[number][question.id] = known.question.id
            if known.parts is not None:
                known.parts.add(number)
            return []
        name = self._free(question.id, number, self._asked)
        renamed = question.model_copy(update={"id": name})
        self._asked[name] = _Asked(question.id, renamed, when, {number})
        self.asked_as[number][question.id] = name
        return [name]

    def _links(self, number: int, when: Condition | None) -> list[Condition] | None:
        """The condition in the form's names, without what the event itself answers; None when it
        can never hold."""
        links: list[Condition] = []
        given = self._parts[number][0].given
        for link in when.links if when else ():
            answer: Answer | None = given.get(link.question)
            if answer is not None:
                if not holds(link, {link.question: answer}):
                    return None
                continue
            name = self.asked_as[number].get(link.question)
            if name is None:
                return None
            question = self._asked[name].question
            keys = {"true", *(option.key for option in question.options)}
            one_of = tuple(key for key in link.one_of if key in keys)
            if not one_of:
                return None
            links.append(Condition(question=name, one_of=one_of))
        return links

    def _known(self, number: int, question: Question, when: Condition | None) -> _Asked | None:
        part = self._parts[number][0]
        if question.id in part.answers:
            return self._answering(number, question, when)
        for known in self._asked.values():
            if _same(known, question) and self._asked_together(number, known, when):
                known.question = _for_both(known.question, question)
                return known
        return None

    def _answering(self, number: int, question: Question, when: Condition | None) -> _Asked:
        """The earlier question that the event's file names for this one."""
        place = ("parts", number, "answers", question.id)
        name = self._parts[number][0].answers[question.id]
        known = self._asked.get(name)
        if known is None:
            raise self._file.error(place, f"no earlier question has the id {name}")
        reason = _unfit(known.question, question)
        if reason is not None:
            raise self._file.error(place, f"{name} cannot answer {question.id}: {reason}")
        if not self._asked_together(number, known, when):
            raise self._file.error(place, f"{name} is asked under another condition")
        return known

    def _asked_together(self, number: int, known: _Asked, when: Condition | None) -> bool:
        """Whether the known question is asked whenever this part asks under this condition, once
        this part counts among those that ask it."""
        if known.parts is not None:
            return known.when == when
        wanted = self._parts[number][0].when
        hold = [link for condition in (when, wanted) if condition for link in condition.links]
        return all(_implied(link, hold) for link in (known.when.links if known.when else ()))

    def _question(self, name: str) -> Question:
        asked = self._asked[name]
        if asked.parts is None:
            return asked.question
        links = asked.when.links if asked.when else ()
        others = (self._asked[link.question].parts for link in links)
        if not any(other is not None and other <= asked.parts for other in others):
            links = (*links, *self._chosen(asked.parts))
        return asked.question.model_copy(update={"when": Condition.of(links)})

    def _chosen(self, parts: set[int]) -> tuple[Condition, ...]:
        """The condition that one of the parts is chosen; empty when one always is."""
        conditions = [self._parts[number][0].when for number in sorted(parts)]
        found = [condition for condition in conditions if condition is not None]
        if len(found) < len(conditions) or len(parts) == len(self._parts):
            return ()
        if len({condition.question for condition in found}) > 1:
            place = ("parts", max(parts), "when")
            raise self._file.error(place, "parts that share a question hang on different ones")
        keys = dict.fromkeys(key for condition in found for key in condition.one_of)
        return (Condition(question=found[0].question, one_of=tuple(keys)),)

    def _free(self, name: str, number: int, taken: Container[str]) -> str:
        return name if name not in taken else f"{name}_{self._parts[number][1].code}"

    def _check_names(self, number: int, part: EventPart, item: Item) -> None:
        """`answers` and `given` speak of questions of the item, and `given` of its options."""
        place: Place = ("parts", number)
        questions = {q.id: q for q in item.form.questions} if item.form else {}
        for name in part.answers:
            if name not in questions:
                raise self._file.error((*place, "answers", name), f"{item.code} asks no {name}")
        for name, answer in part.given.items():
            keys = {o.key for o in questions[name].options} if name in questions else set()
            kind = QuestionKind.CHOICE if isinstance(answer, str) else QuestionKind.CHOICES
            chosen = {answer} if isinstance(answer, str) else set(answer)
            if name not in questions or questions[name].kind is not kind or chosen - keys:
                reason = f"{item.code} has no choice {name} with this answer"
                raise self._file.error((*place, "given", name), reason)


def _implied(link: Condition, hold: list[Condition]) -> bool:
    """Whether it surely holds when these do."""
    return any(
        link.question == other.question and set(other.one_of) <= set(link.one_of) for other in hold
    )


def _same(known: _Asked, question: Question) -> bool:
    """Files are the same when they have the same name, whatever their ids."""
    if question.kind is QuestionKind.FILE:
        kind, label = known.question.kind, known.question.label
        return (kind, label) == (question.kind, question.label)
    if known.id != question.id:
        return False
    update = {"id": known.id, "when": question.when}
    return known.question.model_copy(update=update) == question


def _for_both(known: Question, question: Question) -> Question:
    """A file has to do for every item that asks for it."""
    if known.kind is not QuestionKind.FILE:
        return known
    update = {
        "required": known.required or question.required,
        "licence": known.licence if known.licence == question.licence else None,
        "defer": known.defer if known.defer == question.defer else None,
    }
    return known.model_copy(update=update)


def _unfit(asked: Question, question: Question) -> str | None:
    """Why an answer to `asked` would not always be one to `question`."""
    if asked.kind is not question.kind:
        return f"one is {asked.kind}, the other {question.kind}"
    if question.required and not asked.required:
        return "it may stay open"
    if question.private and not asked.private:
        return "it is not private"
    same = ("prefill", "fields", "promise", "licence", "defer", "county", "inside", "outside")
    for name in same:
        if getattr(asked, name) != getattr(question, name):
            return f"{name} differs"
    if {o.key for o in asked.options} - {o.key for o in question.options}:
        return "it has more options"
    if question.date_range not in (DateRange.ANY, asked.date_range):
        return "it takes other days"
    if not _within(asked, question):
        return "it takes more"
    return None


def _within(asked: Question, question: Question) -> bool:
    lowest, highest = question.minimum, question.maximum
    return (
        asked.min_length >= question.min_length
        and asked.max_length <= question.max_length
        and asked.decimals <= question.decimals
        and asked.min_rows >= question.min_rows
        and asked.max_rows <= question.max_rows
        and (lowest is None or (asked.minimum is not None and asked.minimum >= lowest))
        and (highest is None or (asked.maximum is not None and asked.maximum <= highest))
    )
