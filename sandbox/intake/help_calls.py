"""导办呼叫: kiosks call a guide, guides say that they come."""

from datetime import datetime, timedelta
from math import ceil
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from kiosk.intake.contract import ProblemType
from kiosk.intake.contract.help_calls import HelpBody, HelpCall, HelpStage
from sandbox.intake.auditing import note
from sandbox.intake.case_rows import moment
from sandbox.intake.hall_tables import HelpCallRow
from sandbox.intake.problems import Refusal
from sandbox.intake.serials import next_number

FILE = Path(__file__).parent / "directory" / "guides.yaml"
LASTS = timedelta(hours=1)
"""A call that nobody ended is over then: whoever made it has gone."""


class Guides(BaseModel):
    """How many `guides` there are, the `minutes` that one needs for a call, and those on the
    way."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    guides: int = Field(ge=1)
    minutes: int = Field(ge=1)
    way_minutes: int = Field(ge=1)


class CallEnded(Exception):
    """There is no open call of this number."""


class HelpCalls:
    """Every refusal of a kiosk's question is a `Refusal`."""

    def __init__(self, guides: Guides) -> None:
        self.guides = guides

    def call(self, session: Session, body: HelpBody, at: datetime) -> HelpCall:
        """A kiosk has one open call: a second one is answered with the first."""
        row = session.scalars(_open(at).where(HelpCallRow.kiosk == body.kiosk)).first()
        if row is None:
            row = HelpCallRow(
                call=next_number(session, "H", at),
                kiosk=body.kiosk,
                place=body.place,
                called_at=moment(at),
                guide="",
            )
            session.add(row)
            note(session, at, body.kiosk, "guide_called", body.kiosk)
        return self._told(session, row, at)

    def told(self, session: Session, kiosk: str, call: str, at: datetime) -> HelpCall:
        """`kiosk` is empty where no certificate names it."""
        return self._told(session, _row_of(session, kiosk, call), at)

    def end(self, session: Session, kiosk: str, call: str, at: datetime) -> HelpCall:
        """By the kiosk that called; ended once more it is as it was."""
        row = _row_of(session, kiosk, call)
        if row.ended_at is None:
            row.ended_at = moment(at)
            note(session, at, kiosk, "help_ended", kiosk)
        return self._told(session, row, at)

    def open_calls(self, session: Session, at: datetime) -> list[HelpCallRow]:
        """Oldest first."""
        return list(session.scalars(_open(at)))

    def come(
        self, session: Session, call: str, guide: int, officer: str, at: datetime
    ) -> HelpCallRow:
        """`guide` is the number by which the hall lets citizens know them. CallEnded where it is
        too late, or another one is on the way."""
        row = _still_open(session, call, at)
        if row.coming_at is not None:
            raise CallEnded
        row.coming_at = moment(at)
        row.guide, row.minutes = f"导办员 {guide} 号", self.guides.way_minutes
        note(session, at, officer, "guide_comes", row.kiosk, {"guide": guide})
        return row

    def finish(self, session: Session, call: str, officer: str, at: datetime) -> HelpCallRow:
        """By a guide. CallEnded where it was ended."""
        row = _still_open(session, call, at)
        row.ended_at = moment(at)
        note(session, at, officer, "help_ended", row.kiosk)
        return row

    def _told(self, session: Session, row: HelpCallRow, at: datetime) -> HelpCall:
        stage = _stage(row, at)
        ahead = _ahead(session, row, at) if stage is HelpStage.WAITING else 0
        return HelpCall(
            call=row.call,
            stage=stage,
            guide=row.guide,
            ahead=ahead,
            minutes=self._minutes(row, stage, ahead, at),
            called_at=datetime.fromisoformat(row.called_at),
        )

    def _minutes(self, row: HelpCallRow, stage: HelpStage, ahead: int, at: datetime) -> int | None:
        match stage:
            case HelpStage.WAITING:
                rounds = ahead // self.guides.guides
                return self.guides.way_minutes + rounds * self.guides.minutes
            case HelpStage.COMING:
                assert row.coming_at is not None and row.minutes is not None
                gone = (at - datetime.fromisoformat(row.coming_at)) / timedelta(minutes=1)
                return max(ceil(row.minutes - gone), 0)
            case HelpStage.ENDED:
                return None


def load_guides(file: Path = FILE) -> Guides:
    """Raises yaml.YAMLError, and ValueError for a file that is not what it must be."""
    return Guides.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))


def _open(at: datetime) -> Select[HelpCallRow]:
    return (
        select(HelpCallRow)
        .where(HelpCallRow.ended_at.is_(None), HelpCallRow.called_at > moment(at - LASTS))
        .order_by(HelpCallRow.called_at, HelpCallRow.call)
    )


def _stage(row: HelpCallRow, at: datetime) -> HelpStage:
    if row.ended_at is not None or row.called_at <= moment(at - LASTS):
        return HelpStage.ENDED
    return HelpStage.WAITING if row.coming_at is None else HelpStage.COMING


def _ahead(session: Session, row: HelpCallRow, at: datetime) -> int:
    before = _open(at).where(HelpCallRow.coming_at.is_(None), HelpCallRow.call < row.call)
    return session.scalars(select(func.count()).select_from(before.subquery())).one()


def _row_of(session: Session, kiosk: str, call: str) -> HelpCallRow:
    row = session.get(HelpCallRow, call, with_for_update=True)
    if row is None or kiosk not in ("", row.kiosk):
        raise Refusal(ProblemType.NO_RECORD)
    return row


def _still_open(session: Session, call: str, at: datetime) -> HelpCallRow:
    row = session.get(HelpCallRow, call, with_for_update=True)
    if row is None or _stage(row, at) is HelpStage.ENDED:
        raise CallEnded
    return row
