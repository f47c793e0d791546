"""The document camera's worker before the sandbox's camera: a real stream of MJPEG on loopback."""

import gc
import queue
import time
from collections.abc import Iterator

import cv2
import numpy as np
import pytest

from config.settings import DocumentCamera
from hardware.document_camera.page import find_page
from hardware.document_camera.picture import as_jpeg
from hardware.document_camera.source import Source
from hardware.document_camera.worker import DocumentCameraWorker
from kiosk.devices import DeviceState
from kiosk.errors import (
    DocumentCameraFault,
    DocumentCameraUnavailable,
    PictureBlurred,
    PictureTooDark,
)
from kiosk.events import CameraCaptured, CameraChanged, CameraFailed, CameraSeen
from kiosk.intake.contract import MAX_ATTACHMENT
from sandbox.document_camera import CameraState, VirtualDocumentCamera
from sandbox.document_camera.table import SIZE, corners_of
from tests.documents.eyes import recogniser
from tests.papers import household_register

VISIT = "a visit"
WITHIN = 10.0


class Watched:
    """A worker, and what it published in its order. Frames are taken as the screen does."""

    def __init__(self, port: int, rotate: int = 0) -> None:
        self._told: queue.Queue[object] = queue.Queue()
        address = f"http://127.0.0.1:{port}/"
        camera = DocumentCamera.model_validate({"source": address, "rotate": rotate})
        self.worker = DocumentCameraWorker(camera, self._told.put)

    def next(self, *kinds: type) -> object:
        """The next event of these kinds; frames before it are passed over."""
        until = time.monotonic() + WITHIN
        while True:
            event = self._told.get(timeout=max(until - time.monotonic(), 0.001))
            if isinstance(event, CameraSeen):
                self.worker.shown()
            if isinstance(event, kinds):
                return event
            assert isinstance(event, CameraSeen), event

    def change(self) -> DeviceState:
        event = self.next(CameraChanged)
        assert isinstance(event, CameraChanged)
        return event.device

    def failure(self) -> Exception:
        event = self.next(CameraFailed)
        assert isinstance(event, CameraFailed)
        return event.error

    def picture(self) -> CameraCaptured:
        self.worker.capture()
        event = self.next(CameraCaptured)
        assert isinstance(event, CameraCaptured)
        return event

    def empty(self) -> list[object]:
        """What was published and not taken."""
        events = []
        while not self._told.empty():
            events.append(self._told.get())
        return events


@pytest.fixture
def camera() -> Iterator[VirtualDocumentCamera]:
    camera = VirtualDocumentCamera("127.0.0.1", 0)
    camera.start()
    yield camera
    camera.stop()


@pytest.fixture
def watched(camera: VirtualDocumentCamera) -> Iterator[Watched]:
    camera.lay(household_register.FILE)
    watched = Watched(camera.port)
    watched.worker.watch(VISIT)
    assert DeviceState.ONLINE is watched.change()
    yield watched
    watched.worker.stop()


def test_the_sheet_is_found_where_it_lies(camera: VirtualDocumentCamera) -> None:
    """In a frame as it comes over the wire each corner is found within 2 px."""
    camera.lay(household_register.FILE)
    with Source(DocumentCamera(source=f"http://127.0.0.1:{camera.port}/")) as source:
        source.wait_for_frame()
        frame = source.frame()
    assert (SIZE[1], SIZE[0], 3) == frame.shape
    found = find_page(frame)
    assert found is not None
    assert 2 > np.abs(found - np.array(corners_of(*household_register.SIZE))).max()


def test_what_stands_on_the_picture_can_be_read(watched: Watched) -> None:
    """A reader that shares nothing with the camera reads at least 95 % of the characters of the
    picture that would be handed in, which is small enough for the intake."""
    taken = watched.picture()
    assert (VISIT, True, "image/jpeg") == (
        taken.visit, taken.page_found, taken.picture.media_type,
    )  # fmt: skip
    assert MAX_ATTACHMENT > 4 * len(taken.picture.content)
    page = cv2.imdecode(np.frombuffer(taken.picture.content, np.uint8), cv2.IMREAD_GRAYSCALE)
    # The light that fades over the table is not on the picture.
    assert 10 > abs(float(page[60:-60, 60].mean()) - float(page[60:-60, -60].mean()))
    wanted = read = 0
    for line in household_register.lines():
        left, top, right, bottom = line.box
        rows, columns = page.shape
        cell = page[round(top * rows) : round(bottom * rows)]
        cell = cell[:, round(left * columns) : round(right * columns)]
        wanted += len(line.text)
        read += same(line.text, recogniser().read(_ink(cell)))
    assert 0.95 <= read / wanted
    print(f"{read} of {wanted} characters read")


def test_frames_are_shown_one_at_a_time(camera: VirtualDocumentCamera) -> None:
    """While one is not dealt with no other comes, however long it takes; then the newest does,
    small enough to be drawn in one frame of the screen."""
    watched = Watched(camera.port)
    watched.worker.watch(VISIT)
    assert DeviceState.ONLINE is watched.change()
    first = watched._told.get(timeout=WITHIN)
    assert isinstance(first, CameraSeen)
    camera.lay(household_register.FILE)
    # Each order takes two frames of the camera, none of which is shown.
    for _ in range(2):
        watched.worker.capture()
        assert isinstance(watched._told.get(timeout=WITHIN), CameraCaptured)
    watched.worker.shown()
    newest = watched._told.get(timeout=WITHIN)
    assert isinstance(newest, CameraSeen)
    assert (900, 675, 900 * 675 * 3) == (newest.width, newest.height, len(newest.pixels))
    assert first.pixels != newest.pixels
    watched.worker.stop()


