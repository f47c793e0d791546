"""What one model of printer can do, as it stands in config/printers/."""

import re
import tomllib
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kiosk.errors import ConfigurationError


class ProofCommand(StrEnum):
    """How the printer can be made to say that it printed: `GS ( H` function 48 answers when
    printing is done, `GS r 1` when everything before it was processed."""

    GS_H = "gs_h"
    GS_R = "gs_r"


class QrDrawing(StrEnum):
    RASTER = "raster"
    NATIVE = "native"


class Cut(StrEnum):
    PARTIAL = "partial"
    FULL = "full"
    NONE = "none"


class Charset(StrEnum):
    """What a built-in font covers: GB 2312-80; GBK; or GB 18030-2000, that is every code of two
    bytes and of those of four bytes extension A (U+3400 to 4DB5)."""

    GB2312 = "gb2312"
    GBK = "gbk"
    GB18030 = "gb18030"


class OwnFont(BaseModel):
    """The printer's own font; `cell` is the edge of an ideograph in dots, a Latin letter is half
    as wide."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    charset: Charset
    cell: int = Field(default=24, ge=16, le=48, multiple_of=2)


class UsbEndpoints(BaseModel):
    """Bulk endpoints, from the printer's USB descriptor (`lsusb -v`)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    in_endpoint: int = Field(default=0x82, ge=0x81, le=0x8F)
    out_endpoint: int = Field(default=0x01, ge=0x01, le=0x0F)


class PrinterProfile(BaseModel):
    """Lengths in dots of the print head, unless a name says mm."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    width: int = Field(ge=256, le=1024, multiple_of=8)
    dots_per_mm: int = Field(default=8, ge=6, le=24)
    margin: int = Field(default=24, ge=0, le=96)
    band_height: int = Field(default=96, ge=8, le=1024)
    proof: tuple[ProofCommand, ...] = ()
    qr: QrDrawing = QrDrawing.RASTER
    qr_mm: int = Field(default=30, ge=15, le=60)
    cut: Cut = Cut.PARTIAL
    own_font: OwnFont | None = None
    usb: UsbEndpoints = UsbEndpoints()


def load_profile(folder: Path, name: str) -> PrinterProfile:
    """The profile `name` of `folder`. Raises ConfigurationError."""
    file = folder / f"{name}.toml"
    if not re.fullmatch(r"[A-Za-z0-9_-]+", name):
        raise ConfigurationError(file, 0, "a profile's name has letters, digits, - and _ alone")
    try:
        text = file.read_text(encoding="utf-8")
        return PrinterProfile.model_validate(tomllib.loads(text))
    except OSError:
        known = ", ".join(sorted(path.stem for path in folder.glob("*.toml"))) or "none"
        reason = f"cannot be read; profiles in this folder: {known}"
        raise ConfigurationError(file, 0, reason) from None
    except UnicodeDecodeError:
        raise ConfigurationError(file, 0, "is not UTF-8 text") from None
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        raise ConfigurationError(file, int(place[1]) if place else 0, str(error)) from None
    except ValidationError as error:
        first = error.errors()[0]
        where = [str(part) for part in first["loc"]]
        raise ConfigurationError(
            file, _line_of(text, where), f"{'.'.join(where)}: {first['msg']}"
        ) from None


def _line_of(text: str, where: list[str]) -> int:
    """The line on which the last of these names that is a key stands; 0 when none does."""
    found = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if any(re.match(rf"\s*\[?{re.escape(part)}\s*[\]=]", line) for part in where):
            found = number
    return found
