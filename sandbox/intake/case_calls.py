"""What kiosks ask for those whose cases they are: all that they have, and what they do to it."""

from collections.abc import Mapping

from kiosk.intake.contract.case_acts import CASE_ACTS, CaseActBody, CaseActClaims
from kiosk.intake.contract.dossier import (
    CONTENTS,
    DOSSIERS,
    ContentsBody,
    ContentsContent,
    DossierBody,
    DossierContent,
)
from sandbox.intake.applicant_acts import ApplicantActs
from sandbox.intake.call import Answer, Call
from sandbox.intake.dossiers import Dossiers
from sandbox.intake.gate import Gate
from sandbox.intake.sealed_contents import SealedContents


class CaseCalls:
    def __init__(
        self, gate: Gate, contents: SealedContents, dossiers: Dossiers, acts: ApplicantActs
    ) -> None:
        self._gate = gate
        self._contents = contents
        self._dossiers = dossiers
        self._acts = acts

    @property
    def answers(self) -> Mapping[str, Answer]:
        return {DOSSIERS: self._tell, CONTENTS: self._tell_contents, CASE_ACTS: self._act}

    def _tell(self, call: Call) -> str:
        body = call.read(DossierBody)
        call.from_kiosk(body.kiosk)
        person = self._contents.read(body.sealed, DossierContent).person
        return self._gate.asked(
            call,
            body.kiosk,
            lambda session, at: self._dossiers.told(session, body.kiosk, person, at),
        )

    def _tell_contents(self, call: Call) -> str:
        body = call.read(ContentsBody)
        call.from_kiosk(body.kiosk)
        asked = self._contents.read(body.sealed, ContentsContent)
        return self._gate.asked(
            call,
            body.kiosk,
            lambda session, at: self._dossiers.contents(session, body.kiosk, asked, at),
        )

    def _act(self, call: Call) -> str:
        body = call.read(CaseActBody)
        return self._gate.signed(
            call,
            body,
            CaseActClaims,
            [body.sealed, *body.attachments],
            lambda: self._acts.open(body),
            lambda session, at, content: self._acts.act(session, body, content, at),
        )
