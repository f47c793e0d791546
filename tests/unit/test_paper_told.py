"""What the citizen is told of the paper, for every outcome, and when printing again is offered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices import DeviceState, PaperState, PrinterFault, PrinterStatus, PrintOutcome
from kiosk.journeys.paper_told import again_words, paper_told
from kiosk.session import Printed

PRINTED = {"凭条已打印", "补打的凭条已打印"}


def printed(
    outcome: PrintOutcome | None, *, begun: bool, second: bool, fault: PrinterFault | None = None
) -> Printed:
    status = PrinterStatus(DeviceState.OFFLINE, PaperState.UNKNOWN, fault)
    return Printed("job", "350428261125001", second, outcome, status, begun)


@given(
    outcome=st.sampled_from([None, *PrintOutcome]),
    fault=st.sampled_from([None, *PrinterFault]),
    begun=st.booleans(),
    second=st.booleans(),
    ready=st.booleans(),
)
def test_printed_is_only_said_of_what_is_proved(
    outcome: PrintOutcome | None,
    fault: PrinterFault | None,
    begun: bool,
    second: bool,
    ready: bool,
) -> None:
    """Whatever else holds, the title says printed exactly when the outcome is confirmed; and
    where there is no proof the words lead to the code on the screen."""
    told = paper_told(printed(outcome, begun=begun, second=second, fault=fault), ready)
    assert (outcome is PrintOutcome.CONFIRMED) == (told.title in PRINTED)
    assert ("二维码" in told.words) == (outcome in (PrintOutcome.UNCONFIRMED, PrintOutcome.FAILED))


@pytest.mark.parametrize(
    ("begun", "second", "words"),
    [
        (False, False, "再打一次"),
        (True, False, "补打凭条"),
        (False, True, "补打凭条"),
        (True, True, ""),
    ],
)
def test_one_marked_copy_is_offered(begun: bool, second: bool, words: str) -> None:
    """Until something came out as often as one likes; after that once, and it is called 补打."""
    failed = printed(PrintOutcome.FAILED, begun=begun, second=second)
    assert words == again_words(failed, printer_ready=True)


def test_nothing_is_offered_that_would_not_help() -> None:
    """No button while the printer is not ready, while it prints, or when the paper is there."""
    failed = printed(PrintOutcome.FAILED, begun=True, second=False)
    assert "" == again_words(failed, printer_ready=False)
    for outcome in (None, PrintOutcome.CONFIRMED):
        shown = paper_told(printed(outcome, begun=True, second=False), printer_ready=True)
        assert "" == shown.again


def test_a_job_that_was_cut_off_is_not_called_unprinted() -> None:
    """Where a part may be out the title says unfinished; where nothing was sent, not printed."""
    cases = {True: "凭条没有打完", False: "凭条没有打印"}
    for begun, title in cases.items():
        failed = printed(PrintOutcome.FAILED, begun=begun, second=False)
        assert title == paper_told(failed, printer_ready=False).title


def test_the_fault_is_told_with_its_code() -> None:
    """The words of the fault, what to do, and the code by which staff look it up."""
    failed = printed(PrintOutcome.FAILED, begun=True, second=False, fault=PrinterFault.PAPER_OUT)
    words = paper_told(failed, printer_ready=False).words
    assert words.startswith("打印机没有纸了。")
    assert words.endswith("故障代码 P-04")
