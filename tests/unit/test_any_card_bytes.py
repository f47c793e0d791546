"""Whatever a card or a reader answers: a whole person or an error of the tree, nothing else."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.card_reader.card_text import identity_of
from hardware.card_reader.sam_frames import FrameReader, answer_of
from hardware.card_reader.sam_session import read_text
from hardware.card_reader.social_security import read_identity
from kiosk.errors import CardReaderError
from kiosk.identity import Identity, IdentityKind
from tests.card_bytes import (
    FLAGS,
    SocialSecurityChip,
    card_text,
    read_frames,
    sam_frame,
    social_security_files,
    with_check,
)
from tests.people import (
    HAMDAN_NOOR,
    LIN_KAHO,
    MARIE_TREMBLAY,
    ZHANG_YAN,
    ZHANG_YAN_INSURED,
)

PEOPLE = (ZHANG_YAN, LIN_KAHO, MARIE_TREMBLAY, HAMDAN_NOOR)
TEXTS = tuple(map(card_text, PEOPLE))
FRAMES = tuple(read_frames(text) for text in TEXTS)
CHIPS = tuple(social_security_files(ZHANG_YAN_INSURED, version) for version in ("2.00", "3.00"))

# One draw of bytes an example: they are what takes Hypothesis its time.
PATCHES = st.binary(max_size=16)


def patched(right: bytes, patches: bytes, reach: int) -> bytes:
    """`right` with each pair of bytes as a change: where, spread over `reach`, and what."""
    changed = bytearray(right)
    for where, what in zip(patches[::2], patches[1::2], strict=False):
        changed[(where * reach // 256) % len(changed)] = what
    return bytes(changed)


def whole(identity: Identity) -> bool:
    """Nobody half-read: every field that any document must have, and a checked number."""
    number = identity.number
    checked = len(number) == 15 or number == with_check(number[:17])
    return bool(identity.name) and checked and isinstance(identity.birth, date)


@settings(max_examples=3_000, deadline=None)
@given(st.sampled_from(TEXTS), PATCHES)
def test_a_damaged_text(text: bytes, patches: bytes) -> None:
    """A text of any of the four kinds with bytes changed anywhere."""
    with suppress(CardReaderError):
        assert whole(identity_of(patched(text, patches, 256)))


@settings(max_examples=1_000, deadline=None)
@given(st.sampled_from([*FLAGS.values(), ""]), st.binary(max_size=260))
def test_any_text(flag: str, text: bytes) -> None:
    """Bytes by chance, with the flag of one of the kinds, or as they are."""
    if flag:
        text = text.ljust(248)[:248] + flag.encode("utf-16-le") + bytes(6)
    with pytest.raises(CardReaderError):
        identity_of(text)


@settings(max_examples=1_500, deadline=None)
@given(PATCHES, st.binary(max_size=40))
def test_any_line(patches: bytes, noise: bytes) -> None:
    """A line that carries a damaged frame between noise, cut into pieces."""
    line = noise + patched(FRAMES[0][len(patches) % 3], patches, 1295) + noise
    piece = 1 + 37 * len(noise)
    reader = FrameReader()
    for start in range(0, len(line), piece):
        for frame in reader.feed(line[start : start + piece]):
            with suppress(CardReaderError):
                answer_of(frame)


@settings(max_examples=1_500, deadline=None)
@given(st.sampled_from(FRAMES), PATCHES, st.binary(max_size=40))
def test_any_security_module(frames: list[bytes], patches: bytes, chance: bytes) -> None:
    """A module that answers with right frames, damaged ones, any status, and bytes by chance."""
    answers = any_frames(frames, patches, chance)

    class Module:
        def exchange(self, frame: bytes, within: float) -> bytes:
            return next(answers)

    with suppress(CardReaderError):
        assert whole(identity_of(read_text(Module())))


def any_frames(frames: list[bytes], patches: bytes, chance: bytes) -> Iterator[bytes]:
    yield from frames[: len(patches) % 4]
    for number, choice in enumerate(chance):
        match choice % 4:
            case 0:
                yield patched(frames[number % 3], patches, 300)
            case 1:
                yield sam_frame(choice, chance)
            case 2:
                yield chance
            case 3:
                yield frames[number % 3]
    while True:
        yield b""


@settings(max_examples=3_000, deadline=None)
@given(PATCHES, st.binary(max_size=60))
def test_any_social_security_card(patches: bytes, chance: bytes) -> None:
    """A card that gives some answers rightly, others damaged, and others by chance."""
    chip = SocialSecurityChip(CHIPS[len(patches) % 8 == 7], t0=len(chance) % 2 == 1)
    steps = iter(chance)

    class Card:
        def send_and_receive(self, apdu: bytes) -> tuple[bytes, int]:
            data, status_word = chip.send_and_receive(apdu)
            match next(steps, 0) % 8:
                case 1 if data:
                    return patched(data, patches, len(data)), status_word
                case 2:
                    return chance, 0x9000
                case 3:
                    return data, int.from_bytes(chance[:2], "big")
                case _:
                    return data, status_word

    with suppress(CardReaderError):
        assert whole(read_identity(Card()))


def names(most: int, alphabet: str) -> st.SearchStrategy[str]:
    """Names of at most `most` characters that end and begin with none of the marks within."""
    return st.text(alphabet, min_size=1, max_size=most).map(lambda name: name.strip(" -',."))


def chinese(units: int) -> st.SearchStrategy[str]:
    """At most `units` of UTF-16, with characters beyond the basic plane and in private use."""
    texts = st.text("张王欧阳䶮𬱖〇龑·\ue863𠮷阿A", min_size=1, max_size=units)
    return texts.filter(lambda name: len(name.encode("utf-16-le")) <= 2 * units)


LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZÉ -',."


@st.composite
def holders(draw: st.DrawFn, person: Identity) -> Identity:
    """Other people with the same kind of document."""
    birth = draw(st.dates(date(1900, 1, 1), date(2026, 12, 31)))
    valid_from = draw(st.dates(date(2005, 1, 1), date(2030, 12, 31)))
    known = replace(
        person,
        birth=birth,
        sex=draw(st.sampled_from(list(type(person.sex)))),
        valid_from=valid_from,
        valid_to=draw(st.dates(valid_from, date(2099, 12, 31))),
        number=number_for(person, birth, draw(st.integers(0, 999))),
        name=draw(chinese(15)),
    )
    match person.kind:
        case IdentityKind.RESIDENT_ID:
            ends = draw(st.sampled_from([known.valid_to, None]))
            return replace(known, valid_to=ends, address=draw(chinese(35)), nation="56")
        case IdentityKind.HMT_RESIDENCE_PERMIT:
            return replace(known, issuer=draw(chinese(15)))
        case IdentityKind.PERMANENT_RESIDENT_2017:
            return with_latin_name(known, draw(names(60, LATIN)))
        case IdentityKind.PERMANENT_RESIDENT_2023:
            return with_latin_name(known, draw(names(46, LATIN)))
        case IdentityKind.SOCIAL_SECURITY_CARD:
            return replace(known, name=draw(chinese(12)))


def with_latin_name(person: Identity, name: str) -> Identity:
    """Its words parted by one space."""
    return replace(person, latin_name=" ".join(name.split()) or "O")


def number_for(person: Identity, birth: date, serial: int) -> str:
    if person.kind is IdentityKind.PERMANENT_RESIDENT_2017:
        return f"MYS350{birth:%y%m}{serial:05}"
    return with_check(f"{person.number[:6]}{birth:%Y%m%d}{serial:03}")


@pytest.mark.parametrize("person", [*PEOPLE, ZHANG_YAN_INSURED])
def test_whoever_is_on_the_card_is_read(person: Identity) -> None:
    """Any fields that a card can carry come back as they went on it."""

    @settings(max_examples=100, deadline=None)
    @given(holders(person))
    def round_trip(holder: Identity) -> None:
        assert holder == read_back(holder)

    round_trip()


def read_back(holder: Identity) -> Identity:
    if holder.kind is IdentityKind.SOCIAL_SECURITY_CARD:
        return read_identity(SocialSecurityChip(social_security_files(holder)))
    return identity_of(card_text(holder))
