"""Taking a picture of a paper: what the camera sees, and then what it took."""

from collections.abc import Callable
from dataclasses import replace
from enum import Enum, auto

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.document_camera import CameraEyes, camera_told
from kiosk.errors import DocumentCameraError, DocumentCameraUnavailable
from kiosk.events import CameraCaptured, CameraEvent, CameraFailed, CameraSeen
from kiosk.faults import code_words
from kiosk.forms.answers import BRING_ORIGINAL, FileAnswer
from kiosk.language import _
from screens.fields.camera_picture import CameraPicture
from screens.fields.measures import Measures
from screens.fields.sub_page import SubPage
from screens.theme import look
from screens.view import Action
from screens.widgets.buttons import PushButton
from screens.widgets.surfaces import Notice
from screens.widgets.words import Words

_USUAL = 0.75
"""A frame's height for its width, before the first is there."""


class _Stage(Enum):
    """`OPENING`: no frame yet, or no more. `TAKEN`: the camera is closed again."""

    OPENING = auto()
    LOOKING = auto()
    TAKING = auto()
    TAKEN = auto()


class CameraPage(SubPage):
    """`title` is the material's name; `picked` gets its picture, or BRING_ORIGINAL where the
    citizen gave up on the camera."""

    def __init__(
        self, title: str, eyes: CameraEyes, picked: Callable[[FileAnswer | str], None]
    ) -> None:
        super().__init__()
        self.title = title
        self._eyes = eyes
        self._picked = picked
        self._stage = _Stage.OPENING
        self._error: DocumentCameraError | None = None
        self._seen: CameraSeen | None = None
        self._taken: CameraCaptured | None = None
        self._picture: CameraPicture | None = None
        eyes.open(self._see)

    def fill(self, column: BoxLayout) -> None:
        measures = Measures(look())
        above, self._picture = self._above(measures), None
        column.add_widget(above)
        if self._lost:
            return
        room = measures.capacity - above.height - measures.option_gap
        again = self._again(measures) if self._stage is _Stage.TAKEN else None
        if again is not None:
            room -= again.height + measures.option_gap
        shape = _USUAL if self._seen is None else self._seen.height / self._seen.width
        self._picture = CameraPicture(
            _("正在打开摄像头…"), guided=again is None, size_hint_x=None, width=measures.width,
            height=min(room, measures.width * shape),
        )  # fmt: skip
        if self._seen is not None:
            self._picture.show(self._seen)
        for widget in (self._picture, again):
            if widget is not None:
                column.add_widget(Widget(size_hint_y=None, height=measures.option_gap))
                column.add_widget(widget)

    def action(self) -> Action:
        if self._lost:
            return Action(_("改为带原件到窗口"), self._bring)
        match self._stage:
            case _Stage.OPENING:
                return Action(_("拍照"), self._take, icon="camera", enabled=False)
            case _Stage.LOOKING:
                return Action(_("拍照"), self._take, icon="camera")
            case _Stage.TAKING:
                return Action(_("正在拍照…"), self._take, enabled=False)
            case _Stage.TAKEN:
                return Action(_("用这张"), self._use, icon_behind="check")

    def forget(self) -> None:
        self._eyes.close()
        self._seen = self._taken = None
        if self._picture is not None:
            self._picture.forget()

    @property
    def _lost(self) -> bool:
        return isinstance(self._error, DocumentCameraUnavailable)

    def _above(self, measures: Measures) -> Widget:
        """What to do, or what went wrong."""
        if self._error is not None:
            told = camera_told(self._error)
            return Notice(
                told.title, told.words, "warning", "alert-triangle", measures.width,
                code_words(told.fault),
            )  # fmt: skip
        if self._taken is None:
            words = _("把材料平放在摄像头下，文字正对自己，四边都在画面里，然后按“拍照”。")
        elif self._taken.page_found:
            words = _("请看看拍得是否清楚、完整。")
        else:
            return Notice(
                _("没有找到材料的四边，拍下了整个画面"),
                _("能看清全部内容就可以用；看不清的，请把材料放平、四边露出来，重拍一张。"),
                "warning", "alert-triangle", measures.width,
            )  # fmt: skip
        return Words(words=words, width=measures.width, size_hint_x=None)

    def _again(self, measures: Measures) -> PushButton:
        again = PushButton(
            _("重拍"), icon="refresh", size_hint_x=None, width=measures.width,
            border=look().colours.field_line,
        )
        again.bind(on_release=self._look_again)
        return again

    def _see(self, event: CameraEvent) -> None:
        match event:
            case CameraSeen():
                self._show(event)
            case CameraCaptured():
                self._eyes.close()
                self._taken, self._seen = event, event.seen
                self._turn(_Stage.TAKEN)
            case CameraFailed(_, DocumentCameraUnavailable() as error):
                self._seen = None
                self._turn(_Stage.OPENING, error)
            case CameraFailed(_, error):
                self._turn(_Stage.LOOKING, error)

    def _show(self, seen: CameraSeen) -> None:
        self._seen = seen
        if self._stage is _Stage.OPENING:
            self._turn(_Stage.LOOKING)
        elif self._picture is not None:
            self._picture.show(seen)

    def _turn(self, stage: _Stage, error: DocumentCameraError | None = None) -> None:
        self._stage, self._error = stage, error
        self.redraw()

    def _take(self) -> None:
        self._eyes.capture()
        self._turn(_Stage.TAKING)

    def _look_again(self, *_args) -> None:
        self._taken = self._seen = None
        self._eyes.open(self._see)
        self._turn(_Stage.OPENING)

    def _use(self) -> None:
        if self._taken is not None:
            self._picked(replace(self._taken.picture, name=f"{self.title}.jpg"))
            self.close()

    def _bring(self) -> None:
        self._picked(BRING_ORIGINAL)
        self.close()
