"""Which reader is read how: profiles, checked files under config/."""

import fnmatch
import re
import tomllib
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from kiosk.errors import ConfigurationError


class Role(StrEnum):
    """Which cards citizens lay on a reader."""

    IDENTITY_CARD = "identity_card"
    SOCIAL_SECURITY_CARD = "social_security_card"


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Profile(_Model):
    name: str
    role: Role = Role.IDENTITY_CARD


class _PcscProfile(_Profile):
    """`reader` is a shell pattern for the PC/SC name; each of `atr` is a regular expression for
    the whole ATR in upper-case hex."""

    reader: str
    atr: tuple[re.Pattern[str], ...] = Field(min_length=1)

    def fits_reader(self, name: str) -> bool:
        return fnmatch.fnmatchcase(name, self.reader)

    def fits_card(self, atr: bytes) -> bool:
        text = atr.hex().upper()
        return any(pattern.fullmatch(text) for pattern in self.atr)


class PageProfile(_PcscProfile):
    """A security module's reader that shows a card as six pages."""

    transport: Literal["page"]


def _bytes_of_hex(text: object) -> object:
    return bytes.fromhex(text) if isinstance(text, str) else text


CommandHead = Annotated[bytes, BeforeValidator(_bytes_of_hex), Field(min_length=4, max_length=4)]
"""CLA INS P1 P2 of a command (ISO 7816-4), in the file as hex."""


class Wrapping(_Model):
    """How a frame travels in a pseudo-APDU: `head`, its length in one byte, the frame, and a byte
    00 (Le) when `le` is set.

    The answer's data is the module's frame, after `skip` bytes of the vendor's own. A status word
    `61xx` says that more waits: it is fetched by `fetch`, at most `piece` bytes at a time.
    """

    head: CommandHead
    le: bool = False
    skip: int = Field(default=0, ge=0, le=64)
    fetch: CommandHead = bytes.fromhex("00C00000")
    piece: int = Field(default=256, ge=1, le=256)


class WrappedProfile(_PcscProfile):
    """A security module's reader that passes the module's own frames."""

    transport: Literal["wrapped"]
    wrapped: Wrapping


class SocialSecurityProfile(_PcscProfile):
    """A reader, with contacts or without, on which a social security card's own chip answers."""

    transport: Literal["social_security"]


class ChipSerialProfile(_PcscProfile):
    """A reader without a security module: of an identity card it has the chip's serial alone."""

    transport: Literal["chip_serial"]


PcscProfile = PageProfile | WrappedProfile | SocialSecurityProfile | ChipSerialProfile


class SerialLine(_Model):
    """Eight bits, no parity, one stop bit. A `device` without a leading / is looked for in the
    program's own folder."""

    device: Path
    baud: int = Field(default=115200, ge=57600, le=921600)


class SerialProfile(_Profile):
    """A security module's reader on a serial line, which speaks the module's own frames."""

    transport: Literal["serial"]
    serial: SerialLine


ReaderProfile = PcscProfile | SerialProfile
_profile: TypeAdapter[ReaderProfile] = TypeAdapter(
    Annotated[ReaderProfile, Field(discriminator="transport")]
)

_IN_TURN = (
    PageProfile,
    WrappedProfile,
    SocialSecurityProfile,
    ChipSerialProfile,
    SerialProfile,
)
"""Of several profiles that fit a card the later ones are tried when it does not know the earlier
one's commands: a chip's serial is what remains when nothing says who somebody is."""


def load_profiles(folder: Path) -> tuple[ReaderProfile, ...]:
    """All profiles of a folder, in the order in which they are tried; alike ones by file name.

    Raises ConfigurationError for a bad file, and for a folder without any.
    """
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise ConfigurationError(folder, 0, "no reader profile (*.toml)")
    return tuple(sorted(map(_load, files), key=lambda profile: _IN_TURN.index(type(profile))))


def _load(file: Path) -> ReaderProfile:
    try:
        return _profile.validate_python(tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(file, 0, str(error)) from error
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        raise ConfigurationError(file, int(place[1]) if place else 0, str(error)) from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ConfigurationError(file, 0, f"{where}: {first['msg']}") from error
