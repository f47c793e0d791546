"""Opens what was sealed to one of the intake's keys."""

from collections.abc import Mapping

from joserfc.jwe import JWERegistry, decrypt_compact
from joserfc.jwk import ECKey, GuestProtocol

from kiosk.intake.contract import MAX_CONTENT, MAX_SEALED_ATTACHMENT


class CannotOpen(Exception):
    """Sealed to another key, damaged, or too large."""


class _Registry(JWERegistry):
    """joserfc opens 64 KiB at most by itself; the contract allows a whole attachment."""

    max_ciphertext_length = max(MAX_SEALED_ATTACHMENT, MAX_CONTENT * 4 // 3 + 4096)


_REGISTRY = _Registry(algorithms=["ECDH-ES", "A256GCM"])


def open_sealed(sealed: str, keys: Mapping[str, ECKey]) -> bytes:
    """The plaintext. `keys` by their kid; CannotOpen when it was sealed to none of them."""

    def named(part: GuestProtocol) -> ECKey:
        return keys[str(part.headers().get("kid"))]

    try:
        plaintext = decrypt_compact(sealed, named, registry=_REGISTRY).plaintext
    except Exception as error:  # noqa: BLE001 - a header from outside breaks in many ways
        raise CannotOpen(type(error).__name__) from None
    if plaintext is None:
        raise CannotOpen("empty")
    return plaintext
