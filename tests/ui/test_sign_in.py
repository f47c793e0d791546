"""Where the card is laid: whatever the reader does stands there at once, and nothing is cut off."""

import threading
import time
from collections.abc import Iterator

import pytest
from form_fixtures import Hall, item_with
from ui_looks import LOOKS, Look, dress_as, inside, whole

from kiosk.devices import DeviceState, MediaState, ReaderStatus
from kiosk.errors import (
    CardMute,
    CardReaderUnavailable,
    CardRemoved,
    CardUnknown,
    IntakeRefused,
    ReaderFault,
    SocialSecurityCardProtected,
)
from kiosk.events import (
    CardFailed,
    CardReading,
    IdentityRefused,
    ReaderChanged,
    Scanned,
    ScannerChanged,
)
from kiosk.forms.questions import Form, Question, QuestionKind, Section
from kiosk.identity import Assurance
from kiosk.intake.contract import ProblemType
from kiosk.journeys.steps import Destination, Place
from kiosk.scanning import UnknownCode
from tests.unit.test_card_told import ERRORS

WITHIN = 0.2
"""Seconds from the event that a worker publishes to the frame in which it stands."""
ROUNDS = 8
NOTE = Question(id="note", label="备注", kind=QuestionKind.TEXT)
FORM = Form(sections=(Section(id="first", title="申请人信息", questions=(NOTE,)),))
EMPTY = ReaderStatus(DeviceState.ONLINE, MediaState.NOT_PRESENT)
LYING = ReaderStatus(DeviceState.ONLINE, MediaState.PRESENT)
LOST = ReaderStatus(DeviceState.NO_DEVICE, MediaState.UNKNOWN)


@pytest.fixture
def visit(hall: Hall) -> Hall:
    """Before the reader, for an item that takes every kind of card, with a scanner."""
    item = item_with(FORM).model_copy(update={"accepts": tuple(Assurance)})
    hall.session.item, hall.session.identity = item, None
    hall.attendant.here = Destination(Place.SIGN_IN)
    hall.show()
    hall.attendant.hear(ReaderChanged(EMPTY))
    hall.attendant.hear(ScannerChanged(DeviceState.ONLINE))
    return hall


@pytest.fixture
def frame_rate(kivy_window) -> Iterator[None]:
    """Frames come as in the kiosk."""
    from kivy.clock import Clock

    Clock._max_fps = 60
    yield
    Clock._max_fps = 0


def seconds_until_shown(visit: Hall, event: object, title: str) -> float:
    """From the event, published by a thread as workers do, until the frame with the title is out:
    each turn of the loop hears, draws and flips, in this order."""
    from kivy.base import EventLoop

    from screens.bridge import Bridge

    bridge, published = Bridge(), []
    bridge.listen(visit.attendant.hear)

    def publish() -> None:
        published.append(time.monotonic())
        bridge.post(event)

    def shown() -> bool:
        words = (w for w in visit.view.walk() if getattr(w, "words", "") == title)
        return any(w.texture is not None and w.texture_size[0] for w in words)

    worker = threading.Thread(target=publish)
    worker.start()
    end = time.monotonic() + 5
    while not shown():
        assert time.monotonic() < end, f"{title} did not come: {visit.texts()}"
        EventLoop.idle()
        # Between two frames the kiosk idles; without that its workers hardly get a turn.
        time.sleep(0.001)
    out = time.monotonic()
    worker.join()
    return out - published[0]


def test_each_event_stands_on_the_screen_at_once(visit: Hall, frame_rate: None) -> None:
    """The state of the reader and what is wrong with a card or a code are drawn within 0.2 s. On
    a busy machine, which draws without a graphics card, any frame may come late by chance: the best
    of some rounds counts."""
    best: dict[str, float] = {}
    used = IntakeRefused(404, ProblemType.TOKEN_INVALID)
    lost = CardReaderUnavailable(ReaderFault.NO_READER)
    for _ in range(ROUNDS):
        here = visit.session.visit
        for event, title in (
            (CardReading(here), "正在读取，请不要拿走证件…"),
            (CardFailed(here, CardMute()), "这张卡没有反应"),
            (CardFailed(here, CardUnknown()), "这张卡不能在这里用"),
            (CardFailed(here, SocialSecurityCardProtected()), "这张社保卡读不了，请用身份证"),
            (Scanned(UnknownCode()), "这个码不能证明身份"),
            (IdentityRefused(here, used), "这个身份码已经失效"),
            (CardReading(here), "正在读取，请不要拿走证件…"),
            (CardFailed(here, CardRemoved()), "还没读完，证件就拿开了"),
            (ReaderChanged(LOST), "读卡器现在不能用"),
            (CardReading(here), "正在读取，请不要拿走证件…"),
            (CardFailed(here, lost), "读卡器现在不能用"),
            (ReaderChanged(EMPTY), "读卡器已就绪，等待放卡…"),
        ):
            took = seconds_until_shown(visit, event, title)
            best[title] = min(took, best.get(title, took))
        if max(best.values()) <= WITHIN:
            break
    print({title: f"{seconds * 1000:.0f} ms" for title, seconds in best.items()})
    assert {} == {title: took for title, took in best.items() if took > WITHIN}


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_everything_has_room(visit: Hall, look: Look) -> None:
    """Whatever is told, the picture is there, its words are whole, nothing lies over anything,
    and all of it stands above the frame's buttons."""
    from screens.theme import look as theme
    from screens.widgets.surfaces import Notice
    from screens.widgets.words import Icon, Words

    with dress_as(visit, look):
        for error in (None, *ERRORS):
            visit.attendant.reader = EMPTY if error is None else LYING
            visit.session.card_error = error
            visit.view.refresh()
            visit.frames(2)
            box = visit.view._box
            parts = [part for part in box.children if part.children or isinstance(part, Icon)]
            notice, place = parts[0], parts[-1]
            assert isinstance(notice, Notice)
            assert theme().px(150) <= place.height, repr(error)
            assert [] == [part for part in parts if not inside(part, box)], repr(error)
            for words in (w for w in visit.view.walk() if isinstance(w, Words)):
                assert inside(words, words.parent), words.words
                assert whole(words), words.words
            lowest = min(w.to_window(0, w.y)[1] for w in visit.view.children)
            assert visit.shell.footer.top <= lowest


def test_the_documents_that_do_are_named(visit: Hall) -> None:
    """With the social security card where the item takes it, and how to sign in without any."""
    assert visit.shows("社保卡")
    assert visit.shows("没带证件")
    visit.session.item = item_with(FORM)
    visit.attendant.hear(ScannerChanged(DeviceState.NO_DEVICE))
    visit.show()
    assert not visit.shows("社保卡")
    assert not visit.shows("没带证件")
