"""A name stands whole wherever a screen shows it: rare characters, many parts, Latin letters."""

import re
from dataclasses import replace

import pytest
from form_fixtures import Hall
from ui_looks import LOOKS, Look, dress_as, inside, whole

from kiosk.catalogue.catalogue import Catalogue
from kiosk.faces import drawable
from kiosk.identity import Identity
from kiosk.journeys.filling import prefill
from kiosk.journeys.steps import Destination, Place
from tests import people

LONG = "阿卜杜热合曼江·买买提依明·吐尔逊尼亚孜·阿布都拉·古丽米热"
LATIN = "GARCIA MARTINEZ DE LA FUENTE, MARIA DE LOS ANGELES FERNANDAS"
LONGEST = (
    replace(people.ZHANG_YAN_INSURED, name=LONG),
    replace(people.MARIE_TREMBLAY, name=LATIN),
)
"""As long as documents have room for: 30 characters with an extension, 60 in Latin letters."""
OTHERS = (
    replace(people.ZHANG_YAN, name="萧𬱖䶮"),
    replace(people.ZHANG_YAN, name="古丽米热·阿卜杜热合曼江尼亚孜"),
    replace(people.LIN_KAHO, name="陳𬱖𠮷〇"),
    people.HAMDAN_NOOR,
    replace(people.HAMDAN_NOOR, name="WOLFESCHLEGELSTEINHAUSENBERGERDORFF, X"),
)


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_the_longest_names_stand_whole(hall: Hall, catalogue: Catalogue, look: Look) -> None:
    """In the form, where the answers are checked, and in a record that was looked up, all of it is
    drawn, inside all that is around it, and above the frame's buttons."""
    with dress_as(hall, look):
        for person in LONGEST:
            _find_on_each_screen(hall, catalogue, person)


def test_other_names_stand_whole(hall: Hall, catalogue: Catalogue) -> None:
    """Rare characters, some of two code units, and words that no line can break."""
    for person in OTHERS:
        _find_on_each_screen(hall, catalogue, person)


@pytest.mark.parametrize("large", [False, True])
def test_a_long_nation_stands_on_one_line(hall: Hall, catalogue: Catalogue, large: bool) -> None:
    """Beside the name where it has room there, else below it."""
    from screens.widgets.words import Words

    hall.session.large_type = large
    for nation, name in (("01", "汉族"), ("05", "维吾尔族"), ("40", "普米族")):
        _stand_before_form(hall, catalogue, replace(people.ZHANG_YAN, nation=nation))
        seen = [w for w in hall.view.walk(restrict=True) if isinstance(w, Words)]
        assert [name] == [words.text for words in seen if words.words == name]


def _stand_before_form(hall: Hall, catalogue: Catalogue, person: Identity) -> None:
    hall.session.item, hall.session.identity = catalogue.item("112"), person
    hall.session.answers.clear()
    prefill(hall.session)
    hall.dress()
    first = hall.attendant.pages()[0].questions[0]
    hall.attendant.here = Destination(Place.FORM, question=first)
    hall.show()


def _find_on_each_screen(hall: Hall, catalogue: Catalogue, person: Identity) -> None:
    _stand_before_form(hall, catalogue, person)
    _find_whole(hall, person.name)
    hall.attendant.here = Destination(Place.REVIEW)
    hall.show()
    _find_whole(hall, person.name)


def _find_whole(hall: Hall, name: str) -> None:
    from screens.widgets.words import Words

    seen = [w for w in hall.view.walk(restrict=True) if isinstance(w, Words)]
    (words,) = [w for w in seen if w.words == name]
    drawn = re.sub(r"\[/?font[^]]*\]|\s", "", words.text)
    assert re.sub(r"\s", "", drawable(name)) == drawn
    assert whole(words), name
    around = words
    while around.parent is not hall.view:
        assert inside(around, around.parent), (name, around, around.parent)
        around = around.parent
    lowest = min(w.y for w in seen if w.words)
    assert hall.shell.footer.top <= lowest, name
