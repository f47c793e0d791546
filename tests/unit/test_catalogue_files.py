"""Files under config/catalogue that are wrong: each is named with its line and what to do."""

import string
import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kiosk.catalogue.data_file import DataFile
from kiosk.catalogue.load import load_catalogue
from kiosk.catalogue.models import Item
from kiosk.errors import ConfigurationError

ITEM = "items/health/072-birth-registration.yaml"
FILES = {
    "fields.yaml": """\
- {key: general, name: 综合窗口, icon: home}
- {key: tax, name: 税务, icon: receipt-tax}
""",
    "departments.yaml": """\
- {key: health, name: 县卫健局, field: general}
- {key: tax_bureau, name: 县税务局, field: tax}
""",
    "frequent.yaml": "[]\n",
    "licences.yaml": "[结婚证]\n",
    "procedures.yaml": """\
filed:
  - 收件
  - 办结
""",
    "blocks/applicant.yaml": """\
sections:
  - id: applicant
    title: 申请人
    questions:
      - {id: name, kind: text, label: 姓名, prefill: name}
""",
    "blocks/materials.yaml": """\
for_each: bring
per_page: 2
sections:
  - id: materials
    title: 材料
    questions:
      - id: material
        kind: choice
        label: "{name}"
        options:
          - {key: counter, label: 带到窗口}
          - {key: electronic, label: 电子文件}
      - id: file
        kind: file
        label: 电子文件
        when: {question: material, one_of: [electronic]}
""",
    ITEM: """\
code: "072"
name: 生育登记
kind: file
department: health
item_class: 公共服务
handling: 承诺件
statutory: {amount: 20, unit: 工作日, origin: sample}
promised: {amount: 3, unit: 工作日, origin: sample}
applicants: [自然人]
materials:
  - {name: 居民身份证, provision: from_card}
  - {name: 结婚证, provision: bring}
  - {name: 照片, provision: bring, required: false}
  - {name: 户口簿, provision: bring}
materials_origin: sample
self_service: {level: full, origin: sample}
procedure: filed
form:
  - use: applicant
  - id: child
    title: 孩子
    questions:
      - id: stage
        kind: choice
        label: 现在是
        options:
          - {key: expecting, label: 怀孕}
          - {key: born, label: 已出生}
      - id: born_on
        kind: date
        label: 出生日期
        when: {question: stage, one_of: [born]}
  - use: materials
""",
}