def test_a_picture_is_of_what_lies_there_now(
    camera: VirtualDocumentCamera, watched: Watched
) -> None:
    """Laid there or taken away just before the order, the paper is on it or not, each time; without
    it the picture is all that the camera saw, and says so."""
    for sheet in (None, household_register.FILE, None, household_register.FILE, None):
        watched.next(CameraSeen)
        camera.lay(sheet)
        taken = watched.picture()
        assert taken.page_found is (sheet is not None)
    assert (900, 675) == (taken.seen.width, taken.seen.height)
    # Paper is lighter than any place of the table.
    brightest = max(taken.seen.pixels)
    assert 150 > brightest


def test_a_picture_that_cannot_be_read_is_refused(
    camera: VirtualDocumentCamera, watched: Watched
) -> None:
    """What is wrong with it is told with its measure; with light and in focus it is taken."""
    camera.turn(CameraState.DARK)
    watched.worker.capture()
    dark = watched.failure()
    assert isinstance(dark, PictureTooDark)
    assert 30 > dark.brightness
    camera.turn(CameraState.BLURRED)
    watched.worker.capture()
    blurred = watched.failure()
    assert isinstance(blurred, PictureBlurred)
    assert 5 < blurred.softness
    camera.turn(CameraState.OK)
    assert watched.picture().page_found


@pytest.mark.parametrize("state", [CameraState.HANG, CameraState.GONE])
def test_a_camera_that_falls_silent_is_told_once_and_comes_back(
    camera: VirtualDocumentCamera, watched: Watched, state: CameraState,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """It is told to staff and to the citizen within its limits, also where a picture was just
    ordered; an order meanwhile is answered at once, and when frames come again the picture is
    taken. Nothing is said of its address."""
    watched.next(CameraSeen)
    camera.turn(state)
    if state is CameraState.HANG:
        watched.worker.capture()
    # Two frames may have been on their way: then it was taken.
    change = watched.next(CameraChanged, CameraCaptured)
    if isinstance(change, CameraCaptured):
        change = watched.next(CameraChanged)
    assert CameraChanged(DeviceState.HARDWARE_ERROR) == change
    for _ in range(2):
        error = watched.failure()
        assert isinstance(error, DocumentCameraUnavailable)
        assert DocumentCameraFault.NOT_ANSWERING is error.fault
        watched.worker.capture()
    assert isinstance(watched.failure(), DocumentCameraUnavailable)
    camera.turn(CameraState.OK)
    assert DeviceState.ONLINE is watched.change()
    assert watched.picture().page_found
    assert ("", "") == capfd.readouterr()


def test_a_device_that_is_not_there() -> None:
    """No stream and no device: told as missing, at once."""
    for source in ("/dev/video-of-nobody", "http://127.0.0.1:1/"):
        told: queue.Queue[object] = queue.Queue()
        worker = DocumentCameraWorker(DocumentCamera(source=source), told.put)
        worker.watch(VISIT)
        assert CameraChanged(DeviceState.NO_DEVICE) == told.get(timeout=WITHIN)
        failed = told.get(timeout=WITHIN)
        assert isinstance(failed, CameraFailed)
        assert isinstance(failed.error, DocumentCameraUnavailable)
        assert DocumentCameraFault.NO_DEVICE is failed.error.fault
        worker.stop()


def test_nothing_is_left_of_a_visit(camera: VirtualDocumentCamera, watched: Watched) -> None:
    """From `stop` on nothing is published, the camera is closed, and no frame or picture is in
    memory; the next visit gets its own."""
    watched.picture()
    watched.worker.stop()
    watched.empty()
    assert camera.wait_for_watchers(0, WITHIN)
    assert [] == watched.empty()
    gc.collect()
    kept = [kind for thing in gc.get_objects() if (kind := type(thing)) in (CameraSeen,
            CameraCaptured)]  # fmt: skip
    assert [] == kept
    watched.worker.watch("the next one")
    seen = watched.next(CameraSeen)
    assert isinstance(seen, CameraSeen)
    assert "the next one" == seen.visit


def test_it_is_turned_as_it_hangs(camera: VirtualDocumentCamera) -> None:
    """A camera that hangs on its side shows an upright picture."""
    camera.lay(household_register.FILE)
    watched = Watched(camera.port, rotate=90)
    watched.worker.watch(VISIT)
    assert DeviceState.ONLINE is watched.change()
    seen = watched.next(CameraSeen)
    assert isinstance(seen, CameraSeen)
    assert (672, 900) == (seen.width, seen.height)
    taken = watched.picture()
    assert taken.seen.width < taken.seen.height
    watched.worker.stop()


def test_no_picture_is_too_large() -> None:
    """The largest sheet, of noise alone, which no paper reaches, is what the intake still takes."""
    noise = np.random.default_rng(1).integers(0, 256, (2400, 1700, 3), np.uint8)
    assert MAX_ATTACHMENT > len(as_jpeg(noise))


def same(text: str, read: str) -> int:
    """How many characters of the text stand in what was read, in their order."""
    lengths = [0] * (len(read) + 1)
    for wanted in text:
        before = lengths
        lengths = [0]
        for place, found in enumerate(read):
            longest = max(before[place + 1], lengths[place])
            lengths.append(before[place] + 1 if wanted == found else longest)
    return lengths[-1]


def _ink(cell: np.ndarray) -> np.ndarray:
    """True where it is dark, without the empty edges."""
    dark = cell < 128
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    return dark[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
