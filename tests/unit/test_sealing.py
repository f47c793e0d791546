"""Sealing: what the kiosk sealed, the intake alone can open, and only as it was."""

import base64
import json
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.errors import ApplicationTooLarge, IntakeAnswerInvalid
from kiosk.intake.contract import (
    CHINA_TIME,
    MAX_ATTACHMENT,
    MAX_ATTACHMENTS,
    MAX_CONTENT,
    Applicant,
    Application,
    Attachment,
    SealingKey,
)
from kiosk.intake.sealing import Sealer, load_sealer, store_key
from sandbox.intake.database import Database
from sandbox.intake.opening import CannotOpen
from sandbox.intake.sealing_keys import SealingKeys


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> SealingKeys:
    return SealingKeys(Database.in_folder(tmp_path_factory.mktemp("intake")))


@pytest.fixture(scope="module")
def sealer(keys: SealingKeys) -> Sealer:
    return Sealer(keys.public_key())


def application(attachments: tuple[Attachment, ...]) -> Application:
    return Application(
        item="041",
        item_name="高龄津贴申领",
        applicant=Applicant(
            kind="resident_id",
            assurance="sam_verified",
            name="萧𬱖䶮",
            number="350428195203140013",
            sex="1",
            nation="01",
            birth="1952-03-14",
            address="福建省将乐县古镛镇",
            issuer="将乐县公安局",
            valid_from="2015-06-01",
            valid_to=None,
        ),
        answers={"phone": "13805980000"},
        attachments=attachments,
        signature=(((0.1, 0.2), (0.3, 0.4)),),
        language="zh",
        signed_at=datetime(2026, 11, 24, 9, 30, tzinfo=CHINA_TIME),
    )


@given(plaintext=st.binary(min_size=1, max_size=4000))
@settings(max_examples=50, deadline=None)
def test_what_was_sealed_opens_as_it_was(
    sealer: Sealer, keys: SealingKeys, plaintext: bytes
) -> None:
    """Any bytes come back whole at the intake."""
    assert plaintext == keys.open(sealer.seal(plaintext))


def test_the_header_names_algorithms_and_key(sealer: Sealer, keys: SealingKeys) -> None:
    """ECDH-ES with A256GCM under the key's own id, as the contract says."""
    header = sealer.seal(b"x").split(".")[0]
    read = json.loads(base64.urlsafe_b64decode(header + "=" * (-len(header) % 4)))
    assert ("ECDH-ES", "A256GCM", keys.public_key().kid) == (read["alg"], read["enc"], read["kid"])


def test_no_two_seals_are_alike(sealer: Sealer) -> None:
    """The same words sealed twice cannot be told to be the same."""
    assert 20 == len({sealer.seal("张龑".encode()) for _ in range(20)})


def test_the_kiosk_holds_nothing_that_opens(keys: SealingKeys, tmp_path: Path) -> None:
    """The stored key is the public half alone."""
    store_key(tmp_path, keys.public_key())
    stored = json.loads((tmp_path / "sealing-key.json").read_text(encoding="utf-8"))
    assert {"kty", "crv", "x", "y", "kid", "use", "alg"} == set(stored)


def test_every_changed_letter_is_refused(sealer: Sealer, keys: SealingKeys) -> None:
    """A sealed part that was changed anywhere does not open. The last letter of a part may differ
    in bits that base64url does not use, so it is changed in its highest bit."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    sealed = sealer.seal(b"350428195203140013")
    opened = []
    for place, letter in enumerate(sealed):
        if letter == ".":
            continue
        other = alphabet[alphabet.index(letter) ^ 0b100000]
        try:
            keys.open(sealed[:place] + other + sealed[place + 1 :])
            opened.append(place)
        except CannotOpen:
            pass
    assert [] == opened


def test_another_intake_cannot_open(sealer: Sealer, tmp_path: Path) -> None:
    """Sealed to one key means closed to every other."""
    with pytest.raises(CannotOpen):
        SealingKeys(Database.in_folder(tmp_path)).open(sealer.seal(b"x"))


@pytest.mark.parametrize("size", [MAX_CONTENT, MAX_ATTACHMENT * 4 // 3 + 1000])
def test_the_largest_part_of_the_contract_opens(
    sealer: Sealer, keys: SealingKeys, size: int
) -> None:
    """The library's own limit of 64 KiB does not stand in the way of what the contract allows."""
    assert bytes(size) == keys.open(sealer.seal(bytes(size)))


def test_attachments_are_sealed_by_themselves(sealer: Sealer, keys: SealingKeys) -> None:
    """The application is small however large its files are, and each file opens alone."""
    files = tuple(
        Attachment(
            question="photo", name=f"{i}.jpg", media_type="image/jpeg", content="AAAA" * 50000
        )
        for i in range(2)
    )
    whole = application(files)
    sealed, parts = sealer.seal_parts(whole)
    bare = Application.model_validate_json(keys.open(sealed))
    assert whole.model_copy(update={"attachments": ()}) == bare
    assert files == tuple(Attachment.model_validate_json(keys.open(p)) for p in parts)


@pytest.mark.parametrize(
    ("sizes", "question"),
    [([MAX_ATTACHMENT, MAX_ATTACHMENT + 1], "photo1"), ([1] * (MAX_ATTACHMENTS + 1), "photo8")],
)
def test_what_the_contract_does_not_allow_is_not_sealed(
    sealer: Sealer, sizes: list[int], question: str
) -> None:
    """A file of one byte too much, or one file too many, is named by its question."""
    files = tuple(
        Attachment(
            question=f"photo{number}",
            name="x",
            media_type="image/jpeg",
            content=base64.b64encode(bytes(size)).decode(),
        )
        for number, size in enumerate(sizes)
    )
    whole = application(()).model_copy(update={"attachments": files})
    with pytest.raises(ApplicationTooLarge) as raised:
        sealer.seal_parts(whole)
    assert question == raised.value.question


def test_the_stored_key_seals_after_a_restart(keys: SealingKeys, tmp_path: Path) -> None:
    """A key that was received once serves while the intake is away."""
    store_key(tmp_path / "storage", keys.public_key())
    again = load_sealer(tmp_path / "storage")
    assert again is not None
    assert b"x" == keys.open(again.seal(b"x"))


@pytest.mark.parametrize("damaged", [b"", b"{", b"{}", b"\xff\xfe", b'{"kty": "RSA"}'])
def test_a_damaged_key_file_counts_as_none(damaged: bytes, tmp_path: Path) -> None:
    """A broken file never stops the kiosk: the key is asked for again."""
    (tmp_path / "sealing-key.json").write_bytes(damaged)
    assert load_sealer(tmp_path) is None


def test_a_point_off_the_curve_is_refused(keys: SealingKeys) -> None:
    """A key that would give the secret away is no key."""
    x = keys.public_key().x
    wrong = SealingKey(kty="EC", crv="P-256", x=x, y=x, kid="wrong")
    with pytest.raises(IntakeAnswerInvalid):
        Sealer(wrong)


def test_an_intake_keeps_its_key(tmp_path: Path) -> None:
    """What was sealed before the intake's restart opens after it."""
    sealed = Sealer(SealingKeys(Database.in_folder(tmp_path)).public_key()).seal(b"x")
    assert b"x" == SealingKeys(Database.in_folder(tmp_path)).open(sealed)


def test_no_repr_names_the_person() -> None:
    """An application that ends in a traceback tells nothing."""
    shown = repr(application(()))
    assert not [w for w in ("萧", "350428195203140013", "13805980000", "古镛") if w in shown]
