"""What a visit is told of its card, in any order of events: a state machine against a model."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from hardware.card_reader.orders import Order, Orders
from kiosk.errors import CardReaderError, CardReaderUnavailable, CardRemoved, ReaderFault
from kiosk.events import CardFailed, CardRead, CardReading
from kiosk.identity import Identity
from tests.people import LIN_KAHO, ZHANG_YAN

MEANWHILE = st.sampled_from(["nothing", "ended", "asked anew", "other reader"])


class OneVisitAtATime(RuleBasedStateMachine):
    """Reads go on while visits end, ask anew or get their identity from another reader."""

    @initialize()
    def open(self) -> None:
        self.published: list[object] = []
        self.orders = Orders(self.published.append)
        self.visits = 0
        self.asking: str | None = None

    @rule()
    def ask(self) -> None:
        self.visits += 1
        self.asking = f"visit {self.visits}"
        self.orders.give(self.asking)

    @rule()
    def end(self) -> None:
        self.orders.withdraw()
        self.asking = None

    @rule(meanwhile=MEANWHILE, fails=st.booleans(), told=st.booleans())
    def read(self, meanwhile: str, fails: bool, told: bool) -> None:
        """One read, in the middle of which something happens."""
        order = self.orders.standing
        if order is None:
            return
        asked_by, before = self.asking, len(self.published)

        def card() -> Identity:
            self.happen(meanwhile, order)
            if fails:
                raise CardRemoved
            return ZHANG_YAN

        error = self.orders.carry_out(order, told, card)
        assert fails == isinstance(error, CardRemoved)
        said = self.published[before:]
        begun = [CardReading(order.visit)]
        if meanwhile == "nothing" and not fails:
            assert [*begun, CardRead(asked_by, ZHANG_YAN)] == said
            self.asking = None
        elif meanwhile == "nothing":
            kinds = [type(event) for event in said]
            assert ([] if told else [CardReading, CardFailed]) == kinds
        elif meanwhile == "other reader":
            assert [] == [one for one in said if isinstance(one, CardFailed)]
            assert [CardRead(asked_by, LIN_KAHO)] == [o for o in said if isinstance(o, CardRead)]
        else:
            assert ([] if told else begun) == said

    def happen(self, meanwhile: str, order: Order) -> None:
        match meanwhile:
            case "ended":
                self.end()
            case "asked anew":
                self.ask()
            case "other reader":
                assert None is self.orders.carry_out(order, True, lambda: LIN_KAHO)
                self.asking = None

    @invariant()
    def whoever_asks_is_known(self) -> None:
        standing = self.orders.standing if self.visits else None
        assert self.asking == (standing.visit if standing else None)


OneVisitAtATime.TestCase.settings = settings(max_examples=60, stateful_step_count=15, deadline=None)
TestOrders = OneVisitAtATime.TestCase


def test_what_nobody_foresaw_is_an_error_with_a_name() -> None:
    """Whatever breaks in a read, the visit hears that the reader does not answer."""
    published: list[object] = []
    orders = Orders(published.append)
    orders.give("visit")
    order = orders.standing
    assert order is not None

    def broken() -> Identity:
        raise LookupError("secret")

    error: CardReaderError | None = orders.carry_out(order, False, broken)
    assert isinstance(error, CardReaderUnavailable)
    assert ReaderFault.NOT_ANSWERING == error.fault
    assert [CardReading("visit"), CardFailed("visit", error)] == published


@pytest.mark.parametrize("visit", ["visit", "next"])
def test_an_order_is_told_from_the_next_by_itself(visit: str) -> None:
    """Asking again for the same visit withdraws what was read for it before."""
    published: list[object] = []
    orders = Orders(published.append)
    orders.give("visit")
    before = orders.standing
    assert before is not None
    orders.give(visit)
    orders.fail(before, CardRemoved())
    assert [] == published
