"""The intake's own list of items against the kiosk's catalogue."""

from pathlib import Path

import pytest

from kiosk.catalogue.load import load_catalogue
from kiosk.catalogue.models import Handling
from sandbox.intake.item_directory import load_items

CATALOGUE = load_catalogue(Path(__file__).parents[2] / "config" / "catalogue")
ITEMS = [item for item in CATALOGUE.items if not item.parts]
DIRECTORY = load_items()


def test_directory_knows_the_catalogue() -> None:
    """Every item of the kiosk's catalogue is in the directory, under the same name and
    department and with the same promise: what a citizen was shown is what is supervised. Life
    events reach the intake as the items they consist of."""
    departments = {department.key: department.name for department in CATALOGUE.departments}
    for item in ITEMS:
        known = DIRECTORY.item(item.code)
        assert known is not None, item.code
        assert (item.name, departments[item.department]) == (known.name, known.department)
        assert (item.promised.amount if item.promised else None) == known.promised, item.code
        assert (item.handling is Handling.IMMEDIATE) is known.immediate, item.code


def test_unsourced_promises_stay_marked() -> None:
    """A promise is marked as sample data here wherever the catalogue marks it so."""
    for item in ITEMS:
        known = DIRECTORY.item(item.code)
        assert known is not None
        assert (item.promised.origin.value if item.promised else None) == known.origin, item.code


ITEM = '- &a {{code: "{code}", name: 甲, department: 乙, promised: {promised}, immediate: false'


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (ITEM.format(code="1", promised=3) + ", origin: sample}", "code"),
        (ITEM.format(code="001", promised=-1) + ", origin: sample}", "promised"),
        (ITEM.format(code="001", promised=3) + "}", "origin"),
        (ITEM.format(code="001", promised="null") + "}\n- *a", "twice"),
    ],
)
def test_wrong_directory(tmp_path: Path, text: str, word: str) -> None:
    """A wrong directory is refused with a word about what is wrong."""
    file = tmp_path / "items.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=word):
        load_items(file)
