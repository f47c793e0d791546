"""The look: every colour, size and distance of every screen comes from here.

Pixels are those of a 21.5" panel of 1080 × 1920 (4.03 px a millimetre); on another panel
everything scales so that both sides hold it. Type sizes follow ADA 707: a capital of at least
4.8 mm.
"""

from dataclasses import dataclass, replace

Colour = tuple[float, float, float, float]


def _hex(value: str) -> Colour:
    red, green, blue = (int(value[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return (red, green, blue, 1.0)


@dataclass(frozen=True)
class Palette:
    ink: Colour = _hex("#14213D")
    muted: Colour = _hex("#52617A")
    line: Colour = _hex("#D6DEE9")
    field_line: Colour = _hex("#8FA3BF")
    canvas: Colour = _hex("#F2F5FA")
    surface: Colour = _hex("#FFFFFF")
    locked: Colour = _hex("#EDF1F8")
    keyboard: Colour = _hex("#DFE6EF")
    key_dark: Colour = _hex("#B8C5D8")
    primary: Colour = _hex("#1557C0")
    pressed: Colour = _hex("#0D3F91")
    tint: Colour = _hex("#E6EEFB")
    teal: Colour = _hex("#0F766E")
    teal_pressed: Colour = _hex("#0A524C")
    success: Colour = _hex("#1B7345")
    success_tint: Colour = _hex("#E4F4EA")
    warning: Colour = _hex("#8A5200")
    warning_tint: Colour = _hex("#FFF2DA")
    warning_line: Colour = _hex("#F0CE8E")
    danger: Colour = _hex("#B93A2B")
    danger_tint: Colour = _hex("#FCEBE8")
    halo: Colour = _hex("#CFE0FB")
    off: Colour = _hex("#C3CEDD")
    clear: Colour = (0.0, 0.0, 0.0, 0.0)
    shade: Colour = (0.078, 0.129, 0.239, 0.55)


@dataclass(frozen=True)
class Type:
    """Font sizes in pixels. `large` is 长辈版: × 1.35."""

    title: int = 52
    heading: int = 40
    body: int = 36
    least: int = 30
    line_height: float = 1.35

    def scaled(self, factor: float) -> "Type":
        return replace(
            self,
            title=round(self.title * factor),
            heading=round(self.heading * factor),
            body=round(self.body * factor),
            least=round(self.least * factor),
        )


LARGE_TYPE = 1.35


@dataclass(frozen=True)
class Theme:
    """Distances in pixels. `landscape`: screens put their parts side by side."""

    width: int = 1080
    height: int = 1920
    large: bool = False
    type: Type = Type()
    colours: Palette = Palette()

    @property
    def landscape(self) -> bool:
        return self.width > self.height

    @property
    def unit(self) -> float:
        return unit_of(self.width, self.height)

    def px(self, length: float) -> float:
        return round(length * self.unit)

    @property
    def margin(self) -> float:
        return self.px(48)

    @property
    def gap(self) -> float:
        return self.px(24)

    @property
    def radius(self) -> float:
        return self.px(24)

    @property
    def header(self) -> float:
        return self.px(132 if self.landscape else 156)

    @property
    def footer_height(self) -> float:
        return self.button + self.px(32 if self.landscape else 52)

    @property
    def button(self) -> float:
        """The height of a button: 24 mm at least, more in large type."""
        return self.px(124 if self.large else 108)

    @property
    def columns(self) -> int:
        """Rows of a list stand side by side where the window is wide."""
        return 2 if self.landscape else 1

    @property
    def column(self) -> float:
        return (self.body_width - self.gap * (self.columns - 1)) / self.columns

    @property
    def body_width(self) -> float:
        return self.width - 2 * self.margin


def unit_of(width: int, height: int) -> float:
    """How much larger than 1080 × 1920, or 1920 × 1080 lying, everything can be drawn."""
    short, long = (width, height) if width <= height else (height, width)
    return min(short / 1080, long / 1920)


_look = Theme()


def look() -> Theme:
    """The values in force."""
    return _look


def dress(width: int, height: int, large: bool) -> None:
    """Choose the values for a window and a type size; screens built afterwards use them."""
    global _look
    unit = unit_of(width, height)
    type_ = Type().scaled(unit * (LARGE_TYPE if large else 1.0))
    _look = Theme(width, height, large, type_, Palette())
