"""The watching thread's work: whether the intake answers, what time it says, which key it gives
to seal to, who the kiosk is to it, and how soon a guide comes who was called."""

import logging
import random
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from kiosk.errors import IntakeError
from kiosk.events import IntakeAlert
from kiosk.intake.device_identity import DeviceIdentity, load_identity
from kiosk.intake.enrolling import enrol, renew
from kiosk.intake.line import Line
from kiosk.intake.open_call import OpenCall
from kiosk.intake.schedule import delay_after
from kiosk.intake.sealing import Sealer, store_key
from kiosk.intake.sending import Sending
from kiosk.intake.sending_table import Fate, verdict_on
from kiosk.intake.server_time import ServerTime
from kiosk.intake.standing import Standing, Work

_log = logging.getLogger(__name__)

_EVERY = 5.0
"""Seconds between two looks while something waits or does not work."""
_AT_REST = 60.0
_AT_MOST_EVERY = 0.5
_EXPIRES_SOON = timedelta(days=14)


class Watching:
    """Owns a line of its own. `code` enrols a kiosk that has no identity yet. Whoever sets
    `look_now` had no answer and wants to know."""

    def __init__(
        self,
        line: Line,
        folder: Path,
        kiosk_id: str,
        code: str | None,
        server_time: ServerTime,
        standing: Standing,
        sending: Sending,
        open_call: OpenCall,
        look_now: threading.Event,
    ) -> None:
        self._line = line
        self._folder = folder
        self._kiosk_id = kiosk_id
        self._code = code
        self._server_time = server_time
        self._standing = standing
        self._sending = sending
        self._open_call = open_call
        self._wake = look_now
        self._stop = threading.Event()
        self._code_refused = False
        self._key_stored = True
        self._failures = 0
        self._not_before = 0.0

    def stop(self) -> None:
        """End after the call under way. From any thread."""
        self._stop.set()
        self._wake.set()

    def run(self) -> None:
        while not self._stop.is_set():
            self._wake.clear()
            self._safely(self.look)
            self._stop.wait(_AT_MOST_EVERY)
            self._wait(time.monotonic() + self._pause())
        self._line.close()

    def _wait(self, until: float) -> None:
        """For the next look; meanwhile, how soon a guide comes."""
        while not self._wake.is_set() and (left := until - time.monotonic()) > 0:
            due = self._open_call.due_in()
            if due == 0:
                self._safely(lambda: self._open_call.follow(self._line.client))
            else:
                self._wake.wait(left if due is None else min(due, left))

    def _safely(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - the watch outlives a fault of ours
            _log.error("a look at the intake failed: %s", type(error).__name__)

    def _pause(self) -> float:
        well = self._standing.reachable and self._standing.block is None
        return _AT_REST if well and not self._sending.has_open else _EVERY

    def look(self) -> None:
        """Ask once, and see to what the answer needs."""
        self._find_identity()
        try:
            health = self._line.client.health()
        except IntakeError as error:
            if self._standing.answered(False):
                _log.warning("the intake does not answer: %s %s", error.code, error)
            self._tell_alerts(verdict_on(error).alert)
            return
        self._see_to_identity()
        self._refresh_key()
        self._tell_alerts(IntakeAlert.CLOCK_WRONG if self._server_time.clock_wrong else None)
        news = self._standing.answered(True)
        if news:
            _log.info("the intake answers")
        self._sending.answered(health.time, news)

    def _find_identity(self) -> None:
        """What is on the disk counts: staff may have enrolled the kiosk by hand."""
        found = load_identity(self._folder, self._kiosk_id)
        if found is not None and found != self._standing.identity:
            self._standing.is_device(found)

    def _see_to_identity(self) -> None:
        identity = self._standing.identity
        if time.monotonic() < self._not_before:
            return
        if identity is not None:
            if identity.renewal_due(self._server_time.now()):
                self._ask_for_identity(lambda: renew(self._line.client, self._folder, identity))
        elif self._code is not None and not self._code_refused:
            code = self._code
            self._ask_for_identity(
                lambda: enrol(self._line.client, self._folder, self._kiosk_id, code)
            )

    def _ask_for_identity(self, ask: Callable[[], DeviceIdentity]) -> None:
        try:
            identity = ask()
        except (IntakeError, OSError) as error:
            self._failures += 1
            delay = delay_after(self._failures, random.random())
            _log.error("no device certificate: %s %s", type(error).__name__, error)
            if isinstance(error, IntakeError):
                verdict = verdict_on(error)
                delay = max(delay, verdict.at_least)
                self._code_refused = self._standing.identity is None and (
                    verdict.fate is Fate.HOLD or verdict.alert is IntakeAlert.KIOSK_REFUSED
                )
            self._not_before = time.monotonic() + delay
        else:
            self._failures = 0
            self._standing.is_device(identity)

    def _refresh_key(self) -> None:
        """A key that changed is known before the next application is sealed."""
        sealer = self._standing.sealer
        try:
            key = self._line.client.sealing_key()
            if sealer is None or sealer.key != key:
                self._standing.has_key(Sealer(key))
                self._key_stored = False
        except IntakeError as error:
            _log.warning("no sealing key: %s %s", error.code, error)
            return
        if self._key_stored:
            return
        try:
            store_key(self._folder, key)
            self._key_stored = True
        except OSError as error:
            _log.error("the sealing key could not be stored: %s", type(error).__name__)

    def _tell_alerts(self, alert: IntakeAlert | None) -> None:
        alerts = {alert} if alert is not None else set()
        identity = self._standing.identity
        now = self._server_time.now()
        if identity is None and self._code_refused:
            alerts.add(IntakeAlert.KIOSK_REFUSED)
        if (
            identity is not None
            and identity.renewal_due(now)
            and identity.not_after - now < _EXPIRES_SOON
        ):
            alerts.add(IntakeAlert.CERTIFICATE_EXPIRES)
        if not self._key_stored:
            alerts.add(IntakeAlert.STORAGE)
        self._standing.alert(Work.WATCHING, frozenset(alerts))
