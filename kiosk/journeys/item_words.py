"""What is said of an item, in words: the same on its guide, on the paper and in the code that is
taken along."""

from collections.abc import Iterator

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.limit_words import limit_words
from kiosk.catalogue.models import (
    ApplicantKind,
    Decider,
    Item,
    Limit,
    Material,
    Origin,
    Provision,
    Reach,
    Situation,
)
from kiosk.documents.stated import or_as_published
from kiosk.language import _


def applicants(item: Item) -> str:
    return _("、").join(applicant_words(kind) for kind in item.applicants)


def applicant_words(kind: ApplicantKind) -> str:
    match kind:
        case ApplicantKind.PERSON:
            return _("个人")
        case ApplicantKind.ORGANISATION:
            return _("企业、单位")


def conditions(item: Item) -> tuple[str, ...]:
    """Who can have it, and what the check before the form says no or ask to."""
    rules = item.eligibility.rules if item.eligibility is not None else ()
    return (*(_(c) for c in item.guide.conditions), *(_(rule.why) for rule in rules))


def situation(told: Situation) -> str:
    name = _(told.name)
    if not told.materials:
        return name
    materials = _("、").join(_(name) for name in told.materials)
    return _("{situation}（要 {materials}）").format(situation=name, materials=materials)


def how(material: Material) -> str:
    """How it reaches the office, what it has to be like, and what spares it."""
    later = (
        (_("可以容缺，受理后 {days} 个工作日内补交").format(days=material.defer.days),)
        if material.defer is not None
        else ()
    )
    brought = material.provision is Provision.BRING
    spared = (_("有电子证照的免交"),) if brought and material.licence is not None else ()
    standard = (_(material.standard),) if material.standard else ()
    sample = (_("样例：{words}").format(words=_(material.sample)),) if material.sample else ()
    return _("；").join((provision_words(material.provision), *standard, *sample, *spared, *later))


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


def limits(item: Item) -> Iterator[tuple[str, Limit]]:
    """Those that are known."""
    if item.promised is not None:
        words = limit_words(item.promised)
        yield _("承诺时限：{limit}").format(limit=words), item.promised
    if item.statutory is not None:
        words = limit_words(item.statutory)
        yield _("法定时限：{limit}").format(limit=words), item.statutory


def is_sample(limit: Limit | None) -> bool:
    return limit is not None and limit.origin is not Origin.SOURCED


def stages(item: Item) -> tuple[str, ...]:
    """The steps at the office, and how many days each of them takes."""
    return tuple(
        _("{name}：{days} 个工作日").format(name=_(stage.name), days=stage.days)
        if stage.days
        else _(stage.name)
        for stage in item.stages
    )


def decided_by(item: Item, catalogue: Catalogue) -> str:
    department = _(catalogue.department(item.department).name)
    match item.decided_by:
        case Decider.DEPARTMENT:
            return department
        case Decider.COMMITTEE:
            return _("行政服务中心管委会，由{department}公开委托").format(department=department)
        case None:
            return or_as_published("")


def elsewhere(item: Item) -> str:
    """Empty where it is done here alone."""
    names = {Reach.ACROSS_PROVINCES: _("跨省通办"), Reach.WITHIN_PROVINCE: _("省内通办")}
    return _("、").join(names[reach] for reach in item.elsewhere)


def window(item: Item, catalogue: Catalogue) -> str:
    """The window that takes it, as far as it is that of a field."""
    field = next((field for field in catalogue.fields if field.key == item.window), None)
    if field is None:
        return or_as_published("")
    name = _(field.name)
    return name if name.endswith(_("窗口")) else _("{field}窗口").format(field=name)
