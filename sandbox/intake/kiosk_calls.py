"""What kiosks ask for themselves: whether the intake answers, its keys, who they are."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from kiosk.intake.contract import (
    CHINA_TIME,
    HEALTH,
    IDENTITIES,
    SEALING_KEY,
    Health,
    IdentityBody,
)
from kiosk.intake.contract.enrolment import (
    ENROLMENTS,
    RENEWALS,
    EnrolmentBody,
    RenewalBody,
    RenewalClaims,
)
from kiosk.intake.contract.look_ups import SLIP_KEY
from sandbox.intake.call import Answer, Call
from sandbox.intake.database import Database
from sandbox.intake.gate import Gate
from sandbox.intake.identity_tokens import IdentityTokens
from sandbox.intake.receiving import Receiving
from sandbox.intake.registry import Registry, kid_of
from sandbox.intake.sealing_keys import SealingKeys


class KioskCalls:
    def __init__(
        self,
        gate: Gate,
        database: Database,
        registry: Registry,
        keys: SealingKeys,
        receiving: Receiving,
        tokens: IdentityTokens,
    ) -> None:
        self._gate = gate
        self._database = database
        self._registry = registry
        self._keys = keys
        self._receiving = receiving
        self._tokens = tokens

    @property
    def answers(self) -> Mapping[str, Answer]:
        return {
            HEALTH: self._health,
            SEALING_KEY: self._sealing_key,
            SLIP_KEY: self._slip_key,
            IDENTITIES: self._identify,
            ENROLMENTS: self._enrol,
            RENEWALS: self._renew,
        }

    def _health(self, _: Call) -> str:
        with self._database.reading() as session:
            session.scalar(select(1))
        return Health(status="ok", time=datetime.now(CHINA_TIME)).model_dump_json()

    def _sealing_key(self, _: Call) -> str:
        return self._keys.public_key().model_dump_json()

    def _slip_key(self, _: Call) -> str:
        return self._receiving.slip_keys.public_key().model_dump_json()

    def _identify(self, call: Call) -> str:
        body = call.read(IdentityBody)
        call.from_kiosk(body.kiosk)
        token = self._receiving.open_token(body)
        return self._gate.asked(
            call,
            body.kiosk,
            lambda session, at: self._tokens.redeem(session, body.kiosk, token, at),
        )

    def _enrol(self, call: Call) -> str:
        body = call.read(EnrolmentBody)
        return self._gate.written(
            call,
            body,
            body.kiosk,
            lambda: None,
            lambda session, at, _: self._registry.enrol(
                session, body.kiosk, body.code, body.request, at
            ),
        )

    def _renew(self, call: Call) -> str:
        body = call.read(RenewalBody)
        return self._gate.signed(
            call,
            body,
            RenewalClaims,
            [body.request],
            lambda: None,
            lambda session, at, _: self._registry.renew(
                session, body.kiosk, kid_of(body.signature), body.request, at
            ),
        )
