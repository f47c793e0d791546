"""好差评: five levels, once for each service; the two lowest ask why."""

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.gridlayout import GridLayout
from kivy.uix.widget import Widget

from kiosk.journeys.attendant import Attendant
from kiosk.language import _, mark
from screens.theme import look
from screens.widgets.buttons import Pressable, PushButton
from screens.widgets.surfaces import Surface
from screens.widgets.words import Icon, Words, text_height

LEVELS = (
    (5, mark("非常满意"), "mood-heart"),
    (4, mark("满意"), "mood-happy"),
    (3, mark("基本满意"), "mood-empty"),
    (2, mark("不满意"), "mood-sad"),
    (1, mark("非常不满意"), "mood-angry"),
)
REASONS = (
    ("too_many_steps", mark("步骤太多")),
    ("hard_to_understand", mark("看不懂")),
    ("too_slow", mark("等得太久")),
    ("device_trouble", mark("机器不好用")),
    ("not_solved", mark("事情没办成")),
    ("other", mark("其他")),
)
LOW = 2


class RatingCard(Surface):
    """Fills what it is given; in large type the levels stand in `columns`, as reasons always do."""

    def __init__(self, attendant: Attendant, columns: int = 2) -> None:
        tight = look().large
        super().__init__(
            orientation="vertical",
            padding=look().px(20 if tight else 36),
            spacing=look().px(16 if tight else 28),
        )
        self._attendant = attendant
        self._columns = columns
        self._state: object = None
        self.refresh()

    def needs(self, width: float) -> float:
        """Pixels of height in which whatever it shows has room."""
        title = text_height(_why(), look().type.heading, width - self.padding[0] * 2, True)
        lines = -(-len(REASONS) // self._columns)
        reasons = lines * _reason_height() + (lines - 1) * look().px(16)
        return title + reasons + 3 * self.spacing + 2 * self.padding[1]

    def refresh(self) -> None:
        session = self._attendant.session
        rated = self._attendant.rated
        state = (rated, session.rating, session.rating_reasons)
        if state == self._state:
            return
        self._state = state
        self.clear_widgets()
        self.add_widget(Widget())
        if rated:
            self._thank()
        elif session.rating is not None and session.rating <= LOW:
            self._ask_why(session.rating)
        else:
            self._ask()
        self.add_widget(Widget())

    def _title(self, words: str) -> None:
        self.add_widget(
            Words(words=words, heavy=True, font_size=look().type.heading, halign="center",
                  width=self.width)
        )

    def _ask(self) -> None:
        self._title(_("这次服务您满意吗？"))
        px, large = look().px, look().large
        faces = (
            GridLayout(cols=self._columns, spacing=px(12), size_hint_y=None)
            if large
            else BoxLayout(spacing=px(14), size_hint_y=None)
        )
        for level, words, icon in LEVELS:
            if large:
                face = PushButton(_(words), icon=icon, height=px(100))
            else:
                face = _Face(_(words), icon)
            face.bind(on_release=lambda _w, level=level: self._attendant.rate(level))
            faces.add_widget(face)
        if large:
            faces.fbind("minimum_height", faces.setter("height"))
        else:
            faces.height = px(218)
        self.add_widget(faces)

    def _ask_why(self, level: int) -> None:
        self._title(_why())
        grid = GridLayout(cols=self._columns, spacing=look().px(16), size_hint_y=None)
        grid.fbind("minimum_height", grid.setter("height"))
        for key, words in REASONS:
            reason = PushButton(_(words), height=_reason_height())
            reason.bind(
                on_release=lambda _w, key=key: self._attendant.rate(level, (key,))
            )
            grid.add_widget(reason)
        self.add_widget(grid)

    def _thank(self) -> None:
        self.add_widget(
            Icon(icon="circle-check", font_size=look().px(110), color=look().colours.success,
                 pos_hint={"center_x": 0.5})
        )
        self._title(_("谢谢您的评价"))
        rating = self._attendant.session.rating
        if rating is not None and rating <= LOW:
            self.add_widget(
                Words(words=_("1 个工作日内联系您，2 个工作日内整改并告诉您结果"),
                      halign="center", width=self.width)
            )


def _reason_height() -> float:
    return look().px(100) if look().large else look().button


def _why() -> str:
    return _("哪里没做好？请点一项")


class _Face(Pressable):
    """An icon with its word below; the word is broken rather than clipped."""

    def __init__(self, words: str, icon: str) -> None:
        px = look().px
        super().__init__(orientation="vertical", padding=(px(6), px(24)), spacing=px(4))
        self.words = words
        self.add_widget(Widget())
        self.add_widget(Icon(icon=icon, font_size=px(80), pos_hint={"center_x": 0.5}))
        self.add_widget(Words(words=words, font_size=look().type.least, halign="center",
                              balanced=True))
        self.add_widget(Widget())
