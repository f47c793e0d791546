"""Many kiosks at once, each with a key of its own, at several instances of one intake.

Everything is sealed and signed beforehand, so that what is measured is the intake.
"""

import asyncio
import json
import random
import statistics
import time
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from kiosk.intake.client import IntakeClient
from kiosk.intake.contract import (
    CHINA_TIME,
    ApplicationBody,
    ApplicationClaims,
    digest_of,
)
from kiosk.intake.enrolling import enrol
from kiosk.intake.outbox import new_reference
from kiosk.intake.sealing import Sealer
from sandbox.intake.local_intake import LocalIntake
from tests.integration.marked_person import application

_AGAIN = 0.5
"""Seconds after which what is still under way elsewhere is asked for again."""


@dataclass(frozen=True)
class Ready:
    """An application as it is sent: the whole request."""

    reference: str
    request: bytes


@dataclass
class Tally:
    """`receipts`: each pair of reference and number that was given. `waits`: seconds to the first
    answer of what went to one instance at a time. `repeated` counts requests sent again on
    purpose, `other` has the answers that were neither a receipt nor "in progress"."""

    receipts: set[tuple[str, str]] = field(default_factory=set)
    waits: list[float] = field(default_factory=list)
    repeated: int = 0
    in_progress: int = 0
    other: list[str] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.waits)

    @property
    def p99(self) -> float:
        return statistics.quantiles(self.waits, n=100)[-1]


def made_ready(
    intake: LocalIntake, url: str, folder: Path, kiosks: int, each: int
) -> list[list[Ready]]:
    """Enrol so many kiosks at the service at `url`, and prepare `each` applications of each."""
    client = IntakeClient(url)
    sealer = Sealer(client.sealing_key())
    wanted = application()
    ready = []
    for number in range(kiosks):
        kiosk = f"K-{number:04d}"
        identity = enrol(client, folder / kiosk, kiosk, intake.issue_code(kiosk))
        queue = []
        for _ in range(each):
            now = datetime.now(CHINA_TIME)
            sealed, _files = sealer.seal_parts(wanted)
            claims = ApplicationClaims(
                kiosk=kiosk,
                reference=new_reference(kiosk, now),
                item=wanted.item,
                kept_at=now,
                digest=digest_of(sealed),
            )
            body = ApplicationBody(**dict(claims), sealed=sealed, signature=identity.sign(claims))
            queue.append(Ready(claims.reference, _request(body.model_dump_json().encode())))
        ready.append(queue)
    client.close()
    return ready


def let_in(urls: Sequence[str], ready: list[list[Ready]], seconds: float, every: float) -> Tally:
    """Each kiosk sends one after another, `every` so many seconds (0: when the last is answered),
    to an instance by chance; one in ten goes again to the other one, at once or afterwards. What
    was sent is taken out of `ready`."""
    tally = Tally()
    until = time.monotonic() + seconds
    places = [(str(urlsplit(url).hostname), int(urlsplit(url).port or 80)) for url in urls]

    async def everybody() -> None:
        await asyncio.gather(
            *(_one(queue, places, until, every, tally) for queue in ready if queue)
        )

    asyncio.run(everybody())
    return tally


async def _one(
    queue: list[Ready],
    places: list[tuple[str, int]],
    until: float,
    every: float,
    tally: Tally,
) -> None:
    lines = [_Line(*place) for place in places]
    due = time.monotonic() + random.uniform(0, every)
    while queue:
        await asyncio.sleep(max(due - time.monotonic(), 0))
        if time.monotonic() >= until:
            break
        due = max(due + every, time.monotonic())
        sent = queue.pop()
        random.shuffle(lines)
        began = time.monotonic()
        match random.randrange(20):
            case 0:
                tally.repeated += 1
                await asyncio.gather(*(_sent(line, sent, tally) for line in lines))
            case 1:
                await _sent(lines[0], sent, tally)
                tally.waits.append(time.monotonic() - began)
                tally.repeated += 1
                await _sent(lines[1], sent, tally)
            case _:
                await _sent(lines[0], sent, tally)
                tally.waits.append(time.monotonic() - began)
    for line in lines:
        line.close()


async def _sent(line: "_Line", sent: Ready, tally: Tally) -> None:
    """Until there is a final answer."""
    while True:
        status, content = await line.exchange(sent.request)
        if status == 201:
            tally.receipts.add((sent.reference, json.loads(content)["number"]))
            return
        if status == 409 and b"/problems/in-progress" in content:
            tally.in_progress += 1
            await asyncio.sleep(_AGAIN)
            continue
        tally.other.append(f"{status} {content[:200].decode(errors='replace')}")
        return


class _Line:
    """A connection that is kept, to one instance; made anew when the other side ended it, which
    an idle one does."""

    def __init__(self, host: str, port: int) -> None:
        self._place = host, port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def exchange(self, request: bytes) -> tuple[int, bytes]:
        """Status and content of the answer."""
        while True:
            if self._streams is None:
                self._streams = await asyncio.open_connection(*self._place)
            reader, writer = self._streams
            try:
                writer.write(request)
                head = (await reader.readuntil(b"\r\n\r\n")).lower()
                length = int(head.partition(b"content-length:")[2].split(b"\r\n")[0])
                return int(head.split()[1]), await reader.readexactly(length)
            except (OSError, asyncio.IncompleteReadError):
                self.close()

    def close(self) -> None:
        if self._streams is not None:
            with suppress(OSError):
                self._streams[1].close()
            self._streams = None


def _request(content: bytes) -> bytes:
    head = (
        "POST /v1/applications HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Idempotency-Key: {uuid.uuid4()}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode("ascii") + content
