"""The kiosk's key and certificate on disk: together or not at all, and nobody else's to read."""

from datetime import timedelta
from pathlib import Path

import pytest
from joserfc import jws
from joserfc.jwk import ECKey

from kiosk.intake.contract.enrolment import RenewalClaims
from kiosk.intake.device_identity import DeviceIdentity, load_identity, store_identity
from tests.certificates import NOW, Authority, Signed


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority.new()


def stored(folder: Path, authority: Authority, device: Signed) -> DeviceIdentity:
    return store_identity(folder, "JL-03", device.key, device.certificate, authority.certificate)


def test_what_is_stored_is_loaded(authority: Authority, tmp_path: Path) -> None:
    """The loaded identity is the stored one; its name is the key's thumbprint (RFC 7638)."""
    device = authority.device()
    identity = stored(tmp_path, authority, device)
    assert identity == load_identity(tmp_path, "JL-03")
    assert ECKey.import_key(device.key).thumbprint() == identity.kid


def test_nobody_else_reads_the_key(authority: Authority, tmp_path: Path) -> None:
    """File and folder are the owner's alone."""
    identity = stored(tmp_path, authority, authority.device())
    assert [0o600, 0o700] == [
        path.stat().st_mode & 0o777 for path in (identity.file, identity.file.parent)
    ]


def test_no_identity(authority: Authority, tmp_path: Path) -> None:
    """Nothing stored is no identity, and neither is another kiosk's, which stays as it is."""
    assert load_identity(tmp_path, "JL-03") is None
    identity = stored(tmp_path, authority, authority.device())
    assert load_identity(tmp_path, "JL-04") is None
    assert identity == load_identity(tmp_path, "JL-03")


def test_it_signs(authority: Authority, tmp_path: Path) -> None:
    """A signature carries the key's name, its payload is the claims' JSON, and only the public
    key of the certificate fits it."""
    device = authority.device()
    claims = RenewalClaims(kiosk="JL-03", digest="0" * 64)
    signature = stored(tmp_path, authority, device).sign(claims)
    key = ECKey.import_key(device.key)
    read = jws.deserialize_compact(signature, key)
    assert {"alg": "ES256", "kid": key.thumbprint()} == read.headers()
    assert claims.model_dump_json().encode() == read.payload


@pytest.mark.parametrize(("left", "due"), [(31, False), (30, True), (0, True), (-1, True)])
def test_renewal_is_due_in_the_last_third(
    left: int, due: bool, authority: Authority, tmp_path: Path
) -> None:
    """Of a certificate for 90 days, the last 30 and whatever comes after."""
    device = authority.device(since=NOW, until=NOW + timedelta(days=90))
    identity = stored(tmp_path, authority, device)
    assert due is identity.renewal_due(identity.not_after - timedelta(days=left))


@pytest.mark.parametrize("part", ["none", "half", "noise", "no certificate", "key of another"])
def test_a_damaged_file_is_set_aside(part: str, authority: Authority, tmp_path: Path) -> None:
    """It counts as no identity and is kept, whole, under another name."""
    device = authority.device()
    file = stored(tmp_path, authority, device).file
    whole = file.read_bytes()
    content = {
        "none": b"",
        "half": whole[: len(device.key) + 100],
        "noise": bytes(range(256)),
        "no certificate": device.key.encode(),
        "key of another": (authority.device().key + device.certificate).encode(),
    }[part]
    file.write_bytes(content)
    assert load_identity(tmp_path, "JL-03") is None
    (aside,) = file.parent.iterdir()
    assert aside.name.startswith("JL-03.pem.damaged-")
    assert content == aside.read_bytes()


def test_parts_that_do_not_belong_together_are_not_stored(
    authority: Authority, tmp_path: Path
) -> None:
    """A certificate for another key or another kiosk replaces nothing."""
    identity = stored(tmp_path, authority, authority.device())
    other = authority.device("JL-04")
    for wrong in (other, Signed(authority.device().key, authority.device().certificate)):
        with pytest.raises(ValueError, match="the certificate is"):
            stored(tmp_path, authority, wrong)
    assert identity == load_identity(tmp_path, "JL-03")


def test_a_crash_while_storing_leaves_the_old_one(authority: Authority, tmp_path: Path) -> None:
    """What a crash can leave beside the file disturbs neither loading nor the next storing."""
    identity = stored(tmp_path, authority, authority.device())
    beside = identity.file.with_name(f"{identity.file.name}.new")
    beside.write_bytes(identity.file.read_bytes()[:100])
    assert identity == load_identity(tmp_path, "JL-03")
    renewed = stored(tmp_path, authority, authority.device())
    assert renewed == load_identity(tmp_path, "JL-03")
    assert not beside.exists()
