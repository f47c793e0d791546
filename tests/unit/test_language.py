"""The words of the program: English for every message, and no words that cannot be translated."""

import ast
import re
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.pofile import read_po

from kiosk import language
from kiosk.errors import ConfigurationError
from kiosk.language import Language, _, load_english, speak, spoken

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "assets" / "locale"
CHINESE = re.compile(r"[\u3400-\u9fff]")
FULL_WIDTH = re.compile(r"[\u3000-\u303f\uff00-\uffef]")
# The screens' font is one for Chinese: these take a whole square in it and tear words apart.
SQUARE = re.compile("[‘’“”…·×]")
PLACEHOLDER = re.compile(r"\{(\w*)\}")

# English has no measure words (个, 人, 项): 第 {number} {unit} is No. {number}.
MEASURE_WORD = "unit"

# What `_` may be given besides literal text: data that the extraction collects, by the name under
# which a model or a loop holds it. Whoever adds a name here adds its texts to the extraction.
DATA = frozenset(
    {
        # models of the catalogue, of forms and of the home page
        "name", "label", "hint", "unit", "promise", "title", "subtitle", "summary", "place",
        "why_not_here", "value", "words", "why", "standard", "sample", "consequence",
        # an item as the intake calls it
        "item_name",
        # config/kiosk.toml
        "hall", "area", "terminal",
        # loops over steps, conditions and notes of a guide
        "step", "c", "note",
        # a prefilled sex or ethnic group, and a title that was marked where it is written
        "text", "chinese",
    }
)

# Chinese that is no message, with the reason.
NO_MESSAGES = {
    "kiosk/catalogue/models.py": "values of enums as the data files write them",
    "kiosk/documents/days.py": "a Chinese date; an English one is written otherwise",
    "kiosk/documents/test_page.py": "dense characters and punctuation for the print head",
    "kiosk/forms/review.py": "a Chinese date; an English one is written otherwise",
    "kiosk/forms/validation.py": "what a typed date and a typed address may hold",
    "kiosk/line_breaking.py": "characters that stand at no line's end or beginning",
    "kiosk/text_entry/handwriting/characters.py": "where the ideographs begin and end",
    "kiosk/regions.py": "parts of official names of regions",
    "screens/keyboard/layouts.py": "characters that the keys type",
    "screens/shell.py": "the name of the language Chinese in Chinese",
    "screens/fields/measures.py": "samples that are measured, not shown",
    "screens/tour/eyes.py": "marks beside a label that a tour need not write",
    "screens/tour/hand.py": "a message for whoever writes tours",
    "screens/tour/script.py": "a message for whoever writes tours",
    "hardware/card_reader/text_fields.py": "the word for no end of validity on the card",
    "hardware/receipt_printer/sheet.py": "characters that hang over at a line's beginning",
}


@pytest.fixture(scope="module")
def extraction() -> ModuleType:
    """scripts/extract-words as a module; it has no ending that Python would import by."""
    loader = SourceFileLoader("extract_words", str(ROOT / "scripts" / "extract-words"))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    writes = sys.dont_write_bytecode
    sys.dont_write_bytecode = True
    try:
        loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = writes
    return module


@pytest.fixture(scope="module")
def extracted(extraction: ModuleType) -> list[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return extraction.messages()


@pytest.fixture(scope="module")
def english() -> dict[str, str]:
    with (LOCALE / "en" / "LC_MESSAGES" / "kiosk.po").open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file, abort_invalid=True) if m.id}


@pytest.fixture
def spoken_afterwards() -> Iterator[None]:
    before, loaded = spoken(), dict(language._loaded)
    yield
    language._loaded.clear()
    language._loaded.update(loaded)
    speak(before)


def test_the_file_holds_the_words_of_the_program(
    extracted: list[str], english: dict[str, str]
) -> None:
    """The English file has each message that is said today, and none that is no longer said."""
    assert [] == sorted(set(extracted) - set(english)), "run scripts/extract-words"
    assert [] == sorted(set(english) - set(extracted)), "run scripts/extract-words"


def test_updating_an_up_to_date_file_changes_nothing(extraction: ModuleType) -> None:
    """The extraction is deterministic: its own output comes out of it byte by byte."""
    written = extraction.PO.read_bytes()
    assert written == extraction.updated(written)


def test_a_translation_survives_and_an_old_message_goes(extraction: ModuleType) -> None:
    """An update keeps the English of a message and drops a message that nobody says."""
    written = extraction.PO.read_bytes()
    gone = 'msgid "没有人说的话"\nmsgstr "Nobody says this"\n'.encode()
    assert written == extraction.updated(written + b"\n" + gone)


def test_every_message_is_chinese(extracted: list[str]) -> None:
    """A message is its Chinese text; nothing stands in the program in English alone."""
    assert [] == [m for m in extracted if not CHINESE.search(m) and not FULL_WIDTH.search(m)]


