"""The document camera as a page looks through it, and what a citizen is told where it fails."""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.devices import DocumentCamera
from kiosk.errors import (
    DocumentCameraError,
    DocumentCameraUnavailable,
    PictureBlurred,
    PictureTooDark,
)
from kiosk.events import CameraEvent, CameraSeen
from kiosk.faults import Fault, fault_of
from kiosk.language import _


class CameraDesk:
    """Belongs to the UI thread."""

    def __init__(self, camera: DocumentCamera) -> None:
        self._camera = camera
        self._see: Callable[[CameraEvent], None] | None = None

    def for_visit(self, visit: str) -> "CameraEyes":
        return CameraEyes(self, visit)

    def look(self, visit: str, see: Callable[[CameraEvent], None]) -> None:
        """`see` gets what is published of this visit, until `close`."""
        self._see = see
        self._camera.watch(visit)

    def capture(self) -> None:
        self._camera.capture()

    def close(self) -> None:
        """What was published and not heard yet is dropped."""
        self._see = None
        self._camera.stop()

    def hear(self, event: CameraEvent) -> None:
        """What was published, on the UI thread."""
        if self._see is not None:
            self._see(event)
            if isinstance(event, CameraSeen):
                self._camera.shown()


@dataclass(frozen=True)
class CameraEyes:
    """The camera for the pages of one visit."""

    desk: CameraDesk
    visit: str

    def open(self, see: Callable[[CameraEvent], None]) -> None:
        self.desk.look(self.visit, see)

    def capture(self) -> None:
        self.desk.capture()

    def close(self) -> None:
        self.desk.close()


@dataclass(frozen=True)
class CameraTold:
    """`words` say what to do."""

    title: str
    words: str
    fault: Fault


def camera_told(error: DocumentCameraError) -> CameraTold:
    match error:
        case DocumentCameraUnavailable():
            title = _("摄像头现在没有画面")
            words = _("恢复以后会自动继续。不想等的，可以改为带原件到窗口。")
        case PictureTooDark():
            title = _("刚才拍得太暗，看不清")
            words = _("请打开摄像头的灯，手和身体不要挡住光，再拍一次。")
        case PictureBlurred():
            title = _("刚才拍得模糊，看不清")
            words = _("请把材料放平，等画面清楚了再拍，拍的时候不要动。")
        case _:
            raise TypeError(type(error).__name__)
    return CameraTold(title, words, fault_of(error))
