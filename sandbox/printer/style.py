"""How the next characters and lines look: the modes of ESC/POS, and the commands that set them."""

from dataclasses import dataclass, replace

LINE = 30
"""Dots: the line spacing after ESC @ and ESC 2."""

CODE_PAGES = {
    0: "cp437", 1: "shift_jis", 2: "cp850", 3: "cp860", 4: "cp863", 5: "cp865", 13: "cp857",
    14: "cp737", 15: "iso8859_7", 16: "cp1252", 17: "cp866", 18: "cp852", 19: "cp858",
    32: "cp720", 33: "cp775", 34: "cp855", 35: "cp861", 36: "cp862", 37: "cp864", 38: "cp869",
    39: "iso8859_2", 40: "iso8859_15", 45: "cp1250", 46: "cp1251", 47: "cp1253", 48: "cp1254",
    49: "cp1255", 50: "cp1256", 51: "cp1257", 52: "cp1258", 53: "kz1048",
}  # fmt: skip
"""ESC t n and Python's codec for it; of page 1 the katakana."""


@dataclass(frozen=True)
class Ink:
    """What one character looks like. `wide` and `high` are factors, `underline` is in dots."""

    emphasised: bool = False
    struck_twice: bool = False
    underline: int = 0
    inverse: bool = False
    small: bool = False
    wide: int = 1
    high: int = 1

    @property
    def bold(self) -> bool:
        return self.emphasised or self.struck_twice


@dataclass(frozen=True)
class Style:
    """Lengths in dots. `kanji`: bytes from 0x81 on begin characters of GB18030, as in a printer
    for the Chinese market after it was switched on; off, they are of `code_page`.

    `area` None is what the print head leaves right of the margin `left`.
    """

    ink: Ink = Ink()
    kanji: bool = True
    kanji_wide: int = 1
    kanji_high: int = 1
    kanji_underline: int = 0
    code_page: str = "cp437"
    spacing: int = 0
    line: int = LINE
    align: int = 0
    left: int = 0
    area: int | None = None
    upside_down: bool = False
    tabs: tuple[int, ...] = tuple(range(8, 256, 8))

    def for_kanji(self) -> Ink:
        ink = self.ink
        return replace(
            ink,
            small=False,
            wide=max(ink.wide, self.kanji_wide),
            high=max(ink.high, self.kanji_high),
            underline=max(ink.underline, self.kanji_underline),
        )


def changed(style: Style, name: bytes, parameters: bytes, at_line_start: bool) -> Style:
    """The style after a command; the same one after a command that is none of style.

    Margins, alignment and turning count only where a line begins, as in a printer.
    """
    first = parameters[0] if parameters else 0
    number = int.from_bytes(parameters[:2], "little")
    ink = style.ink
    match name:
        case b"\x1bE":
            return replace(style, ink=replace(ink, emphasised=bool(first & 1)))
        case b"\x1bG":
            return replace(style, ink=replace(ink, struck_twice=bool(first & 1)))
        case b"\x1b-":
            return replace(style, ink=replace(ink, underline=_thickness(first)))
        case b"\x1dB":
            return replace(style, ink=replace(ink, inverse=bool(first & 1)))
        case b"\x1bM":
            return replace(style, ink=replace(ink, small=first in (1, 49)))
        case b"\x1d!":
            wide, high = (first >> 4 & 7) + 1, (first & 7) + 1
            return replace(style, ink=replace(ink, wide=wide, high=high))
        case b"\x1b!":
            return replace(style, ink=_print_mode(ink, first))
        case b"\x1c&":
            return replace(style, kanji=True)
        case b"\x1c.":
            return replace(style, kanji=False)
        case b"\x1c!":
            return replace(
                style,
                kanji_wide=1 + (first >> 2 & 1),
                kanji_high=1 + (first >> 3 & 1),
                kanji_underline=first >> 7,
            )
        case b"\x1cW":
            return replace(style, kanji_wide=1 + (first & 1), kanji_high=1 + (first & 1))
        case b"\x1c-":
            return replace(style, kanji_underline=_thickness(first))
        case b"\x1bt":
            return replace(style, code_page=CODE_PAGES.get(first, style.code_page))
        case b"\x1b ":
            return replace(style, spacing=first)
        case b"\x1b2":
            return replace(style, line=LINE)
        case b"\x1b3":
            return replace(style, line=first)
        case b"\x1bD":
            return replace(style, tabs=tuple(sorted(set(parameters))))
        case b"\x1b{" if at_line_start:
            return replace(style, upside_down=bool(first & 1))
        case b"\x1ba" if at_line_start:
            return replace(style, align={1: 1, 49: 1, 2: 2, 50: 2}.get(first, 0))
        case b"\x1dL" if at_line_start:
            return replace(style, left=number)
        case b"\x1dW" if at_line_start:
            return replace(style, area=number)
        case _:
            return style


def _thickness(first: int) -> int:
    return {1: 1, 49: 1, 2: 2, 50: 2}.get(first, 0)


def _print_mode(ink: Ink, bits: int) -> Ink:
    """ESC !: several modes in one byte."""
    return replace(
        ink,
        small=bool(bits & 0x01),
        emphasised=bool(bits & 0x08),
        high=1 + (bits >> 4 & 1),
        wide=1 + (bits >> 5 & 1),
        underline=bits >> 7,
    )
