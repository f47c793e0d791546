"""Finding a guide: by field, by department, by who applies, by life event."""

from collections.abc import Iterator
from functools import partial

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.catalogue.models import ApplicantKind
from kiosk.journeys.collected import groups
from kiosk.journeys.item_words import applicant_words
from kiosk.journeys.steps import (
    ApplicantChosen,
    By,
    Collection,
    DepartmentChosen,
    Destination,
    FieldChosen,
    Sort,
    Step,
)
from kiosk.language import _
from screens.citizen.item_rows import item_row, parts_words, take, titled
from screens.theme import look
from screens.view import View
from screens.widgets.buttons import Pressable, PushButton
from screens.widgets.pager import Pager, in_rows
from screens.widgets.tiles import FieldTile, NameTile, Tile


def show_guides(view: View) -> None:
    """The ways to sort them, and what there is one way: in a low window beside each other."""
    here, gap = view.attendant.here, look().px(16)
    chosen = By.APPLICANT if here.applicant is not None else here.by
    ways = []
    for by, words in (
        (By.FIELD, _("按领域")),
        (By.DEPARTMENT, _("按部门")),
        (By.APPLICANT, _("按身份")),
        (By.LIFE_EVENT, _("按一件事")),
    ):
        ways.append(PushButton(words, "main" if by is chosen else "pill", pad=look().px(12)))
        ways[-1].bind(on_release=partial(take, view, Sort(by)))
    room, wide = view.room(), look().body_width
    if look().landscape:
        bar = BoxLayout(orientation="vertical", spacing=gap, size_hint=(None, None),
                        size=(max(way.natural_width for way in ways), room),
                        pos_hint={"top": 1})
        wide -= bar.width + look().gap
        for way in ways:
            way.height = min(look().button, (room - 3 * gap) / 4)
            bar.add_widget(way)
        bar.add_widget(Widget())
        beside = BoxLayout(spacing=look().gap)
        beside.add_widget(bar)
        beside.add_widget(Pager(list(_ways(view, wide)), room, gap))
        view.add_widget(beside)
        return
    bar = BoxLayout(size_hint_y=None, height=look().button, spacing=gap)
    for way in ways:
        bar.add_widget(way)
    view.add_widget(bar)
    rows = list(_ways(view, wide))
    view.add_widget(Pager(rows, room - bar.height - look().gap, gap))


def _ways(view: View, whole: float) -> Iterator[list[Widget]]:
    """Rows as wide as this."""
    here, catalogue = view.attendant.here, view.attendant.catalogue
    departments = [d for d in catalogue.departments if d.field is not None]
    match here.by:
        case By.FIELD:
            yield from _fields_counted(view, whole)
        case By.DEPARTMENT:
            columns = (5 if look().landscape else 3) - look().large
            wide = _wide(whole, columns)
            tiles = [NameTile(_(d.name), wide) for d in departments]
            for tile, department in zip(tiles, departments, strict=True):
                tile.bind(on_release=partial(take, view, DepartmentChosen(department.key)))
            yield from in_rows(tiles, columns)
        case By.APPLICANT:
            tiles: list[Widget] = [
                _tile(view, ApplicantChosen(kind), applicant_words(kind), icon, _wide(whole, 2))
                for kind, icon in (
                    (ApplicantKind.PERSON, "user"),
                    (ApplicantKind.ORGANISATION, "building-store"),
                )
            ]
            yield tiles
        case By.LIFE_EVENT:
            columns = look().columns
            for group in groups(Collection.LIFE_EVENTS, catalogue):
                tiles = [
                    item_row(view, item, _wide(whole, columns), parts_words(item))
                    for item in group.items
                ]
                yield from titled(group.title, in_rows(tiles, columns), whole)


def _fields_counted(view: View, whole: float) -> Iterator[list[Widget]]:
    """The fields have room for large tiles that say how much is behind them."""
    here, catalogue = view.attendant.here, view.attendant.catalogue
    kind, applicant = here.kind, here.applicant
    columns = 3 + look().landscape * (1 if look().large else 2)
    wide = _wide(whole, columns)
    tiles = []
    for field in catalogue.fields_of(kind, applicant):
        departments = catalogue.departments_of(field.key, kind, applicant)
        count = sum(len(catalogue.items_of(d.key, kind, applicant)) for d in departments)
        words = _("{count} 项").format(count=count)
        step = FieldChosen(field.key)
        tiles.append(_tile(view, step, _(field.name), field.icon, wide, words))
    yield from in_rows(tiles, columns)


def _tile(
    view: View, step: Step, title: str, icon: str, wide: float, below: str = ""
) -> Pressable:
    """A large one, or a low one where large type has no room for it."""
    if look().landscape and look().large:
        tile: Pressable = FieldTile(title, icon, wide)
    else:
        high = look().px(230 if look().landscape else 300)
        tile = Tile(title, below, icon, wide, high)
        tile.size_hint_y, tile.height = None, high
    tile.bind(on_release=partial(take, view, step))
    return tile


def sorted_words(here: Destination) -> str:
    """What is to be chosen, and of whom the guides are."""
    if here.applicant is not None:
        return _("{applicant}可以办的，选一个领域").format(
            applicant=applicant_words(here.applicant)
        )
    match here.by:
        case By.FIELD:
            return _("选一个领域，看带什么、要多久")
        case By.DEPARTMENT:
            return _("选一个部门，看它办哪些事")
        case By.APPLICANT:
            return _("为谁办事？")
        case By.LIFE_EVENT:
            return _("选一件事，看要一起办哪些事项")


def _wide(whole: float, columns: int) -> float:
    return (whole - look().gap * (columns - 1)) / columns
