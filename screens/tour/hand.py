"""What a hand does at the kiosk: tap, type, choose, sign. It fails where a person would fail."""

import time
from collections.abc import Callable, Sequence
from itertools import pairwise

from kivy.uix.textinput import TextInput

from kiosk.language import _
from screens.fields.field import Field
from screens.fields.opener import Opener
from screens.keyboard.bar import Candidate
from screens.keyboard.layouts import Effect
from screens.keyboard.ways import Way
from screens.tour.actions import Stroke, Text
from screens.tour.eyes import Seen, Sight, squashed
from screens.tour.finger import Finger, Point
from screens.tour.problem import CannotDo
from screens.tour.typist import Typist, key_with
from screens.tour.ui_thread import frames, on_ui

APPEARS_WITHIN = 3.0
"""Seconds in which a control has to be there and free: screens change, devices answer."""
READ_WITHIN = 25.0
"""Seconds in which handwriting has to be read: the first stroke starts its process."""
_LOOK_EVERY = 0.05
_HELD_FOR = 2
"""Frames for which a tap rests on the glass, so that its press is drawn."""
_SETTLED = 3
"""Frames after a touch until every widget stands where it belongs."""

_STROKES: tuple[tuple[Point, ...], ...] = (
    ((0.20, 0.72), (0.30, 0.75), (0.40, 0.71)),
    ((0.30, 0.85), (0.31, 0.60), (0.28, 0.38), (0.22, 0.22)),
    ((0.55, 0.78), (0.63, 0.76), (0.72, 0.79)),
    ((0.63, 0.86), (0.61, 0.55), (0.54, 0.26)),
    ((0.61, 0.52), (0.70, 0.36), (0.80, 0.24)),
)
"""A signature, 0…1 of the pad from its lower left."""

Search = Callable[[Sight], Sequence[Seen]]
"""The controls that would do, best first."""


class Hand:
    """Works from the thread of the tour; waits `appears_within` seconds for what it looks for."""

    def __init__(self, finger: Finger, appears_within: float = APPEARS_WITHIN) -> None:
        self._finger = finger
        self._appears_within = appears_within
        self._typist = Typist(self._touch)

    def tap(self, words: str) -> None:
        self.press(lambda sight: sight.named(words), "there is no such control")

    def type(self, label: str, text: Text) -> None:
        """In the place of what the field shows, by the keyboard on the screen."""
        field = self.press(lambda sight: _lines(sight, label), f"there is no field {label}", True)
        self._typist.empty(field)
        self._typist.write(text)

    def write(self, text: str, strokes: Sequence[Stroke]) -> None:
        """By hand into the line that the keyboard serves; `text` is chosen when it is offered."""
        if not on_ui(lambda: Sight().named("ink-pad")):
            self.tap(_(Way.HANDWRITING.words))
        pad = self._find(lambda sight: sight.named("ink-pad"), "there is no pad to write on")
        high = pad.box.top - pad.box.bottom
        for stroke in strokes:
            points = [(pad.box.left + x * high, pad.box.bottom + y * high) for x, y in stroke]
            if not all(pad.shown.holds(point) for point in points):
                raise CannotDo(f"a stroke of {text} leaves the pad")
            self._draw(points)
        until = time.monotonic() + READ_WITHIN
        # A late answer may change the row under the finger: the pad is empty once it was chosen.
        while on_ui(lambda: pad.widget.strokes):
            found, _reason = on_ui(lambda: _first_free(lambda sight: _candidates(sight, text)))
            if time.monotonic() > until:
                offered = on_ui(lambda: [c.widget.words for c in _candidates(Sight())])
                raise CannotDo(f"{text} is not offered, but {'、'.join(offered) or 'nothing'}")
            if found is None:
                time.sleep(_LOOK_EVERY)
            else:
                self._touch(found)
                frames(_SETTLED)

    def choose(self, label: str, options: Sequence[str]) -> None:
        """Options that stand at the field, or on the page that it opens; either may have to be
        turned to, forwards."""
        field = self._find(lambda sight: _field(sight, label), f"there is no field {label}", True)
        if isinstance(field.widget, Opener):
            self._touch(field)
            frames(_SETTLED)
        for option in options:
            missing = f"there is no option {option}"
            self._turn_to(label, option)
            self.press(lambda sight, o=option: _options(sight, label, o), missing, True)

    def sign(self) -> None:
        pad = self._find(lambda sight: sight.named("signature"), "there is no signature pad", True)
        for stroke in _STROKES:
            self._draw([_inside(pad, point) for point in stroke])

    def _draw(self, points: Sequence[Point]) -> None:
        """One stroke."""
        self._finger.down(points[0])
        frames(1)
        for start, end in pairwise(points):
            for part in (0.25, 0.5, 0.75, 1.0):
                self._finger.move(_between(start, end, part))
            frames(1)
        self._finger.up(points[-1])
        frames(_SETTLED)

    def _turn_to(self, label: str, option: str) -> None:
        """Turn pages until one has this option. A page is turned when the next look finds it still
        there: the one before may be on its way out."""
        before: Seen | None = None
        while not on_ui(lambda: _options(Sight(), label, option)):
            turn, _reason = on_ui(
                lambda: _first_free(lambda sight: _options(sight, label, _("下一页")))
            )
            if turn is None:
                return
            if before is not None and turn.widget is before.widget:
                self._touch(turn)
                frames(_SETTLED)
                before = None
            else:
                before = turn
                time.sleep(_LOOK_EVERY)

    def press(self, search: Search, missing: str, in_form: bool = False) -> Seen:
        control = self._find(search, missing, in_form)
        self._touch(control)
        frames(_SETTLED)
        return control

    def _touch(self, control: Seen) -> None:
        self._finger.down(control.box.centre)
        frames(_HELD_FOR)
        self._finger.up(control.box.centre)

    def _find(self, search: Search, missing: str, in_form: bool = False) -> Seen:
        """The first control that can be pressed and stands still. What stands `in_form` may lie
        behind the keyboard, which is then put away, as a person would."""
        until = time.monotonic() + self._appears_within
        before: Seen | None = None
        put_away = False
        while True:
            control, reason = on_ui(lambda: _first_free(search))
            if control is not None and before is not None and before.box == control.box:
                return control
            if control is None and in_form and not put_away:
                put_away = self._put_keyboard_away()
            if time.monotonic() > until:
                raise CannotDo(reason or missing)
            before = control
            if control is None:
                time.sleep(_LOOK_EVERY)
            else:
                frames(1)

    def _put_keyboard_away(self) -> bool:
        done = on_ui(lambda: key_with(Effect.DONE))
        if done is None:
            return False
        self._touch(done)
        frames(_SETTLED)
        return True


