"""A page of a household register (户口簿), drawn: an invented person, and no real form.

    python -m tests.papers.household_register    draws household-register.png beside this file
"""

from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FILE = Path(__file__).with_name("household-register.png")
SIZE = (1680, 1188)
"""Pixels: a page of A5, lying, at 200 dpi."""
ROWS = (
    (("姓名", "林若溪"), ("户主或与户主关系", "女儿")),
    (("曾用名", "无"), ("性别", "女")),
    (("出生地", "福建省将乐县"), ("民族", "汉族")),
    (("籍贯", "福建省三明市"), ("出生日期", "2019年3月14日")),
    (("本市其他住址", "无"), ("宗教信仰", "无")),
    (("公民身份号码", "350428201903140223"), ("身高", "118厘米")),
    (("何时由何地迁来本址", "2021年9月6日由古镛镇和平社区"), ("血型", "不详")),
)
_FONT = Path(__file__).parents[2] / "assets" / "fonts" / "NotoSansSC-Regular.otf"
_INK = (35, 35, 42)
_STAMP = (196, 44, 40)
_TYPE = 34
_TITLE = 52
_TOP, _HIGH = 180, 108
_EDGES = (70, 350, 960, 1270, 1610)
"""Where the columns end: label, value, label, value."""


@dataclass(frozen=True)
class Line:
    """`box` is left, top, right, bottom, 0…1 of the page."""

    text: str
    box: tuple[float, float, float, float]


def _cells() -> list[tuple[str, int, int, int]]:
    """Text, left, right and top of each cell."""
    cells = []
    for number, row in enumerate(ROWS):
        texts = [text for pair in row for text in pair]
        for column, text in enumerate(texts):
            cells.append((text, _EDGES[column], _EDGES[column + 1], _TOP + number * _HIGH))
    return cells


def lines() -> list[Line]:
    """What stands on the page, cell by cell; without the rules around it."""
    inset = 8
    return [
        Line(
            text,
            (
                (left + inset) / SIZE[0], (top + inset) / SIZE[1],
                (right - inset) / SIZE[0], (top + _HIGH - inset) / SIZE[1],
            ),
        )
        for text, left, right, top in _cells()
    ]  # fmt: skip


def draw() -> Image.Image:
    page = Image.new("RGB", SIZE, (250, 249, 244))
    pen = ImageDraw.Draw(page)
    pen.text((SIZE[0] / 2, 110), "常住人口登记卡（示例）", _INK, _font(_TITLE), anchor="mm")
    for text, left, right, top in _cells():
        pen.rectangle((left, top, right, top + _HIGH), outline=_INK, width=3)
        pen.text((left + 18, top + _HIGH / 2), text, _INK, _font(_fitting(text, right - left)),
                 anchor="lm")  # fmt: skip
    pen.ellipse((1225, 957, 1435, 1167), outline=_STAMP, width=8)
    pen.text((1330, 1062), "户口专用章", _STAMP, _font(32), anchor="mm")
    pen.text((90, 1070), "登记日期：2021年9月6日", _INK, _font(_TYPE), anchor="lm")
    return page


def _fitting(text: str, room: int) -> int:
    size = _TYPE
    while _font(size).getlength(text) > room - 30:
        size -= 1
    return size


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONT, size)


if __name__ == "__main__":
    draw().quantize(32, dither=Image.Dither.NONE).save(FILE, optimize=True)
