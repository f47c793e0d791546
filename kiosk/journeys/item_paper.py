"""What a paper says of an item: its limit, and all of it on the 一次性告知单."""

from datetime import date

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.limit_words import limit_words
from kiosk.catalogue.models import Item, Limit, Material, Origin
from kiosk.documents.document import Document
from kiosk.documents.item_guide import GuideMaterial, ItemGuide, item_guide
from kiosk.documents.stated import Stated, as_sample
from kiosk.journeys import item_words as said
from kiosk.journeys.issuer import Issuer
from kiosk.language import _


def stated(limit: Limit | None) -> Stated | None:
    """An item without a promise has no limit that a paper could name."""
    if limit is None:
        return None
    return Stated(limit_words(limit), sample=said.is_sample(limit))


def guide_for(issuer: Issuer, catalogue: Catalogue, item: Item, on: date) -> Document:
    """The guide of the item as this kiosk has it `on` this day."""
    own, process = item.guide, item.process_origin is not Origin.SOURCED
    decider = said.decided_by(item, catalogue)
    steps = tuple(as_sample(step) if process else step for step in said.stages(item))
    guide = ItemGuide(
        code=item.code,
        name=_(item.name),
        kind=_(item.handling.value),
        department=_(catalogue.department(item.department).name),
        decider=as_sample(decider) if process and item.decided_by is not None else decider,
        window=said.window(item, catalogue),
        elsewhere=said.elsewhere(item),
        place=_known(own.place),
        hours=_known(own.hours),
        phone=_known(own.phone),
        fees=_known(own.fees),
        promised=stated(item.promised),
        statutory=stated(item.statutory),
        conditions=said.conditions(item),
        situations=tuple(said.situation(situation) for situation in item.situations),
        materials=tuple(_material(material) for material in item.materials),
        steps=(*(_(step) for step in own.steps), *steps),
        samples=item.materials_origin is not Origin.SOURCED,
    )
    return item_guide(issuer=_(issuer.hall), terminal=_(issuer.terminal), guide=guide, on=on)


def _known(value: str | None) -> str:
    return _(value) if value else ""


def _material(material: Material) -> GuideMaterial:
    return GuideMaterial(_(material.name), said.how(material), material.required)
