"""A kiosk's desk as a process of its own: files one application after another and says each
reference that it reports as kept. Arguments: the intake's address, the storage folder, and numbers
of cases: with these it withdraws one after another, and files three applications together."""

import sys
from pathlib import Path

from intake_fixtures import NUMBER, application

from kiosk.events import ActKept, ApplicationKept, IntakeChanged
from kiosk.intake.contract.case_acts import Withdraw
from kiosk.intake.contract.dossier import Person
from kiosk.intake.worker import IntakeWorker

WITHDRAW = Withdraw(reason="changed_my_mind")
OWNER = Person(kind="resident_id", number=NUMBER)


def main() -> None:
    import queue

    url, storage, *cases = sys.argv[1:]
    together = (application(),) * (3 if cases else 1)
    events: queue.Queue[object] = queue.Queue()
    desk = IntakeWorker(url, "JL-03", Path(storage), events.put)
    desk.start()
    while True:
        match events.get():
            case IntakeChanged(can_file=True):
                break
    while True:
        if cases:
            desk.act("visit", cases.pop(0), WITHDRAW, OWNER, (), ())
            _say(_next(events, ActKept).reference)
        desk.file("visit", together)
        kept = _next(events, ApplicationKept)
        _say(*[part.reference for part in kept.parts] or [kept.reference])


def _next(events, kind):
    while not isinstance(event := events.get(), kind):
        pass
    return event


def _say(*references: str) -> None:
    sys.stdout.write("".join(f"{reference}\n" for reference in references))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
