"""A kiosk's desk and the intake service as processes of their own, which can be killed."""

import os
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from sandbox.intake.local_intake import LocalIntake

KIOSK = "JL-03"
ROOT = Path(__file__).parents[2]


class _Process:
    """A program whose standard output is heard line by line. Its standard output and error stand
    in `folder`, and so do its temporary files."""

    def __init__(self, command: Sequence[str], folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self._temporary = folder / "tmp"
        self._temporary.mkdir(parents=True, exist_ok=True)
        self._heard = threading.Condition()
        self._ended = False
        with (folder / "stderr.log").open("ab") as complaints:
            self._process = subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=complaints,
                text=True,
                env={**os.environ, "TMPDIR": str(self._temporary), **environment},
            )
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def order(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def until(self, holds: Callable[[], bool], within: float = 30.0) -> None:
        """Until it has said what makes `holds` true."""
        with self._heard:
            self._heard.wait_for(lambda: self._ended or holds(), within)
            if not holds():
                complaints = (self.folder / "stderr.log").read_text("utf-8", "replace")
                raise TimeoutError(f"ended: {self._ended}\n{complaints[-2000:]}")

    def kill(self) -> None:
        """SIGKILL. Afterwards all that it said is heard."""
        self._process.kill()
        self._end(10)

    def finish(self, within: float = 40.0) -> None:
        """Let it end by itself: its standard input ends."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._end(within)

    def _end(self, within: float) -> None:
        self._process.wait(within)
        self._reader.join(within)
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            self._process.stdin.close()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout, (self.folder / "stdout.log").open("a") as copy:
            for line in self._process.stdout:
                copy.write(line)
                copy.flush()
                # A line that a kill cut short says nothing.
                if line.endswith("\n"):
                    with self._heard:
                        self._hear(line.split())
                        self._heard.notify_all()
        with self._heard:
            self._ended = True
            self._heard.notify_all()

    def _hear(self, words: list[str]) -> None:
        raise NotImplementedError


class DeskProcess(_Process):
    """`desk_program`, with its storage in `folder`/storage.

    `kept`, `received` and `deferred` hold references in their order, with the seconds of the
    monotonic clock at which each was said.
    """

    def __init__(
        self,
        url: str,
        folder: Path,
        *,
        authority: Path | None = None,
        code: str | None = None,
        environment: dict[str, str] | None = None,
    ) -> None:
        self.storage = folder / "storage"
        self.kept: list[tuple[str, float]] = []
        self.received: list[tuple[str, float]] = []
        self.deferred: list[tuple[str, float]] = []
        self.states: list[tuple[str, float]] = []
        command = ["tests.integration.desk_program", url, str(self.storage)]
        command += ["--authority", str(authority)] if authority is not None else []
        command += ["--code", code] if code is not None else []
        super().__init__(command, folder, environment or {})

    def file(self, count: int, after: str = "kept", pause: float = 0.0) -> None:
        """Order `count` applications, the next when the last one was `after` (kept or tried) and
        at least `pause` seconds later."""
        self.order(f"file {count} {after} {pause}")

    def until_kept(self, count: int, within: float = 60.0) -> None:
        self.until(lambda: len(self.kept) >= count, within)

    def until_sent(self, within: float = 60.0) -> None:
        """Until the intake answers and no application waits."""
        self.until(
            lambda: (
                bool(self.states)
                and self.states[-1][0].startswith("reachable ")
                and " waiting=0 " in self.states[-1][0]
            ),
            within,
        )

    def _hear(self, words: list[str]) -> None:
        at = float(words[0])
        match words[1:]:
            case ["kept", reference]:
                self.kept.append((reference, at))
            case ["received", reference, _]:
                self.received.append((reference, at))
            case ["deferred", reference, _]:
                self.deferred.append((reference, at))
            case ["state", *state]:
                self.states.append((" ".join(state), at))


class ServiceProcess(_Process):
    """`python -m sandbox.intake`, with what it keeps in `folder`/office."""

    def __init__(
        self,
        folder: Path,
        port: int = 0,
        options: Sequence[str] = (),
        *,
        environment: dict[str, str] | None = None,
    ) -> None:
        self.url = ""
        command = ["sandbox.intake", "--port", str(port), "--folder", str(folder / "office")]
        super().__init__([*command, *options], folder, environment or {})

    def until_it_listens(self, within: float = 30.0) -> str:
        """Its address."""
        self.until(lambda: bool(self.url), within)
        return self.url

    @property
    def port(self) -> int:
        return int(self.url.rstrip("/").rpartition(":")[2])

    def _hear(self, words: list[str]) -> None:
        if words[:2] == ["intake", "at"]:
            self.url = words[2]


class ServiceHere:
    """The same service in this process: begins faster, and dies more gently."""

    def __init__(
        self, folder: Path, port: int = 0, *, environment: dict[str, str] | None = None
    ) -> None:
        """The `environment` is this process's own."""
        self._intake = LocalIntake("127.0.0.1", port, folder / "office")
        self._intake.start()
        self.url, self.port = self._intake.url, self._intake.port

    def until_it_listens(self) -> str:
        return self.url

    def kill(self) -> None:
        self._intake.stop()


Service = type[ServiceProcess] | type[ServiceHere]


def enrolment_code(folder: Path) -> tuple[str, Path]:
    """For the desk, of a service that works in `folder` and does not run; and the authority by
    which that service is known over TLS."""
    intake = LocalIntake("127.0.0.1", 0, folder / "office")
    code, authority = intake.issue_code(KIOSK), intake.authority
    intake.stop()
    return code, authority


def cases(folder: Path) -> Counter[str]:
    """How often each reference stands in the database of a service that worked in `folder`."""
    (file,) = (folder / "office").glob("*.sqlite")
    with sqlite3.connect(file) as db:
        return Counter(reference for (reference,) in db.execute('SELECT reference FROM "case"'))


def is_sound(folder: Path) -> bool:
    """Whether SQLite finds each of its files under `folder` whole."""
    files = sorted(folder.rglob("*.sqlite"))
    assert files
    found = []
    for file in files:
        with sqlite3.connect(file) as db:
            found.append(db.execute("PRAGMA integrity_check").fetchall())
    return [[("ok",)]] * len(files) == found
