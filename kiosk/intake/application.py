"""An application as the citizen made it: the plaintext that is sealed and never written as such."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from kiosk.identity import Assurance, IdentityKind

Strokes = tuple[tuple[tuple[float, float], ...], ...]


class Applicant(BaseModel):
    """The person as the card says it; dates as ISO 8601, `valid_to` None for 长期."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    kind: IdentityKind
    assurance: Assurance
    name: str = Field(repr=False)
    number: str = Field(repr=False)
    sex: str = Field(repr=False)
    nation: str = Field(repr=False)
    birth: str = Field(repr=False)
    address: str = Field(repr=False)
    issuer: str = Field(repr=False)
    valid_from: str = Field(repr=False)
    valid_to: str | None = Field(repr=False)


class Attachment(BaseModel):
    """A file that answers one question; `content` is base64."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    question: str
    name: str = Field(repr=False)
    media_type: str
    content: str = Field(repr=False)


class Application(BaseModel):
    """`answers` maps a question's id to its answer in the form that `kiosk.forms` gives it;
    `signature` holds strokes of points, each 0…1 of the pad's width and height."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    item: str
    item_name: str
    applicant: Applicant
    answers: dict[str, JsonValue] = Field(repr=False)
    attachments: tuple[Attachment, ...] = Field(default=(), repr=False)
    signature: Strokes = Field(repr=False)
    language: Literal["zh", "en"]
    signed_at: datetime
