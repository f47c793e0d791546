"""Where a benchmark writes what has to reach a disk."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.home_page import ROOT


@contextmanager
def disk_folder() -> Iterator[Path]:
    """Beside the kiosk's own storage: the system's temporary files may be in memory."""
    var = ROOT / "var"
    var.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=var) as name:
        yield Path(name)
