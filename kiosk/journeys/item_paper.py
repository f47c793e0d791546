"""What a paper says of an item: its limit, and all of it on the 一次性告知单."""

from collections.abc import Iterator
from datetime import date

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.limit_words import limit_words
from kiosk.catalogue.models import Item, Limit, Material, Origin, Provision, Situation
from kiosk.documents.document import Document
from kiosk.documents.item_guide import GuideMaterial, ItemGuide, item_guide
from kiosk.documents.stated import Stated, as_sample
from kiosk.journeys.issuer import Issuer
from kiosk.language import _


def stated(limit: Limit | None) -> Stated | None:
    """An item without a promise has no limit that a paper could name."""
    if limit is None:
        return None
    return Stated(limit_words(limit), sample=limit.origin is not Origin.SOURCED)


def guide_for(issuer: Issuer, catalogue: Catalogue, item: Item, on: date) -> Document:
    """The guide of the item as this kiosk has it `on` this day."""
    own = item.guide
    sample_process = item.process_origin is not Origin.SOURCED
    conditions = tuple(_(c) for c in own.conditions)
    guide = ItemGuide(
        code=item.code,
        name=_(item.name),
        kind=_(item.handling.value),
        department=_(catalogue.department(item.department).name),
        place=_known(own.place),
        hours=_known(own.hours),
        phone=_known(own.phone),
        fees=_known(own.fees),
        promised=stated(item.promised),
        statutory=stated(item.statutory),
        conditions=conditions,
        situations=tuple(_situation(situation) for situation in item.situations),
        materials=tuple(_material(material) for material in item.materials),
        steps=tuple(_steps(item, sample=sample_process)),
        samples=item.materials_origin is not Origin.SOURCED,
    )
    return item_guide(issuer=_(issuer.hall), terminal=_(issuer.terminal), guide=guide, on=on)


def provision_words(provision: Provision) -> str:
    """How a material reaches the office."""
    match provision:
        case Provision.FILLED_HERE:
            return _("在本机填写")
        case Provision.FROM_CARD:
            return _("刷身份证，免提交")
        case Provision.ELECTRONIC:
            return _("电子证照，免提交")
        case Provision.SHARED:
            return _("部门共享，免提交")
        case Provision.PROMISE:
            return _("在本机承诺")
        case Provision.BRING:
            return _("请带到窗口")


def _known(value: str | None) -> str:
    return _(value) if value else ""


def _situation(situation: Situation) -> str:
    name = _(situation.name)
    if not situation.materials:
        return name
    materials = _("、").join(_(name) for name in situation.materials)
    return _("{situation}（要 {materials}）").format(situation=name, materials=materials)


def _material(material: Material) -> GuideMaterial:
    later = (
        (_("可以容缺，受理后 {days} 个工作日内补交").format(days=material.defer.days),)
        if material.defer is not None
        else ()
    )
    standard = (_(material.standard),) if material.standard else ()
    sample = (_("样例：{words}").format(words=_(material.sample)),) if material.sample else ()
    how = _("；").join((provision_words(material.provision), *standard, *sample, *later))
    return GuideMaterial(_(material.name), how, material.required)


def _steps(item: Item, *, sample: bool) -> Iterator[str]:
    for step in item.guide.steps:
        yield _(step)
    for stage in item.stages:
        name = _(stage.name)
        words = (
            _("{name}：{days} 个工作日").format(name=name, days=stage.days) if stage.days else name
        )
        yield as_sample(words) if sample else words
