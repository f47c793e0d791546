"""The intake's own key pair: made at the first start, kept in its folder, opens what is sealed."""

import json
from pathlib import Path

from joserfc.jwe import JWERegistry, decrypt_compact
from joserfc.jwk import ECKey

from kiosk.intake.contract import MAX_CONTENT, MAX_SEALED_ATTACHMENT, SealingKey

_FILE = "sealing-key.private.json"


class CannotOpen(Exception):
    """Sealed to another key, damaged, or too large."""


class _Registry(JWERegistry):
    """joserfc opens 64 KiB at most by itself; the contract allows a whole attachment."""

    max_ciphertext_length = max(MAX_SEALED_ATTACHMENT, MAX_CONTENT * 4 // 3 + 4096)


class Opener:
    """Raises ValueError when the key's file is damaged: what was sealed to it is lost without."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / _FILE
        if not file.exists():
            made = ECKey.generate_key("P-256", auto_kid=True)
            beside = file.with_suffix(".new")
            beside.touch(mode=0o600)
            beside.write_text(json.dumps(made.as_dict(private=True)), encoding="utf-8")
            beside.replace(file)
        self._key = ECKey.import_key(json.loads(file.read_text(encoding="utf-8")))
        self._registry = _Registry(algorithms=["ECDH-ES", "A256GCM"])

    @property
    def public_key(self) -> SealingKey:
        public = self._key.as_dict(private=False)
        return SealingKey(
            kty="EC", crv="P-256", x=str(public["x"]), y=str(public["y"]), kid=str(public["kid"])
        )

    def open(self, sealed: str) -> bytes:
        """The plaintext; CannotOpen when there is none for this key."""
        try:
            plaintext = decrypt_compact(sealed, self._key, registry=self._registry).plaintext
        except Exception as error:  # noqa: BLE001 - a header from outside breaks in many ways
            raise CannotOpen(type(error).__name__) from None
        if plaintext is None:
            raise CannotOpen("empty")
        return plaintext