def test_every_message_has_english(english: dict[str, str]) -> None:
    """No message is untranslated, and none is its own translation."""
    assert [] == [m for m, words in english.items() if not words.strip(" ") or words == m]


def test_english_holds_no_chinese(english: dict[str, str]) -> None:
    """Who reads English meets neither Chinese characters nor full-width punctuation."""
    found = [w for w in english.values() if CHINESE.search(w) or FULL_WIDTH.search(w)]
    assert [] == found


def test_english_holds_no_characters_as_wide_as_chinese_ones(english: dict[str, str]) -> None:
    """Apostrophes, quotes and dots are those of a typewriter, which the font sets narrow."""
    assert [] == [words for words in english.values() if SQUARE.search(words)]


def test_english_has_the_placeholders_of_the_chinese(english: dict[str, str]) -> None:
    """What is filled in is the same in both languages, but for measure words."""
    wrong = []
    for message, words in english.items():
        missing = Counter(PLACEHOLDER.findall(message))
        missing.subtract(PLACEHOLDER.findall(words))
        if any(count < 0 or (count and name != MEASURE_WORD) for name, count in missing.items()):
            wrong.append(message)
    assert [] == wrong


def test_english_keeps_no_stray_spaces(english: dict[str, str]) -> None:
    """Spaces at an end join words on purpose; two in a row are a mistake."""
    joined = {"、", "；", "（有的才带）"}
    assert [] == [w for w in english.values() if "  " in w]
    assert [] == [m for m, w in english.items() if w != w.strip() and m not in joined]


def test_the_chosen_language_is_spoken(spoken_afterwards: None) -> None:
    """English is spoken once it is loaded and chosen, and Chinese again afterwards."""
    load_english(LOCALE)
    speak(Language.ENGLISH)
    assert "Home" == _("首页")
    assert "没有译文的话" == _("没有译文的话")
    assert "" == _("")
    speak(Language.CHINESE)
    assert "首页" == _("首页")


def test_english_before_it_is_loaded_is_chinese(spoken_afterwards: None) -> None:
    """A citizen who is quicker than the loading reads Chinese, not an error."""
    language._loaded.pop(Language.ENGLISH, None)
    speak(Language.ENGLISH)
    assert Language.CHINESE is spoken()
    assert "首页" == _("首页")


def test_a_file_that_is_no_catalogue_is_refused(tmp_path: Path) -> None:
    """A broken English file is named with its line instead of leaving out words."""
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "kiosk.po").write_text('msgid "首页"\nmsgstr "Home"\nHome\n', encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"kiosk\.po:3"):
        load_english(tmp_path)


def test_only_literal_text_and_known_data_are_translated() -> None:
    """Every argument of `_` and `mark` can be extracted: no f-string, no sum, no choice in it."""
    wrong = [
        f"{file}:{call.lineno}: {ast.unparse(call)}"
        for file, tree in _program()
        for call in _translations(tree)
        if len(call.args) != 1 or call.keywords or not _is_extractable(call.args[0])
    ]
    assert [] == wrong


def test_no_words_for_citizens_stand_outside_translation() -> None:
    """Chinese text in the program goes through `_` or `mark`, or its file says why it does not."""
    wrong = []
    for file, tree in _program():
        if file not in NO_MESSAGES:
            wrong += [f"{file}:{line}: {text}" for line, text in _untranslated(tree)]
    assert [] == wrong


def test_the_list_of_exceptions_is_not_longer_than_needed() -> None:
    """A file stays among the exceptions only while it has Chinese text of its own."""
    needed = {file for file, tree in _program() if any(_untranslated(tree))}
    assert [] == sorted(set(NO_MESSAGES) - needed)


def _program() -> Iterator[tuple[str, ast.Module]]:
    for folder in ("kiosk", "screens", "hardware"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def _translations(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="_" | "mark")):
                yield node


def _is_extractable(argument: ast.expr) -> bool:
    match argument:
        case ast.Constant(value=str()):
            return True
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name in DATA
        case ast.BoolOp(op=ast.Or(), values=[data, default]):
            # `question.unit or "项"`: data, or a literal in its place.
            return _is_extractable(data) and isinstance(default, ast.Constant)
        case ast.Call(func=ast.Name(id="next"), args=[ast.GeneratorExp(elt=found)]):
            return _is_extractable(found)
    return False


def _untranslated(tree: ast.Module) -> Iterator[tuple[int, str]]:
    passed: set[int] = set()
    for call in _translations(tree):
        passed.update(map(id, ast.walk(call)))
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant() as docstring):
                passed.add(id(docstring))
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr="compile")):
                passed.update(map(id, ast.walk(node)))
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if id(node) not in passed:
                if CHINESE.search(text) or FULL_WIDTH.search(text):
                    yield node.lineno, text
