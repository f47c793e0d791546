"""Sealing to the intake's public key: what is sealed here, this kiosk cannot open again."""

from pathlib import Path

from joserfc.errors import JoseError
from joserfc.jwe import encrypt_compact
from joserfc.jwk import ECKey
from pydantic import ValidationError

from kiosk.errors import ApplicationTooLarge, IntakeAnswerInvalid
from kiosk.intake.contract import (
    MAX_ATTACHMENT,
    MAX_ATTACHMENTS,
    MAX_CONTENT,
    Application,
    Attachment,
    SealingKey,
)
from kiosk.intake.contract.case_acts import CaseActContent
from kiosk.intake.whole_file import replace_whole

_FILE = "sealing-key.json"


class Sealer:
    """Seals to one key. Raises IntakeAnswerInvalid for a key that is no point of its curve."""

    def __init__(self, key: SealingKey) -> None:
        self.key = key
        try:
            self._key = ECKey.import_key(key.model_dump())
            self._header = {"alg": "ECDH-ES", "enc": "A256GCM", "kid": key.kid}
            self.seal(b"")
        except (JoseError, ValueError) as error:
            raise IntakeAnswerInvalid from error

    def seal(self, plaintext: bytes) -> str:
        """A compact JWE, ECDH-ES with A256GCM, under a fresh ephemeral key each time."""
        return encrypt_compact(self._header, plaintext, self._key)

    def seal_parts(self, whole: Application | CaseActContent) -> tuple[str, tuple[str, ...]]:
        """What is handed in without its attachments, and each attachment by itself: an intake may
        refuse to open more than it expects in one part. Raises ApplicationTooLarge before
        anything is sealed."""
        bare = whole.model_copy(update={"attachments": ()}).model_dump_json().encode()
        _check_size(bare, whole.attachments)
        return (
            self.seal(bare),
            tuple(self.seal(a.model_dump_json().encode()) for a in whole.attachments),
        )


def _check_size(bare: bytes, attachments: tuple[Attachment, ...]) -> None:
    if len(bare) > MAX_CONTENT:
        raise ApplicationTooLarge(None, MAX_CONTENT)
    for attachment in attachments:
        if len(attachment.content) * 3 // 4 - attachment.content[-2:].count("=") > MAX_ATTACHMENT:
            raise ApplicationTooLarge(attachment.question, MAX_ATTACHMENT)
    if len(attachments) > MAX_ATTACHMENTS:
        raise ApplicationTooLarge(attachments[MAX_ATTACHMENTS].question, 0)


def load_sealer(folder: Path) -> Sealer | None:
    """For the key that was received last, or None. A damaged file counts as none: the intake
    gives the key again."""
    try:
        return Sealer(SealingKey.model_validate_json((folder / _FILE).read_bytes()))
    except (OSError, ValidationError, IntakeAnswerInvalid):
        return None


def store_key(folder: Path, key: SealingKey) -> None:
    """Replace the stored key whole. OSError when the disk does not take it."""
    replace_whole(folder / _FILE, key.model_dump_json().encode())
