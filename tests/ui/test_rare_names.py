"""No citizen's name shows a box on the screen."""

import pytest
from form_fixtures import kivy_window  # noqa: F401

RARE_1, RARE_2 = "\U0002003f", "\u9ff0"
LACKING = "\U0010ffff"
"""No face has it."""
NAMES = ["张䶮", "王𬱖", "〇", "李𠮷", RARE_1, RARE_2, "\U00030000"]
NAMES += [f"王{RARE_1}", f"欧阳{RARE_2}{RARE_1}"]

LATIN = "ÑÉØŁŞŘİĐŐƏĲÜ"
"""What passports write besides A to Z."""


@pytest.fixture
def words(kivy_window):  # noqa: F811
    from screens.theme import dress
    from screens.widgets.words import Words

    def made(text: str, **settings):
        dress(1080, 1920, False)
        label = Words(words=text, font_size=36, width=600, size_hint=(None, None), **settings)
        label.texture_update()
        return label

    return made


def drawn(label) -> bytes:
    """How strongly each pixel is inked."""
    return bytes(label.texture.pixels[3::4])


def first_column(label) -> list[bytes]:
    """Each row of the first 36 pixels."""
    inked, wide = drawn(label), label.texture.width
    return [inked[start : start + 36] for start in range(0, len(inked), wide)]


def tops(label) -> list[int]:
    """Rows at which ink begins below a row without, in the first column: one for each 王."""
    inked = [max(row) > 60 for row in first_column(label)]
    return [y for y in range(1, len(inked)) if inked[y] and not inked[y - 1]]


def boxes(words, heavy: bool) -> list[bytes]:
    """What each face draws for a character that it lacks."""
    found = [drawn(words(LACKING, heavy=heavy))]
    for face in ("rare-1", "rare-2"):
        label = words(LACKING, heavy=heavy)
        label.font_name = face
        label.texture_update()
        found.append(drawn(label))
    return found


@pytest.mark.parametrize("heavy", [False, True])
@pytest.mark.parametrize("character", sorted({*"".join(NAMES), *LATIN, "·"}, key=ord))
def test_each_character_is_drawn_as_itself(words, character: str, heavy: bool) -> None:
    """It is neither blank nor the box of any face."""
    inked = drawn(words(character, heavy=heavy))
    assert 0 < max(inked)
    assert inked not in boxes(words, heavy)


@pytest.mark.parametrize("name", NAMES)
def test_a_rare_name_takes_the_room_of_any_other(words, name: str) -> None:
    """As wide and as high as as many common characters, and its first one is drawn where it would
    be drawn without the rare one after it."""
    rare, common = words(name), words("王" * len(name))
    assert common.texture.size == rare.texture.size
    assert common.height == rare.height
    assert first_column(words(name[0])) == first_column(rare)


def test_lines_with_rare_characters_stand_where_lines_stand(words) -> None:
    """Each of three lines is where it is without rare characters, or one pixel above it (Kivy
    rounds where lines of several pieces begin)."""
    text = f"王{RARE_1}某{RARE_2}\n王{RARE_1}\n王某{RARE_2}{RARE_1}"
    plain = words(text.replace(RARE_1, "某").replace(RARE_2, "某"))
    rare = words(text)
    assert plain.texture.size == rare.texture.size
    expected = tops(plain)
    assert 3 == len(expected)
    assert all(0 <= a - b <= 1 for a, b in zip(expected, tops(rare), strict=True))


def test_brackets_in_a_name_stay_brackets(words) -> None:
    """What is written around a rare character is no markup."""
    label = words(f"[b]{RARE_1}&amp;")
    plain = words("[b]某&amp;")
    assert plain.texture.size == label.texture.size
    assert "&bl;b&br;" in label.text
    assert first_column(plain) == first_column(label)


def test_only_texts_with_rare_characters_are_marked_up(words) -> None:
    """Ordinary text goes the short way."""
    assert not words("张䶮").markup
    assert words(RARE_1).markup


def test_a_variation_selector_is_not_drawn(words) -> None:
    """The character is drawn as if it had none."""
    assert drawn(words("邉")) == drawn(words("邉\U000e0101"))
