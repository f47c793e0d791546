"""终端: which kiosks there are, their certificates, new codes, and the key to which they seal."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response
from starlette.routing import Route

from sandbox.intake.desk.answering import Frame, Visit, go_to
from sandbox.intake.registry import CODE_LASTS, Registry
from sandbox.intake.sealing_keys import SealingKeys
from sandbox.intake.tables import DeviceKey, EnrolmentCode, SealingKeyPair

_SOON = timedelta(days=30)
_KIOSK = re.compile(r"[A-Z0-9-]{3,20}")


@dataclass(frozen=True)
class KnownKiosk:
    """`key` is its newest; `code` the newest that can still be used. `standing` words: in use,
    expiring, expired, revoked, waiting."""

    name: str
    key: DeviceKey | None
    code: EnrolmentCode | None
    standing: str


class KiosksPage:
    def __init__(self, frame: Frame, registry: Registry, keys: SealingKeys) -> None:
        self._frame = frame
        self._registry = registry
        self._keys = keys

    def routes(self) -> list[Route]:
        page = self._frame.route
        return [
            page("/kiosks", self._page, administrators=True),
            page("/kiosks/codes", self.issue_code, post=True, administrators=True),
            page("/kiosks/sealing-key", self.rotate, post=True, administrators=True),
            page("/kiosks/{kiosk}/revoke", self.revoke, post=True, administrators=True),
        ]

    def issue_code(self, visit: Visit) -> Response:
        """The one page on which the code can be read."""
        kiosk = visit.form.text("kiosk").upper()
        if not _KIOSK.fullmatch(kiosk):
            words = "终端编号是 3 到 20 位的大写字母、数字和短横，如 JL-03。"
            return self._page(visit, 422, problem=words)
        code = self._registry.issue_code(kiosk, actor=visit.officer.name)
        return self._page(visit, kiosk=kiosk, code=code)

    def revoke(self, visit: Visit) -> Response:
        self._registry.revoke(str(visit.request.path_params["kiosk"]), actor=visit.officer.name)
        return go_to(visit, "/kiosks", "revoked")

    def rotate(self, visit: Visit) -> Response:
        self._keys.rotate(actor=visit.officer.name)
        return go_to(visit, "/kiosks", "rotated")

    def _page(
        self, visit: Visit, status: int = 200, kiosk: str = "", code: str = "", problem: str = ""
    ) -> Response:
        with visit.database.reading() as session:
            kiosks = _kiosks(session, visit.now)
            keys = session.scalars(select(SealingKeyPair).order_by(SealingKeyPair.made_at.desc()))
            shown_keys = [(key.kid, key.made_at, key.retired_at) for key in keys]
        return self._frame.page(
            visit,
            "kiosks.html",
            status=status,
            problem=problem,
            kiosks=kiosks,
            sealing_keys=shown_keys,
            kiosk=kiosk,
            code=re.findall(".{1,4}", code),
            hours=int(CODE_LASTS.total_seconds() // 3600),
        )


def _kiosks(session: Session, now: datetime) -> list[KnownKiosk]:
    keys = {
        key.kiosk: key for key in session.scalars(select(DeviceKey).order_by(DeviceKey.issued_at))
    }
    codes = {
        code.kiosk: code
        for code in session.scalars(select(EnrolmentCode).order_by(EnrolmentCode.issued_at))
        if code.expires_at > now.isoformat() and (code.standing or code.used_at is None)
    }
    return [
        KnownKiosk(name, keys.get(name), codes.get(name), _standing(keys.get(name), now))
        for name in sorted(keys.keys() | codes.keys())
    ]


def _standing(key: DeviceKey | None, now: datetime) -> str:
    if key is None:
        return "waiting"
    if key.revoked_at is not None:
        return "revoked"
    left = datetime.fromisoformat(key.not_after) - now
    if left < timedelta():
        return "expired"
    return "expiring" if left < _SOON else "in use"
