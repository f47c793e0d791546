"""请人帮忙: the call for a guide that is open at the intake. The asking thread makes it while a
citizen waits; the watching thread asks how soon somebody comes, and ends it."""

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.devices import Publish
from kiosk.errors import IntakeAnswerInvalid, IntakeError, IntakeRefused
from kiosk.events import HelpChanged
from kiosk.intake.contract.help_calls import HelpCall, HelpEnding, HelpQuestion, HelpStage
from kiosk.intake.outbox_rows import new_key

if TYPE_CHECKING:
    from kiosk.intake.client import IntakeClient

_EVERY = 3.0
"""Seconds between two questions after the guide."""


class OpenCall:
    """Publishes a `HelpChanged` for each change. `wake` has the watching thread look here."""

    def __init__(self, kiosk_id: str, publish: Publish, wake: Callable[[], None]) -> None:
        self._kiosk_id = kiosk_id
        self._publish = publish
        self._wake = wake
        self._lock = threading.Lock()
        self._call: HelpCall | None = None
        self._needed = False
        self._ending_key = ""
        self._told: HelpCall | None = None
        self._due = 0.0

    def needed(self) -> None:
        """Somebody presses the button. From any thread, before the call is made."""
        with self._lock:
            self._needed = True
            self._told = None

    def not_needed(self) -> None:
        """Also for a call that is only being made. From any thread."""
        with self._lock:
            self._needed = False
            self._due = 0.0
        self._wake()

    def made(self, call: HelpCall) -> None:
        """The intake has it."""
        with self._lock:
            self._call = call
            self._ending_key = new_key()
            self._due = time.monotonic() + _EVERY if self._needed else 0.0
            self._tell(call)
        self._wake()

    def not_made(self, error: IntakeError) -> None:
        with self._lock:
            if self._needed:
                self._publish(HelpChanged(None, error))

    def due_in(self) -> float | None:
        """Seconds until `follow` has something to do; None while no call is open."""
        with self._lock:
            return None if self._call is None else max(self._due - time.monotonic(), 0.0)

    def follow(self, client: "IntakeClient") -> None:
        """Ask how the call stands, or end it."""
        with self._lock:
            call, needed, key = self._call, self._needed, self._ending_key
            self._due = time.monotonic() + _EVERY
        if call is None:
            return
        answer: HelpCall | IntakeError
        try:
            answer = self._asked(client, call) if needed else self._ended(client, call, key)
            if answer.call != call.call:
                answer = IntakeAnswerInvalid("the answer is about another call")
        except IntakeError as error:
            answer = error
        with self._lock:
            if self._ending_key != key:
                # It was made anew meanwhile.
                return
            if isinstance(answer, HelpCall):
                self._call = None if answer.stage is HelpStage.ENDED else answer
            elif isinstance(answer, IntakeRefused) and answer.status == 404:
                # The intake knows nothing of it, so nobody comes.
                self._call = None
            if needed:
                self._tell(answer)

    def _asked(self, client: "IntakeClient", call: HelpCall) -> HelpCall:
        return client.help_call(HelpQuestion(call=call.call))

    def _ended(self, client: "IntakeClient", call: HelpCall, key: str) -> HelpCall:
        ending = HelpEnding(kiosk=self._kiosk_id, call=call.call)
        return client.end_call(key, ending.model_dump_json().encode())

    def _tell(self, answer: HelpCall | IntakeError) -> None:
        """What is new, to whoever needs it; that nothing answers once, however long it lasts."""
        if not self._needed:
            return
        match answer:
            case HelpCall():
                if answer != self._told:
                    self._told = answer
                    self._publish(HelpChanged(answer, None))
            case _:
                if self._told is not None:
                    self._told = None
                    self._publish(HelpChanged(None, answer))
