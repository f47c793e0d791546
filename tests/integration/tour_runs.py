"""Plays tours as an operator would, with a configuration of its own, and reads what they left."""

import base64
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
import zxingcpp
from PIL import Image

from screens.tour.actions import Action, Choose, Expect, Screenshot, Tap, Type, Write
from screens.tour.script import Tour, load_tour

ROOT = Path(__file__).parents[2]
TOURS = ROOT / "tests" / "tours"
CARDS = ROOT / "tests" / "cards"
SMALL = {"width = 1080": "width = 720", "height = 1920": "height = 1280"}
"""The same pages as at the hall's size, drawn in half the time where no graphics card is."""
PRINTED = {"凭条已打印", "Receipt printed", "补打的凭条已打印"}
COPIED = "已经打印"
KEPT = "已保存，会自动提交"
RECEIVED = {"已收件", "Application received", KEPT}


@dataclass(frozen=True)
class Run:
    """One run of `main.py tour`; `applications` and `look_ups` as the intake stored them."""

    tours: tuple[Tour, ...]
    status: int
    said: tuple[str, ...]
    complained: str
    out: Path
    temporary: Path

    @property
    def applications(self) -> list[dict[str, Any]]:
        return list(self._record["applications"])

    @property
    def look_ups(self) -> list[dict[str, Any]]:
        return list(self._record["look_ups"])

    @property
    def ratings(self) -> list[dict[str, Any]]:
        return list(self._record["ratings"])

    @property
    def filed(self) -> list[tuple[Tour, dict[str, Any]]]:
        """Each tour that files, with what the intake has of it."""
        tours = [tour for tour in self.tours if RECEIVED & _expected(tour)]
        return list(zip(tours, self.applications, strict=True))

    @property
    def storage(self) -> Path:
        return self.out / "storage"

    def receipts(self) -> list[str]:
        """The numbers in the QR codes of the printed slips, in order."""
        return [_number_in(code) for code in self.slip_codes()]

    def slip_codes(self) -> list[str]:
        """The QR codes of the printed slips as they are read, in order."""
        return [code for file in sorted(self.out.glob("receipt-*.png")) for code in codes(file)]

    @property
    def slip_key(self) -> dict[str, str]:
        """The public key that the intake signed slips with, as a JWK."""
        (key,) = self._record["slip_keys"]
        return dict(key)

    def pictures(self) -> list[str]:
        numbered = [file.name.split("-", 1) for file in self.out.glob("[0-9]*.png")]
        return [name for _number, name in sorted(numbered, key=lambda pair: int(pair[0]))]

    def picture(self, name: str) -> Path:
        pictures = self.out.glob(f"[0-9]*-{name}.png")
        return next(file for file in pictures if file.name.split("-", 1)[1] == f"{name}.png")

    @property
    def _record(self) -> dict[str, Any]:
        return dict(json.loads((self.out / "intake.json").read_text("utf-8")))


def _number_in(code: str) -> str:
    """The code itself, or what is named by a slip that the intake signed (JWS, and its rows)."""
    if "." not in code:
        return code
    payload = code.split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return str(claims["number"])


def codes(picture: Path) -> list[str]:
    """What the QR codes on a picture say."""
    with Image.open(picture) as opened:
        return [code.text for code in zxingcpp.read_barcodes(opened.convert("L"))]


def play(
    folder: Path,
    files: Sequence[Path],
    *options: str,
    changes: Mapping[str, str] | None = None,
    within: float = 840.0,
) -> Run:
    """`changes` are made to the configuration as shipped, besides ports and folders."""
    temporary = folder / "temporary"
    temporary.mkdir()
    config = folder / "kiosk.toml"
    text = (ROOT / "config" / "kiosk.toml").read_text("utf-8")
    own = {
        "port = 9100": f"port = {_free_port()}",
        "127.0.0.1:8480": f"127.0.0.1:{_free_port()}",
        "127.0.0.1:8492": f"127.0.0.1:{_free_port()}",
        '"var/scanner"': f'"{folder / "scanner"}"',
    }
    for old, new in (own | dict(changes or {})).items():
        assert old in text
        text = text.replace(old, new)
    config.write_text(text, "utf-8")
    command = [sys.executable, "main.py", "tour", "--config", str(config)]
    command += ["--out", str(folder / "out"), *options, *map(str, files)]
    with screen() as display:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=within,
            env=os.environ | {"DISPLAY": display, "TMPDIR": str(temporary)},
        )  # fmt: skip
    return Run(
        tuple(load_tour(file) for file in files), done.returncode,
        tuple(done.stdout.splitlines()), done.stderr, folder / "out", temporary,
    )  # fmt: skip


