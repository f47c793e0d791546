"""What is handed in becomes what is kept: sealed to the intake, signed under its own reference."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kiosk.intake.contract import (
    Application,
    ApplicationBody,
    ApplicationClaims,
    digest_of,
)
from kiosk.intake.contract.case_acts import CaseActBody, CaseActClaims, CaseActContent
from kiosk.intake.device_identity import DeviceIdentity
from kiosk.intake.orders import ActOnCase, Filing
from kiosk.intake.outbox_rows import Draft, EntryKind
from kiosk.intake.sealing import Sealer

_Claims = ApplicationClaims | CaseActClaims


@dataclass(frozen=True)
class Drafting:
    """For one order, at one moment. Raises ApplicationTooLarge."""

    kiosk_id: str
    identity: DeviceIdentity
    sealer: Sealer
    kept_at: datetime

    def applications(self, order: Filing, bundle: str | None) -> tuple[Draft, ...]:
        """In their order; `bundle` is the reference that they have in common."""

        def draft(application: Application) -> Draft:
            def claims(reference: str, digest: str) -> ApplicationClaims:
                return ApplicationClaims(
                    kiosk=self.kiosk_id,
                    reference=reference,
                    item=application.item,
                    bundle=bundle,
                    corrects=order.corrects,
                    kept_at=self.kept_at,
                    digest=digest,
                )

            payload = self._payload(application, claims, ApplicationBody)
            return Draft(EntryKind.APPLICATION, payload, order.corrects, bundle)

        return tuple(draft(application) for application in order.applications)

    def act(self, order: ActOnCase) -> Draft:
        content = CaseActContent(
            person=order.person,
            number=order.number,
            act=order.act,
            attachments=order.attachments,
            signature=order.strokes,
        )

        def claims(reference: str, digest: str) -> CaseActClaims:
            return CaseActClaims(
                kiosk=self.kiosk_id,
                reference=reference,
                number=order.number,
                kept_at=self.kept_at,
                digest=digest,
            )

        return Draft(EntryKind.CASE_ACT, self._payload(content, claims, CaseActBody), order.number)

    def _payload(
        self,
        whole: Application | CaseActContent,
        claims_for: Callable[[str, str], _Claims],
        form: type[ApplicationBody] | type[CaseActBody],
    ) -> Callable[[str], tuple[bytes, str]]:
        sealed, attachments = self.sealer.seal_parts(whole)
        digest = digest_of(sealed, *attachments)

        def payload(reference: str) -> tuple[bytes, str]:
            claims = claims_for(reference, digest)
            body = form(
                **dict(claims),
                sealed=sealed,
                attachments=attachments,
                signature=self.identity.sign(claims),
            )
            return body.model_dump_json().encode(), digest

        return payload
