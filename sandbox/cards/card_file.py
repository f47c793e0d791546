"""A virtual card as a YAML file describes it."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    model_validator,
)


class CardFileError(Exception):
    """A file does not describe a card."""

    def __init__(self, file: Path, reason: str) -> None:
        super().__init__(f"{file}: {reason}")


def _units(most: int) -> AfterValidator:
    """A text that fits its place on the card, counted in UTF-16 units."""

    def check(text: str) -> str:
        if len(text.encode("utf-16-le")) > 2 * most:
            raise ValueError(f"longer than {most} UTF-16 units")
        return text

    return AfterValidator(check)


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


Code = Annotated[int, Field(ge=0, le=0xFF)]


class FrameStatus(_Model):
    """The SW3 with which the security module answers a command instead of doing it."""

    find: Code | None = None
    select: Code | None = None
    read: Code | None = None


class Faults(_Model):
    """How the card misbehaves.

    `leave_at_apdu` counts from 1 since it was laid: that APDU is never answered, and on a serial
    reader that frame finds no card any more. `delay_ms` is waited before each answer.

    `mute`: `apdu` answers nothing but the reset. `connect` wakes once, is seen, and then does not
    even answer the reset: a connection that begins 0.5 s later or more hangs, an earlier one hangs
    at its first APDU. `reset` never answers it: pcscd hangs on the card and says that none lies
    there. On a serial reader all three are silence.

    `answer` spoils every answer that carries data, or the one to APDU or frame `answer_at` alone:
    `garbage` is as many wrong bytes, `empty` none, `short` the first half, `wrong_length` a byte
    more than is right or, in a frame, than comes. `wrong_checksum` and `sw3` are of frames.
    """

    leave_at_apdu: int | None = Field(default=None, ge=1)
    delay_ms: int = Field(default=0, ge=0, le=60_000)
    mute: Literal["apdu", "connect", "reset"] | None = None
    answer: Literal["garbage", "empty", "short", "wrong_length", "wrong_checksum"] | None = None
    answer_at: int | None = Field(default=None, ge=1)
    sw3: FrameStatus = FrameStatus()

    @property
    def need_frames(self) -> bool:
        return self.answer == "wrong_checksum" or self.sw3 != FrameStatus()


Atr = Annotated[str, Field(pattern=r"^([0-9A-F]{2}){2,33}$")]
"""The answer to reset in hex."""

Sex = Literal["男", "女", "未知", "未说明"]


class Frames(_Model):
    """How frames travel over PC/SC: `head` is the four bytes of the pseudo-APDU before them, and
    `before` what the vendor puts before each answer, both in hex. `fetched`: an answer comes in
    pieces of 256 bytes, asked for by GET RESPONSE.

    `found_once`: a card that was read is not found again until it is laid anew, as with some
    modules, on a serial line as well.
    """

    head: str = Field(default="FF000000", pattern=r"^[0-9A-F]{8}$")
    before: str = Field(default="", pattern=r"^([0-9A-F]{2}){0,8}$")
    fetched: bool = False
    found_once: bool = False


class _SamCard(_Model):
    """Read by a reader with a security module: which shows it to PC/SC as pages, or passes the
    module's own frames. On a serial reader there are frames alone, whatever `reader` says."""

    reader: Literal["page", "wrapped"] = "page"
    frames: Frames = Frames()
    atr: Atr | None = None
    faults: Faults = Faults()
    sex: Sex
    birth: date
    valid_from: date

    @model_validator(mode="after")
    def _faults_fit(self) -> Self:
        if self.reader == "page" and self.faults.need_frames:
            raise ValueError("a fault of frames needs `reader: wrapped`")
        return self


class _ResidentText(_SamCard):
    name: Annotated[str, _units(15)] = Field(repr=False)
    address: Annotated[str, _units(35)] = Field(repr=False)
    number: str = Field(pattern=r"^\d{17}[\dX]$", repr=False)
    issuer: Annotated[str, _units(15)]


class ResidentCard(_ResidentText):
    """A resident identity card; `nation` is the two-digit code of GB/T 3304."""

    kind: Literal["resident_id"]
    nation: str = Field(pattern=r"^\d\d$")
    valid_to: date | Literal["长期"]


