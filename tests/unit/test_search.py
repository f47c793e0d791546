"""Finding an item by what citizens type."""

import random
from pathlib import Path
from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.load import load_catalogue
from kiosk.catalogue.search.found import Category, Part, Way
from kiosk.catalogue.search.query import patterns, query_of
from kiosk.catalogue.search.search import Search, load_search

CONFIG = Path(__file__).parents[2] / "config"
CATALOGUE = load_catalogue(CONFIG / "catalogue")
SEARCH = load_search(CONFIG / "search", CATALOGUE)

SOCIAL_SECURITY_CARD = "112"
OLD_AGE_ALLOWANCE = "041"


def codes(typed: str) -> list[str]:
    return [hit.code for hit in SEARCH.find(typed).items]


def first(typed: str) -> str | None:
    return next(iter(codes(typed)), None)


@pytest.mark.parametrize(
    "typed",
    [
        "社保卡", "shebaoka", "sbk", "shbk", "社baok", "shebaok", "sheb", "SHE BAO KA",
        "shè bǎo kǎ", "ｓｂｋ", "sebaoka", "舍宝卡", "shebaola", "shbaeoka", "我要办社保卡",
        "social security card",
    ],
)
def test_one_item_in_every_way_of_typing(typed: str) -> None:
    """Hanzi, pinyin, initials, mixtures, tones, other widths, dialect, slips, sentences and
    English all lead to the social security card first."""
    assert SOCIAL_SECURITY_CARD == first(typed)


@pytest.mark.parametrize(
    ("standard", "spoken"),
    [
        ("zhaopai", "zaopai"), ("chuangye", "cuangye"), ("shenqing", "senqing"), ("nian", "lian"),
        ("fang", "hang"), ("fang", "huang"), ("fei", "hui"), ("jing", "jin"), ("zheng", "zhen"),
        ("feng", "hong"), ("nv", "lu"),
    ],
)
def test_sounds_that_are_one_here(standard: str, spoken: str) -> None:
    """Each of the dialects' confusions falls together with the standard sound."""
    rules = SEARCH._columns._rules
    sounds = [SEARCH._sounds.read(letters)[0] for letters in (standard, spoken)]
    ours, theirs = ([rules.folded(piece.text) for piece in pieces] for pieces in sounds)
    assert ours == theirs


def test_results_come_while_typing() -> None:
    """From its second letter on the allowance for the old is among the first three."""
    word = "gaolingjintie"
    assert [] == [
        word[:end]
        for end in range(2, len(word) + 1)
        if OLD_AGE_ALLOWANCE not in codes(word[:end])[:3]
    ]


def test_syllables_keep_their_boundaries() -> None:
    """The letters "angao" stand in "gangao" (港澳) but begin in the middle of a syllable, and a gap
    between letters ends one."""
    assert [] == [
        hit for hit in SEARCH.find("angao").items if hit.match.way in (Way.PINYIN, Way.INITIALS)
    ]
    sounds = SEARCH._sounds
    assert ["xian"] == [piece.text for piece in patterns(query_of("xian"), sounds)[0]]
    assert ["xi", "an"] == [piece.text for piece in patterns(query_of("xi'an"), sounds)[0]]


def test_most_wanted_comes_first() -> None:
    """What is equally near is ordered by what people come for: the card before the records."""
    assert SOCIAL_SECURITY_CARD == first("社保")
    assert OLD_AGE_ALLOWANCE == first("老人补贴")
    assert {"096", "097"} == set(codes("身份证")[:2])


def test_a_hit_says_why() -> None:
    """An everyday word is shown with the letters that were met, an official name likewise."""
    alias = SEARCH.find("laorenbu").items[0].match
    assert (Part.ALIAS, Way.PINYIN, "老人补贴") == (alias.part, alias.way, alias.words)
    assert "老人补" == alias.words[alias.start : alias.stop]
    name = next(h.match for h in SEARCH.find("挂失解挂").items if h.code == SOCIAL_SECURITY_CARD)
    assert (Part.NAME, Way.TEXT) == (name.part, name.way)
    assert "挂失解挂" == name.words[name.start : name.stop]


def test_names_of_categories_are_found() -> None:
    """A department and a life event are offered beside the items."""
    assert "disabled_federation" in [c.key for c in SEARCH.find("县残联").categories]
    school = SEARCH.find("上学").categories
    assert (Part.LIFE_EVENT, "school") in [(c.part, c.key) for c in school]
    marriage = [c.part for c in SEARCH.find("婚姻登记").categories if c.key == "marriage"]
    assert [Part.FIELD] == marriage


def test_nothing_found_leads_to_categories() -> None:
    """Where no item fits there are categories none the less: near ones, or all fields."""
    found = SEARCH.find("zzzzxxqqq")
    assert () == found.items
    assert [field.key for field in CATALOGUE.fields] == [c.key for c in found.categories]
    near = SEARCH.find("看书的地方")
    assert () == near.items
    assert "education" in [c.key for c in near.categories]


def test_nothing_typed_finds_nothing() -> None:
    """Spaces and signs are no query."""
    for typed in ("", "  ", "，。！", "()/"):
        assert ((), ()) == (SEARCH.find(typed).items, SEARCH.find(typed).categories)


