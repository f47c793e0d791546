"""A virtual card: what its file may say, and that its chip answers byte by byte as facts say."""

from pathlib import Path

import pytest

from sandbox.cards.card_file import CardFileError, SamCard, load_card
from sandbox.cards.card_text import content, text_of
from sandbox.cards.chip import Chip, chip_of

CARDS = Path(__file__).parents[1] / "cards"
FILES = sorted(CARDS.glob("*.yaml"))
SELECT_APPLICATION = "00a404000f7378312e73682ec9e7bbe1b1a3d5cf"
SELECT_CARD_FILE = "00a4020002ef05"
SELECT_HOLDER_FILE = "00a4020002ef06"
FIND = "aaaaaa96690003200122"
SELECT = "aaaaaa96690003200221"
READ = "aaaaaa96690003300132"
FOUND = "aaaaaa9669000800009f0000000097"


def chip(name: str) -> Chip:
    return chip_of(load_card(CARDS / f"{name}.yaml"))


def changed(folder: Path, name: str, more: str) -> Chip:
    """The chip of a card whose file has some lines more."""
    file = folder / "card.yaml"
    file.write_text((CARDS / f"{name}.yaml").read_text("utf-8") + more, encoding="utf-8")
    return chip_of(load_card(file))


def ask(chip: Chip, *apdus: str) -> str:
    """What comes to the last of them, in hex."""
    answers = [chip.answer(bytes.fromhex(apdu)).hex() for apdu in apdus]
    return answers[-1]


def wrapped(frame: str, head: str = "ff000000") -> str:
    return f"{head}{len(frame) // 2:02x}{frame}"


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("zhang-yan", {0: "张龑 ", 30: "1", 32: "01", 36: "19520314", 122: "350428195203140013",
                       158: "将乐县公安局", 188: "20120618", 204: "长期 ", 248: " "}),
        ("lin-kaho", {0: "林嘉豪 ", 36: "19850612", 122: "810000198506120016", 220: "H12345678",
                      238: "01", 242: "   ", 248: "J", 250: "   "}),
        ("marie-tremblay", {0: "TREMBLAY, MARIE-CLAIRE ", 120: "2", 122: "CAN350004120317",
                            152: "CAN", 158: "谭玛丽 ", 188: "20190408", 204: "20290407",
                            220: "19791130", 236: "01", 240: "1500", 248: "I", 250: "   "}),
        ("hamdan-noor", {0: " ", 30: "1", 32: "00", 36: "19900217",
                         52: "HAMDAN NOOR ABDULLAH BIN MUHAMMAD R", 122: "935458199002170012",
                         158: " ", 188: "20240520", 204: "20340519", 220: "IDZUAN ", 242: "MYS",
                         248: "Y", 250: "   "}),
    ],
)  # fmt: skip
def test_text_stands_where_the_facts_say(name: str, places: dict[int, str]) -> None:
    """Each kind has its 256 bytes of UTF-16LE, every field at its offset, and its flag at 248."""
    card = load_card(CARDS / f"{name}.yaml")
    assert isinstance(card, SamCard)
    text = text_of(card)
    assert 256 == len(text)
    for offset, words in places.items():
        encoded = words.encode("utf-16-le")
        assert words == text[offset : offset + len(encoded)].decode("utf-16-le"), offset


def test_a_rare_character_takes_its_two_units() -> None:
    """𬱖 stands as two UTF-16 units, and what follows stays where it belongs."""
    card = load_card(CARDS / "xiao-yan.yaml")
    assert isinstance(card, SamCard)
    assert "萧𬱖䶮".encode("utf-16-le") + b" \0" * 11 == text_of(card)[:30]


def test_pages() -> None:
    """Five pages of 256 bytes and one of 4 are the 1284 bytes of a card."""
    card = load_card(CARDS / "lin-kaho.yaml")
    assert isinstance(card, SamCard)
    pages = [chip_of(card).answer(bytes([0xFF, 0xB0, page, 0, 0])) for page in range(6)]
    assert [258] * 5 + [6] == [len(page) for page in pages]
    assert {b"\x90\x00"} == {page[-2:] for page in pages}
    assert content(card) == b"".join(page[:-2] for page in pages)
    assert bytes.fromhex("01000400") == content(card)[:4]


