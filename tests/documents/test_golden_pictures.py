"""Each document on each width of paper is the picture that was looked at and found good."""

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from kiosk.documents.document import DocumentKind
from tests.documents.paper import GOLDEN, PAPERS, golden, picture
from tests.unit.paper_samples import sample

TOLERANCE = 0.005
"""Of all dots: other versions of Pillow and FreeType round a stroke's edge otherwise. A line that
moved by one dot alone is more."""

EACH = pytest.mark.parametrize(("kind", "width"), PAPERS)


@EACH
def test_a_document_is_its_golden_picture(kind: DocumentKind, width: str) -> None:
    """Whoever changes a word or the layout draws the pictures anew (scripts/draw-documents) and
    looks at them."""
    drawn = picture(kind, width)
    with Image.open(golden(kind, width)) as wanted:
        assert wanted.size == drawn.size
        assert TOLERANCE >= (np.asarray(wanted) != np.asarray(drawn)).mean()


@EACH
def test_the_code_on_every_document_is_read(kind: DocumentKind, width: str) -> None:
    """A scanner finds one code and in it what the document says is in it."""
    code = sample(kind).qr
    assert code is not None
    with Image.open(golden(kind, width)) as paper:
        assert [code.content] == [c.text for c in zxingcpp.read_barcodes(paper.convert("L"))]


def test_no_picture_is_left_over() -> None:
    """A document that is no longer printed leaves none behind."""
    assert {golden(*each) for each in PAPERS} == set(GOLDEN.iterdir())
