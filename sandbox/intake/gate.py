"""Whom the service answers: known kiosks alone, and each of their writes once."""

from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Protocol, TypeVar

from pydantic import BaseModel
from sqlalchemy.orm import Session

from kiosk.intake.contract import CHINA_TIME, ProblemType, digest_of
from sandbox.intake.call import Call
from sandbox.intake.database import Database
from sandbox.intake.idempotency import Once, Write
from sandbox.intake.problems import Refusal
from sandbox.intake.registry import Registry

Content = TypeVar("Content")


class FromKiosk(Protocol):
    @property
    def kiosk(self) -> str: ...


class SignedBody(FromKiosk, Protocol):
    @property
    def digest(self) -> str: ...
    @property
    def signature(self) -> str: ...


class Gate:
    """Opening what was sealed takes long, so `opened` is called before the transaction begins,
    and what it returns is handed to `act` within."""

    def __init__(self, database: Database, registry: Registry) -> None:
        self._database = database
        self._registry = registry
        self._once = Once(database)

    def asked(
        self,
        call: Call,
        kiosk: str,
        act: Callable[[Session, datetime], BaseModel],
    ) -> str:
        """The answer to what reads and carries no key. `kiosk` is empty where none was named."""
        call.from_kiosk(kiosk)
        with self._database.transaction() as session:
            self._admit(session, call, kiosk)
            return act(session, datetime.now(CHINA_TIME)).model_dump_json()

    def signed(
        self,
        call: Call,
        body: SignedBody,
        form: type[BaseModel],
        parts: Sequence[str],
        opened: Callable[[], Content],
        act: Callable[[Session, datetime, Content], BaseModel],
    ) -> str:
        """The answer to a write that carries a signature over its claims (`form`), `parts` being
        what its digest is over."""
        if not all(map(str.isascii, parts)) or body.digest != digest_of(*parts):
            raise Refusal(ProblemType.DIGEST_MISMATCH)
        claims = form.model_construct(
            **{name: getattr(body, name) for name in form.model_fields},
        )
        call.from_kiosk(body.kiosk)
        signer = self._registry.signer(body.kiosk, body.signature, claims)
        write = _write(call, body.kiosk, claims)
        return self._written(call, write, opened, act, signer)

    def written(
        self,
        call: Call,
        body: BaseModel,
        kiosk: str,
        opened: Callable[[], Content],
        act: Callable[[Session, datetime, Content], BaseModel],
    ) -> str:
        """The answer to a write whose kiosk the certificate alone names."""
        call.from_kiosk(kiosk)
        return self._written(call, _write(call, kiosk, body), opened, act)

    def _written(
        self,
        call: Call,
        write: Write,
        opened: Callable[[], Content],
        act: Callable[[Session, datetime, Content], BaseModel],
        *signers: str,
    ) -> str:
        with self._once.alone(write):
            content = opened()
            return self._once.answer(
                write,
                lambda session: self._admit(session, call, write.kiosk, *signers),
                lambda session, at: act(session, at, content).model_dump_json(),
            )

    def _admit(self, session: Session, call: Call, kiosk: str, *signers: str) -> None:
        shown = {call.peer.kid} if call.peer is not None else set()
        self._registry.admit(session, kiosk, {*signers, *shown})


def _write(call: Call, kiosk: str, said: BaseModel) -> Write:
    """`said` holds a digest of all else, so that a message signed anew is still the same."""
    payload = sha256(said.model_dump_json().encode()).hexdigest()
    return Write(kiosk, call.key, call.path, payload)
