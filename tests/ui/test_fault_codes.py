"""Where the codes of faults stand on the screens: with the words of whatever stops a citizen, and
else only in the margin of the home page."""

import pytest
from form_fixtures import SIZES, Hall, item_with
from kivy.uix.behaviors import ButtonBehavior

from kiosk.devices import (
    DeviceState,
    MediaState,
    PaperState,
    PrinterFault,
    PrinterStatus,
    ReaderStatus,
)
from kiosk.errors import DiskFull
from kiosk.events import (
    FilingBlock,
    IntakeAlert,
    IntakeChanged,
    PrinterChanged,
    ReaderChanged,
    ScannerChanged,
)
from kiosk.forms.questions import Form, Question, QuestionKind, Section
from kiosk.journeys.steps import HOME, Destination, Place

LOW = PrinterChanged(PrinterStatus(DeviceState.ONLINE, PaperState.LOW, None))
FULL = PrinterChanged(PrinterStatus(DeviceState.ONLINE, PaperState.FULL, None))
COVER = PrinterStatus(DeviceState.USER_ERROR, PaperState.FULL, PrinterFault.COVER_OPEN)
NO_READER = ReaderChanged(ReaderStatus(DeviceState.NO_DEVICE, MediaState.UNKNOWN))
FORM = Form(
    sections=(
        Section(
            id="first",
            title="申请人信息",
            questions=(Question(id="note", label="备注", kind=QuestionKind.TEXT),),
        ),
    )
)


@pytest.fixture
def visit(hall: Hall) -> Hall:
    """At the home page, where what changes reaches view and frame as in the kiosk."""

    def change() -> None:
        hall.view.refresh()
        hall.shell.refresh(hall.attendant)

    hall.attendant.changed = change
    go(hall, HOME)
    return hall


def go(hall: Hall, there: Destination) -> None:
    hall.attendant.here = there
    hall.show()


def test_paper_near_its_end_stands_on_the_home_page_alone(visit: Hall) -> None:
    """The code comes and goes with the state, and no other page shows it."""
    assert not visit.shows("运维")
    visit.attendant.hear(LOW)
    assert visit.shows("运维 P-08")
    visit.session.item = item_with(FORM)
    for place in (Place.BEFORE, Place.PRIVACY, Place.SIGN_IN):
        go(visit, Destination(place))
        visit.attendant.hear(LOW)
        assert not visit.shows("P-08")
    go(visit, HOME)
    assert visit.shows("运维 P-08")
    visit.attendant.hear(FULL)
    assert not visit.shows("运维")


def test_a_scanner_that_is_missing_is_for_staff_alone(visit: Hall) -> None:
    """Only where the hall has one; whoever stands there goes on without it."""
    assert not visit.shows("运维")
    visit.attendant.hear(ScannerChanged(DeviceState.NO_DEVICE))
    assert visit.shows("运维 R-14")
    go(visit, Destination(Place.PRIVACY))
    assert not visit.shows("R-14")
    visit.attendant.hear(ScannerChanged(DeviceState.ONLINE))
    go(visit, HOME)
    assert not visit.shows("运维")


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("size", SIZES)
def test_the_staff_line_is_in_nobodys_way(visit: Hall, size: str, large: bool) -> None:
    """All codes stand between the tiles and the frame, over nothing that can be touched."""
    visit.size, visit.session.large_type = SIZES[size], large
    go(visit, HOME)
    alerts = frozenset(IntakeAlert)
    visit.attendant.hear(PrinterChanged(COVER))
    visit.attendant.hear(NO_READER)
    visit.attendant.hear(IntakeChanged(False, FilingBlock.NOT_ENROLLED, 0, 1, alerts))
    visit.frames()
    line = next(w for w in visit.shell.walk() if getattr(w, "text", "").startswith("运维"))
    assert "运维 P-03 R-02 N-04 N-05 N-06 N-07 N-08 N-09 S-03 S-04" == line.text
    assert line.texture_size[0] <= visit.size[0] - line.x
    controls = [w for w in visit.shell.walk() if isinstance(w, ButtonBehavior)]
    assert [] == [w for w in controls if w.top > line.y + 1 and w.y < line.top - 1]


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("size", SIZES)
def test_what_stops_a_citizen_bears_its_code(visit: Hall, size: str, large: bool) -> None:
    """Each notice before the form has its code, the printer's says what is wrong with it, and
    three at once stand above the frame's buttons."""
    visit.size, visit.session.large_type = SIZES[size], large
    visit.session.item, visit.session.identity = item_with(FORM), None
    visit.attendant.hear(PrinterChanged(COVER))
    visit.attendant.hear(NO_READER)
    visit.attendant.hear(IntakeChanged(True, FilingBlock.DISK_FULL, 0))
    go(visit, Destination(Place.BEFORE))
    for code in ("S-01", "R-02", "P-03"):
        assert visit.shows(f"故障代码 {code}")
    assert visit.shows("打印机的盖子没关好。")
    shown = [w for w in visit.view.walk(restrict=True) if getattr(w, "text", "")]
    assert visit.shell.footer.top <= min(w.to_window(*w.pos)[1] for w in shown)
    visit.attendant.hear(PrinterChanged(PrinterStatus(
        DeviceState.OFFLINE, PaperState.OUT, PrinterFault.PAPER_OUT
    )))  # fmt: skip
    visit.frames()
    assert visit.shows("故障代码 P-04")
    assert not visit.shows("P-03")


def test_a_reader_that_fails_bears_its_code(visit: Hall) -> None:
    """Where the card is to be laid, too, and only while the reader is at fault."""
    visit.session.item, visit.session.identity = item_with(FORM), None
    visit.attendant.hear(
        ReaderChanged(ReaderStatus(DeviceState.ONLINE, MediaState.NOT_PRESENT))
    )
    go(visit, Destination(Place.SIGN_IN))
    assert not visit.shows("故障代码")
    visit.attendant.hear(NO_READER)
    assert visit.shows("故障代码 R-02")
    visit.attendant.hear(
        ReaderChanged(ReaderStatus(DeviceState.HARDWARE_ERROR, MediaState.PRESENT))
    )
    assert visit.shows("故障代码 R-04")


def test_an_application_that_was_not_kept_says_its_code(visit: Hall) -> None:
    """The page that says why nothing was submitted has the code of the reason."""
    visit.session.item = item_with(FORM)
    visit.session.filing_error = DiskFull(0)
    go(visit, Destination(Place.SUBMITTING))
    assert visit.shows("故障代码 S-01")
