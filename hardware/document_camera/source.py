"""The camera itself, as OpenCV opens it: a stream by its address, or a device of Video4Linux."""

import os
import time
from types import TracebackType
from typing import Self

import cv2
from cv2.typing import MatLike

from config.settings import DocumentCamera
from hardware.document_camera.picture import Shown, Taken, shown, take
from kiosk.errors import DocumentCameraFault, DocumentCameraUnavailable

# What FFmpeg and OpenCV complain of on standard error may hold a stream's address, password and
# all. Both are told before the first source is opened.
os.environ["OPENCV_FFMPEG_LOGLEVEL"] = "-8"
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
# Of a stream that comes faster than this machine reads, hardly a frame waits: what is shown and
# taken is what lies there now.
os.environ["OPENCV_FFMPEG_CAPTURE_OPTIONS"] = "recv_buffer_size;65536"
# The second core is for the thread that draws.
cv2.setNumThreads(1)

OPEN_WITHIN_S = 4.0
READ_WITHIN_S = 2.0
_ASKED = (2592, 1944)
"""Pixels that a device is asked for: it gives what comes nearest. A sheet of A4 needs them."""
_TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


class Source:
    """Open from its making until `close`. Its calls wait for the camera: belongs to one worker."""

    def __init__(self, camera: DocumentCamera) -> None:
        """Raises DocumentCameraUnavailable."""
        self._turn = _TURNS.get(camera.rotate)
        begun = time.monotonic()
        self._capture = _stream(camera) if camera.is_stream else _device(camera)
        if not self._capture.isOpened():
            silent = time.monotonic() - begun >= OPEN_WITHIN_S
            raise DocumentCameraUnavailable(
                DocumentCameraFault.NOT_ANSWERING if silent else DocumentCameraFault.NO_DEVICE
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._capture.release()

    def wait_for_frame(self) -> None:
        """Raises DocumentCameraUnavailable when none comes within 2 s."""
        if not self._capture.grab():
            raise DocumentCameraUnavailable(DocumentCameraFault.NOT_ANSWERING)

    def frame(self) -> MatLike:
        """The one that came, upright, as rows of blue, green and red.

        Raises DocumentCameraUnavailable for one that cannot be read.
        """
        whole, frame = self._capture.retrieve()
        if not whole:
            raise DocumentCameraUnavailable(DocumentCameraFault.NOT_ANSWERING)
        return frame if self._turn is None else cv2.rotate(frame, self._turn)

    def shown(self) -> Shown:
        """What came, for the screen; raises as `frame`."""
        return shown(self.frame())

    def taken(self) -> Taken:
        """What came, as a picture; raises as `frame`, PictureTooDark or PictureBlurred."""
        return take(self.frame())


def _stream(camera: DocumentCamera) -> cv2.VideoCapture:
    limits = (
        cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, round(OPEN_WITHIN_S * 1000),
        cv2.CAP_PROP_READ_TIMEOUT_MSEC, round(READ_WITHIN_S * 1000),
        # Several threads would each hold a frame back.
        cv2.CAP_PROP_N_THREADS, 1,
    )  # fmt: skip
    return cv2.VideoCapture(str(camera.source), cv2.CAP_FFMPEG, limits)


def _device(camera: DocumentCamera) -> cv2.VideoCapture:
    source = camera.source if isinstance(camera.source, int) else str(camera.source)
    wide, high = _ASKED
    asked = (
        cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"),
        cv2.CAP_PROP_FRAME_WIDTH, wide,
        cv2.CAP_PROP_FRAME_HEIGHT, high,
    )  # fmt: skip
    return cv2.VideoCapture(source, cv2.CAP_V4L2, asked)
