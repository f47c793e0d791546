"""What right cards answer, written from the facts alone and by no code of the product: the text
of the four kinds that a security module reads, its frames, and a social security card."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kiosk.identity import Identity, IdentityKind

FLAGS = {
    IdentityKind.RESIDENT_ID: " ",
    IdentityKind.HMT_RESIDENCE_PERMIT: "J",
    IdentityKind.PERMANENT_RESIDENT_2017: "I",
    IdentityKind.PERMANENT_RESIDENT_2023: "Y",
}

_RESIDENT = (
    ("name", 30), ("sex", 2), ("nation", 4), ("birth", 16), ("address", 70), ("number", 36),
    ("issuer", 30), ("valid_from", 16), ("valid_to", 16),
)
_LAYOUTS = {
    IdentityKind.RESIDENT_ID: (*_RESIDENT, ("reserved", 28), ("flag", 2), ("rest", 6)),
    IdentityKind.HMT_RESIDENCE_PERMIT: (
        *_RESIDENT, ("pass_number", 18), ("issue_count", 4), ("reserved", 6), ("flag", 2),
        ("rest", 6),
    ),
    IdentityKind.PERMANENT_RESIDENT_2017: (
        ("latin_name", 120), ("sex", 2), ("number", 30), ("country", 6), ("name", 30),
        ("valid_from", 16), ("valid_to", 16), ("birth", 16), ("version", 4), ("authority", 8),
        ("flag", 2), ("rest", 6),
    ),
    IdentityKind.PERMANENT_RESIDENT_2023: (
        ("name", 30), ("sex", 2), ("reissue_count", 4), ("birth", 16), ("latin_name", 70),
        ("number", 36), ("reserved", 30), ("valid_from", 16), ("valid_to", 16),
        ("latin_name_more", 22), ("country", 6), ("flag", 2), ("old_number_link", 6),
    ),
}
"""Each field and its length in bytes, in the order of the card."""


def with_check(seventeen: str) -> str:
    """A number of 18 places: the weights and check characters as GB 11643 prints them."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(seventeen, weights, strict=True))
    return seventeen + "10X98765432"[total % 11]


def card_text(person: Identity, **changes: str) -> bytes:
    """The 256 bytes of a card whose holder is `person`, with some fields changed; lone surrogates
    are kept."""
    fields = _written(person) | changes
    text = b""
    for name, length in _LAYOUTS[person.kind]:
        encoded = fields.get(name, "").encode("utf-16-le", "surrogatepass")
        assert len(encoded) <= length, name
        text += encoded + b" \0" * ((length - len(encoded)) // 2)
    return text


def _written(person: Identity) -> dict[str, str]:
    latin = person.latin_name or ""
    split = 35 if person.kind is IdentityKind.PERMANENT_RESIDENT_2023 else len(latin)
    return {
        "name": "" if person.name == latin else person.name,
        "sex": person.sex.value,
        "nation": person.nation or "",
        "birth": _digits(person.birth),
        "address": person.address or "",
        "number": person.number,
        "issuer": person.issuer or "",
        "valid_from": _digits(person.valid_from),
        "valid_to": _digits(person.valid_to) or "长期",
        "latin_name": latin[:split],
        "latin_name_more": latin[split:],
        "country": person.country or "",
        "flag": FLAGS[person.kind],
    }


def _digits(day: date | None) -> str:
    return "" if day is None else day.strftime("%Y%m%d")


def content(text: bytes) -> bytes:
    """What is read of a card in all: lengths, text, photo."""
    return bytes.fromhex("01000400") + text + bytes(range(256)) * 4


def sam_frame(status: int, data: bytes = b"") -> bytes:
    """An answer of the security module, with its SW3."""
    body = (len(data) + 4).to_bytes(2, "big") + bytes([0, 0, status]) + data
    check = 0
    for byte in body:
        check ^= byte
    return bytes.fromhex("AAAAAA9669") + body + bytes([check])


FOUND = sam_frame(0x9F, bytes(4))
NONE_FOUND = sam_frame(0x80)
SELECTED = sam_frame(0x90, bytes(8))


def read_frames(text: bytes) -> list[bytes]:
    """The answers to find, select and read."""
    return [FOUND, SELECTED, sam_frame(0x90, content(text))]


_APPLICATION = bytes.fromhex("7378312E73682EC9E7BBE1B1A3D5CF")


@dataclass
class SocialSecurityChip:
    """A `CardPort` with the card behind it. `files` maps EF05 and EF06 to their records by tag;
    with `t0` answers are fetched in pieces, as on T=0. Keeps the commands it got, in hex."""

    files: Mapping[int, Mapping[int, bytes]]
    t0: bool = False
    commands: list[str] = field(default_factory=list)
    _open: int = 0
    _held: bytes = b""

    def send_and_receive(self, apdu: bytes) -> tuple[bytes, int]:
        self.commands.append(apdu.hex().upper())
        match apdu[:4].hex().upper():
            case "00A40400" if apdu[4:] == bytes([15]) + _APPLICATION:
                return self._give(bytes.fromhex("6F00"))
            case "00A40200" if self._open_file(apdu[5:]):
                return self._give(bytes.fromhex("6F00"))
            case "00A40400" | "00A40200":
                return b"", 0x6A82
            case "00C00000":
                return self._held[: apdu[4]], 0x9000
        records = self.files.get(self._open, {})
        if apdu[:2] != bytes.fromhex("00B2") or apdu[2] not in records:
            return b"", 0x6A83
        record = bytes([apdu[2], len(records[apdu[2]])]) + records[apdu[2]]
        if self.t0 and apdu[4] != len(record):
            return b"", 0x6C00 | len(record)
        return record, 0x9000

    def _open_file(self, name: bytes) -> bool:
        self._open = int.from_bytes(name, "big")
        return self._open in self.files

    def _give(self, data: bytes) -> tuple[bytes, int]:
        if not self.t0:
            return data, 0x9000
        self._held = data
        return b"", 0x6100 | len(data)


def social_security_files(
    person: Identity, version: str = "2.00", padding: bytes = b"\0"
) -> dict[int, dict[int, bytes]]:
    """The records of a card of `person`: what does not fit the name goes on in its extension."""
    name = person.name.encode("gb18030")
    assert len(name) <= 50
    holder = {
        0x08: person.number.encode("ascii"),
        0x09: name[:30].ljust(30, padding),
        0x4E: name[30:].ljust(20, padding),
        0x0A: person.sex.value.encode("ascii"),
        0x0B: bytes.fromhex(person.nation or "00"),
        0x0C: bytes.fromhex("350428"),
        0x0D: bytes.fromhex(_digits(person.birth)),
    }
    card = {
        0x01: bytes(16),
        0x02: b"1",
        0x03: version.encode("ascii"),
        0x05: bytes.fromhex(_digits(person.valid_from) or "00" * 4),
        0x06: bytes.fromhex(_digits(person.valid_to) or "00" * 4),
        0x07: b"A12345678",
    }
    return {0xEF05: card, 0xEF06: holder}