def write(folder: Path, changed: dict[str, str] | None = None) -> Path:
    for name, text in {**FILES, **(changed or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def load_item(folder: Path) -> Item:
    return load_catalogue(write(folder)).item("072")


def test_form_is_put_together(tmp_path: Path) -> None:
    """Blocks and sections stand in the order of the file; materials are two on a page, numbered,
    and one that is not always needed may stay open."""
    form = load_item(tmp_path).form
    assert form is not None
    assert ["applicant", "child", "materials_1", "materials_2"] == [s.id for s in form.sections]
    pages = [[(q.id, q.label) for q in section.questions] for section in form.sections[2:]]
    first = [("material_1", "结婚证"), ("file_1", "电子文件")]
    second = [("material_2", "照片"), ("file_2", "电子文件")]
    assert [first + second, [("material_3", "户口簿"), ("file_3", "电子文件")]] == pages
    questions = {question.id: question for question in form.questions}
    assert [True, False, True] == [questions[f"material_{n}"].required for n in (1, 2, 3)]
    condition = questions["file_3"].when
    assert condition is not None
    assert "material_3" == condition.question


def test_steps_come_from_the_procedure(tmp_path: Path) -> None:
    """A procedure's steps stand in the guide of each item that names it."""
    assert ("收件", "办结") == load_item(tmp_path).guide.steps


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "reason"),
    [
        ("fields.yaml", "key: tax", "key: general", 2, "key general stands twice"),
        ("fields.yaml", "icon: home", "ikon: home", 1, "icon: Field required"),
        ("fields.yaml", FILES["fields.yaml"], "none: none\n", 1, "a list is needed"),
        ("departments.yaml", "field: tax", "field: taxes", 2, "no field taxes"),
        ("frequent.yaml", "[]", '["999"]', 1, "999 is no item with a complete form"),
        ("procedures.yaml", "  - 办结\n", "  - [办结]\n", 1, "a list of steps"),
        ("blocks/applicant.yaml", "kind: text", "kind: txt", 5, "sections.0.questions.0.kind"),
        ("blocks/materials.yaml", "per_page: 2", "per_page: 0", 2, "greater than or equal to 1"),
        (ITEM, 'code: "072"', 'code: "73"', 1, "code: String should match"),
        (ITEM, 'code: "072"', 'code: "073"', 1, "the file's name has to begin with 073-"),
        (ITEM, "name: 生育登记", "name: [", 4, "did not find expected"),
        (ITEM, "name: 生育登记", "name: 2026-13-45", 0, "has a value that cannot be"),
        (ITEM, "name: 生育登记", "kind: file", 3, "kind stands twice"),
        (ITEM, "name: 生育登记", "? [a, b]\n: c", 2, "a key has to be one word"),
        (ITEM, "department: health", "department: healt", 4, "no department healt"),
        (ITEM, "department: health", "department: tax_bureau", 4, "belongs into items/tax_bureau/"),
        (ITEM, "amount: 3", "amount: 21", 8, "longer than the statutory limit"),
        (ITEM, "handling: 承诺件", "handling: 即办件", 8, "即办件 end within 1 day"),
        (ITEM, "handling: 承诺件", "handling: 快办件", 6, "handling: Input should be"),
        (ITEM, "unit: 工作日, origin: sample}\napp", "origin: sample}\napp", 8, "unit: Field"),
        (ITEM, "name: 照片, provision: bring", "name: 照片, provision: hold", 13, "provision"),
        (ITEM, "origin: sample}\nproc", "origin: sample}\nfee: 5\nproc", 17, "fee: Extra inputs"),
        (ITEM, "procedure: filed", "accepts: [sam]\nprocedure: filed", 17, "accepts.0: Input"),
        (ITEM, "procedure: filed", "accepts: []\nprocedure: filed", 17, "accepts: Tuple should"),
        (ITEM, "procedure: filed", "procedure: fild", 17, "no procedure fild"),
        (ITEM, "procedure: filed", "procedure: filed\nguide: {steps: [a]}", 17, "or steps"),
        (ITEM, "use: applicant", "use: aplicant", 19, "no block aplicant; there are applicant"),
        (ITEM, "use: applicant", "use: applicant\n    id: more", 19, "use stands alone"),
        (ITEM, "kind: date", "kind: day", 30, "questions.1.kind: Input should be"),
        (ITEM, "id: born_on", "id: Born", 29, "questions.1.id: String should match"),
        (ITEM, "question: stage", "question: stag", 20, "born_on: its condition names no earlier"),
        (ITEM, "one_of: [born]", "one_of: [bron]", 20, "stage has no option bron"),
        (ITEM, "id: born_on", "id: name", 20, "name: this id stands twice"),
        (ITEM, "kind: file\ndep", "kind: guide\ndep", 1, "an item of kind file has a form"),
        (ITEM, "level: full", "level: guide", 1, "level guide allows kind guide alone"),
        (ITEM, "form:", "forms:", 18, "forms: Extra inputs"),
        ("licences.yaml", "[结婚证]", "结婚证", 1, "a list is needed"),
        ("licences.yaml", "[结婚证]", "[[结婚证]]", 1, "a list of kinds of licences"),
        (
            ITEM,
            "amount: 20, unit: 工作日",
            "amount: 2, unit: 日",
            8,
            "there 日 means",
        ),
        (
            ITEM,
            "3, unit: 工作日",
            "31, unit: 日",
            8,
            "(31 日) is longer than the stat",
        ),
        (
            ITEM,
            "3, unit: 工作日",
            "2, unit: 月",
            8,
            "(2 月) is longer than the statu",
        ),
    ],
)
def test_mistakes_are_named(
    tmp_path: Path, name: str, old: str, new: str, line: int, reason: str
) -> None:
    """A mistake in a file is reported with that file, the line where it stands and its reason."""
    assert 1 == FILES[name].count(old)
    folder = write(tmp_path, {name: FILES[name].replace(old, new)})
    with pytest.raises(ConfigurationError) as caught:
        load_catalogue(folder)
    assert (folder / name, line) == (caught.value.file, caught.value.line)
    assert reason in caught.value.reason


