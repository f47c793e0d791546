"""A kiosk's desk as a process of its own: files one application after another and says each
reference that it reports as kept. Arguments: the intake's address, the storage folder."""

import sys
from pathlib import Path

from intake_fixtures import application

from kiosk.events import ApplicationKept, IntakeChanged
from kiosk.intake.worker import IntakeWorker


def main() -> None:
    import queue

    events: queue.Queue[object] = queue.Queue()
    desk = IntakeWorker(sys.argv[1], "JL-03", Path(sys.argv[2]), events.put)
    desk.start()
    while True:
        match events.get():
            case IntakeChanged(can_file=True):
                break
    while True:
        desk.file("visit", (application(),))
        while not isinstance(event := events.get(), ApplicationKept):
            pass
        sys.stdout.write(f"{event.reference}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
