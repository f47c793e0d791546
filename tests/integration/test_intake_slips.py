"""Slips: what the intake answered to a look-up, checked with the public key and nothing else."""

import pytest
from joserfc.errors import JoseError
from signed_slips import claims_of

from kiosk.intake.contract.look_ups import (
    LookUpAnswer,
    LookUpContent,
    Row,
    SlipKey,
    digest_of_rows,
)
from tests.integration.outside_kiosk import OutsideKiosk

pytest_plugins = ["service_fixtures"]


def answer(kiosk: OutsideKiosk) -> LookUpAnswer:
    sealed = kiosk.sealed(LookUpContent(item="107", number="350428198807070021"))
    told = kiosk.post("look-ups", {"kiosk": "JL-03", "item": "107", "sealed": sealed}, "")
    return LookUpAnswer.model_validate_json(told.content)


@pytest.fixture
def key(kiosk: OutsideKiosk) -> SlipKey:
    told = kiosk.session.get(f"{kiosk.url}v1/slip-key", timeout=5)
    return SlipKey.model_validate_json(told.content)


def test_a_slip_is_proved_by_the_public_key(kiosk: OutsideKiosk, key: SlipKey) -> None:
    """The proof says number, item, time and rows as they were answered, and no other rows."""
    told = answer(kiosk)
    claims = claims_of(told.proof, key.model_dump())
    assert (told.number, told.item, told.answered_at) == (
        claims.number,
        claims.item,
        claims.answered_at,
    )
    assert digest_of_rows(told.rows) == claims.digest
    first, *others = told.rows
    changed = Row(label=first.label, value=f"{first.value}0")
    assert claims.digest != digest_of_rows((changed, *others))


def test_a_changed_proof_proves_nothing(kiosk: OutsideKiosk, key: SlipKey) -> None:
    """Claims under the signature of others are refused."""
    one, other = answer(kiosk).proof, answer(kiosk).proof
    head, _, signature = one.split(".")
    with pytest.raises(JoseError):
        claims_of(".".join([head, other.split(".")[1], signature]), key.model_dump())