@pytest.mark.parametrize(
    ("apdu", "answer"),
    [("ffb0060000", "6b00"), ("ffb00000", "6b00"), ("00a4040000", "6d00")],
    ids=["a page too many", "too short", "another command"],
)
def test_other_commands_are_refused(apdu: str, answer: str) -> None:
    """The virtual card knows its six pages and nothing else."""
    assert answer == ask(chip("zhang-yan"), apdu)


@pytest.mark.parametrize("head", ["FF000000", "FFEF0102"])
def test_wrapped_frames(tmp_path: Path, head: str) -> None:
    """Behind the configured head, and with or without Le, travel the facts' own frames."""
    card = changed(tmp_path, "ho-chin", f"frames: {{head: {head}}}\n")
    assert FOUND + "9000" == ask(card, wrapped(FIND, head))
    assert FOUND + "9000" == ask(card, wrapped(FIND, head) + "00")
    selected = ask(card, wrapped(SELECT, head))
    assert "aaaaaa9669000c0000900000000000000000" + "9c" + "9000" == selected
    read = ask(card, wrapped(READ, head))
    assert (1295 + 2) * 2 == len(read)
    beginning = "aaaaaa9669" "0508" "000090" "0100" "0400"
    assert read.startswith(beginning + "何䶮".encode("utf-16-le").hex())


def test_what_a_vendor_puts_before_a_frame(tmp_path: Path) -> None:
    """It stands before the answer's frame, before the status word."""
    card = changed(tmp_path, "ho-chin", "frames: {before: 00A1}\n")
    assert "00a1" + FOUND + "9000" == ask(card, wrapped(FIND))


@pytest.mark.parametrize(
    ("apdu", "answer"),
    [
        ("ff0100000a" + FIND, "6d00"),
        ("ff00000009" + FIND[:-2] + "0000", "6700"),
        ("ff0000000b" + FIND, "6700"),
        ("ff000000", "6700"),
        (wrapped(FIND[:-2] + "23"), "aaaaaa9669000400001014" + "9000"),
        (wrapped("aaaaaa96690004200122"), "aaaaaa9669000400001115" + "9000"),
        (wrapped("aaaaaa96690003210123"), "aaaaaa9669000400002125" + "9000"),
    ],
    ids=["another head", "longer", "shorter", "no frame", "check", "length", "command"],
)
def test_wrong_frames(apdu: str, answer: str) -> None:
    """A wrong APDU is refused by its status word, a wrong frame by an SW3 inside a right answer."""
    assert answer == ask(chip("ho-chin"), apdu)


def test_a_long_answer_is_fetched(tmp_path: Path) -> None:
    """Where it is so configured, an answer comes in pieces of up to 256 bytes by GET RESPONSE."""
    card = changed(tmp_path, "ho-chin", "frames: {fetched: true}\n")
    assert "610f" == ask(card, wrapped(FIND))
    assert FOUND + "9000" == ask(card, "00c000000f")
    assert "6113" == ask(card, wrapped(SELECT))
    assert "6100" == ask(card, wrapped(READ))
    pieces = [card.answer(bytes.fromhex("00c0000000")) for _ in range(6)]
    assert [256] * 5 + [15] == [len(piece) - 2 for piece in pieces]
    assert ["6100"] * 4 + ["610f", "9000"] == [piece[-2:].hex() for piece in pieces]


