"""Pictures that come as dots: GS v 0, ESC * and the graphics of GS ( L. All in mode "L"."""

from PIL import Image

from sandbox.printer.commands import Columns, Raster

_INVERTED = bytes(value ^ 0xFF for value in range(256))
_NEAREST = Image.Resampling.NEAREST


def raster(command: Raster) -> Image.Image | None:
    """None when it holds no dot."""
    if not command.dots:
        return None
    picture = _picture(command.columns * 8, command.rows, command.dots)
    return _scaled(picture, 1 + (command.mode & 1), 1 + (command.mode >> 1))


def columns(command: Columns) -> Image.Image | None:
    """Always 24 dots high; the low densities print each dot 3 high, or 2 wide, or both."""
    high = 3 if command.mode in (32, 33) else 1
    count = len(command.dots) // high
    if not count:
        return None
    # Rows of the bytes are columns of the paper.
    lying = _picture(high * 8, count, command.dots)
    standing = lying.transpose(Image.Transpose.TRANSPOSE)
    return _scaled(standing, 1 if command.mode in (1, 33) else 2, 1 if high == 3 else 3)


def graphics(data: bytes) -> Image.Image | None:
    """The data of GS ( L function 112 behind its number: a bx by c xL xH yL yH d1 … dk.

    None where the sizes and the data do not fit together, or the colours are several.
    """
    if len(data) < 8 or data[0] != 48 or data[1] not in (1, 2) or data[2] not in (1, 2):
        return None
    width, height = int.from_bytes(data[4:6], "little"), int.from_bytes(data[6:8], "little")
    across = (width + 7) // 8
    dots = data[8:]
    if not width or not height or len(dots) != across * height:
        return None
    picture = _picture(across * 8, height, dots).crop((0, 0, width, height))
    return _scaled(picture, data[1], data[2])


def _picture(width: int, height: int, dots: bytes) -> Image.Image:
    return Image.frombytes("1", (width, height), dots.translate(_INVERTED)).convert("L")


def _scaled(picture: Image.Image, wide: int, high: int) -> Image.Image:
    if (wide, high) == (1, 1):
        return picture
    return picture.resize((picture.width * wide, picture.height * high), _NEAREST)
