"""Keys as the database keeps them: JWKs (RFC 7517)."""

from collections.abc import Mapping
from typing import cast

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from joserfc.jwk import ECKey
from pydantic import JsonValue


def key_of(stored: Mapping[str, JsonValue]) -> ECKey:
    return ECKey.import_key(cast(dict[str, str | list[str]], dict(stored)))


def to_store(key: EllipticCurvePublicKey | ECKey, *, private: bool) -> dict[str, JsonValue]:
    """`private`: with what opens and signs."""
    known = key if isinstance(key, ECKey) else ECKey.import_key(key)
    return cast(dict[str, JsonValue], known.as_dict(private=private))
