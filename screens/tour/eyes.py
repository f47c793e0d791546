"""What a person in front of the window can see and touch, found in the tree of its widgets.

Everything here is called on the UI thread.
"""

import re
import unicodedata
from dataclasses import dataclass

from kivy.core.window import Window
from kivy.graphics.instructions import Canvas, InstructionGroup, VertexInstruction
from kivy.uix.behaviors import ButtonBehavior, FocusBehavior
from kivy.uix.label import Label
from kivy.uix.scrollview import ScrollView
from kivy.uix.stencilview import StencilView
from kivy.uix.textinput import TextInput
from kivy.uix.widget import Widget

from screens.widgets.words import Icon

FAINT = 0.05
"""An opacity at which nothing is seen any more."""


@dataclass(frozen=True)
class Box:
    """A rectangle in window coordinates, pixels from the lower left."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def empty(self) -> bool:
        return self.right - self.left < 1 or self.top - self.bottom < 1

    @property
    def centre(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    def within(self, other: "Box") -> "Box":
        return Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )

    def holds(self, point: tuple[float, float]) -> bool:
        return self.left <= point[0] <= self.right and self.bottom <= point[1] <= self.top


@dataclass(frozen=True)
class Seen:
    """One widget as it stands in the window. `box` is the whole of it, `shown` the part that no
    edge cuts off; `depth` grows towards the front; `path` names its ancestors and itself."""

    widget: Widget
    box: Box
    shown: Box
    opacity: float
    disabled: bool
    depth: int
    path: tuple[Widget, ...]

    @property
    def visible(self) -> bool:
        return self.opacity > FAINT and not self.shown.empty

    def part_of(self, other: "Seen") -> bool:
        return other.widget in self.path


def squashed(text: str) -> str:
    """The text without any space, line break or invisible character, in one width of letters."""
    return "".join(
        char
        for char in unicodedata.normalize("NFKC", text)
        if not char.isspace() and unicodedata.category(char) not in ("Cf", "Co")
    )


class Sight:
    """One look at the window."""

    def __init__(self) -> None:
        self._seen: list[Seen] = []
        window = Box(0, 0, Window.width, Window.height)
        for child in reversed(Window.children):
            self._look(child, window, 1.0, False, ())

    def _look(
        self, widget: Widget, clip: Box, opacity: float, disabled: bool, path: tuple[Widget, ...]
    ) -> None:
        left, bottom = widget.to_window(*widget.pos)
        right, top = widget.to_window(widget.right, widget.top)
        box = Box(min(left, right), min(bottom, top), max(left, right), max(bottom, top))
        opacity *= widget.opacity
        disabled = disabled or widget.disabled or not getattr(widget, "enabled", True)
        path = (*path, widget)
        shown = box.within(clip)
        self._seen.append(Seen(widget, box, shown, opacity, disabled, len(self._seen), path))
        if isinstance(widget, StencilView | ScrollView):
            clip = shown
        for child in reversed(widget.children):
            self._look(child, clip, opacity, disabled, path)

    def texts(self) -> list[str]:
        """What can be read, from the top left to the bottom right."""
        return [text for text, _ in self._readable()]

    def shows(self, text: str) -> bool:
        """The text stands whole in something that can be read; spaces do not count."""
        wanted = squashed(text)
        return any(wanted in squashed(shown) for shown in self.texts())

    def lacks(self, text: str) -> bool:
        """The text stands nowhere, not in a part, not behind something, and not spread over
        what stands beside each other."""
        unwanted = squashed(text)
        traces = sorted(
            (round(-seen.box.centre[1]), seen.box.left, squashed(_text_of(seen.widget)))
            for seen in self._seen
            if seen.visible and _text_of(seen.widget)
        )
        rows: dict[int, str] = {}
        for height, _left, words in traces:
            rows[height] = rows.get(height, "") + words
        return not any(unwanted in words for words in (*rows.values(), *(t[2] for t in traces)))

    def controls(self) -> list[Seen]:
        """Everything that takes a touch and could be seen, front first."""
        return [s for s in reversed(self._seen) if s.visible and takes_touches(s.widget)]

    def named(self, words: str) -> list[Seen]:
        """The controls that these words can mean, by the closest match there is: the whole text
        or the name; one of the texts on it; a part of its text, if only one control has it."""
        wanted = squashed(words)
        whole, one, part = [], [], []
        for control in self.controls():
            texts = [squashed(text) for text in self.texts_on(control)]
            own = {squashed(str(getattr(control.widget, key, ""))) for key in ("words", "name")}
            if wanted in own or wanted == "".join(texts):
                whole.append(control)
            elif wanted in texts:
                one.append(control)
            elif any(wanted in text for text in texts):
                part.append(control)
        parts = _innermost(part)
        return _innermost(whole) or _innermost(one) or (parts if len(parts) == 1 else [])

    def texts_on(self, control: Seen) -> list[str]:
        return [
            _text_of(seen.widget)
            for seen in self._seen
            if seen.visible and seen.part_of(control) and _text_of(seen.widget)
        ]

    def labelled(self, label: str) -> list[Seen]:
        """The texts that are this label: the whole of it, else its beginning."""
        wanted = squashed(label)
        labels = [(seen, squashed(text)) for text, seen in self._readable()]
        whole = [seen for seen, text in labels if text.rstrip("*:：") == wanted]
        return whole or [seen for seen, text in labels if text.startswith(wanted)]

    def hindrance(self, control: Seen) -> str:
        """Why a finger cannot press the middle of what is shown of a control; empty if it can."""
        if not control.visible:
            return "it is hidden"
        if control.disabled:
            return "it is disabled"
        if not control.shown.holds(control.box.centre):
            return "it is off the screen"
        cover = self._cover(control, control.box.centre)
        return f"it is covered by {_name_of(cover)}" if cover else ""

    def _cover(self, thing: Seen, point: tuple[float, float]) -> Seen | None:
        for seen in reversed(self._seen):
            if seen.depth <= thing.depth:
                return None
            if (
                seen.shown.holds(point)
                and not seen.part_of(thing)
                and (takes_touches(seen.widget) or (seen.opacity > 0.5 and _paints(seen.widget)))
            ):
                return seen
        return None

    def _readable(self) -> list[tuple[str, Seen]]:
        found = [
            (text, seen)
            for seen in self._seen
            if seen.visible
            and (text := _text_of(seen.widget))
            and seen.shown.holds(seen.box.centre)
            and not self._painted_over(seen)
        ]
        return sorted(found, key=lambda pair: (-round(pair[1].box.top, -1), pair[1].box.left))

    def _painted_over(self, text: Seen) -> bool:
        point = text.box.centre
        return any(
            seen.shown.holds(point)
            and not seen.part_of(text)
            and seen.opacity > 0.5
            and _paints(seen.widget)
            for seen in self._seen[text.depth + 1 :]
        )


def takes_touches(widget: Widget) -> bool:
    """It does something of its own with a touch: not a layout that only passes it on."""
    if isinstance(widget, ButtonBehavior | FocusBehavior):
        return True
    method = type(widget).on_touch_down
    return not method.__module__.startswith("kivy.uix")


def _text_of(widget: Widget) -> str:
    """What a label or a field shows, without the glyphs of the icon font."""
    if isinstance(widget, TextInput):
        shown = widget.text or widget.hint_text
        return "*" * len(shown) if widget.password and widget.text else shown
    if not isinstance(widget, Label) or isinstance(widget, Icon) or widget.color[3] <= FAINT:
        return ""
    text = re.sub(r"\[/?\w[^\]]*\]", "", widget.text) if widget.markup else widget.text
    words = getattr(widget, "words", "")
    return words if squashed(words) == squashed(text) else text


def _paints(widget: Widget) -> bool:
    """It fills its box with something that hides what is behind it."""
    if isinstance(widget, Label):
        return False
    if hasattr(widget, "fill"):
        return widget.fill[3] > 0.9
    return _draws(widget.canvas)


def _draws(group: InstructionGroup) -> bool:
    """Canvases inside a canvas belong to the widgets inside the widget."""
    parts = [part for part in group.children if not isinstance(part, Canvas)]
    if isinstance(group, Canvas):
        parts += [group.before] if group.has_before else []
        parts += [group.after] if group.has_after else []
    return any(
        _draws(part) if isinstance(part, InstructionGroup) else isinstance(part, VertexInstruction)
        for part in parts
    )


def _innermost(controls: list[Seen]) -> list[Seen]:
    """Without those that hold another of them: the finger presses what lies inside."""
    return [c for c in controls if not any(o is not c and o.part_of(c) for o in controls)]


def _name_of(seen: Seen) -> str:
    widget = seen.widget
    words = getattr(widget, "words", "") or getattr(widget, "name", "")
    return f"{type(widget).__name__} {words}".rstrip()
