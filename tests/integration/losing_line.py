"""A line to the intake on which chosen answers are lost after the intake did what was asked."""

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests

from kiosk.intake.contract import KEY_HEADER


class LosingLine(ThreadingHTTPServer):
    """Requests pass to `server`. The next `lose` answers to a POST to `path` are cut off; `keys`
    holds the Idempotency-Key of each POST there, and `passed` those that were answered."""

    def __init__(self, server: str, path: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.server = server.rstrip("/")
        self.path = path
        self.lose = 0
        self.keys: list[str | None] = []
        self.passed: queue.SimpleQueue[str | None] = queue.SimpleQueue()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


class _Handler(BaseHTTPRequestHandler):
    server: LosingLine
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._pass_on("GET")

    def do_POST(self) -> None:
        self._pass_on("POST")

    def _pass_on(self, method: str) -> None:
        line = self.server
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        kept = ("Content-Type", KEY_HEADER)
        headers = {name: self.headers[name] for name in kept if name in self.headers}
        answer = requests.request(
            method, line.server + self.path, data=body, headers=headers, timeout=10
        )
        if method == "POST" and self.path == line.path:
            line.keys.append(self.headers.get(KEY_HEADER))
            if line.lose:
                line.lose -= 1
                self.close_connection = True
                return
        self.send_response(answer.status_code)
        self.send_header("Content-Type", answer.headers["Content-Type"])
        self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        self.wfile.write(answer.content)
        if method == "POST" and self.path == line.path:
            line.passed.put(self.headers.get(KEY_HEADER))

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@contextmanager
def losing(server: str, path: str) -> Iterator[LosingLine]:
    line = LosingLine(server, path)
    thread = threading.Thread(target=line.serve_forever, daemon=True)
    thread.start()
    try:
        yield line
    finally:
        line.shutdown()
        line.server_close()
        thread.join(5)
