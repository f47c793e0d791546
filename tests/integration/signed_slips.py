"""Checks a slip as whoever holds it would: with the public key, far from any network."""

from base64 import urlsafe_b64decode
from hashlib import sha256

from joserfc.jwk import ECKey
from joserfc.jws import deserialize_compact

from kiosk.intake.contract.look_ups import SlipClaims


def claims_of(proof: str, key: dict[str, str]) -> SlipClaims:
    """What was signed. JoseError where it was not."""
    signed = deserialize_compact(proof, ECKey.import_key(key), algorithms=["ES256"])
    assert key["kid"] == signed.headers()["kid"]
    return SlipClaims.model_validate_json(signed.payload)


def proved(code: str, key: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The slip's number, and its rows by label. JoseError or ValueError where the code proves
    nothing."""
    proof, _stop, coded = code.rpartition(".")
    claims = claims_of(proof, key)
    rows = urlsafe_b64decode(coded + "=" * (-len(coded) % 4))
    if sha256(rows).hexdigest() != claims.digest:
        raise ValueError("these rows were not signed")
    lines = (line.split("\t") for line in rows.decode().split("\n"))
    return claims.number, dict(lines)