def test_what_has_nothing_to_do_with_us_is_not_found() -> None:
    """Below the cut-offs nothing is offered as if it were meant."""
    for typed in ("紫薯糕", "qwrtpsdf", "hello kitty", "xxxxxxx"):
        assert [] == codes(typed)


def test_fingers_on_the_keys_find_nothing() -> None:
    """Of six letters drawn by lot fewer than 3 % lead to an item, of four hanzi fewer than 3 %."""
    chance = random.Random(20)
    hanzi = "".join(sorted(SEARCH._sounds.readings))
    letters = ["".join(chance.choices(ascii_lowercase, k=6)) for _ in range(400)]
    characters = ["".join(chance.choices(hanzi, k=4)) for _ in range(400)]
    assert 12 > sum(bool(codes(typed)) for typed in letters)
    assert 12 > sum(bool(codes(typed)) for typed in characters)


def test_a_slip_is_forgiven() -> None:
    """A letter or a hanzi that is wrong, left out, too much or in the other's place, drawn by lot:
    97 of 100 everyday words and names are found all the same."""
    chance = random.Random(7)
    hanzi = "".join(sorted(SEARCH._sounds.readings))
    tried, missed = 0, []
    for entry in chance.sample([entry for entry in SEARCH._entries if entry.codes], 300):
        for letters, others, least in (("".join(entry.sounds), ascii_lowercase, 6),
                                       (entry.letters, hanzi, 4)):
            if least <= len(letters) <= 30 and letters.isalpha():
                at = chance.randrange(1, len(letters))
                before, here, after = letters[: at - 1], letters[at - 1 : at + 1], letters[at + 1 :]
                other = chance.choice(others)
                slips = [here[0] + other, here[0], here[0] + other + here[1], here[::-1]]
                typed = before + chance.choice(slips) + after
                tried += 1
                if not {*entry.codes} & {*codes(typed)[:3]}:
                    missed.append(typed)
    assert 400 < tried
    assert 0.03 * tried >= len(missed), missed


def test_a_slip_in_a_short_query_needs_the_beginning_of_a_word() -> None:
    """Five letters with one wrong still find the word that they begin, and nothing inside of a
    word."""
    assert "039" == first("dibap")
    assert [] == codes("iqaen")


@given(st.text(max_size=60))
def test_any_text_is_answered(typed: str) -> None:
    """No text raises; each item exists and stands once; the best comes first."""
    found = SEARCH.find(typed, limit=5)
    assert 5 >= len(found.items)
    listed = [hit.code for hit in found.items]
    assert len(set(listed)) == len(listed)
    assert {item.code for item in CATALOGUE.items} >= set(listed)
    scores = [hit.match.score for hit in found.items]
    assert sorted(scores, reverse=True) == scores
    for hit in found.items:
        assert 0 <= hit.match.start <= hit.match.stop <= len(hit.match.words)


PIECES = st.sampled_from(
    ["社", "保", "卡", "sh", "e", "bao", "z", "zheng", "证", " ", "n", "ü", "'", "12", "老人", "办"]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_mixture_is_answered(typed: str) -> None:
    """The same of what citizens mix: hanzi, syllables, initials, signs."""
    for hit in SEARCH.find(typed).items:
        assert 0 <= hit.match.start <= hit.match.stop <= len(hit.match.words)


def test_every_name_is_found_by_itself() -> None:
    """Each official name, its pinyin and its initials find the item among the first three."""
    missed = []
    for entry in SEARCH._entries:
        if entry.part is Part.NAME:
            spoken, initials = "".join(entry.sounds), "".join(sound[0] for sound in entry.sounds)
            for typed in (entry.words, spoken[:38], initials):
                if entry.codes[0] not in codes(typed)[:3]:
                    missed.append(typed)
    assert [] == missed


def test_items_without_prepared_sounds_are_found() -> None:
    """An item that was added after the columns were prepared is found by its pinyin too."""
    added = CATALOGUE.items[0].model_copy(update={"code": "900", "name": "河灯漂放报备"})
    catalogue = Catalogue(
        CATALOGUE.fields, CATALOGUE.departments, (*CATALOGUE.items, added)
    )
    search = load_search(CONFIG / "search", catalogue)
    assert ["900"] == [hit.code for hit in search.find("hedengpiaofang").items[:1]]
    assert ["900"] == [hit.code for hit in search.find("hdpf").items[:1]]


def test_a_category_holds_what_is_most_wanted_first() -> None:
    """The police's items begin with the identity card, a life event's as its file says."""
    by_key: dict[tuple[Part, str], Category] = {
        (c.part, c.key): c for c in SEARCH._categories
    }
    assert "096" == by_key[Part.FIELD, "public_security"].items[0]
    assert ("135", "136") == by_key[Part.LIFE_EVENT, "marriage"].items[:2]


def test_the_search_keeps_nothing_of_a_query() -> None:
    """A query changes nothing for the next one."""
    fresh = load_search(CONFIG / "search", CATALOGUE)
    assert isinstance(fresh, Search)
    before = fresh.find("sbk")
    for typed in ("王小明", "sbk", "残疾", "gjj"):
        fresh.find(typed)
    assert before == fresh.find("sbk")
