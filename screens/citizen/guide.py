"""What a citizen should know of an item before beginning: one page at a time."""

from collections.abc import Iterator
from functools import partial

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.catalogue.limit_words import limit_words
from kiosk.catalogue.models import (
    ApplicantKind,
    Item,
    Kind,
    Material,
    Origin,
    Provision,
)
from kiosk.journeys.steps import ItemChosen, Start
from kiosk.language import Language, _, spoken
from screens.citizen.find import under
from screens.theme import look
from screens.view import Action, View
from screens.widgets.pager import Pager, in_rows
from screens.widgets.surfaces import Notice, Surface, Tag
from screens.widgets.tiles import RowTile
from screens.widgets.words import Words, text_height


class GuideView(View):
    def compose(self) -> None:
        item = self._item
        self.heading(_(item.name), _(self.attendant.catalogue.department(item.department).name))
        rows = []
        wide = look().body_width
        if spoken() is Language.ENGLISH and not item.complete:
            rows.append([Notice(_("本事项的指南和表单只有中文"), "", "info", "language", wide)])
        if item.why_not_here is not None:
            title, why = _("这件事要到窗口办"), _(item.why_not_here)
            rows.append([Notice(title, why, "warning", "info-circle", wide)])
        told = in_rows([_part(part, look().column) for part in _parts(item)], look().columns)
        items = self._items()
        rows += items + told if item.kind is Kind.GUIDE else told + items
        self.add_widget(Pager(rows, self.room(), look().px(20)))

    def _items(self) -> list[list[Widget]]:
        """What a life event consists of, to be opened one by one."""
        catalogue, wide = self.attendant.catalogue, look().column
        tiles = []
        for part in self._item.parts:
            item = catalogue.item(part.item)
            tiles.append(RowTile(_(item.name), _(catalogue.department(item.department).name),
                                 "", wide))
            tiles[-1].bind(on_release=partial(self._open, item.code))
        rows = in_rows(tiles, look().columns)
        title = _("包含的事项，也可以一项一项办")
        return [[under(title, row)] if number == 0 else row for number, row in enumerate(rows)]

    def _open(self, code: str, *_args: object) -> None:
        self.attendant.take(ItemChosen(code))

    @property
    def _item(self) -> Item:
        item = self.session.item
        if item is None:
            raise ValueError("a guide belongs to an item")
        return item

    def action(self) -> Action | None:
        match self._item.kind:
            case Kind.FILE:
                words = _("开始办理")
            case Kind.LOOK_UP:
                words = _("开始查询")
            case Kind.GUIDE:
                return None
        return Action(words, lambda: self.attendant.take(Start()), icon_behind="arrow-right")


Part = tuple[str, tuple[str, ...], bool]
"""A title, its lines, and whether they are sample data."""


def _parts(item: Item) -> Iterator[Part]:
    unknown = (_("以窗口公布为准"),)
    if item.guide.summary:
        yield _("这是什么"), (_(item.guide.summary),), False
    yield _("谁可以办"), (_applicants(item),), False
    yield (
        _("要带什么"),
        tuple(_material(m) for m in item.materials) or unknown,
        item.materials_origin is not Origin.SOURCED,
    )
    promised = item.promised
    yield (
        _("多久办好"),
        tuple(_limits(item)) or unknown,
        promised is not None and promised.origin is not Origin.SOURCED,
    )
    if item.guide.steps:
        yield _("怎么办"), _numbered(item.guide.steps), False
    if item.special_steps:
        yield (
            _("还可能有"),
            tuple(_(step) for step in item.special_steps),
            item.materials_origin is not Origin.SOURCED,
        )
    if item.guide.conditions:
        yield _("办理条件"), tuple(_(c) for c in item.guide.conditions), False
    yield _("在哪里办"), (_(item.guide.place) if item.guide.place else unknown[0],), False
    yield (
        _("收费、时间和电话"),
        tuple(
            _("{label}：{value}").format(label=label, value=_(value) if value else unknown[0])
            for label, value in (
                (_("收费"), item.guide.fees),
                (_("办公时间"), item.guide.hours),
                (_("咨询电话"), item.guide.phone),
            )
        ),
        False,
    )
    if item.guide.notes:
        yield (
            _("要注意"),
            tuple(_(note) for note in item.guide.notes),
            item.guide.notes_origin is not Origin.SOURCED,
        )


def _applicants(item: Item) -> str:
    names = {
        ApplicantKind.PERSON: _("个人"),
        ApplicantKind.ORGANISATION: _("企业、单位"),
    }
    return _("、").join(names[kind] for kind in item.applicants)


def _numbered(steps: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{number}. {_(step)}" for number, step in enumerate(steps, start=1))


def _material(material: Material) -> str:
    match material.provision:
        case Provision.FILLED_HERE:
            how = _("在本机填写")
        case Provision.FROM_CARD:
            how = _("刷身份证，免提交")
        case Provision.ELECTRONIC:
            how = _("电子证照，免提交")
        case Provision.SHARED:
            how = _("部门共享，免提交")
        case Provision.PROMISE:
            how = _("在本机承诺")
        case Provision.BRING:
            how = _("请带到窗口")
    optional = "" if material.required else _("（有的才带）")
    return f"· {_(material.name)}{optional} — {how}"


def _limits(item: Item) -> Iterator[str]:
    yield _(item.handling.value)
    if item.promised is not None:
        yield _("承诺时限：{limit}").format(limit=limit_words(item.promised))
    if item.statutory is not None:
        yield _("法定时限：{limit}").format(limit=limit_words(item.statutory))


def _part(part: Part, width: float) -> Surface:
    title, lines, sample = part
    px = look().px
    pad = px(32)
    inner = width - 2 * pad
    body = look().type.body
    box = Surface(
        orientation="vertical", size_hint_y=None, padding=(pad, px(24)), spacing=px(6)
    )
    head = BoxLayout(size_hint_y=None, height=round(look().type.heading * 1.5), spacing=px(16))
    head.add_widget(Words(words=title, heavy=True, font_size=body, one_line=True))
    if sample:
        head.add_widget(Tag(_("示例数据，以窗口公布为准"), "warning",
                            pos_hint={"center_y": 0.5}))
    box.add_widget(head)
    height = head.height + px(48)
    for line in lines:
        box.add_widget(Words(words=line, font_size=look().type.least * 1.07, width=inner))
        height += text_height(line, look().type.least * 1.07, inner) + px(6)
    box.height = height
    return box
