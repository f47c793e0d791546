"""What the intake keeps: applications, ratings, look-ups, and the answers given for each key."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import JsonValue
from sqlalchemy import JSON, Engine, String, UniqueConstraint, create_engine, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.pool import ConnectionPoolEntry


class Base(DeclarativeBase):
    type_annotation_map = {dict[str, JsonValue]: JSON, list[JsonValue]: JSON}  # noqa: RUF012


class ReceivedApplication(Base):
    """An application, opened: this is the office. Times are ISO 8601 with their offset."""

    __tablename__ = "application"
    __table_args__ = (UniqueConstraint("kiosk", "reference"),)

    number: Mapped[str] = mapped_column(String(18), primary_key=True)
    kiosk: Mapped[str] = mapped_column(String(20))
    reference: Mapped[str] = mapped_column(String(40))
    item: Mapped[str] = mapped_column(String(3))
    kept_at: Mapped[str] = mapped_column(String(40))
    received_at: Mapped[str] = mapped_column(String(40))
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[dict[str, JsonValue]]


class ReceivedRating(Base):
    __tablename__ = "rating"

    reference: Mapped[str] = mapped_column(String(40), primary_key=True)
    kiosk: Mapped[str] = mapped_column(String(20))
    level: Mapped[int]
    reasons: Mapped[list[JsonValue]]
    received_at: Mapped[str] = mapped_column(String(40))


class AnsweredLookUp(Base):
    __tablename__ = "look_up"

    number: Mapped[str] = mapped_column(String(24), primary_key=True)
    kiosk: Mapped[str] = mapped_column(String(20))
    item: Mapped[str] = mapped_column(String(3))
    answered_at: Mapped[str] = mapped_column(String(40))


class StoredAnswer(Base):
    """The answer that a key was given, and the digest of the payload that it came with."""

    __tablename__ = "stored_answer"

    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    path: Mapped[str] = mapped_column(String(60))
    payload: Mapped[str] = mapped_column(String(64))
    answer: Mapped[str]


class Serial(Base):
    """The last serial given in one series on one day."""

    __tablename__ = "serial"

    series: Mapped[str] = mapped_column(String(20), primary_key=True)
    day: Mapped[str] = mapped_column(String(6), primary_key=True)
    last: Mapped[int]


class KeyReused(Exception):
    """The same idempotency key came with another payload."""


class Taken(Exception):
    """The reference was used before, under another key."""


@dataclass(frozen=True)
class Write:
    """One write as it came: its key, where to, and the digest of what it said."""

    key: str
    path: str
    payload: str


class Store:
    """One database. Each method is one transaction and may be called from any thread."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._engine = create_engine(f"sqlite:///{folder / 'intake.sqlite'}")
        _make_durable(self._engine)
        Base.metadata.create_all(self._engine)

    def close(self) -> None:
        self._engine.dispose()

    def once(self, write: Write, act: Callable[[Session], str]) -> str:
        """What `act` answers, or the stored answer of the first time.

        The act and its stored answer stand in one transaction, so that neither is without the
        other. Raises KeyReused for another payload, and what `act` raises.
        """
        with self._transaction() as session:
            before = session.get(StoredAnswer, write.key)
            if before is not None:
                if (before.path, before.payload) != (write.path, write.payload):
                    raise KeyReused
                return before.answer
            answer = act(session)
            session.add(
                StoredAnswer(key=write.key, path=write.path, payload=write.payload, answer=answer)
            )
            return answer

    def add_look_up(self, kiosk: str, item: str, at: datetime) -> str:
        """Note that a record was shown; returns the slip's number."""
        with self._transaction() as session:
            number = next_number(session, "CX350428", at)
            session.add(
                AnsweredLookUp(number=number, kiosk=kiosk, item=item, answered_at=at.isoformat())
            )
        return number

    def everything(self) -> dict[str, list[dict[str, Any]]]:
        """All rows but the stored answers, oldest first."""
        with self._transaction() as session:
            return {
                "applications": [_columns(a) for a in session.scalars(select(ReceivedApplication))],
                "ratings": [_columns(r) for r in session.scalars(select(ReceivedRating))],
                "look_ups": [_columns(q) for q in session.scalars(select(AnsweredLookUp))],
            }

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        with Session(self._engine) as session, session.begin():
            yield session


def add_application(session: Session, row: ReceivedApplication) -> None:
    """Taken when this kiosk's reference stands here already."""
    same = select(ReceivedApplication.number).where(
        ReceivedApplication.kiosk == row.kiosk, ReceivedApplication.reference == row.reference
    )
    if session.scalar(same) is not None:
        raise Taken
    session.add(row)


def add_rating(session: Session, row: ReceivedRating) -> None:
    """Taken when this service was rated before."""
    if session.get(ReceivedRating, row.reference) is not None:
        raise Taken
    session.add(row)


def next_number(session: Session, series: str, at: datetime) -> str:
    """The series, the day and the next serial of that day: 3504282611240037."""
    day = f"{at:%y%m%d}"
    serial = session.get(Serial, (series, day))
    if serial is None:
        serial = Serial(series=series, day=day, last=0)
        session.add(serial)
    serial.last += 1
    return f"{series}{day}{serial.last:04d}"


def _columns(row: Base) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}


def _make_durable(engine: Engine) -> None:
    """An application that was acknowledged survives a power cut; one writer at a time."""

    @event.listens_for(engine, "connect")
    def _set_up(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
        # The driver's own transaction handling begins too late for a read before a write.
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA busy_timeout = 10000")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
