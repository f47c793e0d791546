"""一次性告知单: everything that a citizen has to know of one item, told at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kiosk.documents.days import in_words
from kiosk.documents.document import Document, DocumentKind, Field, QrCode, Row, Rows, title_for_all
from kiosk.documents.stated import Stated, about_samples, as_sample, or_as_published, said
from kiosk.language import _, mark


@dataclass(frozen=True)
class GuideMaterial:
    """`how` it reaches the office, in words; `required` is False where only some hand it in."""

    name: str
    how: str
    required: bool = True


@dataclass(frozen=True)
class Question:
    asked: str
    answer: str


@dataclass(frozen=True)
class ItemGuide:
    """One item. None and empty are not known. `decider` is who decides, `elsewhere` through which
    arrangement offices elsewhere take it too. `conditions` are who may apply, `situations` in
    what cases it is needed, `questions` those often asked. `samples` says whether materials,
    situations and questions are sample data."""

    code: str
    name: str
    kind: str
    department: str
    decider: str = ""
    window: str = ""
    elsewhere: str = ""
    place: str = ""
    hours: str = ""
    phone: str = ""
    fees: str = ""
    promised: Stated | None = None
    statutory: Stated | None = None
    conditions: tuple[str, ...] = ()
    situations: tuple[str, ...] = ()
    materials: tuple[GuideMaterial, ...] = ()
    steps: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    samples: bool = False


def item_guide(*, issuer: str, terminal: str, guide: ItemGuide, on: date) -> Document:
    """The guide as the kiosk has it `on` this day. The QR code holds the item's code."""
    return Document(
        kind=DocumentKind.ITEM_GUIDE,
        issuer=issuer,
        title=title_for_all(mark("一次性告知单")),
        reference=f"{guide.code}/{on:%Y%m%d}",
        number_label=_("本终端事项编号"),
        number=guide.code,
        fields=(
            Field(_("办理事项"), guide.name),
            Field(_("办件类型"), guide.kind),
            Field(_("承办部门"), guide.department),
            Field(_("决定机关"), or_as_published(guide.decider)),
            Field(_("承诺时限"), said(guide.promised)),
            Field(_("法定时限"), said(guide.statutory)),
            Field(_("办理窗口"), or_as_published(guide.window)),
            Field(_("办理地点"), or_as_published(guide.place)),
            *((Field(_("异地办理"), guide.elsewhere),) if guide.elsewhere else ()),
            Field(_("办公时间"), or_as_published(guide.hours)),
            Field(_("咨询电话"), or_as_published(guide.phone)),
            Field(_("收费"), or_as_published(guide.fees)),
        ),
        rows=tuple(_rows(guide)),
        notices=(
            *((about_samples(),) if _has_samples(guide) else ()),
            _("内容会变。办理以前，请看告知单的日期，或者问窗口。"),
        ),
        qr=QrCode(guide.code, _("本终端事项编号")),
        footer=(_("{day}，{terminal}").format(day=in_words(on), terminal=terminal),),
    )


def _has_samples(guide: ItemGuide) -> bool:
    limits = (guide.promised, guide.statutory)
    return guide.samples or any(limit.sample for limit in limits if limit is not None)


def _rows(guide: ItemGuide) -> Iterator[Rows]:
    """A part of which nothing is known says so, instead of being left out."""
    unknown = (Row(or_as_published("")),)
    yield Rows(_("办理条件"), tuple(map(Row, guide.conditions)) or unknown)
    yield Rows(_heading(_("办理情形"), guide), tuple(map(Row, guide.situations)) or unknown)
    materials = tuple(_material(material) for material in guide.materials)
    yield Rows(_heading(_("申请材料"), guide), materials or unknown, numbered=bool(materials))
    steps = tuple(map(Row, guide.steps))
    yield Rows(_("办理流程"), steps or unknown, numbered=bool(steps))
    questions = tuple(Row(question.asked, below=(question.answer,)) for question in guide.questions)
    yield Rows(_heading(_("常见问题"), guide), questions or unknown)


def _heading(words: str, guide: ItemGuide) -> str:
    return as_sample(words) if guide.samples else words


def _material(material: GuideMaterial) -> Row:
    below = (material.how,) if material.required else (material.how, _("有的才带"))
    return Row(material.name, below=below)
