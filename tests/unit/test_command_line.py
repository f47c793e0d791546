"""The command line, run as a person runs it."""

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.configuration import PROGRAM

PROGRAM_FILE = PROGRAM / "main.py"


def call(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(PROGRAM_FILE), *arguments],
        capture_output=True, text=True, timeout=30, check=False, cwd="/",
    )


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("walk",),
        ("run", "--config", "/no/such/file.toml"),
        ("run", "--confg", "x"),
        ("run", "now"),
        ("tour",),
        ("tour", "/no/such/tour.yaml"),
        ("tour", "--out"),
        ("sandbox", "--control", "many"),
        ("sandbox", "printer", "on_fire"),
        ("sandbox", "card", "/no/such/card.yaml"),
        ("sandbox", "intake"),
        ("check-config", "--config", "/"),
        ("enrol",),
        ("enrol", "a code"),
    ],
)
def test_wrong_arguments(arguments: tuple[str, ...]) -> None:
    """A wrong argument gives one clear line and exit status 2."""
    done = call(*arguments)
    assert (2, "", 1) == (done.returncode, done.stdout, len(done.stderr.splitlines()))
    assert done.stderr.startswith("main.py")


@pytest.mark.parametrize("command", ["", "run", "tour", "sandbox", "enrol", "check-config"])
def test_help(command: str) -> None:
    """Every command explains itself, in lines that fit a terminal."""
    done = call(*command.split(), "--help")
    assert 0 == done.returncode
    assert "show this help message" in done.stdout
    assert not [line for line in done.stdout.splitlines() if len(line) > 80]


def test_check_config_is_content() -> None:
    """The configuration as shipped has no mistake, whatever folder the command is called from."""
    done = call("check-config")
    assert (0, "") == (done.returncode, done.stderr)


def test_check_config_names_every_mistake(tmp_path: Path) -> None:
    """Each mistake is told on a line of its own, as file:line: reason, with exit status 1."""
    file = tmp_path / "kiosk.toml"
    shipped = (PROGRAM / "config" / "kiosk.toml").read_text(encoding="utf-8")
    file.write_text(
        shipped.replace('kiosk_id = "JL-03"', "kiosk_id = 3").replace("port = 9100", "port = -1"),
        encoding="utf-8",
    )
    lines = shipped.splitlines()
    kiosk_id = lines.index('kiosk_id = "JL-03"') + 1
    port = lines.index("port = 9100") + 1
    done = call("check-config", "--config", str(file))
    assert 1 == done.returncode
    first, second = done.stderr.splitlines()
    assert first.startswith(f"{file}:{kiosk_id}: hall.kiosk_id: ")
    assert second.startswith(f"{file}:{port}: printer.port: ")


def test_check_config_finds_the_profile(tmp_path: Path) -> None:
    """What the settings name is checked too: a printer's profile that does not exist is told."""
    file = tmp_path / "kiosk.toml"
    shipped = (PROGRAM / "config" / "kiosk.toml").read_text(encoding="utf-8")
    file.write_text(shipped.replace('"80mm"', '"81mm"'), encoding="utf-8")
    done = call("check-config", "--config", str(file))
    assert 1 == done.returncode
    assert "81mm.toml" in done.stderr


@pytest.mark.parametrize("command", ["run", "tour", "sandbox"])
def test_wrong_settings_stop_every_command(command: str, tmp_path: Path) -> None:
    """No command begins with settings that have a mistake."""
    file = tmp_path / "kiosk.toml"
    file.write_text("[hall]\n", encoding="utf-8")
    tour = str(PROGRAM / "tests" / "tours" / "main-job.yaml")
    done = call(command, "--config", str(file), *([tour] if command == "tour" else []))
    assert 1 == done.returncode
    assert f"{file}:1: hall.name: is missing" in done.stderr.splitlines()


def test_wrong_tour_is_named_before_anything_starts(tmp_path: Path) -> None:
    """A tour with a mistake ends with file, line and reason, and leaves no folder behind."""
    file = tmp_path / "tour.yaml"
    file.write_text("tour: x\nsteps:\n  - absent: 350428195203140013\n", encoding="utf-8")
    done = call("tour", "--out", str(tmp_path / "out"), str(file))
    reason = "absent: the value has to be text; put it in quotes"
    assert (1, f"{file}:3: {reason}\n") == (done.returncode, done.stderr)
    assert not (tmp_path / "out").exists()


def test_changes_need_a_sandbox() -> None:
    """Changing a sandbox that does not run says so and how to start one."""
    done = call("sandbox", "--control", "1", "printer", "ok")
    assert 1 == done.returncode
    assert "start one: python main.py sandbox" in done.stderr


def test_starting_imports_little() -> None:
    """Reading the command line loads no window, no device, no network and no catalogue: each
    command loads what it needs."""
    program = (
        "import sys; sys.argv = ['main.py']; sys.path.insert(0, '.'); import main; main._parser();"
        "print(*sorted(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True, text=True, timeout=30, check=True, cwd=PROGRAM,
    )
    heavy = {"kivy", "smartcard", "escpos", "PIL", "requests", "sqlite3", "yaml", "hardware",
             "screens", "socketserver", "joserfc", "cryptography", "babel"}
    loaded = done.stdout.split()
    assert set() == heavy & {name.partition(".")[0] for name in loaded}
    words = {"sandbox", "sandbox.command_line"}
    assert words == {name for name in loaded if name.startswith("sandbox")}
