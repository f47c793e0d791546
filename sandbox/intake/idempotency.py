"""Every write once: the act and the answer to its key stand in one transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from threading import Lock

from sqlalchemy import BigInteger, bindparam, delete, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kiosk.intake.contract import CHINA_TIME, ProblemType
from sandbox.intake.database import Database
from sandbox.intake.problems import Refusal
from sandbox.intake.tables import StoredAnswer, table_of

KEPT = timedelta(days=30)
"""Older answers are forgotten with the first write of a day."""

Admit = Callable[[Session], None]
"""Raises Refusal for whom nothing is done."""

Act = Callable[[Session, datetime], str]
"""Does what is asked, at the time given, and returns the answer's JSON."""


_ANSWERS = table_of(StoredAnswer)
_BEFORE = select(_ANSWERS.c.path, _ANSWERS.c.payload, _ANSWERS.c.answer).where(
    _ANSWERS.c.kiosk == bindparam("of"), _ANSWERS.c.key == bindparam("under")
)
_STORE = insert(_ANSWERS)
_FORGET = delete(_ANSWERS).where(_ANSWERS.c.answered_at < bindparam("before"))
_LOCK = select(func.pg_try_advisory_xact_lock(bindparam("on", type_=BigInteger)))


@dataclass(frozen=True)
class Write:
    """One write as it came: whose, its key, where to, and the digest of what it said."""

    kiosk: str
    key: str
    path: str
    payload: str

    @property
    def lock(self) -> int:
        """A number for PostgreSQL's advisory locks (64 bits, signed)."""
        named = sha256(f"{self.kiosk}\n{self.key}".encode()).digest()
        return int.from_bytes(named[:8], signed=True)


class Once:
    """Refuses with `in-progress` while the first request with a key is under way, here or in
    another instance on the same database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = Lock()
        self._under_way: set[tuple[str, str]] = set()
        self._forgot_on: date | None = None

    def answer(self, write: Write, admit: Admit, act: Act) -> str:
        """What `act` answers, or the stored answer of the first time; both for those alone whom
        `admit` lets in."""
        try:
            return self._answer(write, admit, act)
        except IntegrityError:
            # Another instance was first with the same reference or request: it is seen now.
            return self._answer(write, admit, act)

    def _answer(self, write: Write, admit: Admit, act: Act) -> str:
        with self._database.transaction() as session:
            at = datetime.now(CHINA_TIME)
            admit(session)
            connection = session.connection()
            if self._database.is_postgresql and not connection.scalar(_LOCK, {"on": write.lock}):
                raise Refusal(ProblemType.IN_PROGRESS)
            before = connection.execute(
                _BEFORE, {"of": write.kiosk, "under": write.key}
            ).one_or_none()
            if before is not None:
                if (before.path, before.payload) != (write.path, write.payload):
                    raise Refusal(ProblemType.KEY_REUSED)
                return str(before.answer)
            answer = act(session, at)
            connection.execute(
                _STORE,
                {
                    "kiosk": write.kiosk,
                    "key": write.key,
                    "path": write.path,
                    "payload": write.payload,
                    "answer": answer,
                    "answered_at": at.isoformat(),
                },
            )
            if self._forgot_on != at.date():
                connection.execute(_FORGET, {"before": (at - KEPT).isoformat()})
                self._forgot_on = at.date()
            return answer

    @contextmanager
    def alone(self, write: Write) -> Iterator[None]:
        """Whatever is done for this key is done within; a second one is turned away at once."""
        named = (write.kiosk, write.key)
        with self._lock:
            if named in self._under_way:
                raise Refusal(ProblemType.IN_PROGRESS)
            self._under_way.add(named)
        try:
            yield
        finally:
            with self._lock:
                self._under_way.remove(named)
