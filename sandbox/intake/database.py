"""The intake's database: SQLite in a folder, or PostgreSQL by its address.

Several instances of the service may stand on one PostgreSQL database; a SQLite file belongs to
one process.
"""

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from pydantic import BaseModel
from sqlalchemy import Connection, Engine, create_engine, event, func, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

_FILE = "office.sqlite"
_MIGRATIONS = Path(__file__).parent / "migrations"
_ONE_BY_ONE = 0x4A4C5F696E74
"""The PostgreSQL advisory lock of instances that start, a number of our own."""


@dataclass(frozen=True)
class WrittenJson:
    """For a JSON column: pydantic writes a model many times faster than json does its parts."""

    model: BaseModel


class Database:
    """Each transaction stands alone and may be begun from any thread.

    `address` is a URL as SQLAlchemy writes it (postgresql+psycopg://…). Whatever cannot be reached
    raises sqlalchemy's OperationalError, at the start and later.
    """

    def __init__(self, address: str) -> None:
        self.engine = _engine(address)
        self.is_postgresql = self.engine.dialect.name == "postgresql"
        # SQLite lets one write at a time and has the others ask again and again: a lock wakes
        # the next at once.
        self._writing = nullcontext() if self.is_postgresql else threading.Lock()
        with self.transaction() as session:
            self.alone(session)
            command.upgrade(migrations(session.connection()), "head")

    @classmethod
    def in_folder(cls, folder: Path) -> "Database":
        """The SQLite file in this folder, both made where they are missing, for the owner only."""
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / _FILE
        file.touch(mode=0o600)
        return cls(f"sqlite:///{file}")

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Commits at the end of the block, rolls back when it raises."""
        session = Session(self.engine, expire_on_commit=False)
        with self._writing, session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """For what only reads: waits for no writer."""
        engine = self.engine.execution_options(only_reads=True)
        with Session(engine, expire_on_commit=False) as session, session.begin():
            yield session

    def alone(self, session: Session) -> None:
        """From here to the transaction's end no other instance does what stands behind `alone`."""
        if self.is_postgresql:
            session.execute(select(func.pg_advisory_xact_lock(_ONE_BY_ONE)))


def migrations(connection: Connection) -> Config:
    """What Alembic's commands need to work on this connection."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _to_json(value: object) -> str:
    if isinstance(value, WrittenJson):
        return value.model.model_dump_json()
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _engine(address: str) -> Engine:
    if not address.startswith("sqlite:"):
        return create_engine(
            address,
            json_serializer=_to_json,
            hide_parameters=True,
            pool_size=16,
            max_overflow=16,
            connect_args={"connect_timeout": 5, "options": "-c lock_timeout=10s"},
        )
    engine = create_engine(address, json_serializer=_to_json, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _set_up(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
        # The driver's own transaction handling begins too late for a read before a write.
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA busy_timeout = 10000")
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options: dict[str, Any] = dict(connection.get_execution_options())
        connection.exec_driver_sql("BEGIN" if options.get("only_reads") else "BEGIN IMMEDIATE")

    return engine
