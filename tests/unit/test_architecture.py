"""The architecture that docs/architecture.md describes, held."""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("config", "kiosk", "hardware", "screens", "sandbox")
MOST_LINES = 400

OURS = {
    "config": {"config"},
    "kiosk": {"kiosk", "config"},
    "hardware": {"hardware", "kiosk", "config"},
    "screens": {"screens", "kiosk", "config"},
    "sandbox": {"sandbox", "config"},
}
"""Which of our packages each may import: screens → kiosk ← hardware; main.py wires."""

ONLY_IN = {
    "PIL": ("hardware/receipt_printer", "sandbox", "screens/tour"),
    "alembic": ("sandbox/intake",),
    "argon2": ("sandbox/intake/desk",),
    "babel": ("kiosk", "sandbox/intake/desk"),
    "cffi": ("kiosk/text_entry/pinyin",),
    "chinese_calendar": ("sandbox/intake",),
    "cryptography": ("kiosk/intake", "sandbox/intake"),
    "cv2": ("hardware/document_camera",),
    "escpos": ("hardware",),
    "fastapi": ("sandbox/intake",),
    "jinja2": ("sandbox/intake/desk",),
    "joserfc": ("kiosk/intake", "sandbox/intake"),
    "kivy": ("screens",),
    "numpy": ("hardware/document_camera", "kiosk/text_entry/handwriting"),
    "onnxruntime": ("kiosk/text_entry/handwriting",),
    "pydantic": ("config", "kiosk", "hardware", "sandbox"),
    "qrcode": ("hardware/receipt_printer", "sandbox/intake/desk", "screens/widgets"),
    "rapidfuzz": ("kiosk/catalogue/search",),
    "requests": ("kiosk/intake", "sandbox"),
    "serial": ("hardware",),
    "smartcard": ("hardware",),
    "sqlalchemy": ("sandbox/intake",),
    "starlette": ("sandbox/intake",),
    "urllib3": ("kiosk/intake",),
    "usb": ("hardware",),
    "uvicorn": ("sandbox/intake",),
    "yaml": ("kiosk", "sandbox"),
    "zxingcpp": ("sandbox/printer",),
    # Of Python itself: what blocks has no place on the thread that draws.
    "socket": ("hardware", "sandbox", "screens/tour"),
    "sqlite3": ("kiosk/documents", "kiosk/intake", "sandbox/intake"),
    "subprocess": ("kiosk/text_entry/handwriting", "sandbox", "screens/tour"),
}
"""Every library that is taken, and the folders that may know it."""

COMES_WITH = {"starlette": "fastapi", "urllib3": "requests"}
"""Packages that belong to another one, whose pin stands for both."""

VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "base"}


@dataclass(frozen=True)
class Module:
    path: Path

    @property
    def place(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def package(self) -> str:
        return self.place.partition("/")[0]

    def tree(self) -> ast.Module:
        return ast.parse(self.path.read_text(encoding="utf-8"))

    def imports(self) -> Iterator[str]:
        """Full names of what is imported, wherever in the module."""
        for node in ast.walk(self.tree()):
            if isinstance(node, ast.Import):
                yield from (name.name for name in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{self.place}: a relative import"
                yield str(node.module)
                yield from (f"{node.module}.{name.name}" for name in node.names)


PRODUCT = [
    Module(path) for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))
]
EVERYTHING = [
    *PRODUCT,
    Module(ROOT / "main.py"),
    *(Module(path) for path in sorted((ROOT / "tests").rglob("*.py"))),
]


def is_in(module: Module, folder: str) -> bool:
    return module.place.startswith(f"{folder}/")


def test_imports_point_one_way() -> None:
    """No package imports what stands above it; the sandbox knows of the product the intake's
    contract alone, so that both sides of each wire are written twice."""
    contract = "kiosk.intake.contract"
    wrong = [
        f"{module.place}: {name}"
        for module in PRODUCT
        for name in module.imports()
        if name.partition(".")[0] in (*FOLDERS, "main", "tests")
        and name.partition(".")[0] not in OURS[module.package]
        and not (module.package == "sandbox" and name.startswith(contract))
    ]
    assert [] == wrong


def test_libraries_stay_in_their_folders() -> None:
    """Only screens/ knows Kivy, only hardware/ knows the devices' libraries, and so on; a new
    library is named here first."""
    wrong = []
    for module in PRODUCT:
        for name in {name.partition(".")[0] for name in module.imports()}:
            if name in ONLY_IN:
                if not any(is_in(module, folder) for folder in ONLY_IN[name]):
                    wrong.append(f"{module.place}: {name}")
            elif name not in sys.stdlib_module_names and name not in FOLDERS:
                wrong.append(f"{module.place}: {name} is not named")
    assert [] == wrong


def test_screens_do_not_know_the_tour() -> None:
    """The kiosk runs without the part that plays tours."""
    wrong = [
        f"{module.place}: {name}"
        for module in PRODUCT
        for name in module.imports()
        if name.startswith("screens.tour") and not is_in(module, "screens/tour")
    ]
    assert [] == wrong


def test_libraries_are_pinned() -> None:
    """Whatever the product imports stands in requirements.txt with its exact version."""
    pinned = {
        line.partition("==")[0].lower()
        for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
        if re.fullmatch(r"[\w.-]+==[\w.]+", line)
    }
    distributions = packages_distributions()
    used = {name.partition(".")[0] for module in PRODUCT for name in module.imports()}
    missing = [
        name
        for name in used - sys.stdlib_module_names - set(FOLDERS)
        if not {d.lower() for d in distributions[COMES_WITH.get(name, name)]} & pinned
    ]
    assert [] == missing


@pytest.mark.parametrize("module", EVERYTHING, ids=lambda module: module.place)
def test_modules_are_small(module: Module) -> None:
    """A module has at most 400 lines and a name that says what it is about."""
    assert MOST_LINES >= len(module.path.read_text(encoding="utf-8").splitlines())
    assert not set(module.path.stem.split("_")) & VAGUE


def test_translation_keeps_its_name() -> None:
    """Where `_` translates it is nothing else, and it gets no text that is put together before:
    a translator could never find that."""
    wrong = []
    for module in PRODUCT:
        if "kiosk.language._" not in module.imports():
            continue
        for node in ast.walk(module.tree()):
            match node:
                case ast.Name(id="_", ctx=ast.Store()) | ast.arg(arg="_"):
                    wrong.append(f"{module.place}:{node.lineno}: _ is used for something else")
                case ast.Call(func=ast.Name(id="_"), args=[ast.JoinedStr() | ast.BinOp()]):
                    wrong.append(f"{module.place}:{node.lineno}: _ of a text put together")
                case _:
                    pass
    assert [] == wrong


def test_nothing_points_out_of_the_repository() -> None:
    """The product, its tests and its CI read nothing beside the repository, and name no path of
    the machine on which they were written."""
    outside = re.compile("|".join((r"\.\./" + "shared", "/" + r"work/\w", "/" + "root/")))
    folders = (*FOLDERS, "assets", "docs", "scripts", "tests", ".ci")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    files += [path for path in ROOT.iterdir() if path.is_file()]
    wrong = []
    for path in files:
        if path.suffix in (".pyc", ".otf", ".ttf", ".png"):
            continue
        if outside.search(path.read_text(encoding="utf-8", errors="replace")):
            wrong.append(path.relative_to(ROOT).as_posix())
    assert [] == wrong
