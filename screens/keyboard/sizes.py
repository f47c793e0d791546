"""How large the keyboard and its parts are, in pixels.

It is as high for every line and every way of writing, so that nothing on the page moves while one
goes from field to field.
"""

from screens.theme import Theme

ROOM = 20
"""Half keys in which the candidates of the first page stand: as many as the engine reckons with."""


def letter_size(theme: Theme) -> float:
    """Of the type on a key with one character."""
    return theme.px(56 if theme.large else 46)


def word_size(theme: Theme) -> float:
    """Of the type on a key with a word."""
    return theme.px(44 if theme.large else 36)


def gaps(theme: Theme) -> tuple[float, float]:
    """Between keys, across and down."""
    return theme.px(12), theme.px(10 if theme.landscape else 14)


def key_height(theme: Theme) -> float:
    return theme.px(90 if theme.landscape else 108)


def strip_height(theme: Theme) -> float:
    """Of what stands above the letters: candidates, or digits. Where the window is narrow the
    letters being composed stand above the candidates."""
    if theme.landscape:
        return theme.px(94)
    return theme.px(94) + composing_height(theme)


def arrow_width(theme: Theme) -> float:
    """Of the arrows that turn the candidates' pages."""
    return theme.px(94)


def half_key(theme: Theme) -> float:
    """The measure of candidates: one of n characters takes n + 1 of these, ROOM of them a row."""
    if theme.landscape:
        return theme.px(48)
    return (board_width(theme) - 2 * bar_margin(theme) - arrow_width(theme)) / ROOM


def bar_margin(theme: Theme) -> float:
    """Between the bar's edge and the row of candidates."""
    return theme.px(6)


def composing_height(theme: Theme) -> float:
    return round(theme.type.least * 1.45)


def panel_height(theme: Theme) -> float:
    """Of what is above the keyboard's last row."""
    return strip_height(theme) + 3 * (key_height(theme) + gaps(theme)[1])


def edge(theme: Theme) -> float:
    """Above and below the keys."""
    return theme.px(12 if theme.landscape else 24)


def keyboard_height(theme: Theme) -> float:
    """What the open keyboard takes from the screen."""
    return panel_height(theme) + gaps(theme)[1] + key_height(theme) + 2 * edge(theme)


def board_width(theme: Theme) -> float:
    """Of rows of letters; wider, a finger would have too far to go."""
    return min(theme.width - 2 * theme.px(24), theme.px(1700))


def pad_width(theme: Theme) -> float:
    return min(theme.width - 2 * theme.px(24), theme.px(1032))