def _first_free(search: Search) -> tuple[Seen | None, str]:
    """The first that can be pressed; else why the first cannot."""
    sight = Sight()
    reason = ""
    for control in search(sight):
        hindrance = sight.hindrance(control)
        if not hindrance:
            return control, ""
        reason = reason or hindrance
    return None, reason


def _field(sight: Sight, label: str) -> list[Seen]:
    """The controls of the field that bears this label; an option may be called like a field."""
    bearing = (
        next((part for part in reversed(place.path) if isinstance(part, Field)), None)
        for place in sight.labelled(label)
    )
    fields = [field for field in bearing if field is not None]
    if not fields:
        return []
    named = (field for field in fields if squashed(field.label).startswith(squashed(label)))
    wanted = next(named, fields[0])
    controls = [control for control in sight.controls() if wanted in control.path]
    return sorted(controls, key=lambda c: (-c.box.top, c.box.left))


def _lines(sight: Sight, label: str) -> list[Seen]:
    """Where text can be typed."""
    return [c for c in _field(sight, label) if isinstance(c.widget, TextInput)]


def _options(sight: Sight, label: str, option: str) -> list[Seen]:
    """Those of the field while it is there; else those of the page that it opened."""
    field, found = _field(sight, label), sight.named(option)
    return [control for control in found if control in field] if field else found


def _candidates(sight: Sight, text: str = "") -> list[Seen]:
    """Those in the bar; with `text` only the one that is it."""
    shown = [c for c in sight.controls() if isinstance(c.widget, Candidate)]
    fitting = [c for c in shown if not text or c.widget.words == text]
    return sorted(fitting, key=lambda c: c.box.left)


def _inside(pad: Seen, point: Point) -> Point:
    box = pad.shown
    return (
        box.left + point[0] * (box.right - box.left),
        box.bottom + point[1] * (box.top - box.bottom),
    )


def _between(start: Point, end: Point, part: float) -> Point:
    return start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part
