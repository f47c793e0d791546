"""请人帮忙: a kiosk calls a guide, and asks how soon one comes. Nothing here names a citizen."""

from enum import StrEnum

from pydantic import AwareDatetime, Field

from kiosk.intake.contract import Kiosk, Message

HELP_CALLS = "/v1/help-calls"
"""POST to call; GET `/v1/help-calls/{call}` tells how it stands."""
HELP_ENDINGS = "/v1/help-endings"


class HelpBody(Message):
    """POST /v1/help-calls, with an Idempotency-Key. `place` is the screen that it was made from.
    A kiosk has one open call: a second one is answered with the first."""

    kiosk: Kiosk
    place: str = Field(pattern=r"^[a-z_]{1,40}$")


class HelpStage(StrEnum):
    """等待, 有人来了, 已结束."""

    WAITING = "waiting"
    COMING = "coming"
    ENDED = "ended"


class HelpQuestion(Message):
    call: str = Field(pattern=r"^H[0-9]{8,20}$")


class HelpCall(Message):
    """201 and 200. `guide` is what the hall lets citizens know of who comes (导办员 3 号), empty
    until somebody does; `ahead`: calls before this one; `minutes`: the hall's own estimate."""

    call: str = Field(pattern=r"^H[0-9]{8,20}$")
    stage: HelpStage
    guide: str = Field(default="", max_length=40)
    ahead: int = Field(default=0, ge=0)
    minutes: int | None = Field(default=None, ge=0)
    called_at: AwareDatetime


class HelpEnding(Message):
    """POST /v1/help-endings, with an Idempotency-Key: not needed any more."""

    kiosk: Kiosk
    call: str = Field(pattern=r"^H[0-9]{8,20}$")
