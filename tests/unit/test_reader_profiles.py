"""Reader profiles: which reader and which card they fit, and how a bad file is named."""

from pathlib import Path

import pytest

from hardware.card_reader.profiles import (
    ChipSerialProfile,
    PageProfile,
    ReaderProfile,
    Role,
    SerialProfile,
    SocialSecurityProfile,
    WrappedProfile,
    load_profiles,
)
from kiosk.errors import ConfigurationError

SHIPPED = Path(__file__).parents[2] / "config" / "readers"

GOOD = """
name = "one"
transport = "page"
reader = "Vendor *"
atr = ["3B.{24}9000.*"]
"""


def profile(folder: Path, text: str) -> ReaderProfile:
    (folder / "one.toml").write_text(text, encoding="utf-8")
    (only,) = load_profiles(folder)
    return only


WRAPPED = """
name = "two"
transport = "wrapped"
reader = "Vendor *"
atr = ["3B.*"]
[wrapped]
head = "FFFE0001"
"""

SERIAL = """
name = "three"
transport = "serial"
[serial]
device = "/dev/ttyUSB0"
"""


def shipped(kind: type[ReaderProfile]) -> ReaderProfile:
    (only,) = (profile for profile in load_profiles(SHIPPED) if type(profile) is kind)
    return only


def test_the_shipped_profiles_read_any_reader() -> None:
    """The kiosk reads a card on whatever reader is plugged in, without a change to its files; a
    chip's serial is what it asks for last."""
    profiles = load_profiles(SHIPPED)
    assert [PageProfile, WrappedProfile, SocialSecurityProfile, ChipSerialProfile] == [
        type(profile) for profile in profiles
    ]
    for profile in profiles:
        assert profile.fits_reader("Virtual PCD 00 00")
        assert profile.fits_reader("Some Vendor SR-100 [ID] 01 00")


def test_the_examples_are_right(tmp_path: Path) -> None:
    """What is offered for copying can be copied."""
    assert load_profiles(SHIPPED / "examples")


def test_a_pseudo_apdu_is_described_whole(tmp_path: Path) -> None:
    """A vendor's way of wrapping frames needs no program."""
    told = WRAPPED + 'le = true\nskip = 2\nfetch = "00C00001"\npiece = 128\n'
    only = profile(tmp_path, told)
    assert isinstance(only, WrappedProfile)
    assert (bytes.fromhex("FFFE0001"), True, 2, bytes.fromhex("00C00001"), 128) == (
        only.wrapped.head,
        only.wrapped.le,
        only.wrapped.skip,
        only.wrapped.fetch,
        only.wrapped.piece,
    )


def test_a_serial_reader_has_the_speed_of_its_kind(tmp_path: Path) -> None:
    """115200 baud unless the file says otherwise, and the role of the reader for identity cards."""
    only = profile(tmp_path, SERIAL)
    assert isinstance(only, SerialProfile)
    assert (Path("/dev/ttyUSB0"), 115200) == (only.serial.device, only.serial.baud)
    assert Role.IDENTITY_CARD == only.role


@pytest.mark.parametrize(
    ("fits", "atr"),
    [
        (True, "3B8F8001804F0CA000000306009000000000009F"),  # 90 00 counted from 0
        (True, "3B8F8001804F0CA00000030690000000000000FF"),  # 90 00 counted from 1
        (True, "3B888001D10386050080800058"),
        (True, "3B868001804F03F001003A"),
        (True, "3B8F8001804F0CA00000030607FFB00000000020"),
        (False, "3B6500002063CB6800"),  # a bank card
        (False, "3B8F8001804F0CA0000003060300010000000068"),  # a bare memory card
        (False, ""),
    ],
)
def test_cards_are_told_by_a_set_of_atrs(fits: bool, atr: str) -> None:
    """The answers to reset that readers give for an ID card fit; those of other cards do not."""
    assert fits == shipped(PageProfile).fits_card(bytes.fromhex(atr))


def test_a_profile_can_name_one_model(tmp_path: Path) -> None:
    """A hall with other readers beside it can name the one for ID cards."""
    only = profile(tmp_path, GOOD)
    assert only.fits_reader("Vendor SR-100 00 00")
    assert not only.fits_reader("Other 00 00")


@pytest.mark.parametrize(
    ("line", "reason", "text"),
    [
        (0, "transport", GOOD.replace('"page"', '"radio"')),
        (0, "atr", GOOD.replace('["3B.{24}9000.*"]', "[]")),
        (0, "atr.0", GOOD.replace("3B.{24}9000.*", "3B(")),
        (0, "speed", GOOD + "speed = 1\n"),
        (0, "reader", GOOD.replace('reader = "Vendor *"', "")),
        (0, "role", GOOD + 'role = "anything"\n'),
        (0, "wrapped.head", WRAPPED.replace("FFFE0001", "FFFE00")),
        (0, "wrapped.head", WRAPPED.replace("FFFE0001", "FFFE000G")),
        (0, "wrapped.piece", WRAPPED + "piece = 0\n"),
        (0, "serial.baud", SERIAL + "baud = 5\n"),
        (3, "at line 3", 'name = "one"\n\nreader = \n'),
    ],
)
def test_a_bad_file_is_named_with_its_reason(
    tmp_path: Path, line: int, reason: str, text: str
) -> None:
    """Whoever edited a profile wrongly is told which file, which key and why."""
    with pytest.raises(ConfigurationError) as caught:
        profile(tmp_path, text)
    assert tmp_path / "one.toml" == caught.value.file
    assert line == caught.value.line
    assert reason in caught.value.reason


def test_a_folder_without_profiles_is_an_error(tmp_path: Path) -> None:
    """A kiosk that could read no card says so when it starts."""
    with pytest.raises(ConfigurationError):
        load_profiles(tmp_path)
