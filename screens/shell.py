"""The frame around every screen: who we are above, back, home and help below, and the screen."""

from collections.abc import Callable
from datetime import datetime

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.floatlayout import FloatLayout
from kivy.uix.widget import Widget

from config.settings import Hall
from kiosk.faults import faults_now
from kiosk.journeys.attendant import Attendant
from kiosk.journeys.help_told import HelpTold, help_told
from kiosk.journeys.steps import Back, Home, Place
from kiosk.language import Language, _
from screens.theme import Colour, look
from screens.view import View
from screens.widgets.buttons import PushButton, StackedButton
from screens.widgets.surfaces import Plane, Surface
from screens.widgets.words import Icon, Words, line_pitch


class Header(Plane):
    """The hall's name, the time left, and language and type size at any moment."""

    def __init__(self, attendant: Attendant, hall: Hall, **kwargs) -> None:
        px, colours = look().px, look().colours
        super().__init__(
            fill=colours.warning_tint if attendant.card_to_take else colours.surface,
            bottom_line=colours.line,
            size_hint_y=None,
            height=look().header,
            padding=(look().margin, 0, look().margin, 0),
            spacing=px(16),
            **kwargs,
        )
        self._attendant = attendant
        self.card_to_take = attendant.card_to_take
        on_journey = attendant.here.place is not Place.HOME
        if self.card_to_take:
            self._badge("id", colours.warning)
            self._names(_("请取走您的证件"), _("还在读卡区"), colours.warning)
        else:
            self._badge("building-community", colours.primary)
            place = f"{_(hall.area)} · {_(hall.terminal)}"
            self._names(_(hall.name), place, colours.ink)
        self._clock: PushButton | None = None
        if on_journey:
            self._clock = self._pill("0:00", "clock", lambda *_a: None)
            self._clock.name = "time-left"
        self._add_choices(attendant, short=on_journey)

    def _badge(self, icon: str, colour: Colour) -> None:
        px = look().px
        badge = Surface(
            fill=colour,
            border=look().colours.clear,
            corner=px(20),
            size_hint=(None, None),
            size=(px(76), px(76)),
            pos_hint={"center_y": 0.5},
        )
        badge.add_widget(
            Icon(icon=icon, font_size=px(48), color=look().colours.surface, size_hint=(1, 1))
        )
        self.add_widget(badge)

    def _names(self, title: str, below: str, colour: Colour) -> None:
        px = look().px
        names = BoxLayout(
            orientation="vertical", size_hint_y=None, padding=(px(8), 0, 0, 0),
            pos_hint={"center_y": 0.5},
        )
        if look().large:
            # Larger choices leave room for the title alone, or not even for that.
            name = Words(words=title, heavy=True, font_size=look().type.least, color=colour,
                         balanced=True)
            name.fbind("natural_height", _two_lines_at_most)
            names.add_widget(name)
        else:
            names.add_widget(
                Words(words=title, heavy=True, font_size=px(38), color=colour, one_line=True)
            )
            muted = look().colours.muted
            names.add_widget(Words(words=below, font_size=px(30), color=muted, one_line=True))
        names.fbind("minimum_height", names.setter("height"))
        self.add_widget(names)

    def _add_choices(self, attendant: Attendant, short: bool) -> None:
        session = attendant.session
        if session.language is Language.CHINESE:
            words = "EN" if short else "English"
            self._pill(words, "language", lambda *_a: attendant.speak(Language.ENGLISH),
                       name="English")
        else:
            self._pill("中文", "language", lambda *_a: attendant.speak(Language.CHINESE))
        large = session.large_type
        words = _("标准版") if large else _("长辈版")
        self._pill(words, "accessible", lambda *_a: attendant.use_large_type(not large))

    def _pill(
        self, words: str, icon: str, run: Callable[..., None], name: str = ""
    ) -> PushButton:
        pill = PushButton(
            words,
            "pill",
            icon=icon,
            font_size=look().type.least * 1.1,
            height=look().px(96),
            size_hint_x=None,
            pad=look().px(28 if self._attendant.here.place is Place.HOME else 20),
            pos_hint={"center_y": 0.5},
            name=name,
        )
        pill.bind(on_release=run)
        self.add_widget(pill)
        return pill

    def show_time(self, seconds: float) -> None:
        """Minutes and seconds until the visit is wiped."""
        if self._clock is not None:
            whole = int(seconds)
            self._clock.show(f"{whole // 60}:{whole % 60:02d}")


def _two_lines_at_most(name: Words, height: float) -> None:
    """Smaller letters where the words need more; none below half the least size."""
    if height <= 2 * line_pitch(name.font_size):
        return
    if name.font_size > look().type.least / 2:
        name.font_size *= 0.85
    else:
        name.words = ""


