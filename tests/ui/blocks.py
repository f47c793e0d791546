"""Calls of every kind that are made to wait for three seconds, once each, when a tour says so."""

import functools
import http.client
import os
import signal
import socket
import sqlite3
import sys
import threading
from collections.abc import Callable
from typing import Any

from smartcard import scard

SECONDS = 3.0


class Blocks:
    """`arm` a kind, and the next call of it, on whichever thread, takes three seconds longer.

    `world` is the process group of everything on the other side of the wires: it is stopped as a
    whole by the kind `freeze`, so that every device and the intake fall silent in earnest.
    """

    def __init__(self, world: int) -> None:
        self._world = world
        self._armed: set[str] = set()
        self._lock = threading.Lock()
        self.fired: dict[str, str] = {}
        sys.addaudithook(self._hear)
        for owner, name, kind in (
            (socket.socket, "sendall", "send to the printer"),
            (http.client.HTTPConnection, "send", "send to the intake"),
            (socket.socket, "recv", "receive from the printer"),
            (socket.socket, "recv_into", "receive from the intake"),
            (scard, "SCardTransmit", "transmit"),
            (scard, "SCardGetStatusChange", "status change"),
        ):
            setattr(owner, name, self._slow(kind, getattr(owner, name)))
        connection = type("SlowConnection", (sqlite3.Connection,), {"execute": self._execute()})
        sqlite3.connect = functools.partial(sqlite3.connect, factory=connection)

    def arm(self, *kinds: str) -> None:
        if "freeze" in kinds:
            threading.Thread(target=self._freeze, name="freeze", daemon=True).start()
        with self._lock:
            self._armed |= set(kinds) - {"freeze"}

    def _freeze(self) -> None:
        os.killpg(self._world, signal.SIGSTOP)
        try:
            threading.Event().wait(SECONDS)
        finally:
            os.killpg(self._world, signal.SIGCONT)
        self.fired["freeze"] = "everything outside"

    def _wait_if_armed(self, kind: str) -> None:
        with self._lock:
            if kind not in self._armed:
                return
            self._armed.remove(kind)
        self.fired[kind] = threading.current_thread().name
        threading.Event().wait(SECONDS)

    def _slow(self, kind: str, call: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(call)
        def slow(*args: Any, **kwargs: Any) -> Any:
            self._wait_if_armed(kind)
            return call(*args, **kwargs)

        return slow

    def _execute(self) -> Callable[..., Any]:
        def execute(connection: sqlite3.Connection, statement: str, *values: Any) -> Any:
            if statement == "COMMIT":
                self._wait_if_armed("commit")
            return sqlite3.Connection.execute(connection, statement, *values)

        return execute

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        match event:
            case "socket.connect":
                self._wait_if_armed("connect")
            case "socket.getaddrinfo":
                self._wait_if_armed("resolve")
            case "open" if "regions" in str(arguments[0]):
                self._wait_if_armed("read a file")
