"""Every kind of card that can be laid down, as a file with faults, and as a chip without reader."""

from dataclasses import dataclass
from pathlib import Path

from hardware.card_reader.profiles import PcscProfile, SerialProfile, load_profiles
from hardware.card_reader.reading import read_card
from kiosk.identity import Identity
from sandbox.cards.card_file import load_card
from sandbox.cards.chip import Chip, chip_of

CARDS = Path(__file__).parent / "cards"
PROFILES = Path(__file__).parents[1] / "config" / "readers"


class ChipPort:
    """A `CardPort` right on a virtual chip; it counts the commands."""

    def __init__(self, chip: Chip) -> None:
        self.chip = chip
        self.sent = 0

    def send_and_receive(self, apdu: bytes) -> tuple[bytes, int]:
        self.sent += 1
        answer = self.chip.answer(apdu)
        return answer[:-2], int.from_bytes(answer[-2:], "big")


@dataclass(frozen=True)
class Kind:
    """A card of tests/cards and how it is spoken to, in lines of its file."""

    card: str
    framing: str = ""

    def __str__(self) -> str:
        return f"{self.card} {self.framing}".strip()

    def file(self, folder: Path, faults: str = "") -> Path:
        made = folder / f"{abs(hash((self, faults)))}.yaml"
        text = (CARDS / f"{self.card}.yaml").read_text("utf-8")
        lines = [text, *self.framing.split("; "), f"faults: {{{faults}}}"]
        made.write_text("\n".join(lines), encoding="utf-8")
        return made

    def chip(self, folder: Path) -> Chip:
        return chip_of(load_card(self.file(folder)))


PAGES = ""
WRAPPED = "reader: wrapped"
FETCHED = "reader: wrapped; frames: {fetched: true}"

KINDS = (
    *(Kind(card, framing)
      for card in ("zhang-yan", "chen-yurou", "marie-tremblay", "gonzalez")
      for framing in (PAGES, WRAPPED, FETCHED)),
    Kind("insured-version-1"),
    Kind("insured-long-name"),
    Kind("insured-long-name", "fetched: true"),
    Kind("insured-version-3"),
)  # fmt: skip


def fitting(chip: Chip) -> list[PcscProfile]:
    """The shipped profiles by which this card is read."""
    return [
        profile
        for profile in load_profiles(PROFILES)
        if not isinstance(profile, SerialProfile) and profile.fits_card(chip.atr)
    ]


def read_bare(chip: Chip) -> tuple[Identity, int]:
    """The person, and how many commands it took."""
    port = ChipPort(chip)
    return read_card(port, fitting(chip)), port.sent
