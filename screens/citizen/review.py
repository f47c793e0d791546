"""The last look: every answer with the way back to it, what comes later, and the signature."""

from datetime import date
from functools import partial

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.forms.completeness import problems
from kiosk.forms.problem import Problem, Reason, words
from kiosk.forms.review import ReviewRow, materials_counted, promised_later, review_rows
from kiosk.journeys.steps import Edit, Submit
from kiosk.language import _
from screens.theme import look
from screens.view import Action, View
from screens.widgets.buttons import PushButton
from screens.widgets.signature_pad import SignaturePad
from screens.widgets.steps import StepBar
from screens.widgets.surfaces import Hairline, Notice, Surface
from screens.widgets.words import Icon, Words, line_pitch, text_height, text_width

STEP = 3


class ReviewView(View):
    def compose(self) -> None:
        self.add_widget(StepBar(STEP))
        self.heading(_("请核对，再签名提交"))
        theme = look()
        room = self.room() - theme.px(12) - theme.gap
        wide = round((theme.body_width - theme.gap) * 0.6) if theme.landscape else theme.body_width
        promise = self._promise(wide)
        if promise is not None:
            room -= promise.height + theme.gap
        if not theme.landscape:
            room -= theme.gap + theme.px(400) + line_pitch(theme.type.body)
        self._answers = AnswersCard(self._rows(), wide, room, self._edit)
        self._signature = SignatureCard(self.session.signature)
        self._signature.pad.bind(on_signed=self._sign)
        checked = BoxLayout(orientation="vertical", spacing=theme.gap, size_hint_y=None)
        checked.add_widget(self._answers)
        if promise is not None:
            checked.add_widget(promise)
        checked.height = sum(part.height + theme.gap for part in checked.children) - theme.gap
        parts = BoxLayout(spacing=theme.gap)
        if theme.landscape:
            checked.size_hint_x, checked.width, checked.pos_hint = None, wide, {"top": 1}
        else:
            parts.orientation = "vertical"
        parts.add_widget(checked)
        parts.add_widget(self._signature)
        self.add_widget(parts)

    def action(self) -> Action:
        return Action(_("提交申请"), self._submit, icon_behind="check")

    def leave(self) -> None:
        self._signature.pad.forget()
        super().leave()
        self._answers.forget()

    def _rows(self) -> tuple[ReviewRow, ...]:
        session = self.session
        return review_rows(session.form, session.answers, session.locked)

    def _promise(self, width: float) -> Notice | None:
        """What the citizen promises by signing besides that all is true: 容缺."""
        form, answers = self.session.form, self.session.answers
        promised = promised_later(form, answers)
        if not promised:
            return None
        words = "\n".join((*promised, _("签名即作出以上承诺。")))
        title = _("容缺受理承诺（{materials}）").format(materials=materials_counted(form, answers))
        return Notice(title, words, "warning", "hourglass", width, _("示例数据"))

    def _edit(self, question: str) -> None:
        self.attendant.take(Edit(question))

    def _sign(self, *_args) -> None:
        self.attendant.sign(self._signature.pad.strokes)
        self._signature.ask(insist=False)

    def _submit(self) -> None:
        session = self.session
        found = problems(session.form, session.answers, date.today(), session.locked)
        if found:
            session.problems.update(found)
            self.attendant.take(Edit(next(iter(found))))
        elif not any(len(set(stroke)) > 1 for stroke in session.signature):
            # A lone point is a touch by mistake.
            self._signature.ask(insist=True)
        else:
            self.attendant.take(Submit())


