"""What stands on paper can be read, by an eye that has nothing to do with how it is drawn."""

import pytest
from rapidfuzz.distance import Levenshtein

from kiosk.documents.document import DocumentKind
from tests.documents.eyes import read
from tests.documents.paper import picture, text
from tests.unit.paper_samples import sample


@pytest.mark.parametrize(
    ("kind", "width"),
    [
        (DocumentKind.INTAKE_RECEIPT, "80mm"),
        (DocumentKind.PROMISE, "80mm"),
        (DocumentKind.DEVICE_REPORT, "58mm"),
    ],
)
def test_a_document_is_read_back(kind: DocumentKind, width: str) -> None:
    """At most 2 characters of 100 are read wrong, left out or made up; spaces do not count."""
    expected = text(sample(kind))
    seen = "".join("".join(read(picture(kind, width))).split())
    wrong = Levenshtein.distance(expected, seen)
    print(f"\n{kind} {width}: {wrong} of {len(expected)} characters wrong")
    assert 0.02 * len(expected) >= wrong
