"""Printer profiles: the shipped ones load, a wrong one is named with its line."""

from pathlib import Path

import pytest
from paper_samples import PROFILES, profile

from hardware.receipt_printer import commands
from hardware.receipt_printer.profiles import Cut, ProofCommand, load_profile
from kiosk.errors import ConfigurationError


def test_every_shipped_profile_loads() -> None:
    """No file in config/printers is left that the product would refuse."""
    shipped = {file.stem: profile(file.stem).width for file in PROFILES.glob("*.toml")}
    assert {"80mm": 576, "58mm": 384, "80mm-own-font": 576} == shipped


def test_proof_is_asked_in_the_profile_s_order() -> None:
    """80 mm printers are asked by GS ( H first."""
    assert (ProofCommand.GS_H, ProofCommand.GS_R) == profile("80mm").proof


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("width = 576\nmargin = 'x'\n", 2, "margin"),
        ("width = 577\n", 1, "width"),
        ("width = 576\n\nspeed = 3\n", 3, "speed"),
        ("width = 576\nproof = ['gs_x']\n", 2, "proof"),
        ("width = 576\n[usb]\nin_endpoint = 1\n", 3, "in_endpoint"),
        ("width = 576\nwidth = 384\n", 2, "overwrite"),
        ("margin = 8\n", 0, "width"),
    ],
)
def test_a_mistake_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    """Whoever edits a profile reads where and what is wrong."""
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_profile(tmp_path, "mine")
    assert line == caught.value.line
    assert reason in caught.value.reason


@pytest.mark.parametrize("name", ["other", "../80mm", ""])
def test_a_profile_that_is_not_there_is_refused(name: str) -> None:
    """A name is a name, never a path, and the message lists what there is."""
    with pytest.raises(ConfigurationError):
        load_profile(PROFILES, name)


def test_paper_without_a_cutter_moves_on_to_the_tear_bar() -> None:
    """300 dots are two commands, since one moves 255 at most; with a cutter none is needed."""
    assert b"\x1bJ\xff\x1bJ\x2d" == commands.end(Cut.NONE, 300)
    assert b"\x1dVB\x00" == commands.end(Cut.PARTIAL, 300)
    assert b"\x1dVA\x00" == commands.end(Cut.FULL, 300)
