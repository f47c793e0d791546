"""The sandbox's control port: one JSON object a line, each answered by one line.

Orders, and what comes back beside `"done": true`:

{"order": "parts"}                        `parts`: what runs here, by name, with its address
{"order": "card", "file": PATH}           lays a card on the first reader; null takes all away
{"order": "card", "file": PATH or null, "reader": 1 or 2 or "serial"}
{"order": "reader", "state": STATE}       pcscd anew, its readers here, elsewhere, none; killed
{"order": "serial_reader", "state": STATE}
{"order": "serial_reader", AMOUNT: NUMBER}
                                          bytes of piece, noise and cut_after
{"order": "scan", "text": TEXT}           with "piece": NUMBER in pieces of so many bytes
{"order": "scan", "receipt": "last"}      the code on the newest receipt
{"order": "scan", "identity": NAME}       a fresh identity code of the intake's sample person
{"order": "scanner", "state": STATE}      ok or pulled_out
{"order": "printer", "state": STATE}      ends what was ordered of the printer before it
{"order": "printer", AMOUNT: NUMBER}      paper_left millimetres, cut_after bytes, late seconds;
                                          piecemeal and eager: 1 or 0
{"order": "paper", "file": PATH}          lays a picture under the document camera; null: takes it
{"order": "document_camera", "state": STATE}
{"order": "intake", "state": STATE}
{"order": "intake", "people": "new"}      what came in before belongs to nobody who comes
{"order": "officer", "page": PATH}        `words`: what an officer reads on a page of the desk
{"order": "officer", "page": PATH, "press": BUTTON, "fill": {FIELD: TEXT or [TEXT, …]}}
                                          the form with this button; {last}: the newest case
{"order": "receipts"}                     `files`: the pictures so far, oldest first
{"order": "receipt_number"}               `number`: what the code on the newest receipt says
{"order": "export", "file": PATH}         writes the intake's record as JSON

An order that cannot be followed is answered by {"done": false, "problem": WORDS}.
"""

import json
import socket
import socketserver
import threading
from collections.abc import Callable
from typing import Any

_ANSWER_WITHIN = 20.0
"""Seconds; taking the intake down waits for its open connections."""

Obey = Callable[[dict[str, Any]], dict[str, Any]]
"""Follows one order and returns what is to be answered; raises ControlProblem if it cannot."""


class ControlProblem(Exception):
    """An order cannot be followed; the message says why."""


class ControlPort:
    """Listens on 127.0.0.1 alone; `port` 0 takes a free one, to be read from `port`."""

    def __init__(self, port: int, obey: Obey) -> None:
        """OSError when the port is in use."""
        self._server = _Server(port, obey)
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="control", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self, port: int, obey: Obey) -> None:
        super().__init__(("127.0.0.1", port), _Talk)
        self.obey = obey


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        assert isinstance(self.server, _Server)
        for line in self.rfile:
            answer = _answer(line, self.server.obey)
            self.wfile.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")


def _answer(line: bytes, obey: Obey) -> dict[str, Any]:
    try:
        order = json.loads(line)
        if not isinstance(order, dict):
            raise ControlProblem("an order is a JSON object")
        return {"done": True, **obey(order)}
    except (ControlProblem, ValueError, OSError) as error:
        return {"done": False, "problem": str(error)}


def give_order(port: int, order: dict[str, Any]) -> dict[str, Any]:
    """Send one order to the sandbox that runs on this machine and return its answer.

    Raises ControlProblem when none runs or it cannot follow the order.
    """
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as link:
            link.settimeout(_ANSWER_WITHIN)
            link.sendall(json.dumps(order).encode() + b"\n")
            answer = json.loads(link.makefile("rb").readline())
    except OSError as error:
        raise ControlProblem(
            f"no sandbox answers on 127.0.0.1:{port} ({error}); start one: python main.py sandbox"
        ) from error
    if not isinstance(answer, dict) or not answer.pop("done", False):
        raise ControlProblem(str(answer.get("problem", "no answer")))
    return answer
