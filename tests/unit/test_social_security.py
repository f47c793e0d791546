"""A social security card: what is asked of it, what is read, and what is turned away."""

from dataclasses import replace

import pytest

from hardware.card_reader.social_security import read_identity
from kiosk.errors import (
    CardUnknown,
    CardUnreadable,
    IdentityInvalid,
    SocialSecurityCardProtected,
)
from kiosk.identity import Identity
from tests.card_bytes import SocialSecurityChip, social_security_files
from tests.people import ZHANG_YAN_INSURED as PERSON

CARD, HOLDER = 0xEF05, 0xEF06


def changed(file: int, tag: int, value: bytes | None) -> SocialSecurityChip:
    """张龑's card with one record of another value, or without it."""
    files = social_security_files(PERSON)
    if value is None:
        del files[file][tag]
    else:
        files[file][tag] = value
    return SocialSecurityChip(files)


@pytest.mark.parametrize("t0", [False, True])
@pytest.mark.parametrize("version", ["1.00", "2.00", "2.0\0"])
@pytest.mark.parametrize("padding", [b" ", b"\0", b"\xff"])
def test_every_field_is_read(version: str, t0: bool, padding: bytes) -> None:
    """A free card becomes the person it stands for, by either protocol, however it is padded."""
    files = social_security_files(PERSON, version, padding)
    assert PERSON == read_identity(SocialSecurityChip(files, t0=t0))


def test_the_commands_are_those_of_the_card() -> None:
    """The application, the two files and their records by tag: no PIN, and nothing written."""
    chip = SocialSecurityChip(social_security_files(PERSON))
    read_identity(chip)
    assert [
        "00A404000F7378312E73682EC9E7BBE1B1A3D5CF",
        "00A4020002EF05", "00B2030006", "00B2050006", "00B2060006",
        "00A4020002EF06", "00B20D0006", "00B2080014", "00B2090020", "00B24E0016", "00B20A0003",
        "00B20B0003",
    ] == chip.commands


def test_answers_in_pieces_are_fetched() -> None:
    """On T=0 what a SELECT leaves is fetched before the next command."""
    chip = SocialSecurityChip(social_security_files(PERSON), t0=True)
    read_identity(chip)
    assert ["00C0000002"] * 3 == [command for command in chip.commands if command[2:4] == "C0"]


def test_another_length_than_asked_is_asked_for_again() -> None:
    """A record that is shorter on this card (`6Cxx`) is read by its own length."""
    chip = changed(HOLDER, 0x09, "张龑".encode("gbk"))
    chip.t0 = True
    assert "张龑" == read_identity(chip).name


@pytest.mark.parametrize(
    "name",
    [
        "李〇",
        "阿依古丽·买买提",
        "萧𬱖䶮",
        "司马\ue000",
        "一二三四五六七八九十甲乙丙丁戊",
        "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯辰",
        "HAMDAN NOOR ABDULLAH BIN ABANG",
        "MAXIMILIANA ELEONORE ALEXANDRA VON HOHENSTEINHAUS",
        "一甲乙丙丁戊己庚辛壬癸子丑寅X𬱖",  # parted within a character
    ],
)
def test_rare_and_long_names_are_read_whole(name: str) -> None:
    """A name goes on in its extension; characters beyond GBK, ·, 〇 and Latin letters survive."""
    person = replace(PERSON, name=name)
    assert person == read_identity(SocialSecurityChip(social_security_files(person)))


@pytest.mark.parametrize("padding", [b" ", b"\0", b"\xff"])
def test_padding_between_two_parts_of_a_name_is_one_space(padding: bytes) -> None:
    """A name that was parted before its field was full has one space there."""
    files = social_security_files(PERSON)
    files[HOLDER][0x09] = b"HAMDAN NOOR".ljust(30, padding)
    files[HOLDER][0x4E] = b"RIDZUAN".ljust(20, padding)
    assert "HAMDAN NOOR RIDZUAN" == read_identity(SocialSecurityChip(files)).name


@pytest.mark.parametrize(
    ("file", "tag", "same"),
    [
        (HOLDER, 0x4E, PERSON),
        (CARD, 0x05, None),
        (HOLDER, 0x0D, None),
    ],
)
def test_only_the_extension_of_a_name_may_be_absent(
    file: int, tag: int, same: Identity | None
) -> None:
    """Cards without the name's extension are read; another record that is missing is refused."""
    chip = changed(file, tag, None)
    if same is not None:
        assert same == read_identity(chip)
        return
    with pytest.raises(CardUnreadable) as caught:
        read_identity(chip)
    assert 0x6A83 == caught.value.status_word


@pytest.mark.parametrize("nothing", [b"\0", b"\xff"])
def test_dates_and_nation_may_be_blank(nothing: bytes) -> None:
    """A card that does not say how long it is valid, or the nation, says so with padding."""
    files = social_security_files(PERSON)
    files[CARD][0x05] = files[CARD][0x06] = nothing * 4
    files[HOLDER][0x0B] = nothing
    person = replace(PERSON, valid_from=None, valid_to=None, nation=None)
    assert person == read_identity(SocialSecurityChip(files))


