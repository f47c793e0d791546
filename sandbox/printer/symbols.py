"""QR codes and barcodes as the printer draws them itself, through zxing-cpp's writer.

The product draws its codes with another library, so that no mistake can be on both sides.
"""

from dataclasses import dataclass
from pathlib import Path

import zxingcpp
from PIL import Image

from sandbox.printer.characters import cell
from sandbox.printer.style import Ink

_Format = zxingcpp.BarcodeFormat
_LEVELS = {48: "L", 49: "M", 50: "Q", 51: "H"}
_KINDS = {
    65: _Format.UPCA,
    66: _Format.UPCE,
    67: _Format.EAN13,
    68: _Format.EAN8,
    69: _Format.Code39,
    70: _Format.ITF,
    71: _Format.Codabar,
    72: _Format.Code93,
    73: _Format.Code128,
}
_CODE128 = 73


@dataclass(frozen=True)
class CodeStore:
    """What GS ( k has stored for the next QR code; `module` in dots."""

    module: int = 3
    level: int = 48
    content: bytes = b""


@dataclass(frozen=True)
class BarcodeStyle:
    """`height` and `module` (the narrowest bar) in dots; `words` 0 none, 1 above, 2 below, 3
    both."""

    height: int = 162
    module: int = 3
    words: int = 0
    small: bool = False


def texts_on(paper: Path) -> list[str]:
    """What the codes on a picture of paper say, as a scanner reads them."""
    with Image.open(paper) as picture:
        return [code.text for code in zxingcpp.read_barcodes(picture)]


def qr(code: CodeStore) -> Image.Image | None:
    """None when the content fits in no symbol. As text digits and capitals take less room than as
    bytes, and a printer takes what is least."""
    level = _LEVELS.get(code.level, "L")
    content = code.content.decode("ascii") if code.content.isascii() else code.content
    made = _made(content, _Format.QRCode, {"ec_level": level})
    if made is None:
        return None
    matrix = _modules(made)
    edge = matrix.width * code.module
    return matrix.resize((edge, edge), Image.Resampling.NEAREST)


def barcode(kind: int, content: bytes, style: BarcodeStyle) -> Image.Image | None:
    """None for what such a code cannot hold, as a printer prints nothing then."""
    words = _code128(content) if kind == _CODE128 else content.decode("latin-1")
    if kind not in _KINDS or not words:
        return None
    made = _made(words, _KINDS[kind], {})
    if made is None:
        return None
    bars = _modules(made)
    row = bars.crop((0, 0, bars.width, 1))
    size = (row.width * style.module, style.height)
    return _with_words(row.resize(size, Image.Resampling.NEAREST), made.text, style)


def _made(
    content: str | bytes, kind: zxingcpp.BarcodeFormat, options: dict[str, str]
) -> zxingcpp.Barcode | None:
    try:
        return zxingcpp.create_barcode(content, kind, **options)
    except (ValueError, RuntimeError):
        return None


def _modules(made: zxingcpp.Barcode) -> Image.Image:
    """One dot a module, without a quiet zone."""
    return Image.fromarray(made.to_image(scale=1, add_quiet_zones=False)).convert("L")


def _code128(content: bytes) -> str:
    """The words of `{A`, `{B` and `{C` parts; empty where no set is chosen first."""
    if content[:2] not in (b"{A", b"{B", b"{C"):
        return ""
    words, pairs = [], False
    at = 0
    while at < len(content):
        if content[at : at + 1] == b"{":
            chosen = content[at + 1 : at + 2]
            if chosen in (b"A", b"B", b"C"):
                pairs = chosen == b"C"
            elif chosen == b"{":
                words.append("{")
            at += 2
        else:
            words.append(f"{content[at]:02d}" if pairs else chr(content[at]))
            at += 1
    return "".join(words)


def _with_words(bars: Image.Image, words: str, style: BarcodeStyle) -> Image.Image:
    if style.words & 3 == 0:
        return bars
    cells = [cell(character, False, Ink(small=style.small)) for character in words]
    row = Image.new("L", (sum(one.width for one in cells), cells[0].height), 255)
    x = 0
    for one in cells:
        row.paste(one, (x, 0))
        x += one.width
    above, below = style.words & 1, style.words >> 1 & 1
    width = max(bars.width, row.width)
    picture = Image.new("L", (width, bars.height + row.height * (above + below)), 255)
    picture.paste(bars, ((width - bars.width) // 2, row.height * above))
    if above:
        picture.paste(row, ((width - row.width) // 2, 0))
    if below:
        picture.paste(row, ((width - row.width) // 2, picture.height - row.height))
    return picture
