"""A kiosk as main.py wires it, and in the same process a play: a module of this folder whose `play`
is called on a thread of its own once the kiosk is open. What it returns is printed as JSON. Its
`prepare`, if there is one, is called with the same arguments before anything is opened.

python -m tests.ui.inside PLAY CONFIG ARGUMENT…
"""

import importlib
import json
import sys
import threading
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from config.settings import Settings
from kiosk.configuration import read_settings
from kiosk.crash import install_hooks
from main import kiosk

READY_WITHIN = 60.0


def main(play: str, config: str, *arguments: str) -> None:
    install_hooks()
    settings = read_settings(Path(config))
    assert isinstance(settings, Settings)
    ready = threading.Event()
    app = kiosk(settings, lambda _app: ready.set())
    # Only now: Kivy is not to be imported before its window is prepared.
    module = importlib.import_module(f"tests.ui.{play}")
    if hasattr(module, "prepare"):
        module.prepare(*arguments)
    result: Future[Any] = Future()

    def work() -> None:
        from screens.tour.ui_thread import on_ui

        try:
            assert ready.wait(READY_WITHIN)
            result.set_result(module.play(app, *arguments))
        except Exception as error:  # noqa: BLE001 (told when the window is closed)
            result.set_exception(error)
        on_ui(app.stop)

    threading.Thread(target=work, name="play", daemon=True).start()
    app.run()
    if error := result.exception(5):
        # Not through the hooks, which leave out what a test has to say.
        sys.exit(f"{type(error).__name__}: {error} ({_place(error)})")
    print(json.dumps(result.result(), ensure_ascii=False))


def _place(error: BaseException) -> str:
    lines = []
    trace = error.__traceback__
    while trace is not None:
        lines.append(f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " > ".join(lines)


if __name__ == "__main__":
    main(*sys.argv[1:])
