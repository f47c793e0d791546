"""The two sides of the wire, each written from the facts alone, agree on every card."""

from pathlib import Path
from typing import get_args

import pytest

from hardware.card_reader.card_text import identity_of
from hardware.card_reader.sam_frames import SamStatus
from hardware.card_reader.sam_session import read_text
from hardware.card_reader.social_security import read_identity
from kiosk.errors import CardReaderError, CardUnreadable, SocialSecurityCardProtected
from kiosk.identity import Identity
from sandbox.cards.card_file import Card, Faults, SamCard, SocialSecurityCard, load_card
from sandbox.cards.security_module import SecurityModule
from sandbox.cards.social_security import SocialSecurityChip
from sandbox.cards.spoiling import Way
from tests.people import HAMDAN_NOOR, LIN_KAHO, MARIE_TREMBLAY, ZHANG_YAN_INSURED

FILES = Path(__file__).parents[1] / "cards"
CARDS = {
    file.stem: load_card(file).model_copy(update={"faults": Faults()})
    for file in FILES.glob("*.yaml")
}
"""What is tried here is not the faults that a file orders."""

WITH_A_PERSON = sorted(
    name for name, card in CARDS.items() if isinstance(card, SamCard | SocialSecurityCard)
)
OF_EACH_KIND = ["zhang-yan", "lin-kaho", "marie-tremblay", "hamdan-noor"]


class Module:
    """A `FramePort` without a line between."""

    def __init__(self, card: SamCard) -> None:
        self._module = SecurityModule()
        self._module.lay(card)

    def exchange(self, frame: bytes, within: float) -> bytes:
        return self._module.answer(frame)


class Chip:
    """A `CardPort` without a reader between."""

    def __init__(self, card: SocialSecurityCard) -> None:
        self._chip = SocialSecurityChip(card)

    def send_and_receive(self, apdu: bytes) -> tuple[bytes, int]:
        answer = self._chip.answer(apdu)
        return answer[:-2], int.from_bytes(answer[-2:], "big")


def read(card: Card) -> Identity:
    if isinstance(card, SocialSecurityCard):
        return read_identity(Chip(card))
    assert isinstance(card, SamCard)
    return identity_of(read_text(Module(card)))


@pytest.mark.parametrize("name", WITH_A_PERSON)
def test_whoever_a_file_describes_is_read(name: str) -> None:
    """Kind, number, day of birth and the whole name, with every rare character, arrive; a
    protected card says so."""
    card = CARDS[name]
    if isinstance(card, SocialSecurityCard) and card.version.startswith("3"):
        with pytest.raises(SocialSecurityCardProtected):
            read(card)
        return
    person = read(card)
    latin = getattr(card, "latin_name", None)
    assert (card.kind, card.number, card.birth) == (person.kind, person.number, person.birth)
    assert (card.name or latin, latin) == (person.name, person.latin_name)


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("lin-kaho", LIN_KAHO),
        ("marie-tremblay", MARIE_TREMBLAY),
        ("hamdan-noor", HAMDAN_NOOR),
        ("zhang-yan-insured", ZHANG_YAN_INSURED),
    ],
)
def test_every_field_arrives(name: str, person: Identity) -> None:
    """Of one card of each kind nothing is lost or added."""
    assert person == read(CARDS[name])


@pytest.mark.parametrize("name", OF_EACH_KIND)
@pytest.mark.parametrize("way", get_args(Way))
@pytest.mark.parametrize("at", [2, 3, None])
def test_a_spoiled_frame_is_read_again_or_told(name: str, way: Way, at: int | None) -> None:
    """One spoiled frame costs a second try, which is right; when all are, the card is named
    unreadable. Nobody is half-read."""
    spoiled = with_faults(CARDS[name], answer=way, answer_at=at)
    if at is None:
        with pytest.raises(CardUnreadable):
            read(spoiled)
    else:
        assert read(CARDS[name]) == read(spoiled)


@pytest.mark.parametrize("status", SamStatus)
@pytest.mark.parametrize("step", ["find", "select", "read"])
def test_each_status_is_an_error_of_the_reader(status: SamStatus, step: str) -> None:
    """Whatever the module says in place of doing it, no text is taken from it."""
    refused = with_faults(CARDS["zhang-yan"], sw3={step: status})
    if (step, status) in {("find", SamStatus.CARD_FOUND), ("select", SamStatus.OK)}:
        with pytest.raises(CardUnreadable):
            read(refused)
        return
    with pytest.raises(CardReaderError):
        read(refused)


def with_faults(card: Card, **faults: object) -> Card:
    assert isinstance(card, SamCard)
    return card.model_copy(update={"faults": Faults.model_validate(faults)})
