"""Rare characters of names are written by their look, by touches on the screen's keyboard."""

from pathlib import Path

import pytest
from form_fixtures import SIZES
from test_keyboard_sizes import fits

from kiosk.forms.questions import Question, QuestionKind
from kiosk.text_entry.engines import Engines
from kiosk.text_entry.rare_characters.rare_characters import load_rare_characters

CONFIG = Path(__file__).resolve().parents[2] / "config"
RARE = load_rare_characters(CONFIG / "rare_characters")
STROKES = {radical.form: radical.strokes for radical in RARE.radicals}
PERSON = Question(id="person", kind=QuestionKind.TEXT, label="配偶姓名", names_person=True)
MOST_PAGES = 10


@pytest.fixture(params=SIZES)
def hall(hall, request):
    """A visit before a name, in a kiosk that knows rare characters and no pinyin."""
    hall.size = SIZES[request.param]
    hall.open(None, Engines(rare=RARE))
    hall.fill_in(PERSON)
    hall.touch(line(hall))
    return hall


def line(hall):
    return hall.field("配偶姓名").text_target


def written(hall) -> str:
    return hall.session.drafts.get("person", "")


def cells(hall) -> dict:
    from screens.keyboard.cells import Cell

    return {w.words: w for w in hall.view.dock.walk() if isinstance(w, Cell)}


def stands(hall, name: str) -> bool:
    return any(getattr(widget, "name", "") == name for widget in hall.view.dock.walk())


def touch_until(hall, words: str, arrow: str) -> int:
    """Turn pages as far as needed and touch the cell; how many touches it took."""
    for page in range(MOST_PAGES):
        if words in cells(hall):
            hall.touch(cells(hall)[words])
            return page + 1
        assert stands(hall, arrow), f"{words} is not there"
        hall.tap(arrow)
    raise AssertionError(f"{words} is not on the first {MOST_PAGES} pages")


def write(hall, character: str, radical: str, further: int) -> int:
    """Touches that it takes somebody who counts strokes rightly, and sees what is there."""
    hall.tap("部首")
    touches = 1
    if STROKES[radical] != 3:
        hall.tap(f"{STROKES[radical]}画" if STROKES[radical] < 9 else "9+画")
        touches += 1
    touches += touch_until(hall, radical, "page-after")
    if character not in cells(hall):
        touches += touch_until(hall, f"{further}画", "tabs-after")
    return touches + touch_until(hall, character, "page-after")


@pytest.mark.parametrize(
    ("character", "radical", "further", "portrait", "landscape"),
    [
        ("䶮", "龙", 4, 4, 4),
        ("𬱖", "页", 5, 5, 5),
        ("〇", "乙", 0, 4, 4),
        ("𬭎", "钅", 7, 6, 5),
        ("龑", "龍", 4, 5, 4),
        ("㛃", "女", 6, 5, 4),
        ("堃", "土", 8, 5, 5),
        ("堃", "方", 7, 5, 4),
    ],
)
def test_a_rare_character_takes_few_touches(
    hall, character, radical, further, portrait, landscape
):
    """Its holder writes it without staff in eight touches at most, the one that opens the radicals
    among them; so many it takes."""
    touches = write(hall, character, radical, further)
    assert touches == (landscape if hall.size == SIZES["landscape"] else portrait)
    assert touches <= 8
    assert written(hall) == character


