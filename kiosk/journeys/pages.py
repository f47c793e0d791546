"""What a page of a journey shows, as data: two kinds of page serve all of them. A list leads on by
choosing, a sheet tells something and may lead on by its buttons. `screens/` draws them."""

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.journeys.steps import Step


class Tone(StrEnum):
    PLAIN = "plain"
    INFO = "info"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True)
class Choice:
    """One entry of a list; `tag` is a word or two at its right end. One that cannot be chosen
    says why in `below`."""

    words: str = field(repr=False)
    step: Step
    below: str = field(default="", repr=False)
    icon: str = ""
    tag: str = ""
    tag_tone: Tone = Tone.PLAIN
    enabled: bool = True


@dataclass(frozen=True)
class Button:
    words: str
    step: Step
    icon: str = ""


@dataclass(frozen=True)
class Told:
    """What happened, what is safe, what to do next; `code` is the fault's, for staff."""

    title: str
    words: str = field(default="", repr=False)
    tone: Tone = Tone.INFO
    icon: str = "info-circle"
    code: str = ""


@dataclass(frozen=True)
class Value:
    label: str
    value: str = field(repr=False)


@dataclass(frozen=True)
class Lines:
    """A titled block of paragraphs; `numbered` counts them; `sample`: marked 示例数据."""

    title: str
    lines: tuple[str, ...] = field(repr=False)
    numbered: bool = False
    sample: bool = False


@dataclass(frozen=True)
class Moment:
    """One entry of a timeline; `reached` is ticked, the last reached one is bold."""

    words: str
    below: str = field(default="", repr=False)
    when: str = ""
    reached: bool = True


@dataclass(frozen=True)
class Timeline:
    moments: tuple[Moment, ...]


@dataclass(frozen=True)
class Code:
    """A QR code; `large` stands beside it in big letters (a number to be read out)."""

    content: str = field(repr=False)
    caption: str
    large: str = ""


@dataclass(frozen=True)
class Choices:
    """Entries that lead on, under a title of their own."""

    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Paper:
    """Where the sheet can be printed: the printing's own card, with its state. `button` is what
    stands on its button before anything was printed."""

    button: str = ""


@dataclass(frozen=True)
class Rate:
    """The five levels, and what became of them."""


Part = Told | Value | Lines | Timeline | Code | Choices | Paper | Rate


@dataclass(frozen=True)
class ListPage:
    """`told` stands above the choices, or in place of them."""

    title: str
    below: str = ""
    told: tuple[Told, ...] = ()
    choices: tuple[Choice, ...] = ()
    main: Button | None = None


@dataclass(frozen=True)
class SheetPage:
    """From top to bottom; `buttons` stand above the footer, `main` in it."""

    title: str
    below: str = ""
    parts: tuple[Part, ...] = ()
    buttons: tuple[Button, ...] = ()
    main: Button | None = None


Page = ListPage | SheetPage