def test_two_files_with_one_code(tmp_path: Path) -> None:
    """A code that two files use is reported at the second of them."""
    second = "items/health/072-other.yaml"
    folder = write(tmp_path, {second: FILES[ITEM]})
    with pytest.raises(ConfigurationError, match="code 072 stands in another file too") as caught:
        load_catalogue(folder)
    assert (folder / second, 1) == (caught.value.file, caught.value.line)


def test_missing_file(tmp_path: Path) -> None:
    """A file that is not there is named."""
    folder = write(tmp_path)
    (folder / "fields.yaml").unlink()
    with pytest.raises(ConfigurationError, match="cannot be read") as caught:
        load_catalogue(folder)
    assert folder / "fields.yaml" == caught.value.file


def test_wrong_encoding(tmp_path: Path) -> None:
    """A file saved as GBK is called what it is."""
    folder = write(tmp_path)
    (folder / ITEM).write_bytes(FILES[ITEM].encode("gbk"))
    with pytest.raises(ConfigurationError, match="is not UTF-8 text"):
        load_catalogue(folder)


_KEYS = st.text(string.ascii_lowercase, min_size=1, max_size=5).map("k_".__add__)
_TREES = st.recursive(
    st.just("leaf"),
    lambda part: (
        st.lists(part, min_size=1, max_size=3)
        | st.dictionaries(_KEYS, part, min_size=1, max_size=3)
    ),
    max_leaves=12,
)


def _places(tree: Any, before: tuple[int | str, ...] = ()) -> list[tuple[int | str, ...]]:
    steps = tree.items() if isinstance(tree, dict) else enumerate(tree)
    if isinstance(tree, str):
        return [before]
    return [before, *(place for step, part in steps for place in _places(part, (*before, step)))]


@given(tree=st.dictionaries(_KEYS, _TREES, min_size=1, max_size=4), data=st.data())
def test_line_of_any_place(tree: dict[str, Any], data: st.DataObject) -> None:
    """For any place in any file, the reported line is the one that the place's key stands on."""
    place = data.draw(st.sampled_from(_places(tree)))
    text = yaml.safe_dump(tree, sort_keys=False)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.yaml"
        path.write_text(text, encoding="utf-8")
        file = DataFile(path)
        lines = text.splitlines()
        line = file.error(place, "").line
        beyond = file.error((*place, "not_there"), "").line
    assert line == beyond
    if place and isinstance(place[-1], str):
        assert f"{place[-1]}:" in lines[line - 1]
        earlier = [p for p in _places(tree) if p and isinstance(p[-1], str)]
        same_key = [p for p in earlier if p[-1] == place[-1]]
        with_key = [n for n, words in enumerate(lines, 1) if f"{place[-1]}:" in words.split()]
        assert with_key[same_key.index(place)] == line


@given(text=st.text(alphabet=st.sampled_from("ab:-[]{}&*!|>'\"#%@`,?\n \t0"), max_size=40))
def test_no_file_brings_anything_but_a_configuration_error(text: str) -> None:
    """Whatever stands in an item's file, the loader answers with its one kind of error."""
    with tempfile.TemporaryDirectory() as folder:
        with pytest.raises(ConfigurationError) as caught:
            load_catalogue(write(Path(folder), {ITEM: text}))
        assert ITEM in str(caught.value.file)
