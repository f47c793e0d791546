"""Cases, ratings and slips in a database, as the intake leaves them there."""

from datetime import datetime

from sqlalchemy.orm import Session

from kiosk.intake.contract import CHINA_TIME
from sandbox.intake.casework import Casework
from sandbox.intake.item_directory import load_items
from sandbox.intake.rating_follow_up import rating_received
from sandbox.intake.tables import Case, LookUp, Rating
from sandbox.intake.working_days import Holidays

CASEWORK = Casework(load_items(), Holidays({}))
NAME = "肖燕燕"
"""The applicant of every case."""


def november(day: int, hour: int = 10) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=CHINA_TIME)


def december(day: int, hour: int = 10) -> datetime:
    return datetime(2026, 12, day, hour, tzinfo=CHINA_TIME)


def receive(session: Session, serial: int, item: str, at: datetime) -> str:
    """Its number."""
    number = f"350428{at:%y%m%d}{serial:04}"
    session.add(
        Case(
            number=number,
            kiosk="JL-03",
            reference=reference_of(serial),
            item=item,
            kept_at=at.isoformat(),
            received_at=at.isoformat(),
            digest="0" * 64,
            content={"applicant": {"name": NAME}},
            state="received",
        )
    )
    session.flush()
    return number


def reference_of(serial: int) -> str:
    return f"JL03-261123-K7QM{serial:02}"


def rate(session: Session, reference: str, level: int, at: datetime) -> None:
    rating = Rating(
        reference=reference,
        kiosk="JL-03",
        level=level,
        reasons=["等候时间长"],
        kept_at=at.isoformat(),
        received_at=at.isoformat(),
    )
    rating_received(rating, CASEWORK.holidays)
    session.add(rating)
    session.flush()


def show_record(session: Session, number: str, item: str, at: datetime) -> None:
    session.add(LookUp(number=number, kiosk="JL-03", item=item, answered_at=at.isoformat()))
    session.flush()