class Footer(Plane):
    """Back and home at the lower left, help beside them, the main action at the lower right."""

    def __init__(self, attendant: Attendant, view: View, ask_help: Callable[[], None]) -> None:
        px = look().px
        super().__init__(
            fill=look().colours.surface,
            top_line=look().colours.line,
            size_hint_y=None,
            height=look().footer_height,
            padding=(look().margin, 0, look().margin, 0),
            spacing=px(20),
        )
        self._attendant = attendant
        self._view = view
        self._main: PushButton | None = None
        told = _help_told(attendant)
        self.help_words = told.title
        if attendant.here.place is Place.HOME:
            self.add_widget(Widget())
            words = told.title if told.short else _("请导办员帮忙")
            help_button = self._button(words, "heart-handshake", "main", px(384))
            help_button.bind(on_release=lambda *_a: ask_help())
            return
        if view.can_go_back:
            self._button(_("返回"), "arrow-left").bind(
                on_release=lambda *_a: view.stepped_back() or attendant.take(Back())
            )
        self._button(_("首页"), "home").bind(on_release=lambda *_a: attendant.take(Home()))
        help_button = self._button(told.short or _("帮忙"), "help-circle")
        help_button.name = _("帮忙")
        if told.short:
            help_button.rest = look().colours.success_tint
        help_button.bind(on_release=lambda *_a: ask_help())
        if look().landscape:
            self.add_widget(Widget())
        view.action_changed = self.refresh
        self.refresh()

    def _button(
        self, words: str, icon: str, style: str = "plain", width: float = 0
    ) -> PushButton | StackedButton:
        button: PushButton | StackedButton
        if look().large and style == "plain":
            button = StackedButton(words, icon, pos_hint={"center_y": 0.5})
        else:
            button = PushButton(words, style, icon=icon, size_hint_x=None,
                                pos_hint={"center_y": 0.5}, pad=look().px(34))
        button.width = max(button.natural_width, width)
        self.add_widget(button)
        return button

    def refresh(self) -> None:
        """Show the main action of the screen as it is now."""
        if self._main is not None:
            self.remove_widget(self._main)
            self._main = None
        action = self._view.action()
        if action is None:
            return
        wide = look().px(620) if look().landscape else 0
        self._main = PushButton(
            action.words,
            "main",
            icon=action.icon,
            icon_behind=action.icon_behind,
            pos_hint={"center_y": 0.5},
            enabled=action.enabled,
            **({"size_hint_x": None, "width": wide} if wide else {}),
        )
        self._main.bind(on_release=lambda *_a: action.run())
        self.add_widget(self._main)


def _help_told(attendant: Attendant) -> HelpTold:
    return help_told(attendant.helping, datetime.now().astimezone(), None)


class StaffLine(Words):
    """The codes of what staff have to see to, in the margin at the foot of the home page, where
    a citizen passes over them."""

    def __init__(self) -> None:
        super().__init__(
            font_size=look().px(22),
            color=look().colours.muted,
            one_line=True,
            size_hint=(None, None),
            size=(look().body_width, look().px(32)),
            pos=(look().margin, look().footer_height),
        )

    def refresh(self, attendant: Attendant) -> None:
        if attendant.here.place is not Place.HOME:
            return
        devices = attendant.printer, attendant.reader, attendant.scanner
        faults = faults_now(*devices, attendant.intake, attendant.camera)
        codes = " ".join(fault.code for fault in faults)
        self.words = _("运维 {codes}").format(codes=codes) if codes else ""


class Shell(FloatLayout):
    """Holds one screen at a time; overlays lie above it."""

    def __init__(self, hall: Hall, ask_help: Callable[[], None], **kwargs) -> None:
        super().__init__(**kwargs)
        self._hall = hall
        self._ask_help = ask_help
        self._column = BoxLayout(orientation="vertical")
        self.add_widget(self._column)
        self._staff_line: StaffLine | None = None
        self.view: View | None = None
        self.header: Header | None = None
        self.footer: Footer | None = None

    def show(self, attendant: Attendant, view: View) -> None:
        """Put this screen in the place of the last one, which forgets what it showed."""
        if self.view is not None:
            self.view.leave()
        self._column.clear_widgets()
        self.view = view
        view.ask_help = self._ask_help
        self.header = Header(attendant, self._hall)
        self.footer = Footer(attendant, view, self._ask_help)
        for part in (self.header, view, self.footer):
            self._column.add_widget(part)
        if self._staff_line is not None:
            self.remove_widget(self._staff_line)
        self._staff_line = StaffLine()
        self._staff_line.refresh(attendant)
        self.add_widget(self._staff_line)

    def refresh(self, attendant: Attendant) -> None:
        """Point out a card that is to be taken, or no longer, whether a guide comes, and what staff
        have to see to."""
        if self._staff_line is not None:
            self._staff_line.refresh(attendant)
        if self.footer is not None and self.footer.help_words != _help_told(attendant).title:
            self._column.remove_widget(self.footer)
            self.footer = Footer(attendant, self.view, self._ask_help)
            self._column.add_widget(self.footer)
        if self.header is None or self.header.card_to_take == attendant.card_to_take:
            return
        self._column.remove_widget(self.header)
        self.header = Header(attendant, self._hall)
        self._column.add_widget(self.header, index=len(self._column.children))
