"""A line to the intake that breaks: requests pass, and some of the answers do not."""

import asyncio
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_CLEAN_UP = 5.0


class CuttingProxy:
    """Stands before an HTTP/1.1 server on this machine. Each request passes whole; `dropped` of
    the answers (0…1) are cut before or inside, as often the one as the other, and the connection
    with them; not those to requests that begin with one of `spared`. `port` is where it listens,
    `server` the server's port, which may come and go.
    """

    def __init__(
        self, server: int, dropped: float, chance: random.Random, spared: tuple[bytes, ...]
    ) -> None:
        self.port = 0
        self.server = server
        self.cut = 0
        self.passed = 0
        self.application: tuple[bytes, bytes] = (b"", b"")
        """Head and body of the last application that was sent on."""
        self._dropped = dropped
        self._chance = chance
        self._spared = spared

    async def listen(self) -> asyncio.Server:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=2**24)
        self.port = server.sockets[0].getsockname()[1]
        return server

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # Whatever breaks on one side ends on the other.
        with suppress(OSError, asyncio.IncompleteReadError):
            while await self._exchange(reader, writer):
                pass
        writer.transport.abort()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request and its answer; False when the line was cut."""
        head, body = await _message(reader)
        if head.startswith(b"POST /v1/applications "):
            self.application = head, body
        answer = await self._answer(head + body)
        if head.startswith(self._spared) or self._chance.random() >= self._dropped:
            self.passed += 1
            writer.write(answer)
            await writer.drain()
            return True
        self.cut += 1
        if self._chance.random() < 0.5:
            writer.write(answer[: self._chance.randrange(1, len(answer))])
            await writer.drain()
        return False

    async def _answer(self, request: bytes) -> bytes:
        """On a connection of its own, so that the server ends none that the client still keeps."""
        there, back = await asyncio.open_connection("127.0.0.1", self.server, limit=2**24)
        try:
            back.write(request)
            return b"".join(await _message(there))
        finally:
            back.close()


async def _message(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    length = 0
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            length = int(line.partition(b":")[2])
    return head, await reader.readexactly(length)


@contextmanager
def cutting_proxy(
    server: int, dropped: float, chance: random.Random, spared: tuple[bytes, ...] = ()
) -> Iterator[CuttingProxy]:
    """Runs on a thread of its own until the block ends."""
    proxy = CuttingProxy(server, dropped, chance, spared)
    loop = asyncio.new_event_loop()
    listening = loop.run_until_complete(proxy.listen())
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        asyncio.run_coroutine_threadsafe(_closed(listening), loop).result(_CLEAN_UP)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(_CLEAN_UP)
        loop.close()


async def _closed(listening: asyncio.Server) -> None:
    listening.close()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
