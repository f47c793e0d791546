"""The camera as a server of MJPEG (multipart/x-mixed-replace) over HTTP, on this machine alone."""

import io
import socket
import socketserver
import threading
from enum import StrEnum
from pathlib import Path

from PIL import Image

from sandbox.document_camera.table import seen, sheet_of

_FRAMES_A_SECOND = 15
_SENT_AHEAD = 16 * 1024
"""Bytes."""
_BOUNDARY = "frame"
_HEAD = (
    "HTTP/1.0 200 OK\r\nCache-Control: no-store\r\n"
    f"Content-Type: multipart/x-mixed-replace; boundary={_BOUNDARY}\r\n\r\n"
).encode()


class CameraState(StrEnum):
    """`HANG`: connections stand, and nothing more comes. `GONE`: nobody listens."""

    OK = "ok"
    DARK = "dark"
    BLURRED = "blurred"
    HANG = "hang"
    GONE = "gone"


class VirtualDocumentCamera:
    """Port 0 takes a free one, to be read from `port` after `start`; it stays the same when the
    camera comes back. Whatever the path asked for is, the answer is the stream."""

    def __init__(self, host: str, port: int) -> None:
        self.host = host
        self.port = port
        self._sheet: Image.Image | None = None
        self._state = CameraState.OK
        self._changed = threading.Condition()
        self._watchers = 0
        self._jpeg: bytes | None = None
        self._server: _Server | None = None

    @property
    def watchers(self) -> int:
        """Connections that are open."""
        return self._watchers

    def start(self) -> None:
        """OSError when the port is in use."""
        self._listen()

    def stop(self) -> None:
        self.turn(CameraState.GONE)

    def lay(self, paper: Path | None) -> None:
        """Put this picture under it as a sheet of paper; None takes away what lies there.

        Raises OSError when the file is no picture.
        """
        sheet = None if paper is None else sheet_of(paper)
        with self._changed:
            self._sheet, self._jpeg = sheet, None

    def turn(self, state: CameraState) -> None:
        """OSError when it comes back and someone else has its port."""
        with self._changed:
            self._state, self._jpeg = state, None
            self._changed.notify_all()
        if state is not CameraState.GONE:
            self._listen()
        elif self._server is not None:
            server, self._server = self._server, None
            server.shutdown()
            server.server_close()

    def wait_for_watchers(self, number: int, within: float) -> bool:
        """Whether so many connections are open before `within` seconds are over."""
        with self._changed:
            return self._changed.wait_for(lambda: self._watchers == number, within)

    def _listen(self) -> None:
        if self._server is None:
            self._server = _Server((self.host, self.port), self)
            self.port = int(self._server.server_address[1])
            threading.Thread(
                target=self._server.serve_forever, args=(0.05,), name="document-camera",
                daemon=True,
            ).start()  # fmt: skip

    def next_frame(self) -> bytes | None:
        """Waits for it; None when the camera is gone."""
        with self._changed:
            self._changed.wait_for(lambda: self._state is CameraState.GONE, 1 / _FRAMES_A_SECOND)
            self._changed.wait_for(lambda: self._state is not CameraState.HANG)
            if self._state is CameraState.GONE:
                return None
            if self._jpeg is None:
                self._jpeg = _jpeg(self._sheet, self._state)
            return self._jpeg

    def count(self, watchers: int) -> None:
        with self._changed:
            self._watchers += watchers
            self._changed.notify_all()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self, address: tuple[str, int], camera: VirtualDocumentCamera) -> None:
        super().__init__(address, _Watcher)
        self.camera = camera


class _Watcher(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        assert isinstance(self.server, _Server)
        camera = self.server.camera
        camera.count(1)
        try:
            while self.rfile.readline().strip():
                pass
            # A frame that nobody fetches is dropped, not kept: what is sent is what lies there.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SENT_AHEAD)
            self.wfile.write(_HEAD)
            while (frame := camera.next_frame()) is not None:
                head = f"Content-Type: image/jpeg\r\nContent-Length: {len(frame)}\r\n\r\n"
                self.wfile.write(f"--{_BOUNDARY}\r\n{head}".encode() + frame + b"\r\n")
        except OSError:
            # Whoever watched has gone.
            pass
        finally:
            camera.count(-1)


def _jpeg(sheet: Image.Image | None, state: CameraState) -> bytes:
    frame = seen(sheet, state is CameraState.DARK, state is CameraState.BLURRED)
    written = io.BytesIO()
    frame.save(written, "JPEG", quality=92)
    return written.getvalue()
