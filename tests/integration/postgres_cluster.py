"""A PostgreSQL cluster of our own, from Debian's package, for the time of the tests."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine, text

_PROGRAMS = Path("/usr/lib/postgresql")


class Cluster:
    """Runs in `folder`, reached through a socket there alone. Commits are on the disk before they
    are answered, as in a hall."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._programs = max(_PROGRAMS.iterdir(), key=lambda version: int(version.name)) / "bin"
        # PostgreSQL refuses to run as root.
        self._as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self._as_user:
            shutil.chown(folder, "postgres")
        who = ("--username=kiosk", "--auth=trust")
        self._run("initdb", *who, "--no-locale", "--encoding=UTF8", "--no-sync")

    def start(self) -> None:
        options = f"-c listen_addresses='' -c unix_socket_directories='{self._folder}'"
        self._run("pg_ctl", "start", "--wait", "--log", str(self._folder / "log"), "-o", options)

    def stop(self, mode: str = "fast") -> None:
        """`mode` immediate is a crash."""
        self._run("pg_ctl", "stop", "--wait", "--mode", mode)

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://kiosk@/{database}?host={self._folder}"

    def new_database(self) -> str:
        """The URL of an empty one."""
        name = f"intake_{uuid4().hex}"
        engine = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return self.url(name)

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [*self._as_user, self._programs / program, "-D", self._folder / "data", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd=self._folder,
            text=True,
            timeout=60,
            check=False,
        )
        assert 0 == done.returncode, done.stderr


@contextmanager
def cluster() -> Iterator[Cluster]:
    # Not pytest's own folder: its parents are closed to the user postgres.
    with tempfile.TemporaryDirectory(prefix="kiosk-postgres-") as folder:
        made = Cluster(Path(folder))
        made.start()
        try:
            yield made
        finally:
            made.stop("immediate")
