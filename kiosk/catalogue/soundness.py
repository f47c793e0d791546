"""What has to hold between the parts of one item, each mistake named where it stands."""

from collections.abc import Iterator

from kiosk.catalogue.data_file import DataFile, Place
from kiosk.catalogue.eligibility import Eligibility
from kiosk.catalogue.models import Item, Limit, LimitUnit
from kiosk.forms.questions import Question, misfit

OFFICE = "office"
"""The id of the question where the office is that the application goes to (blocks/elsewhere)."""


def check_item(file: DataFile, item: Item, licences: frozenset[str]) -> None:
    """Raises ConfigurationError for the first mistake in `file`, from which `item` was read.
    `licences` are the kinds that licences.yaml knows."""
    for place, reason in _mistakes(item, licences):
        raise file.error(place, reason)


def _mistakes(item: Item, licences: frozenset[str]) -> Iterator[tuple[Place, str]]:
    yield from _of_materials(item, licences)
    yield from _of_stages(item)
    if item.eligibility is not None:
        yield from _of_eligibility(item, item.eligibility)
    asked = item.form is not None and any(q.id == OFFICE for q in item.form.questions)
    if item.form is not None and asked != bool(item.elsewhere):
        yield (
            ("elsewhere",) if item.elsewhere else ("form",),
            "an item that offices elsewhere take has elsewhere and uses the block elsewhere",
        )


def _of_materials(item: Item, licences: frozenset[str]) -> Iterator[tuple[Place, str]]:
    for position, material in enumerate(item.materials):
        place: Place = ("materials", position)
        if material.licence is not None and material.licence not in licences:
            yield (*place, "licence"), f"no licence {material.licence} in licences.yaml"
        if material.defer is not None and not _fits(material.defer.days, item.promised):
            yield (
                (*place, "defer"),
                f"{material.name} may come {material.defer.days} working days later, which has to "
                "end within the promise: give it fewer days, or the item a promise",
            )
    names = {material.name for material in item.materials}
    for position, situation in enumerate(item.situations):
        for unknown in (name for name in situation.materials if name not in names):
            yield (
                ("situations", position, "materials"),
                f"{situation.name}: the item has no material {unknown}",
            )


def _fits(days: int, promised: Limit | None) -> bool:
    if promised is None:
        return False
    later = Limit(amount=days, unit=LimitUnit.WORKING_DAYS, origin=promised.origin)
    return not later.surely_longer_than(promised)


def _of_stages(item: Item) -> Iterator[tuple[Place, str]]:
    if not item.stages:
        return
    if item.promised is None:
        yield ("stages",), "stages divide the promise, and this item has none"
        return
    total = sum(stage.days for stage in item.stages)
    if total != item.promised.amount:
        yield (
            ("stages",),
            f"the days of the stages add up to {total}; the promise is {item.promised.amount} "
            f"{item.promised.unit}",
        )


def _of_eligibility(item: Item, eligibility: Eligibility) -> Iterator[tuple[Place, str]]:
    taken = {question.id for question in item.form.questions} if item.form is not None else set()
    earlier: dict[str, Question] = {}
    for position, question in enumerate(eligibility.questions):
        place: Place = ("eligibility", "questions", position)
        if question.id in taken:
            yield (*place, "id"), f"{question.id}: the form has a question of this id"
        if question.id in earlier:
            yield (*place, "id"), f"{question.id}: this id stands twice"
        wrong = misfit(question.when, earlier)
        if wrong:
            yield (*place, "when"), f"{question.id}: {wrong}"
        earlier[question.id] = question
    for position, rule in enumerate(eligibility.rules):
        for condition in rule.when:
            wrong = misfit(condition, earlier)
            if wrong:
                yield ("eligibility", "rules", position), f"rule {position + 1}: {wrong}"
