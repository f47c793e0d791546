"""A scanner that types into the window, by real keys of the X server."""

import re
from pathlib import Path

from tests.ui import heap
from tests.ui.kiosk_process import place, run, sandbox
from tests.ui.typing_scanner import NUMBER, REFERENCE

TOKEN = "SANDBOX-MZT:" + "aB3_-xyz" * 4


def test_a_typed_scan_lands_in_no_field(tmp_path: Path):
    """At home, while a text is being typed, and at the sign-in page a burst of keys is a code and
    nothing else; a hand, single keys and shortcuts do nothing. An identity code that the intake
    does not know is refused, and after the visit it is in no object, in no file and in nothing that
    was said."""
    kiosk = place(tmp_path, 600, 1067, reader=False)
    words = kiosk.config.read_text("utf-8")
    keyboard = '[scanner]\nconnection = "keyboard"\n'
    kiosk.config.write_text(re.sub(r"\[scanner\][^[]*", keyboard, words), "utf-8")
    with sandbox(kiosk, tmp_path / "sandbox", "card"):
        token = tmp_path / "token"
        token.write_text(TOKEN)
        ended = run(
            "typing_scanner", kiosk.config, token, temporary=tmp_path / "temporary", within=60
        )
    assert ended.seen is not None, ended.complained
    assert {
        "at home": NUMBER,
        "heard of a hand": 0,
        "in the field": ["", "", True],
        "place": "search",
        "while typing": REFERENCE,
        "refused": "/problems/token-invalid",
        "kept": [],
    } == ended.seen
    assert TOKEN not in ended.said + ended.complained
    assert [] == heap.files_with([TOKEN], (kiosk.storage, tmp_path / "temporary"))