@contextmanager
def screen() -> Iterator[str]:
    """The screen that is there, or a virtual one with room for both orientations."""
    if "DISPLAY" in os.environ:
        yield os.environ["DISPLAY"]
        return
    server = subprocess.Popen(
        ["Xvfb", "-noreset", "-displayfd", "1", "-screen", "0", "1920x1920x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert server.stdout is not None
    try:
        yield f":{server.stdout.readline().strip()}"
    finally:
        server.terminate()
        server.wait()
        server.stdout.close()


def expected_slips(run: Run) -> list[str]:
    """The codes that the printed slips have to bear, in the order of the tours."""
    asking = [tour for tour in run.tours if Tap("开始查询") in _actions(tour)]
    numbers = {t.file: answer["number"] for t, answer in zip(asking, run.look_ups, strict=True)}
    for tour, application in run.filed:
        kept = KEPT in _expected(tour)
        numbers[tour.file] = application["reference" if kept else "number"]
    printed = {tour.file for tour in run.tours if PRINTED & _expected(tour)}
    printed |= {tour.file for tour in asking if COPIED in _expected(tour)}
    return [numbers[tour.file] for tour in run.tours if tour.file in printed]


def typed(tour: Tour) -> list[str]:
    """What stood in the fields at the end: a label typed into again has its last text, but each
    row of a group, which 保存 ends, its own. What is written by hand goes behind what stands in the
    field that was typed into or tapped last."""
    last: dict[tuple[str, int], str] = {}
    rows, here = 0, ""
    for action in _actions(tour):
        match action:
            case Type(texts):
                last |= {(label, rows): typed.text for label, typed in texts.items()}
                here = [*texts][-1]
            case Write(text):
                last[here, rows] = last.get((here, rows), "") + text
            case Tap("保存"):
                rows += 1
            case Tap(control):
                here = control
            case _:
                pass
    return list(last.values())


def chosen(tour: Tour) -> list[str]:
    return [
        option
        for action in _actions(tour)
        if isinstance(action, Choose)
        for options in action.options.values()
        for option in options
    ]


def shot(tour: Tour) -> list[str]:
    return [action.name for action in _actions(tour) if isinstance(action, Screenshot)]


def passes(run: Run) -> None:
    """Each step of each tour was done as a person would do it."""
    assert [] == [line for line in run.said if line.startswith(("✗", "  "))]
    assert (0, "") == (run.status, run.complained)
    assert run.said[-1].startswith(f"{len(run.tours)} of {len(run.tours)} tours passed")


def leaves_nothing(run: Run, more: Set[str] = frozenset()) -> None:
    """What the kiosk keeps on its disk, in its temporary files and in what it says, apart from the
    tours' own steps, holds no name, number, phone, address or identity code of anybody; the
    intake's record does."""
    words = _personal(run) | more
    assert _found(words, (run.out / "intake.json").read_bytes())
    folders = (run.storage, run.temporary)
    kept = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    assert [run.storage / "outbox.sqlite"] == [f for f in kept if f.name == "outbox.sqlite"]
    for file in kept:
        assert [] == _found(words, file.read_bytes()), file
    steps = re.compile(r"✓ \d+ |.*\.yaml\)$")
    said = "\n".join(line for line in run.said if not steps.match(line)) + run.complained
    assert [] == _found(words, said.encode())


def _personal(run: Run) -> set[str]:
    """Names and numbers of the cards, and what was typed that tells somebody apart."""
    people = [yaml.safe_load(file.read_text("utf-8")) for file in CARDS.glob("*.yaml")]
    known = ("name", "number", "address")
    words = {person[key] for person in people for key in known if key in person}
    texts = {text for tour in run.tours for text in typed(tour)}
    numbers = {text for text in texts if re.fullmatch("[0-9A-Z]{11,}", text)}
    return words | numbers | {text for text in texts if not text.isascii() and len(text) > 1}


def _found(words: set[str], content: bytes) -> list[str]:
    return sorted(word for word in words if word.encode() in content)


def _expected(tour: Tour) -> set[str]:
    return {action.text for action in _actions(tour) if isinstance(action, Expect)}


def _actions(tour: Tour) -> list[Action]:
    return [step.action for step in tour.steps]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
