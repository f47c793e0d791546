"""Each document on each width of paper is the picture that was looked at and found good."""

from dataclasses import replace

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from kiosk.documents.document import DocumentKind
from tests.documents.paper import GOLDEN, PAPERS, golden, picture
from tests.unit.paper_samples import WIDTHS, drawn, profile, sample

SQUARE, TOLERANCE = 32, 0.03
"""No square of so many dots differs by more than this share of them. Other versions of FreeType
round some edges otherwise, a dot or ten in a character; another character, or a line that moved by
one dot, is 100 and more."""

EACH = pytest.mark.parametrize(("kind", "width"), PAPERS)


@EACH
def test_a_document_is_its_golden_picture(kind: DocumentKind, width: str) -> None:
    """Whoever changes a word or the layout draws the pictures anew (scripts/draw-documents) and
    looks at them."""
    seen = picture(kind, width)
    with Image.open(golden(kind, width)) as wanted:
        assert wanted.size == seen.size
        assert TOLERANCE >= worst_square(np.asarray(wanted) != np.asarray(seen))


def worst_square(differing: np.ndarray) -> float:
    height, width = differing.shape
    whole = np.pad(differing, ((0, -height % SQUARE), (0, -width % SQUARE)))
    squares = whole.reshape(-1, SQUARE, whole.shape[1] // SQUARE, SQUARE)
    return float(squares.mean(axis=(1, 3)).max())


def test_one_other_character_is_seen() -> None:
    """A date that is another one by a single digit is no small difference."""
    paper = profile(WIDTHS[0])
    one, other = (
        np.asarray(drawn(replace(sample(DocumentKind.QUEUE_TICKET), footer=(day,)), paper))
        for day in ("2026-11-24", "2026-11-25")
    )
    assert TOLERANCE < worst_square(one != other)


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