def test_a_social_security_card_is_read_by_tag_and_by_number() -> None:
    """Records stand under their tags, and in the order of the card's version under numbers."""
    card = chip("zhang-yan-insured")
    assert "9000" == ask(card, SELECT_APPLICATION)[-4:]
    assert "9000" == ask(card, SELECT_CARD_FILE)
    assert "0304" + "322e3030" + "9000" == ask(card, "00b2030006")
    assert "0709" + b"A12345678".hex() + "9000" == ask(card, "00b207000b")
    assert "0504" + "20160701" + "9000" == ask(card, "00b2050006")
    assert "0304" + "322e3030" + "9000" == ask(card, "00b2032c06")
    assert "9000" == ask(card, SELECT_HOLDER_FILE)
    number = "0812" + b"350428195203140013".hex() + "9000"
    assert number == ask(card, "00b2080014") == ask(card, "00b2013400")
    name = "091e" + "张".encode("gbk").hex()
    assert ask(card, "00b2090020").startswith(name)
    assert "4e14" + "00" * 20 + "9000" == ask(card, "00b2033400")
    assert "0a01" + "31" + "9000" == ask(card, "00b2043400")
    assert "0b01" + "01" + "9000" == ask(card, "00b20b0003")
    assert "0d04" + "19520314" + "9000" == ask(card, "00b20d0006")
    assert "6a83" == ask(card, "00b20e0000") == ask(card, "00b2083400") == ask(card, "00b2003400")


def test_a_reset_forgets_what_was_selected() -> None:
    """A card that was reset has to be selected, or found, from the beginning."""
    card = chip("zhang-yan-insured")
    assert "9000" == ask(card, SELECT_APPLICATION, SELECT_HOLDER_FILE, "00b20a0003")[-4:]
    card.reset()
    assert "6a82" == ask(card, "00b20a0003")
    wrapping = chip("ho-chin")
    ask(wrapping, wrapped(FIND), wrapped(SELECT))
    wrapping.reset()
    assert "aaaaaa96690004000041459000" == ask(wrapping, wrapped(READ))


def test_version_1_has_no_extension_of_the_name_and_fetches() -> None:
    """Its third record is the sex; what it has to say is fetched, at the length that it says."""
    card = chip("insured-version-1")
    assert "6113" == ask(card, SELECT_APPLICATION)
    assert "6f11840f" + SELECT_APPLICATION[10:] + "9000" == ask(card, "00c0000013")
    assert "9000" == ask(card, SELECT_HOLDER_FILE)
    assert "6c03" == ask(card, "00b2033400")
    assert "0a01" + "32" + "9000" == ask(card, "00b2033403")
    assert "6a83" == ask(card, "00b24e0016")


def test_version_3_locks_the_holder() -> None:
    """Its holder's file and most of the card's are closed; number, version and id are open."""
    card = chip("insured-version-3")
    ask(card, SELECT_APPLICATION, SELECT_CARD_FILE)
    for tag in (0x01, 0x03, 0x07):
        assert ask(card, f"00b2{tag:02x}0000").endswith("9000")
    for tag in (0x02, 0x04, 0x05, 0x06):
        assert "6982" == ask(card, f"00b2{tag:02x}0000")
    ask(card, SELECT_HOLDER_FILE)
    for tag in (0x08, 0x09, 0x4E, 0x0A, 0x0B, 0x0C, 0x0D):
        assert "6982" == ask(card, f"00b2{tag:02x}0000")


@pytest.mark.parametrize(
    ("apdus", "answer"),
    [
        ((SELECT_HOLDER_FILE,), "6a82"),
        (("00b2080014",), "6a82"),
        ((SELECT_APPLICATION, "00a4020002ef07"), "6a82"),
        ((SELECT_APPLICATION[:-2] + "00",), "6a82"),
        ((SELECT_APPLICATION, "00b2080014"), "6a83"),
        ((SELECT_APPLICATION, "0020000003123456"), "6d00"),
        (("00a4",), "6700"),
    ],
)
def test_what_a_social_security_card_refuses(apdus: tuple[str, ...], answer: str) -> None:
    """Files before the application, files and records that are not there; it has no PIN to try."""
    assert answer == ask(chip("zhang-yan-insured"), *apdus)


