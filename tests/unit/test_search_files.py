"""What the search is made of, and how well it finds what citizens type."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from rapidfuzz import fuzz, process

from kiosk.catalogue.load import load_catalogue
from kiosk.catalogue.search.files import load_search_files
from kiosk.catalogue.search.query import normal
from kiosk.catalogue.search.search import load_search
from kiosk.errors import ConfigurationError

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "config" / "search"
CATALOGUE = load_catalogue(ROOT / "config" / "catalogue")
FILES = load_search_files(FOLDER, CATALOGUE)


def queries(file: str) -> dict[str, set[str]]:
    """What is typed and the codes of which one is right."""
    groups = yaml.safe_load((ROOT / "tests" / "search" / file).read_text("utf-8"))
    return {
        str(query): set(codes.split())
        for group in groups.values()
        for query, codes in group.items()
    }


def share_in_first_three(file: str) -> float:
    """Says how many are found, and which are not, but for those to which nothing is tuned."""
    search = load_search(FOLDER, CATALOGUE)
    asked = queries(file)
    missed = [
        query
        for query, wanted in asked.items()
        if not wanted & {hit.code for hit in search.find(query).items[:3]}
    ]
    told = "" if file == "held_out.yaml" else f"; not: {missed}"
    print(f"{file}: {len(asked) - len(missed)} of {len(asked)}{told}")
    return 1 - len(missed) / len(asked)


def test_citizens_find_what_they_mean() -> None:
    """At least 300 queries, of which 97 % find their item among the first three."""
    assert 300 <= len(queries("queries.yaml"))
    assert 0.97 <= share_in_first_three("queries.yaml")


def test_queries_to_which_nothing_was_tuned_are_found_too() -> None:
    """Of 120 everyday queries, most of them whole sentences, 92 % find their item among the first
    three."""
    assert 120 == len(queries("held_out.yaml"))
    assert 0.92 <= share_in_first_three("held_out.yaml")
    assert 0.95 <= share_in_first_three("unseen.yaml")


@pytest.mark.parametrize("file", ["queries.yaml", "unseen.yaml", "held_out.yaml"])
def test_queries_are_held_out(file: str) -> None:
    """No query is an alias, an item's name or one of the sentences, and each expects items that
    exist."""
    names = [item.name for item in CATALOGUE.items]
    sentences = [sentence for of_item in FILES.sentences.values() for sentence in of_item]
    given = {normal(text) for text in (*FILES.aliases, *names, *sentences)}
    assert set() == {query for query in queries(file) if normal(query) in given}
    codes = {item.code for item in CATALOGUE.items}
    assert codes >= set().union(*queries(file).values())


def test_sentences_do_not_give_away_the_queries() -> None:
    """No sentence is nearly a query to which nothing was tuned: rapidfuzz's ratio is 60 at most."""
    for file in ("unseen.yaml", "held_out.yaml"):
        asked = list(queries(file))
        for sentences in FILES.sentences.values():
            for sentence in sentences:
                assert [] == process.extract(sentence, asked, scorer=fuzz.ratio, score_cutoff=60.1)


def test_nonsense_is_not_answered() -> None:
    """Of 100 things that no hall answers at most 6 find an item; the others find categories."""
    search = load_search(FOLDER, CATALOGUE)
    groups = yaml.safe_load((ROOT / "tests" / "search" / "nonsense.yaml").read_text("utf-8"))
    asked = [typed for group in groups.values() for typed in group]
    answers = {typed: search.find(typed) for typed in asked}
    assert 100 == len(answers)
    assert 6 >= len([typed for typed, found in answers.items() if found.items])
    assert [] == [t for t, found in answers.items() if not found.items and not found.categories]


def test_every_item_has_everyday_words() -> None:
    """At least 300 aliases, some English; every item is meant by one; none is an item's name."""
    assert 300 <= len(FILES.aliases)
    assert 30 <= sum(phrase.isascii() for phrase in FILES.aliases)
    assert {"摆摊", "上户口", "看病报销", "老人补贴", "passport", "birth"} <= set(FILES.aliases)
    meant = {code for codes in FILES.aliases.values() for code in codes}
    assert {item.code for item in CATALOGUE.items} == meant
    assert set() == {item.name for item in CATALOGUE.items} & set(FILES.aliases)


def test_prepared_files_are_up_to_date() -> None:
    """columns.tsv and sounds.tsv are what the catalogue, the aliases and the English make them."""
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "build-search", "--check"],
        capture_output=True, text=True, timeout=60, check=False,
    )
    assert (0, "") == (done.returncode, done.stdout)


@pytest.mark.parametrize(
    ("text", "syllables"),
    [
        ("调档", "diao dang"), ("乡村医生执业注册", "xiang cun yi sheng zhi ye zhu ce"),
        ("长期身份证", "chang qi shen fen zheng"), ("会计公司", "kuai ji gong si"),
        ("旅馆业特种行业许可", "lv guan ye te zhong hang ye xu ke"),
    ],
)
def test_readings_are_right(text: str, syllables: str) -> None:
    """Characters with several readings are read as the word wants it."""
    known = FILES.columns.get(text)
    assert syllables == (" ".join(known.sounds) if known else "")


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "reason"),
    [
        ("aliases.yaml", '"139": [摆摊', '"999": [摆摊', 98, "no item has the code 999"),
        ("aliases.yaml", "[摆摊, 开店", "[摆摊, 摆摊", 98, "摆摊 stands twice"),
        ("aliases.yaml", "[摆摊, 开店", "[结婚登记, 开店", 98, "is an item's name already"),
        ("aliases.yaml", "[摆摊, 开店", "[摆摊, ！", 98, "words are needed here"),
        ("sentences.yaml", '"001": [', '"999": [', 6, "no item has the code 999"),
        ("sentences.yaml", '"001": [', '"001": [！, ', 6, "words are needed here"),
        ("life_events.yaml", '"036"', '"999"', 3, "no item has the code 999"),
        ("wanted.yaml", '"120", ', '"112", ', 3, "112 stands twice"),
        ("dialect.yaml", "initials:", "initial:", 0, "initials"),
        ("columns.tsv", "\tqi ye tou zi", "\tye tou zi", 1, "one syllable"),
        ("columns.tsv", "企业投资项目备案\t", "企业投资项目备案", 1, "3 columns"),
        ("sounds.tsv", "a\t", "a\t吖", 349, "stands twice"),
    ],
)
def test_wrong_files_are_named(
    tmp_path: Path, file: str, old: str, new: str, line: int, reason: str
) -> None:
    """A mistake in a file of the search is told with the file, the line and what it is."""
    folder = tmp_path / "search"
    shutil.copytree(FOLDER, folder)
    content = (folder / file).read_text("utf-8")
    assert old in content
    (folder / file).write_text(content.replace(old, new, 1), "utf-8")
    with pytest.raises(ConfigurationError) as raised:
        load_search(folder, CATALOGUE)
    assert folder / file == raised.value.file
    assert reason in raised.value.reason
    if line:
        assert line == raised.value.line


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """Without a prepared file the error says which one."""
    folder = tmp_path / "search"
    shutil.copytree(FOLDER, folder)
    (folder / "sounds.tsv").unlink()
    with pytest.raises(ConfigurationError) as raised:
        load_search(folder, CATALOGUE)
    assert folder / "sounds.tsv" == raised.value.file
