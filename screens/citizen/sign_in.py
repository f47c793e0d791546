"""Lay the card on the reader: where, what the reader is doing, and what to do if it fails."""

import math

from kivy.graphics import Color, InstructionGroup, Line, SmoothRoundedRectangle
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.devices import DeviceState
from kiosk.errors import (
    CardReaderError,
    CardReaderUnavailable,
    CardRemoved,
    CardUnknown,
    CardUnreadable,
    IdentityInvalid,
)
from kiosk.faults import Fault, code_words, fault_of, reader_fault
from kiosk.language import _
from screens.theme import look
from screens.view import View
from screens.widgets.steps import StepBar
from screens.widgets.surfaces import Notice, Surface
from screens.widgets.words import Icon


class SignInView(View):
    def compose(self) -> None:
        self.add_widget(StepBar(1))
        self._used += look().px(12) + look().gap
        self.heading(
            _("请把身份证放到读卡区"),
            _("读到后会自动进入下一步。只读取姓名、证号等登记信息，办完即清除。"),
        )
        wide = look().landscape
        self._box = Surface(orientation="horizontal" if wide else "vertical",
                            padding=look().px(48), spacing=look().px(36))
        self.add_widget(self._box)
        self._box.add_widget(Widget())
        middle = {"center_y": 0.5} if wide else {"center_x": 0.5}
        self._box.add_widget(_CardPlace(middle))
        self._box.add_widget(
            Icon(icon="arrow-right" if wide else "arrow-down", font_size=look().px(80),
                 pos_hint=middle)
        )
        self._state = BoxLayout(size_hint=(None, None), pos_hint=middle)
        self._box.add_widget(self._state)
        self._box.add_widget(Widget())
        self._shown: tuple[tuple[str, str, str, str], Fault | None] | None = None
        self.refresh()

    def refresh(self) -> None:
        told, fault = self._tell(), self._fault()
        if (told, fault) == self._shown:
            return
        self._shown = told, fault
        self._state.clear_widgets()
        room = look().body_width - 2 * look().px(48)
        wide = room * 0.5 if look().landscape else room
        notice = Notice(*told, wide, code_words(fault))
        self._state.size = notice.size
        self._state.add_widget(notice)

    def _fault(self) -> Fault | None:
        """Why no card at all can be read."""
        error = self.session.card_error
        if isinstance(error, CardReaderUnavailable):
            return fault_of(error)
        return reader_fault(self.attendant.reader)

    def _tell(self) -> tuple[str, str, str, str]:
        session, reader = self.session, self.attendant.reader
        if session.reading:
            return _("正在读取，请不要拿走身份证…"), "", "info", "hourglass"
        if session.card_expired:
            return (
                _("这张身份证已经过期"),
                _("请换一张有效的身份证，或到户政窗口换证。需要帮助请点“帮忙”。"),
                "bad",
                "calendar",
            )
        if session.card_error is not None:
            return _failure(session.card_error)
        match reader.device:
            case DeviceState.ONLINE | DeviceState.BUSY:
                return _("读卡器已就绪，等待放卡…"), "", "info", "id"
            case DeviceState.STARTING:
                return _("读卡器正在准备…"), "", "info", "hourglass"
            case (
                DeviceState.OFFLINE
                | DeviceState.NO_DEVICE
                | DeviceState.HARDWARE_ERROR
                | DeviceState.USER_ERROR
            ):
                return _out_of_order()


def _out_of_order() -> tuple[str, str, str, str]:
    return (
        _("读卡器现在不能用"),
        _("正在自动恢复。您可以等一会儿，换一台终端，或点“帮忙”请导办员来。"),
        "bad",
        "alert-triangle",
    )


def _failure(error: CardReaderError) -> tuple[str, str, str, str]:
    match error:
        case CardRemoved():
            return (
                _("还没读完，身份证就拿开了"),
                _("请重新放好，等屏幕提示再拿走。刚才读到的内容已经丢弃。"),
                "warning",
                "refresh",
            )
        case CardUnreadable():
            return (
                _("没有读出来"),
                _("请把身份证拿起来，平放在读卡区中间再试一次。身份证可能消磁，多次不行请点“帮忙”。"),
                "warning",
                "refresh",
            )
        case CardUnknown():
            return (
                _("这张卡不是居民身份证"),
                _("请拿走这张卡，换成第二代居民身份证。"),
                "warning",
                "id",
            )
        case IdentityInvalid():
            return (
                _("身份证里的信息有问题"),
                _("请拿起来再放一次。还是不行，请到窗口由工作人员核对。"),
                "bad",
                "alert-triangle",
            )
        case CardReaderUnavailable():
            return _out_of_order()
        case _:
            return _out_of_order()


class _CardPlace(Widget):
    """The picture of where the card goes: a dashed outline with a card in it."""

    def __init__(self, pos_hint: dict[str, float]) -> None:
        px, colours = look().px, look().colours
        super().__init__(size_hint=(None, None), size=(px(520), px(330)), pos_hint=pos_hint)
        with self.canvas:
            Color(rgba=colours.tint)
            self._box = SmoothRoundedRectangle(radius=[px(36)])
            self._dashes = InstructionGroup()
        self._icon = Icon(icon="id", font_size=px(190))
        self.add_widget(self._icon)
        self.fbind("pos", self._place)
        self.fbind("size", self._place)

    def _place(self, *_args) -> None:
        self._box.pos, self._box.size = self.pos, self.size
        self._icon.center = self.center
        self._dashes.clear()
        self._dashes.add(Color(rgba=look().colours.primary))
        edge = _outline(self.x, self.y, self.width, self.height, look().px(36))
        on, off = 4, 3
        for start in range(0, len(edge) - on, on + off):
            points = [axis for point in edge[start : start + on] for axis in point]
            self._dashes.add(Line(points=points, width=look().px(2), cap="none"))


def _outline(
    x: float, y: float, width: float, height: float, radius: float, step: float = 4
) -> list[tuple[float, float]]:
    """Points about `step` px apart along a rounded rectangle."""
    points: list[tuple[float, float]] = []
    corners = (
        (x + radius, y + radius, math.pi),
        (x + width - radius, y + radius, 1.5 * math.pi),
        (x + width - radius, y + height - radius, 0.0),
        (x + radius, y + height - radius, 0.5 * math.pi),
    )
    arc = max(round(radius * math.pi / 2 / step), 1)
    for number, (cx, cy, start) in enumerate(corners):
        bend = [start + math.pi / 2 * part / arc for part in range(arc + 1)]
        points += [(cx + radius * math.cos(a), cy + radius * math.sin(a)) for a in bend]
        next_x, next_y, next_start = corners[(number + 1) % 4]
        goal = (next_x + radius * math.cos(next_start), next_y + radius * math.sin(next_start))
        last = points[-1]
        pieces = max(round(math.dist(last, goal) / step), 1)
        points += [
            (last[0] + (goal[0] - last[0]) * k / pieces, last[1] + (goal[1] - last[1]) * k / pieces)
            for k in range(1, pieces)
        ]
    return points
