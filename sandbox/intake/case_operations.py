"""The contract's operations on what a citizen has at the office."""

from kiosk.intake.contract import MAX_ATTACHMENTS, MAX_SEALED_ATTACHMENT, ProblemType
from kiosk.intake.contract.case_acts import CASE_ACTS, CaseActBody, CaseActReceipt
from kiosk.intake.contract.dossier import (
    CONTENTS,
    DOSSIERS,
    Contents,
    ContentsBody,
    Dossier,
    DossierBody,
)
from sandbox.intake.operation import Operation

CASE_OPERATIONS = (
    Operation(
        DOSSIERS,
        "Ask what a citizen has at the office",
        Dossier,
        body=DossierBody,
        status=200,
        keyed=False,
        refusals=(ProblemType.CANNOT_OPEN, ProblemType.CONTENT_INVALID),
    ),
    Operation(
        CONTENTS,
        "Ask what was handed in, to correct it",
        Contents,
        body=ContentsBody,
        status=200,
        keyed=False,
        refusals=(
            ProblemType.NO_RECORD,
            ProblemType.NOT_THE_APPLICANT,
            ProblemType.NOT_ALLOWED,
            ProblemType.CANNOT_OPEN,
            ProblemType.CONTENT_INVALID,
        ),
    ),
    Operation(
        CASE_ACTS,
        "Supply materials, withdraw a case, or have its result posted",
        CaseActReceipt,
        body=CaseActBody,
        most=(MAX_ATTACHMENTS + 1) * MAX_SEALED_ATTACHMENT,
        refusals=(
            ProblemType.NO_RECORD,
            ProblemType.NOT_THE_APPLICANT,
            ProblemType.NOT_ALLOWED,
            ProblemType.REFERENCE_TAKEN,
            ProblemType.DIGEST_MISMATCH,
            ProblemType.SIGNATURE_INVALID,
            ProblemType.CANNOT_OPEN,
            ProblemType.CONTENT_INVALID,
        ),
    ),
)
