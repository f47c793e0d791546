"""The page on which a paper is taken a picture of, before the sandbox's camera."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from form_fixtures import Hall
from heap import instances
from ui_looks import LOOKS, dress_as, inside, whole

from config.settings import DocumentCamera
from hardware.document_camera.worker import DocumentCameraWorker
from kiosk.document_camera import CameraDesk
from kiosk.events import CameraCaptured, CameraSeen
from kiosk.faults import camera_fault
from kiosk.forms.answers import BRING_ORIGINAL, FileAnswer
from kiosk.forms.questions import Question, QuestionKind
from sandbox.document_camera import CameraState, VirtualDocumentCamera

SHEET = Path(__file__).parents[1] / "papers" / "household-register.png"
QUESTION = Question(id="register", kind=QuestionKind.FILE, label="户口簿")
LOST = "摄像头现在没有画面"


@dataclass
class Booth:
    """A visit at a form, with a camera under which papers can be laid."""

    hall: Hall
    camera: VirtualDocumentCamera
    desk: CameraDesk

    @property
    def draft(self):
        return self.hall.session.drafts.get("register")

    def open(self) -> None:
        from kiosk.language import _

        self.hall.tap(_("用摄像头拍"))

    def until_shown(self, words: str) -> None:
        self.hall.until(lambda: self.hall.shows(words), 20)

    def until_seen(self) -> None:
        """There is something to be taken a picture of."""
        ready = ("拍照", True)
        self.hall.until(lambda: ready == (self._action.words, self._action.enabled), 20)

    @property
    def _action(self):
        return self.hall.view.action()

    def take(self) -> None:
        self.until_seen()
        self.hall.tap("拍照")


@pytest.fixture
def booth(hall: Hall) -> Iterator[Booth]:
    from screens.bridge import Bridge

    camera = VirtualDocumentCamera("127.0.0.1", 0)
    camera.start()
    camera.lay(SHEET)
    bridge = Bridge()
    source = DocumentCamera(source=f"http://127.0.0.1:{camera.port}/")
    desk = CameraDesk(DocumentCameraWorker(source, bridge.post))
    hall.open(files=None, camera=desk)
    bridge.listen(hall.attendant.hear)
    hall.fill_in(QUESTION)
    yield Booth(hall, camera, desk)
    desk.close()
    camera.stop()


def test_a_paper_is_taken_looked_at_and_handed_in(booth: Booth) -> None:
    """The citizen sees what the camera sees, takes it, takes it again, and uses the second one; its
    name is the material's. The camera is open only while it is looked through."""
    booth.open()
    assert not booth.hall.view.action().enabled
    booth.take()
    booth.until_shown("请看看拍得是否清楚、完整。")
    assert booth.camera.wait_for_watchers(0, 5)
    booth.hall.tap("重拍")
    booth.take()
    booth.until_shown("请看看拍得是否清楚、完整。")
    assert booth.draft is None
    booth.hall.tap("用这张")
    picture = booth.draft
    assert isinstance(picture, FileAnswer)
    assert ("户口簿.jpg", "image/jpeg", b"\xff\xd8") == (
        picture.name, picture.media_type, picture.content[:2],
    )  # fmt: skip
    assert booth.hall.control("已拍好").chosen


def test_what_went_wrong_is_said_with_what_to_do(booth: Booth) -> None:
    """Dark, blurred, without a sheet, and without any picture: each in words, and with a way on;
    the camera that comes back goes on by itself."""
    booth.camera.turn(CameraState.DARK)
    booth.open()
    booth.take()
    booth.until_shown("刚才拍得太暗，看不清")
    assert camera_fault(booth.hall.attendant.camera) is None
    assert booth.hall.shows("故障代码 C-03")
    booth.camera.turn(CameraState.GONE)
    booth.until_shown(LOST)
    assert "C-02" == camera_fault(booth.hall.attendant.camera).code
    booth.camera.lay(None)
    booth.camera.turn(CameraState.OK)
    booth.take()
    booth.until_shown("没有找到材料的四边，拍下了整个画面")
    booth.hall.tap("重拍")
    booth.camera.turn(CameraState.GONE)
    booth.until_shown(LOST)
    booth.hall.tap("改为带原件到窗口")
    assert booth.draft == BRING_ORIGINAL
    assert booth.hall.control("带原件到窗口").chosen


def test_nothing_is_left_when_the_page_is_left(booth: Booth) -> None:
    """The screen left in the middle of it: the camera is closed, and no frame is in memory."""
    booth.open()
    booth.take()
    booth.until_shown("请看看拍得是否清楚、完整。")
    booth.hall.view.leave()
    assert booth.camera.wait_for_watchers(0, 5)
    booth.hall.frames()
    assert (0, 0) == (instances(CameraSeen), instances(CameraCaptured))


def test_the_page_is_whole_in_large_type(booth: Booth) -> None:
    """In both shapes of window and both languages, with the longest of what can stand there, all
    stands inside the page, and the picture is as high as a hand at least."""
    from screens.fields.camera_picture import CameraPicture
    from screens.widgets.words import Words

    small = CameraSeen(booth.hall.session.visit, 4, 6, bytes(72))
    taken = CameraCaptured(small.visit, FileAnswer("", "image/jpeg", b""), False, small)
    for look in (look for look in LOOKS if look.large):
        with dress_as(booth.hall, look):
            booth.open()
            booth.hall.attendant.hear(taken)
            booth.hall.frames()
            frame = booth.hall.view._frame
            (picture,) = [w for w in frame.walk(restrict=True) if isinstance(w, CameraPicture)]
            assert inside(picture, frame), look
            assert 330 <= picture.height, look
            words = [w for w in frame.walk(restrict=True) if isinstance(w, Words)]
            assert [] == [(str(look), w.words) for w in words if not whole(w)]
            assert [] == [(str(look), w.words) for w in words if not inside(w, frame)]


def test_a_frame_costs_the_thread_that_draws_little(booth: Booth) -> None:
    """Copied to the screen a frame takes less than 8 ms, the best of ten: on a busy machine any
    may be disturbed."""
    from screens.fields.camera_picture import CameraPicture

    frames = [CameraSeen("", 900, 676, bytes([shade]) * 900 * 676 * 3) for shade in range(10)]
    booth.open()
    booth.until_seen()
    (picture,) = [w for w in booth.hall.view.walk() if isinstance(w, CameraPicture)]
    costs = []
    for seen in frames:
        begun = time.perf_counter()
        picture.show(seen)
        costs.append((time.perf_counter() - begun) * 1000)
    print(f"{sorted(costs)[5]:.1f} ms for a frame of 900 × 676 (the median)")
    assert 8 > min(costs)
