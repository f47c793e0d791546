"""A virtual card: what its file may say, and that it encodes what a reader decodes."""

from pathlib import Path

import pytest

from hardware.card_reader.page_read import text_of
from hardware.card_reader.resident_id import identity_of
from kiosk.identity import Sex
from sandbox.cards.card_file import CardFileError, ResidentCard, load_card
from sandbox.cards.chip import Chip, chip_of

CARDS = Path(__file__).parents[1] / "cards"
PERSONS = [
    file for file in sorted(CARDS.glob("*.yaml")) if "resident_id" in file.read_text("utf-8")
]


def content(chip: Chip) -> bytes:
    return b"".join(chip.answer(bytes([0xFF, 0xB0, page, 0, 0]))[:-2] for page in range(6))


@pytest.mark.parametrize("file", PERSONS, ids=lambda file: file.stem)
def test_the_product_reads_what_the_sandbox_encodes(file: Path) -> None:
    """Two encodings written apart from each other agree on every card of the tests."""
    card = load_card(file)
    assert isinstance(card, ResidentCard)
    read = identity_of(text_of(content(chip_of(card))))
    assert (card.name, card.number, card.address) == (read.name, read.number, read.address)
    assert {"男": Sex.MALE, "女": Sex.FEMALE}[card.sex] == read.sex
    assert (card.nation, card.birth, card.issuer) == (read.nation, read.birth, read.issuer)
    until = None if card.valid_to == "长期" else card.valid_to
    assert (card.valid_from, until) == (read.valid_from, read.valid_to)


@pytest.mark.parametrize(
    ("apdu", "answer"),
    [("ffb0060000", "6b00"), ("ffb00000", "6b00"), ("00a4040000", "6d00")],
    ids=["a page too many", "too short", "another command"],
)
def test_other_commands_are_refused(apdu: str, answer: str) -> None:
    """The virtual card knows its six pages and nothing else."""
    chip = chip_of(load_card(CARDS / "zhang-yan.yaml"))
    assert answer == chip.answer(bytes.fromhex(apdu)).hex()


def test_the_atr_is_well_formed() -> None:
    """PC/SC turns away an ATR whose check byte is wrong; 90 00 marks a card read through a SAM."""
    atr = chip_of(load_card(CARDS / "zhang-yan.yaml")).atr
    check = 0
    for byte in atr[1:]:
        check ^= byte
    assert 0 == check
    assert "9000" == atr[13:15].hex()


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        ("kind", "name: 张龑\n"),
        ("name", "kind: resident_id\nname: " + "张" * 16 + "\n"),
        ("leave_at_apdu", "kind: unknown\nfaults: {leave_at_apdu: 0}\n"),
        ("colour", "kind: unknown\ncolour: red\n"),
        ("line 1", "kind: [unknown\n"),
    ],
)
def test_a_wrong_file_is_named_with_its_reason(tmp_path: Path, reason: str, text: str) -> None:
    """Whoever writes a card wrongly is told which file and what about it."""
    file = tmp_path / "card.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CardFileError) as caught:
        load_card(file)
    assert str(caught.value).startswith(str(file))
    assert reason in str(caught.value)
