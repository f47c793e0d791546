"""Every ideograph that a shipped face has is drawn in that face, and no other."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from hardware.receipt_printer.lettering import Lettering
from kiosk.faces import COVERAGE, Face, drawable, is_mark, runs

FONTS = COVERAGE.parent
COVERED = {
    face: frozenset(
        point
        for first, last in json.loads(COVERAGE.read_text("ascii"))[face.value]
        for point in range(first, last + 1)
    )
    for face in Face
}
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "fonts.md"
SELECTOR = "\U000e0100"
RARE = {
    # Noto has these; 〇 is no ideograph by its block.
    "䶮": Face.MAIN,
    "𬱖": Face.MAIN,
    "〇": Face.MAIN,
    "𠮷": Face.MAIN,
    "\U0002003f": Face.RARE_1,
    "\U0002b823": Face.RARE_1,
    "\U0002f800": Face.RARE_1,
    "\u9ff0": Face.RARE_2,
    "\u4db6": Face.RARE_2,
    "\U00030000": Face.RARE_2,
}
ANY = st.sampled_from(sorted(frozenset().union(*COVERED.values()))).map(chr)
NAMES = st.lists(
    st.one_of(ANY, st.sampled_from([*RARE, "王", "·", SELECTOR, "\u0301", "\U0003ffff"]))
).map("".join)


@pytest.mark.parametrize(("character", "face"), RARE.items())
def test_a_character_is_given_to_the_face_that_has_it(character: str, face: Face) -> None:
    """What names bring: characters of the blocks that Noto has in part or not at all."""
    assert ((face, character),) == runs(character)


@given(NAMES)
def test_the_runs_are_the_text(text: str) -> None:
    """Nothing is lost, nothing is cut where the face stays the same."""
    found = runs(text)
    assert text == "".join(part for _face, part in found)
    assert all(a is not b for (a, _), (b, _) in pairwise(found))


@given(NAMES)
def test_each_run_has_the_face_that_covers_it(text: str) -> None:
    """A character that any face has is in a run of such a face; marks go with their base."""
    for face, part in runs(text):
        for character in part:
            covering = {f for f, points in COVERED.items() if ord(character) in points}
            assert is_mark(character) or face in (covering or {Face.MAIN})


def test_a_mark_stays_with_its_base() -> None:
    """A variation selector after a rare character does not come alone into another face."""
    name = f"王\U0002003f{SELECTOR}明"
    expected = ((Face.MAIN, "王"), (Face.RARE_1, f"\U0002003f{SELECTOR}"), (Face.MAIN, "明"))
    assert expected == runs(name)
    assert "王\U0002003f明" == drawable(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ŁUKASZ ŻÓŁĆ", "LUKASZ ZÓLC"),
        ("ŞAHİN, ÇAĞRI", "SAHIN, ÇAGRI"),
        ("Đặng, Ğı", "Đặng, Gi"),
        ("ƏLİYEV, ĲSBRAND", "ELIYEV, IJSBRAND"),
        ("MÜLLER-ØRSTED, ĀÑÉ", "MÜLLER-ØRSTED, ĀÑÉ"),
        ("张䶮·〇", "张䶮·〇"),
    ],
)
def test_latin_letters_that_no_face_has_are_spelt_without_marks(name: str, expected: str) -> None:
    """As machines read them in passports; what a face has stays as it is."""
    drawn = drawable(name)
    assert expected == drawn
    assert {ord(character) for character in drawn} <= COVERED[Face.MAIN]


def test_no_character_is_covered_twice() -> None:
    """The rare faces hold nothing that another face has, so each character has one shape."""
    main, first, second = (COVERED[face] for face in Face)
    assert frozenset() == (main & first) | (main & second) | (first & second)


@pytest.mark.parametrize("face", Face)
@pytest.mark.parametrize("bold", [False, True])
def test_the_table_says_what_is_in_the_file(face: Face, bold: bool) -> None:
    """The last character of each range draws something other than the face's box."""
    font = ImageFont.truetype(FONTS / face.file(bold), 20)
    box = bytes(font.getmask("\U0010ffff"))
    table = json.loads(COVERAGE.read_text("ascii"))[face.value]
    assert [] == [hex(last) for _first, last in table if bytes(font.getmask(chr(last))) == box]


@pytest.mark.parametrize("character", [c + s for c in RARE for s in ("", SELECTOR)])
@pytest.mark.parametrize("bold", [False, True])
def test_no_box_on_paper(character: str, bold: bool) -> None:
    """A rare character, with a variation selector or without, prints as dots of its own: neither
    as nothing nor as the box of any face."""
    letters = Lettering(FONTS)

    def printed(text: str) -> bytes:
        picture = Image.new("1", (60, 60), 1)
        letters.draw(ImageDraw.Draw(picture), text, 5, 45, 40, bold=bold, ink=0)
        return picture.tobytes()

    assert printed(character) == printed(character[0])
    assert printed(character) not in (printed(""), *boxes(bold))
    assert 40 == round(letters.length(character, 40, bold))


def boxes(bold: bool) -> list[bytes]:
    """What each face draws for a character that it lacks."""
    pictures = []
    for face in Face:
        picture = Image.new("1", (60, 60), 1)
        font = ImageFont.truetype(FONTS / face.file(bold), 40, layout_engine=ImageFont.Layout.BASIC)
        ImageDraw.Draw(picture).text((5, 45), "\U0010ffff", 0, font, anchor="ls")
        pictures.append(picture.tobytes())
    return pictures


ROW = re.compile(r"\| [^|]+ \| ([0-9A-F]+)–([0-9A-F]+)" + r" \| (\d+)" * 5 + r" \|")


def test_the_document_tells_the_numbers_of_the_table() -> None:
    """Each block's row in docs/fonts.md says how many of its characters each face draws."""
    rows = ROW.findall(DOCUMENT.read_text("utf-8"))
    assert 12 == len(rows)
    for first, last, *told in rows:
        block = range(int(first, 16), int(last, 16) + 1)
        by_face = [len(COVERED[face].intersection(block)) for face in Face]
        characters = int(told[0])
        expected = [characters, *by_face, characters - sum(by_face)]
        assert expected == [int(number) for number in told], first
