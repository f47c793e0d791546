"""办事指南: what a citizen should know of an item before beginning, on the screen and as text that
a telephone takes along."""

from collections.abc import Iterator

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.models import Item, Kind, Material, Origin
from kiosk.documents.document import DocumentKind
from kiosk.documents.stated import as_sample, or_as_published
from kiosk.journeys import item_words as said
from kiosk.journeys.not_answered import finish
from kiosk.journeys.pages import (
    Button,
    Choice,
    Choices,
    Code,
    Lines,
    Paper,
    Part,
    SheetPage,
    Told,
    Tone,
)
from kiosk.journeys.routes import World
from kiosk.journeys.steps import ItemChosen, Open, Print, Start, Subject
from kiosk.language import Language, _, spoken
from kiosk.session import Session

LONGEST_TEXT = 1273
"""Bytes that a QR code of version 25 holds at level L (ISO/IEC 18004): finer ones many telephones
do not read from a screen."""


def guide_told(session: Session, world: World) -> SheetPage:
    """ValueError where no item was chosen."""
    item, catalogue = session.item, world.catalogue
    if item is None:
        raise ValueError("a guide belongs to an item")
    printed = session.printed
    asked = f"{DocumentKind.ITEM_GUIDE.value}/{item.code}/"
    shows_paper = printed is not None and printed.about.startswith(asked)
    told: list[Part] = [*_notices(item), *((Paper(),) if shows_paper else ())]
    whole, parts = guide_lines(item, catalogue), _parts(item, catalogue)
    told += (*parts, *whole) if item.kind is Kind.GUIDE else (*whole, *parts)
    offered = world.printer_ready and not shows_paper
    return SheetPage(
        _(item.name),
        _(catalogue.department(item.department).name),
        parts=tuple(told),
        buttons=(
            *((Button(_("打印告知单"), Print(), "printer"),) if offered else ()),
            Button(_("扫码带走"), Open(Subject.TAKE_ALONG), "qrcode"),
            Button(_("预约窗口"), _booking(item), "calendar"),
        ),
        main=_start(item),
    )


def take_along_told(session: Session, world: World) -> SheetPage:
    """The guide as a code."""
    item = session.item
    if item is None:
        return SheetPage(_("扫码带走"), main=finish())
    text, whole = guide_text(item, world.catalogue)
    caption = _("用手机扫一扫，整份指南就在手机上，不用上网。")
    if not whole:
        caption += _("太长的部分没有放进去，请看本机或打印的告知单。")
    return SheetPage(_("扫码带走"), _(item.name), parts=(Code(text, caption),))


def guide_text(item: Item, catalogue: Catalogue) -> tuple[str, bool]:
    """As much of the guide as a code holds, in whole lines, and whether that is all of it."""
    lines = [_(item.name), _(catalogue.department(item.department).name)]
    for part in guide_lines(item, catalogue):
        title = as_sample(part.title) if part.sample else part.title
        lines.append(f"[{title}]")
        numbered = enumerate(part.lines, start=1)
        lines += [f"{n}. {line}" if part.numbered else line for n, line in numbered]
    kept: list[str] = []
    left = LONGEST_TEXT
    for line in lines:
        left -= len(line.encode()) + 1
        if left < 0:
            return "\n".join(kept), False
        kept.append(line)
    return "\n".join(kept), True


def guide_lines(item: Item, catalogue: Catalogue) -> tuple[Lines, ...]:
    """All that is known of it, the parts that are sample data marked."""
    return tuple(_lines(item, catalogue))


def _lines(item: Item, catalogue: Catalogue) -> Iterator[Lines]:
    guide, unknown = item.guide, or_as_published("")
    process = item.process_origin is not Origin.SOURCED
    materials = item.materials_origin is not Origin.SOURCED
    if guide.summary:
        yield Lines(_("这是什么"), (_(guide.summary),))
    conditions = said.conditions(item)
    yield Lines(_("谁可以办"), (said.applicants(item), *conditions), sample=bool(conditions))
    known = tuple(said.limits(item))
    yield Lines(
        _("多久办好"),
        (_(item.handling.value), *(words for words, _limit in known)) if known else (unknown,),
        sample=any(said.is_sample(limit) for _words, limit in known),
    )
    yield Lines(
        _("要带什么"), tuple(map(_material, item.materials)) or (unknown,), sample=materials
    )
    yield Lines(_("在哪里办"), tuple(_place(item, catalogue)))
    if item.situations:
        told = tuple(said.situation(each) for each in item.situations)
        yield Lines(_("办理情形"), told, sample=process)
    if guide.steps:
        yield Lines(_("怎么办"), tuple(_(step) for step in guide.steps), numbered=True)
    if item.stages:
        yield Lines(_("办理环节"), said.stages(item), numbered=True, sample=process)
    if item.special_steps:
        yield Lines(_("还可能有"), tuple(_(step) for step in item.special_steps), sample=materials)
    decides = item.decided_by is not None
    yield Lines(_("谁来决定"), (said.decided_by(item, catalogue),), sample=decides and process)
    notes = (*guide.notes, *(item.look_up.notes if item.look_up is not None else ()))
    if notes:
        sample = guide.notes_origin is not Origin.SOURCED
        yield Lines(_("要注意"), tuple(_(note) for note in notes), sample=sample)


def _place(item: Item, catalogue: Catalogue) -> Iterator[str]:
    labelled = _("{label}：{value}")
    yield labelled.format(label=_("窗口"), value=said.window(item, catalogue))
    for label, value in (
        (_("地点"), item.guide.place),
        (_("办公时间"), item.guide.hours),
        (_("收费"), item.guide.fees),
        (_("咨询电话"), item.guide.phone),
    ):
        yield labelled.format(label=label, value=or_as_published(_(value) if value else ""))
    if item.elsewhere:
        yield labelled.format(label=_("异地"), value=said.elsewhere(item))


def _material(material: Material) -> str:
    optional = "" if material.required else _("（有的才带）")
    return f"· {_(material.name)}{optional} — {said.how(material)}"


def _notices(item: Item) -> Iterator[Told]:
    if spoken() is Language.ENGLISH and not item.complete:
        yield Told(_("本事项的指南和表单只有中文"), icon="language")
    if item.why_not_here is not None:
        yield Told(_("这件事要到窗口办"), _(item.why_not_here), Tone.WARNING)


def _parts(item: Item, catalogue: Catalogue) -> tuple[Choices, ...]:
    """What a life event consists of, to be opened one by one."""
    items = [catalogue.item(part.item) for part in item.parts]
    choices = tuple(
        Choice(_(part.name), ItemChosen(part.code), _(catalogue.department(part.department).name))
        for part in items
    )
    return (Choices(_("包含的事项，也可以一项一项办"), choices),) if choices else ()


def _booking(item: Item) -> Open:
    if item.window is None:
        return Open(Subject.WINDOWS)
    return Open(Subject.WINDOW, item.window)


def _start(item: Item) -> Button | None:
    match item.kind:
        case Kind.FILE:
            return Button(_("开始办理"), Start(), "arrow-right")
        case Kind.LOOK_UP:
            return Button(_("开始查询"), Start(), "arrow-right")
        case Kind.GUIDE:
            return None
