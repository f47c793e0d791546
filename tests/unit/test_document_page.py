"""The sheet in a frame: found wherever it lies, and never where there is none."""

from dataclasses import dataclass

import cv2
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.document_camera.legibility import SOFTEST, brightness, evened, softness
from hardware.document_camera.page import find_page, straightened

SIZE = (1200, 900)
"""Of a frame."""
LONG = 1.414


@dataclass(frozen=True)
class Scene:
    """`jitter` moves the four corners, in hundredths of the sheet's longer side; `folded` is the
    number of the corner that is folded over, 4 where none is."""

    upright: bool
    wide: float
    turned: float
    jitter: tuple[float, ...]
    table: tuple[int, int, int]
    paper: int
    folded: int
    seed: int

    def corners(self) -> np.ndarray:
        """Clockwise from the upper left, whole inside the frame."""
        long = self.wide * (SIZE[1] if self.upright else SIZE[0])
        width, height = (long / LONG, long) if self.upright else (long, long / LONG)
        box = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * (width / 2, height / 2)
        box += np.reshape(self.jitter, (4, 2)) * long / 100
        angle = np.radians(self.turned)
        turn = np.array([(np.cos(angle), np.sin(angle)), (-np.sin(angle), np.cos(angle))])
        placed = box @ turn
        shrunk = min(1.0, *(0.47 * np.array(SIZE) / np.abs(placed).max(axis=0)))
        return placed * shrunk + np.array(SIZE) / 2

    def frame(self, sheet: bool = True) -> np.ndarray:
        chance = np.random.default_rng(self.seed)
        frame = np.full((SIZE[1], SIZE[0], 3), self.table, np.float32)
        if sheet:
            page = np.full((990, 700, 3) if self.upright else (700, 990, 3), self.paper, np.uint8)
            for top in range(80, page.shape[0] - 100, 36):
                cv2.rectangle(page, (70, top), (int(chance.integers(120, 600)), top + 14),
                              (60, 50, 50), -1)  # fmt: skip
            edges = np.array([(0, 0), (page.shape[1], 0), page.shape[1::-1], (0, page.shape[0])])
            mapping = cv2.getPerspectiveTransform(
                (edges - 0.5).astype(np.float32), self.corners().astype(np.float32)
            )
            laid = cv2.warpPerspective(page, mapping, SIZE)
            mask = cv2.warpPerspective(np.ones(page.shape, np.float32), mapping, SIZE)
            frame = frame * (1 - mask) + laid * mask
        if self.folded < 4:
            corners = self.corners()
            tip, before, behind = (corners[(self.folded + step) % 4] for step in (0, -1, 1))
            ear = np.array((tip, tip + 0.06 * (before - tip), tip + 0.06 * (behind - tip)))
            cv2.fillConvexPoly(frame, ear.round().astype(np.int32), self.table)
        light = np.linspace(0.75, 1, SIZE[0], dtype=np.float32)[None, :, None]
        noise = chance.integers(-8, 9, frame.shape, np.int8)
        return np.clip(frame * light + noise, 0, 255).astype(np.uint8)


TABLES = st.sampled_from([(40, 40, 40), (66, 88, 112), (120, 120, 120), (90, 130, 60)])
SCENES = st.builds(
    Scene,
    upright=st.booleans(),
    wide=st.floats(0.5, 0.9),
    turned=st.floats(-20, 20),
    jitter=st.tuples(*[st.floats(-4, 4)] * 8),
    table=TABLES,
    paper=st.integers(205, 250),
    folded=st.integers(0, 4),
    seed=st.integers(0, 1000),
)


@settings(max_examples=10, deadline=None)
@given(SCENES)
def test_a_sheet_is_found_wherever_it_lies(scene: Scene):
    """Upright or lying, turned, farther away at one side, with a corner folded over, on light and
    dark tables in uneven light: each corner within 2 px, and the sheet comes out with nothing of
    the table on it, but where it is folded."""
    frame = scene.frame()
    found = find_page(frame)
    assert found is not None
    assert 2 > np.linalg.norm(found - scene.corners(), axis=1).max()
    page = straightened(frame, found)
    assert (page.shape[0] > page.shape[1]) is scene.upright
    inside = page[8:-8, 8:-8].astype(int)
    edge = np.concatenate([inside[0], inside[-1], inside[:, 0], inside[:, -1]])
    assert 0.6 * scene.paper < np.percentile(edge.mean(axis=1), 10)


@settings(max_examples=3, deadline=None)
@given(SCENES)
def test_a_table_is_no_sheet(scene: Scene):
    """Light that fades over an empty table, and a window's that falls on it, have no sides."""
    table = scene.frame(sheet=False)
    assert find_page(table) is None
    small = np.zeros((SIZE[1] // 10, SIZE[0] // 10, 3), np.uint8)
    cv2.fillConvexPoly(small, (scene.corners() / 10).round().astype(np.int32), (90, 90, 90))
    light = cv2.resize(cv2.GaussianBlur(small, (0, 0), 4), SIZE)
    assert find_page(cv2.add(table, light)) is None


@settings(max_examples=3, deadline=None)
@given(SCENES)
def test_a_sheet_that_is_not_whole_is_not_cut_further(scene: Scene):
    """Pushed over the frame's edge it is handed in as the camera saw it."""
    frame = scene.frame()
    left = int(scene.corners()[:, 0].min()) + 60
    assert find_page(frame[:, left:]) is None


def test_light_is_evened_and_stamps_stay_red():
    """A sheet that is half in the shade is white everywhere afterwards; red stays red, and black
    black."""
    page = np.full((1000, 700, 3), 235, np.float32)
    page[200:230, 100:600] = 30
    page[600:640, 100:600] = (60, 50, 200)
    page *= np.linspace(0.5, 1, 1000)[:, None, None]
    bright = evened(page.astype(np.uint8)).astype(int)
    for row in (60, 500, 950):
        assert 210 <= bright[row, 350].min()
    assert 80 > bright[215, 350].max()
    blue, _green, red = bright[620, 350]
    assert 100 < red - blue


def test_what_is_measured_of_a_picture_grows_with_what_is_wrong_with_it():
    """Brightness with light, softness with every pixel that an edge is spread over, in one
    direction alone too; a blank sheet is not blurred."""
    scene = Scene(True, 0.9, 0.0, (0.0,) * 8, (40, 40, 40), 240, 4, 1)
    frame = scene.frame()
    found = find_page(frame)
    assert found is not None
    page = straightened(frame, found)
    blurred = [softness(cv2.GaussianBlur(page, (0, 0), sigma)) for sigma in (1, 2, 3, 5)]
    assert sorted(blurred) == blurred
    assert softness(page) < blurred[0] < SOFTEST < blurred[-1]
    assert SOFTEST < softness(cv2.blur(page, (13, 1)))
    assert 0 == softness(np.full((1000, 700, 3), 200, np.uint8))
    assert 5 > abs(2 * brightness(page // 2) - brightness(page))
