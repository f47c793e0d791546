"""The document camera of the kiosk: open while a citizen looks through it, and not longer."""

import ctypes
import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from config.settings import DocumentCamera
from kiosk.devices import DeviceState, Publish
from kiosk.errors import (
    DocumentCameraError,
    DocumentCameraFault,
    DocumentCameraUnavailable,
)
from kiosk.events import CameraCaptured, CameraChanged, CameraFailed, CameraSeen
from kiosk.forms.answers import FileAnswer

if TYPE_CHECKING:
    from hardware.document_camera.source import Source

SILENT_AFTER_S = 5.0
"""Without a frame, in whatever call of a driver: longer than the limits of a stream's own calls."""
_FRAME_EVERY_S = 1 / 12
_AGAIN_AFTER_S = 1.0
_LOOK_EVERY_S = 0.25
_WAITED_OUT = 3
"""The first frames after an order may have waited in buffers since before it."""
_libc = ctypes.CDLL(None)
_log = logging.getLogger(__name__)


class DocumentCameraWorker:
    """A `kiosk.devices.DocumentCamera`. Each watch has threads of its own, which end with it and
    with them every frame; one that hangs in a call of a driver is left behind."""

    def __init__(self, camera: DocumentCamera, publish: Publish) -> None:
        self._camera = camera
        self._publish = publish
        self._device = threading.Lock()
        self._state: DeviceState | None = None
        self._watch: _Watch | None = None

    def watch(self, visit: str) -> None:
        self.stop()
        self._watch = _Watch(self._camera, self._device, visit, self._publish, self._change)

    def shown(self) -> None:
        if self._watch is not None:
            self._watch.shown()

    def capture(self) -> None:
        if self._watch is not None:
            self._watch.capture()

    def stop(self) -> None:
        if self._watch is not None:
            self._watch.end()
            self._watch = None

    def _change(self, state: DeviceState) -> None:
        """Called by one watch at a time."""
        if state is not self._state:
            self._state = state
            self._publish(CameraChanged(state))


class _Watch:
    """One visit's look through the camera, until `end`."""

    def __init__(
        self,
        camera: DocumentCamera,
        device: threading.Lock,
        visit: str,
        publish: Publish,
        change: Callable[[DeviceState], None],
    ) -> None:
        self._camera = camera
        self._device = device
        self._visit = visit
        self._publish = publish
        self._change = change
        self._ended = threading.Event()
        # Guards all below; whatever is published is published under it, so that nothing is after
        # the end.
        self._lock = threading.Lock()
        self._heard_at = time.monotonic()
        self._lost: DocumentCameraUnavailable | None = None
        self._last_shown = True
        self._waits_out: int | None = None
        for work in (self._run, self._mind):
            threading.Thread(target=work, name="document-camera", daemon=True).start()

    def shown(self) -> None:
        with self._lock:
            self._last_shown = True

    def capture(self) -> None:
        with self._lock:
            if self._lost is not None:
                self._publish(CameraFailed(self._visit, self._lost))
            else:
                self._waits_out = _WAITED_OUT

    def end(self) -> None:
        with self._lock:
            self._ended.set()

    def _run(self) -> None:
        # OpenCV takes 30 MB and a quarter of a second: not before somebody hands in a paper.
        from hardware.document_camera.source import Source

        while not self._ended.is_set():
            # Another watch may still be on its way out of the same device.
            if not self._device.acquire(timeout=_LOOK_EVERY_S):
                continue
            try:
                with Source(self._camera) as source:
                    self._serve(source)
            except DocumentCameraUnavailable as error:
                self._lose(error)
            except Exception as error:  # noqa: BLE001 (nothing may end this thread)
                _log.error("document camera: unexpected %s", type(error).__name__)
                self._lose(DocumentCameraUnavailable(DocumentCameraFault.NOT_ANSWERING))
            finally:
                self._device.release()
            self._ended.wait(_AGAIN_AFTER_S)
        # What frames and pictures took is large, and somebody's: the system gets it back now.
        _libc.malloc_trim(0)

    def _mind(self) -> None:
        """A call of a driver may never return."""
        while not self._ended.wait(_LOOK_EVERY_S):
            if time.monotonic() - self._heard_at > SILENT_AFTER_S:
                self._lose(DocumentCameraUnavailable(DocumentCameraFault.NOT_ANSWERING))

    def _serve(self, source: "Source") -> None:
        due = 0.0
        while not self._ended.is_set():
            source.wait_for_frame()
            if self._heard():
                self._take(source)
            elif self._last_shown and (now := time.monotonic()) >= due:
                due = max(due, now - _FRAME_EVERY_S) + _FRAME_EVERY_S
                self._show(source)

    def _heard(self) -> bool:
        """A frame came; whether it is the one that was ordered."""
        with self._lock:
            self._heard_at = time.monotonic()
            self._lost = None
            if self._ended.is_set():
                return False
            self._change(DeviceState.ONLINE)
            if self._waits_out is None:
                return False
            self._waits_out -= 1
            return self._waits_out == 0

    def _show(self, source: "Source") -> None:
        small = source.shown()
        with self._lock:
            if not self._ended.is_set():
                self._last_shown = False
                self._publish(CameraSeen(self._visit, small.width, small.height, small.pixels))

    def _take(self, source: "Source") -> None:
        answer: CameraCaptured | CameraFailed
        try:
            taken = source.taken()
        except DocumentCameraError as error:
            answer = CameraFailed(self._visit, error)
        else:
            small = taken.shown
            answer = CameraCaptured(
                self._visit,
                FileAnswer("picture.jpg", "image/jpeg", taken.jpeg),
                taken.page_found,
                CameraSeen(self._visit, small.width, small.height, small.pixels),
            )
        with self._lock:
            self._waits_out = None
            if not self._ended.is_set():
                self._publish(answer)

    def _lose(self, error: DocumentCameraUnavailable) -> None:
        """Told once, until a frame comes again."""
        with self._lock:
            if self._lost is not None or self._ended.is_set():
                return
            self._lost, self._waits_out = error, None
            match error.fault:
                case DocumentCameraFault.NO_DEVICE:
                    self._change(DeviceState.NO_DEVICE)
                case DocumentCameraFault.NOT_ANSWERING:
                    self._change(DeviceState.HARDWARE_ERROR)
            self._publish(CameraFailed(self._visit, error))
