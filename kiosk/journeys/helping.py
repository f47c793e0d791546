"""请人帮忙: the call that was made from this kiosk. It outlives a visit, because a guide who is on
the way comes whoever stands there then."""

from dataclasses import dataclass

from kiosk.devices import IntakeDesk
from kiosk.errors import IntakeError
from kiosk.events import HelpChanged
from kiosk.intake.contract.help_calls import HelpCall, HelpStage
from kiosk.journeys.steps import Place


@dataclass
class Helping:
    """`calling`: the intake has not answered the call yet; `error`: why nobody was called."""

    call: HelpCall | None = None
    error: IntakeError | None = None
    calling: bool = False

    def begin(self, desk: IntakeDesk, place: Place) -> None:
        """Once: who called already is on somebody's list."""
        if self.calling or (self.call is not None and self.error is None):
            return
        self.calling, self.error = True, None
        desk.call_guide(place.value)

    def end(self, desk: IntakeDesk) -> None:
        """Not needed any more."""
        if self.calling or self.call is not None:
            desk.end_call()
        self.call, self.error, self.calling = None, None, False

    def hear(self, event: HelpChanged) -> None:
        self.calling = False
        self.error = event.error
        if event.call is not None:
            self.call = event.call
        if self.call is not None and self.call.stage is HelpStage.ENDED:
            self.call = None
