"""Where addresses and files come from: they read disks and are asked off the UI thread."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from kivy.clock import Clock

from kiosk.configuration import CONFIG
from kiosk.document_camera import CameraEyes
from kiosk.errors import ConfigurationError
from kiosk.forms.citizen_files import CitizenFiles
from kiosk.region_search import RegionSearch
from kiosk.regions import Regions

T = TypeVar("T")

REGIONS = Regions(CONFIG / "regions")
"""Reads its files when they are first asked for, and keeps them for every later visit."""

REGION_SEARCH = RegionSearch(
    REGIONS, CONFIG / "regions" / "sounds.tsv", CONFIG / "search" / "dialect.yaml"
)


@dataclass(frozen=True)
class Sources:
    """`files` is None where no folder is set, `camera` where there is none: without both only the
    original can be brought."""

    regions: Regions = REGIONS
    region_search: RegionSearch = REGION_SEARCH
    files: CitizenFiles | None = None
    camera: CameraEyes | None = None


def ask(work: Callable[[], T], hear: Callable[[T | None], None]) -> None:
    """Run `work` on a worker thread and give its result to `hear` on the UI thread; None where
    the disk did not give it."""

    def run() -> None:
        try:
            result: T | None = work()
        except (OSError, ConfigurationError):
            result = None
        Clock.schedule_once(lambda _dt: hear(result), 0)

    threading.Thread(target=run, name="asking-disk", daemon=True).start()