def test_the_standard_table_takes_few_touches(hall):
    """Of all characters that a name may be registered with 99.9 % take eight touches at most, from
    the key 部首 on, whoever counts the strokes rightly."""
    lines = (CONFIG / "pinyin" / "characters.tsv").read_text("utf-8").splitlines()
    least = least_touches()
    counts = [least[line[0]] for line in lines]
    assert 0.999 <= sum(count <= 8 for count in counts) / len(counts)
    assert 5 >= sorted(counts)[len(counts) // 2]


def least_touches() -> dict[str, int]:
    from screens.keyboard.cells import ROWS, pages_of
    from screens.keyboard.radical_panel import columns
    from screens.theme import look

    of_radicals, of_characters = (count * ROWS - 1 for count in columns(look()))
    least: dict[str, int] = {}

    def note(characters, before: int) -> None:
        for touches, page in enumerate(pages_of(characters, of_characters), before + 1):
            for character in page:
                least[character] = min(least.get(character, touches), touches)

    for tab in range(1, 10):
        radicals = [r for r in RARE.radicals if min(r.strokes, 9) == tab]
        for touches, page in enumerate(pages_of(radicals, of_radicals), 2 + (tab != 3)):
            for radical in page:
                note(RARE.usual(radical), touches)
                tabs = sorted(RARE.further_strokes(radical), key=lambda n: (n == 0, n))
                for turned, numbers in enumerate(pages_of(tabs, 8)):
                    for number in numbers:
                        note(RARE.characters(radical, number), touches + turned + 1)
    return least


@pytest.mark.parametrize("large", [False, True])
def test_everything_can_be_touched_in_every_look(hall, large):
    """Tabs, radicals, characters, arrows: each is large enough and none on another; the keyboard is
    as high as ever."""
    hall.session.large_type = large
    hall.fill_in(PERSON)
    hall.touch(line(hall))
    high = hall.view.dock.height
    hall.tap("部首")
    assert fits(hall)
    for strokes in ("1画", "3画", "4画", "9+画", "合成", "3画"):
        hall.tap(strokes)
        assert fits(hall), strokes
    hall.tap("氵")
    assert fits(hall)
    for arrow in ("tabs-after", "page-after", "tabs-before", "page-before"):
        hall.tap(arrow)
        assert fits(hall), arrow
    assert high == hall.view.dock.height


def test_each_character_is_drawn_in_a_face_that_has_it(hall):
    """No candidate is a box: one that Noto lacks is set in a rare face, and stays inside its
    key."""
    from kiosk.faces import has_rare

    hall.tap("部首")
    hall.tap("9+画")
    touch_until(hall, "龍", "page-after")
    touch_until(hall, "11画", "tabs-after")
    rare = {words: cell for words, cell in cells(hall).items() if has_rare(words)}
    assert "𪚣" in rare
    assert all(cell.markup and "[font=rare" in cell.text for cell in rare.values())
    assert all(cell.texture_size[0] <= cell.width for cell in rare.values())


def test_parts_become_one_character(hall):
    """What stands before the parts stays; 䶮 takes the place of 龙 and 天."""
    line(hall).insert_text("林龙天")
    hall.tap("部首")
    hall.tap("合成")
    hall.tap("䶮")
    assert written(hall) == "林䶮"


def test_parts_are_looked_for_again_when_the_line_changes(hall):
    """A character is never put in the place of others than its parts."""
    line(hall).insert_text("林龙天")
    hall.tap("部首")
    hall.tap("合成")
    hall.tap("backspace")
    assert "䶮" not in cells(hall)
    line(hall).insert_text("天")
    hall.tap("合成")
    line(hall).cursor = (1, 0)
    hall.tap("䶮")
    assert written(hall) == "林龙天"
    line(hall).cursor = (3, 0)
    hall.tap("合成")
    hall.tap("䶮")
    assert written(hall) == "林䶮"


def test_what_to_do_is_said_where_there_are_no_parts(hall):
    """Who touches 合成 first reads how it works."""
    hall.tap("部首")
    hall.tap("合成")
    assert hall.shows("先写出字的两三个部分")


def test_one_can_go_back_from_each_page(hall):
    """To the radicals of the same number of strokes; the radical itself is a character as well."""
    hall.tap("部首")
    hall.tap("5画")
    hall.tap("龙")
    hall.tap("重选")
    assert {"龙", "钅", "矛"} <= set(cells(hall))
    hall.tap("龙")
    touch_until(hall, "0画", "tabs-after")
    hall.tap("龙")
    assert written(hall) == "龙"


def test_nothing_of_the_citizen_stays_in_the_keys(hall):
    """What was offered tells of a name: it goes when typing ends."""
    from screens.keyboard.cells import Cell

    hall.tap("部首")
    hall.tap("5画")
    hall.tap("龙")
    panel = next(w for w in hall.view.dock.walk() if type(w).__name__ == "RadicalPanel")
    kept = [panel._characters, panel._radicals, panel._tabs]
    hall.tap("完成")
    hall.frames()
    for part in kept:
        assert {""} == {cell.words for cell in part._cells}
        assert not [child for child in part.children if isinstance(child, Cell)]