class AnswersCard(Surface):
    """As many rows as `room` holds; more turn pages inside the card."""

    def __init__(self, rows: tuple[ReviewRow, ...], wide: float, room: float, edit) -> None:
        px = look().px
        super().__init__(
            orientation="vertical",
            size_hint=(None, None),
            width=wide,
            padding=(px(40), px(8)),
        )
        self._edit = edit
        self._inside = wide - 2 * px(40)
        self._label = round(self._inside * (0.36 if look().large else 0.3))
        self._button = text_width(_("修改"), look().type.body) + 2 * px(30)
        self._bar = px(96) + 2 * px(16)
        heights = [self._height_of(row) for row in rows]
        space = room - 2 * px(8)
        self._pages = _spread(rows, heights, space)
        if len(self._pages) > 1:
            self._pages = _spread(rows, heights, space - self._bar)
        self._page = 0
        self._show()

    def forget(self) -> None:
        self._pages = [()]

    def _show(self) -> None:
        self.clear_widgets()
        page = self._pages[self._page]
        high = 0.0
        for row in page:
            if high:
                self.add_widget(Hairline())
                high += 2
            line = self._line(row)
            self.add_widget(line)
            high += line.height
        if len(self._pages) > 1:
            tallest = max(sum(map(self._height_of, rows)) + 2 * len(rows) for rows in self._pages)
            self.add_widget(Widget(size_hint_y=None, height=max(tallest - high, 0)))
            self.add_widget(self._turning())
            high = max(tallest, high) + self._bar
        self.height = high + self.padding[1] + self.padding[3]

    def _height_of(self, row: ReviewRow) -> float:
        size = look().type.body
        text = max(
            text_height(row.label, size, self._label - look().px(16)),
            text_height(row.value, size, self._value_width(row)),
        )
        return max(text + look().px(24), look().px(96 + 12))

    def _value_width(self, row: ReviewRow) -> float:
        beside = self._button + look().px(16) if row.editable else 0
        return self._inside - self._label - beside

    def _line(self, row: ReviewRow) -> BoxLayout:
        px, size = look().px, look().type.body
        line = BoxLayout(size_hint_y=None, height=self._height_of(row))
        line.add_widget(
            Words(words=row.label, font_size=size, color=look().colours.muted,
                  size_hint_x=None, width=self._label - px(16), pos_hint={"center_y": 0.5})
        )
        line.add_widget(Widget(size_hint_x=None, width=px(16)))
        line.add_widget(
            Words(words=row.value, font_size=size, size_hint_x=None,
                  width=self._value_width(row), pos_hint={"center_y": 0.5})
        )
        line.add_widget(Widget())
        if row.editable:
            button = PushButton(
                _("修改"), ink=look().colours.primary, size_hint_x=None, width=self._button,
                height=px(96), pad=px(10), pos_hint={"center_y": 0.5},
            )
            button.name = _("修改{label}").format(label=row.label)
            button.bind(on_release=partial(self._pressed, row.question))
            line.add_widget(button)
        return line

    def _pressed(self, question: str, *_args) -> None:
        self._edit(question)

    def _turning(self) -> BoxLayout:
        px, last = look().px, len(self._pages) - 1
        bar = BoxLayout(size_hint_y=None, height=self._bar, spacing=px(24), padding=(0, px(16)))
        before = PushButton(_("上一页"), icon="chevron-left", size_hint_x=None, height=px(96),
                            enabled=self._page > 0)
        after = PushButton(_("下一页"), icon_behind="chevron-right", size_hint_x=None,
                           height=px(96), enabled=self._page < last)
        before.bind(on_release=partial(self._turn, -1))
        after.bind(on_release=partial(self._turn, 1))
        bar.add_widget(before)
        bar.add_widget(
            Words(words=f"{self._page + 1} / {last + 1}", halign="center", one_line=True,
                  color=look().colours.muted, size_hint_y=1)
        )
        bar.add_widget(after)
        return bar

    def _turn(self, by: int, *_args) -> None:
        self._page = min(max(self._page + by, 0), len(self._pages) - 1)
        self._show()


class SignatureCard(Surface):
    def __init__(self, strokes) -> None:
        px = look().px
        super().__init__(
            orientation="vertical", padding=(px(40), px(24), px(40), px(36)), spacing=px(20)
        )
        row = BoxLayout(size_hint_y=None, spacing=px(12))
        again = PushButton(_("重签"), icon="eraser", size_hint_x=None, height=px(96),
                           pad=px(28), pos_hint={"center_y": 0.5})
        again.bind(on_release=self._again)
        self._warning = Icon(icon="alert-triangle", font_size=look().type.body * 1.1,
                             color=look().colours.danger, pos_hint={"center_y": 0.5})
        self._asking = Words(words=words(Problem(Reason.NOT_SIGNED)), heavy=True,
                             pos_hint={"center_y": 0.5})
        self._asking.fbind("height", self._fit, row)
        self._row = row
        row.add_widget(self._asking)
        row.add_widget(again)
        self.pad = SignaturePad(strokes, fill=look().colours.canvas, border_width=3)
        self.add_widget(row)
        self.add_widget(self.pad)
        self._fit(row)

    def ask(self, insist: bool) -> None:
        """Ask for the signature; insistently when it was missing."""
        colours = look().colours
        self._row.remove_widget(self._warning)
        if insist:
            self._row.add_widget(self._warning, index=len(self._row.children))
        self._asking.color = colours.danger if insist else colours.ink
        self.pad.border = colours.danger if insist else colours.line

    def _fit(self, row: BoxLayout, *_args) -> None:
        row.height = max(look().px(96), self._asking.height)

    def _again(self, *_args) -> None:
        self.pad.clear()


def _spread(
    rows: tuple[ReviewRow, ...], heights: list[float], room: float
) -> list[tuple[ReviewRow, ...]]:
    pages: list[tuple[ReviewRow, ...]] = [()]
    used = 0.0
    for row, height in zip(rows, heights, strict=True):
        if pages[-1] and used + height + 2 > room:
            pages.append(())
            used = 0.0
        pages[-1] += (row,)
        used += height + 2
    return pages