def test_a_chip_serial_and_nothing_else() -> None:
    """An identity card on a reader without a security module gives 8 bytes that are no identity."""
    card = chip("chip-serial")
    assert "1a2b3c4d5e6f7081" + "9000" == ask(card, "0036000008")
    for apdu in ("ffb0000000", wrapped(FIND), SELECT_APPLICATION):
        assert "6d00" == ask(card, apdu)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_atr_is_well_formed(file: Path) -> None:
    """PC/SC turns away an ATR whose form or check byte is wrong; T=0 has no check byte."""
    atr = chip_of(load_card(file)).atr
    history = atr[1] & 0x0F
    at, protocols, follows = 2, [], atr[1] >> 4
    while True:
        at += bin(follows & 0b111).count("1")
        if not follows & 0b1000:
            break
        protocols.append(atr[at] & 0x0F)
        follows = atr[at] >> 4
        at += 1
    checked = any(protocols)
    assert at + history + checked == len(atr)
    check = 0
    for byte in atr[1:]:
        check ^= byte
    assert not checked or 0 == check


def test_the_atr_says_how_a_card_is_shown() -> None:
    """90 00 in its card name marks a card that is read as pages."""
    assert "9000" == chip("zhang-yan").atr[13:15].hex()
    assert "9000" not in chip("ho-chin").atr.hex()


@pytest.mark.parametrize(
    ("faults", "answer"),
    [
        ("answer: empty", "9000"),
        ("answer: short", "1a2b3c4d9000"),
        ("answer: wrong_length", "1a2b3c4d5e6f7081009000"),
        ("answer: empty, answer_at: 2", "1a2b3c4d5e6f70819000"),
    ],
)
def test_a_fault_acts_on_the_data_of_an_answer(tmp_path: Path, faults: str, answer: str) -> None:
    """The status word stays right, and an answer without data stays what it is."""
    card = changed(tmp_path, "chip-serial", f"faults: {{{faults}}}\n")
    assert answer == ask(card, "0036000008")
    assert "6d00" == ask(card, "ffb0000000")


def test_garbage_is_as_long_as_what_is_right(tmp_path: Path) -> None:
    """Only what an answer says is wrong, not its form."""
    card = changed(tmp_path, "lin-kaho", "faults: {answer: garbage, answer_at: 2}\n")
    pages = [card.answer(bytes([0xFF, 0xB0, page, 0, 0])) for page in (0, 1, 1)]
    assert [258] * 3 == [len(page) for page in pages]
    assert pages[1] != pages[2]
    assert chip("lin-kaho").answer(bytes.fromhex("ffb0010000")) == pages[2]


@pytest.mark.parametrize("status", [0x10, 0x24, 0x31, 0x33, 0x41, 0x66, 0x81, 0x91])
def test_a_status_can_be_ordered_for_a_command(tmp_path: Path, status: int) -> None:
    """The module answers the one command with it, and the others rightly."""
    card = changed(tmp_path, "ho-chin", f"faults: {{sw3: {{read: 0x{status:x}}}}}\n")
    assert FOUND + "9000" == ask(card, wrapped(FIND))
    assert "9c9000" == ask(card, wrapped(SELECT))[-6:]
    assert f"aaaaaa966900040000{status:02x}{4 ^ status:02x}9000" == ask(card, wrapped(READ))


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        ("kind", "name: 张龑\n"),
        ("name", "kind: resident_id\nname: " + "张" * 16 + "\n"),
        ("leave_at_apdu", "kind: unknown\nfaults: {leave_at_apdu: 0}\n"),
        ("colour", "kind: unknown\ncolour: red\n"),
        ("line 1", "kind: [unknown\n"),
        ("security module", "kind: unknown\nfaults: {sw3: {find: 0x80}}\n"),
        ("wrapped", (CARDS / "lin-kaho.yaml").read_text("utf-8") + "faults: {sw3: {read: 65}}\n"),
        ("30 bytes", (CARDS / "insured-long-name.yaml").read_text("utf-8").replace("2.00", "1.00")),
        ("GB 18030", (CARDS / "insured-long-name.yaml").read_text("utf-8").replace("·", "·李")),
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