@pytest.mark.parametrize("version", ["3.00", "3.0\0"])
def test_a_protected_card_is_told_apart_before_its_holder_is_asked_for(version: str) -> None:
    """Version 3 has words of its own, and nothing is tried on it after its version was read."""
    chip = SocialSecurityChip(social_security_files(PERSON, version))
    with pytest.raises(SocialSecurityCardProtected):
        read_identity(chip)
    assert "00B2030006" == chip.commands[-1]


def test_a_file_that_wants_authentication_is_protected() -> None:
    """A card that says of itself that it must be opened first has the same words."""

    class Closed(SocialSecurityChip):
        def send_and_receive(self, apdu: bytes) -> tuple[bytes, int]:
            if apdu[:3] == bytes.fromhex("00B20D"):
                return b"", 0x6982
            return super().send_and_receive(apdu)

    with pytest.raises(SocialSecurityCardProtected):
        read_identity(Closed(social_security_files(PERSON)))


@pytest.mark.parametrize("status_word", [0x6A81, 0x6A82, 0x6D00, 0x6E00])
def test_a_card_without_the_application_is_unknown(status_word: int) -> None:
    """A bank card or a bus card is another card, not a broken one."""

    class Other:
        def send_and_receive(self, apdu: bytes) -> tuple[bytes, int]:
            return b"", status_word

    with pytest.raises(CardUnknown):
        read_identity(Other())


def test_a_version_of_the_future_is_unknown() -> None:
    """A version that nobody has described is not read on the chance that it fits."""
    with pytest.raises(CardUnknown):
        read_identity(SocialSecurityChip(social_security_files(PERSON, "4.00")))


@pytest.mark.parametrize(
    ("file", "tag", "value", "field"),
    [
        (CARD, 0x03, b"2,00", "version"),
        (CARD, 0x03, b"", "version"),
        (CARD, 0x05, bytes.fromhex("20161301"), "valid_from"),
        (CARD, 0x05, bytes.fromhex("2016070A"), "valid_from"),
        (CARD, 0x06, bytes.fromhex("20160630"), "valid_to"),
        (HOLDER, 0x0D, bytes.fromhex("19520230"), "birth"),
        (HOLDER, 0x0D, bytes.fromhex("195203"), "birth"),
        (HOLDER, 0x0D, b"", "birth"),
        (HOLDER, 0x08, b"350428195203140014", "number"),
        (HOLDER, 0x08, b"350428198807070021", "number"),
        (HOLDER, 0x08, b"35042819520314001", "number"),
        (HOLDER, 0x08, b"", "number"),
        (HOLDER, 0x09, b"", "name"),
        (HOLDER, 0x09, b"\xd5\xc5\xfd", "name"),
        (HOLDER, 0x09, b"\xd5\xc5\n", "name"),
        (HOLDER, 0x4E, b"\xd5\x00", "name"),
        (HOLDER, 0x0A, b"\x01", "sex"),
        (HOLDER, 0x0A, b"", "sex"),
        (HOLDER, 0x0B, b"\x57", "nation"),
        (HOLDER, 0x0B, b"\x1f", "nation"),
    ],
)
def test_a_wrong_field_is_named(file: int, tag: int, value: bytes, field: str) -> None:
    """Whatever is wrong with a field, the error names that field and holds none of its content."""
    with pytest.raises(IdentityInvalid) as caught:
        read_identity(changed(file, tag, value))
    assert field == str(caught.value)
    assert None is caught.value.__context__


class OneAnswer(SocialSecurityChip):
    """Gives one answer of its own to the command that begins with `to`."""

    def __init__(self, to: str, answer: tuple[bytes, int]) -> None:
        super().__init__(social_security_files(PERSON))
        self._to = bytes.fromhex(to)
        self._answer = answer

    def send_and_receive(self, apdu: bytes) -> tuple[bytes, int]:
        if apdu.startswith(self._to):
            return self._answer
        return super().send_and_receive(apdu)


@pytest.mark.parametrize(
    "command", ["00A404", "00A4020002EF05", "00B203", "00A4020002EF06", "00B208", "00B24E"]
)
def test_a_refusal_is_carried(command: str) -> None:
    """The card's own word for a refusal reaches staff, from whichever command."""
    with pytest.raises(CardUnreadable) as caught:
        read_identity(OneAnswer(command, (b"", 0x6F00)))
    assert 0x6F00 == caught.value.status_word


def test_records_of_any_order_are_searched_by_tag() -> None:
    """A card that answers with several records gives the one that was asked for."""
    several = bytes.fromhex("0A0131") + b"\x08\x12" + PERSON.number.encode() + b"\0\0"
    assert PERSON == read_identity(OneAnswer("00B208", (several, 0x9000)))


@pytest.mark.parametrize("answer", ["", "08", "0812", "0813" + "30" * 18, "0901300A0131"])
def test_an_answer_without_the_record_is_unreadable(answer: str) -> None:
    """A record that is cut short, or another one, is not taken for the one that was asked."""
    with pytest.raises(CardUnreadable):
        read_identity(OneAnswer("00B208", (bytes.fromhex(answer), 0x9000)))


def test_a_card_that_always_has_more_is_unreadable() -> None:
    """A card that never stops offering pieces is given up."""
    with pytest.raises(CardUnreadable) as caught:
        read_identity(OneAnswer("00", (b"\0", 0x6101)))
    assert 0x6101 == caught.value.status_word
