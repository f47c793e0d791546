"""Words in which the part that was looked for stands out."""

from kivy.properties import ColorProperty, ObjectProperty

from kiosk.faces import drawable, runs
from screens.theme import look
from screens.widgets.words import Words, marked_up


class MetWords(Words):
    """`met` are the characters from the first to before the second number; 0 and 0 are none."""

    met = ObjectProperty((0, 0))
    met_colour = ColorProperty((0, 0, 0, 1))

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("met_colour", look().colours.primary)
        super().__init__(**kwargs)

    def show(self, words: str, met: tuple[int, int]) -> None:
        if (words, met) == (self.words, self.met):
            return
        self.met = met
        if words == self.words:
            self._lay_out()
        else:
            self.words = words

    def _write(self, text: str) -> None:
        start, stop = self.met
        if start >= stop:
            super()._write(text)
            return
        colour = "".join(f"{round(part * 255):02x}" for part in self.met_colour[:3])
        self.markup = True
        self.text = "".join(
            f"[color={colour}]{_marked(part)}[/color]" if met else _marked(part)
            for part, met in _parts(text, self.words, start, stop)
        )


def _marked(text: str) -> str:
    return "".join(map(marked_up, runs(drawable(text))))


def _parts(broken: str, words: str, start: int, stop: int) -> list[tuple[str, bool]]:
    """The broken text in pieces, and whether each was met. Where a line was broken a gap may be
    gone."""
    parts: list[tuple[str, bool]] = []
    place = 0
    for char in broken:
        if char == "\n":
            while place < len(words) and words[place].isspace():
                place += 1
            met = bool(parts) and parts[-1][1]
        else:
            met = start <= place < stop
            place += 1
        if parts and parts[-1][1] == met:
            parts[-1] = (parts[-1][0] + char, met)
        else:
            parts.append((char, met))
    return parts