class ResidencePermit(_ResidentText):
    """A residence permit for residents of Hong Kong, Macao and Taiwan, flag J."""

    kind: Literal["hmt_residence_permit"]
    nation: str = Field(default="", pattern=r"^(\d\d)?$")
    valid_to: date
    pass_number: Annotated[str, _units(9)] = Field(repr=False)
    issue_count: str = Field(default="01", pattern=r"^\d\d$")


class PermanentResident2017(_SamCard):
    """A foreign permanent resident's card of 2017, flag I; `name` is the Chinese one."""

    kind: Literal["permanent_resident_2017"]
    latin_name: Annotated[str, _units(60)] = Field(repr=False)
    name: Annotated[str, _units(15)] = Field(default="", repr=False)
    number: str = Field(pattern=r"^[A-Z]{3}\d{12}$", repr=False)
    country: str = Field(pattern=r"^[A-Z]{3}$")
    valid_to: date
    version: str = Field(default="01", pattern=r"^\d\d$")
    authority: str = Field(default="1500", pattern=r"^\d{4}$")


class PermanentResident2023(_SamCard):
    """A foreign permanent resident's card of 2023, flag Y; `name` is the Chinese one."""

    kind: Literal["permanent_resident_2023"]
    latin_name: Annotated[str, _units(46)] = Field(repr=False)
    name: Annotated[str, _units(15)] = Field(default="", repr=False)
    number: str = Field(pattern=r"^\d{17}[\dX]$", repr=False)
    country: str = Field(pattern=r"^[A-Z]{3}$")
    valid_to: date
    reissue_count: str = Field(default="00", pattern=r"^\d\d$")
    old_number_link: Annotated[str, _units(3)] = ""


class _OtherChip(_Model):
    """A chip that no security module reads: it has no frames."""

    faults: Faults = Faults()

    @model_validator(mode="after")
    def _faults_fit(self) -> Self:
        if self.faults.need_frames:
            raise ValueError("a fault of frames needs a card that is read by a security module")
        return self


def _gbk(most: int) -> AfterValidator:
    def check(text: str) -> str:
        if len(text.encode("gb18030")) > most:
            raise ValueError(f"longer than {most} bytes of GB 18030")
        return text

    return AfterValidator(check)


class SocialSecurityCard(_OtherChip):
    """A social security card (LD/T 32-2015). Of versions 1 a name has 30 bytes of GBK, later
    ones have 20 more. `fetched`: answers come by GET RESPONSE, as cards on T=0 may want it."""

    kind: Literal["social_security_card"]
    version: str = Field(pattern=r"^\d\.\d\d$")
    name: Annotated[str, _gbk(50)] = Field(repr=False)
    number: str = Field(pattern=r"^\d{17}[\dX]$", repr=False)
    sex: Literal["男", "女"]
    nation: str = Field(pattern=r"^\d\d$")
    birth: date
    birthplace: str = Field(pattern=r"^\d{6}$")
    region: str = Field(pattern=r"^\d{6}$")
    card_number: str = Field(pattern=r"^[0-9A-Z]{9}$", repr=False)
    issued: date
    expires: date
    fetched: bool = False
    atr: Atr = "3B6900005358312E5348010000"

    @model_validator(mode="after")
    def _name_fits(self) -> Self:
        if self.version.startswith("1") and len(self.name.encode("gb18030")) > 30:
            raise ValueError("version 1 has no place for more than 30 bytes of the name")
        return self


class ChipSerialCard(_OtherChip):
    """An identity card on a reader without a security module: its chip's serial, in hex, and
    nothing else can be had."""

    kind: Literal["chip_serial"]
    serial: str = Field(pattern=r"^[0-9A-F]{16}$")
    atr: Atr = "3B888001D10386050080800058"


class UnknownCard(_OtherChip):
    """A card that knows no command, such as a bus card laid by mistake."""

    kind: Literal["unknown"]
    atr: Atr = "3B6500002063CB6800"


SamCard = ResidentCard | ResidencePermit | PermanentResident2017 | PermanentResident2023
Card = SamCard | SocialSecurityCard | ChipSerialCard | UnknownCard
_card_file: TypeAdapter[Card] = TypeAdapter(Annotated[Card, Field(discriminator="kind")])


def load_card(file: Path) -> Card:
    """Raises CardFileError when the file is missing, no YAML or no card."""
    try:
        return _card_file.validate_python(yaml.safe_load(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CardFileError(file, str(error)) from error
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise CardFileError(file, f"{where}: {first['msg']}") from None
