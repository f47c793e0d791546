"""What a citizen is told at the reader, for every state and error, and how else to sign in."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from kiosk.devices import DeviceState, MediaState, ReaderStatus
from kiosk.errors import (
    CardMute,
    CardNotGenuine,
    CardReaderError,
    CardReaderUnavailable,
    CardRemoved,
    CardUnknown,
    CardUnreadable,
    ChipSerialOnly,
    ClockWrong,
    IdentityInvalid,
    IdentityNotEnough,
    IntakeRefused,
    IntakeUnreachable,
    ReaderFault,
    SocialSecurityCardProtected,
)
from kiosk.identity import Assurance
from kiosk.intake.contract import ProblemType
from kiosk.journeys.card_told import CardTold, card_told, documents_taken, source
from kiosk.session import Session
from tests import people
from tests.unit.visits import CATALOGUE

READY = ReaderStatus(DeviceState.ONLINE, MediaState.NOT_PRESENT)
ERRORS: tuple[CardReaderError, ...] = (
    *map(CardReaderUnavailable, ReaderFault),
    CardRemoved(),
    CardMute(),
    CardUnreadable(status_word=0x6A82),
    CardUnreadable(sam_status=0x41),
    *map(CardNotGenuine, (0x31, 0x32, 0x33)),
    CardUnknown(),
    ChipSerialOnly(),
    SocialSecurityCardProtected(),
    IdentityInvalid("birth"),
    *map(IdentityNotEnough, Assurance),
)
BY_ITSELF = {"CardRemoved"}
"""Laying the card again is all it takes, so that no other way is offered."""
WITHOUT_CODE = {"CardRemoved", "CardUnknown", "SocialSecurityCardProtected"}


def told(reader: ReaderStatus = READY, *, takes_codes: bool = False, **visit: object) -> CardTold:
    session = Session()
    for name, value in visit.items():
        setattr(session, name, value)
    return card_told(session, reader, takes_codes)


def leaves(kind: type[CardReaderError]) -> Iterator[type[CardReaderError]]:
    below = kind.__subclasses__()
    for each in below:
        yield from leaves(each)
    if not below:
        yield kind


def test_no_error_is_without_a_sample_here() -> None:
    """Whoever adds an error of the reader adds its words."""
    assert set(leaves(CardReaderError)) == {type(error) for error in ERRORS}


@pytest.mark.parametrize("error", ERRORS, ids=repr)
def test_each_error_says_what_to_do(error: CardReaderError) -> None:
    """A title, an action, and, unless the card only has to be laid again, another way in, which
    names the identity code exactly where one can be shown."""
    lying = ReaderStatus(DeviceState.ONLINE, MediaState.PRESENT)
    plain, with_codes = (told(lying, takes_codes=on, card_error=error) for on in (False, True))
    assert plain.title
    assert plain.words.startswith(("请", "正在自动恢复", "它读不到", "第三代社保卡"))
    assert (type(error).__name__ in BY_ITSELF) == (plain.ways == "")
    assert "身份码" not in plain.ways
    assert ("身份码" in with_codes.ways) == bool(plain.ways)
    assert "帮忙" in plain.ways or not plain.ways
    assert "info" != plain.tone


@pytest.mark.parametrize("error", ERRORS, ids=repr)
def test_what_staff_may_look_up_bears_its_code(error: CardReaderError) -> None:
    """Errors that another card ends bear none."""
    lying = ReaderStatus(DeviceState.ONLINE, MediaState.PRESENT)
    fault = told(lying, card_error=error).fault
    other_card = error.args == (Assurance.UNAUTHENTICATED_CHIP.value,)
    assert (type(error).__name__ in WITHOUT_CODE or other_card) == (fault is None)


def test_errors_that_need_other_deeds_have_other_words() -> None:
    """Only those with the same cause share a title."""
    lying = ReaderStatus(DeviceState.ONLINE, MediaState.PRESENT)
    titles = {(type(error), told(lying, card_error=error).title) for error in ERRORS}
    assert len(set(leaves(CardReaderError))) + 2 == len(titles)
    assert len(titles) == len({title for _error, title in titles})


@pytest.mark.parametrize(("device", "media"), [*product(DeviceState, MediaState)])
def test_every_state_of_the_reader_has_words(device: DeviceState, media: MediaState) -> None:
    """Ready and starting are quiet; anything else says its code and another way in, whatever was
    wrong with the last card."""
    status = ReaderStatus(device, media)
    quiet = device in (DeviceState.ONLINE, DeviceState.STARTING)
    now = told(status)
    assert quiet == (now.tone == "info") == (now.fault is None) == (now.ways == "")
    if not quiet:
        assert now == told(status, card_error=CardRemoved())
    assert told(status, reading=True).title.startswith("正在读取")


def test_a_reader_that_hangs_asks_for_the_card_to_be_taken() -> None:
    """While a card lies there, taking it away may free the reader."""
    hangs = ReaderStatus(DeviceState.HARDWARE_ERROR, MediaState.PRESENT)
    assert told(hangs).words.startswith("请把卡拿开")


def test_a_reader_that_is_well_again_is_ready() -> None:
    """What kept the reader from the last card is not said of the next."""
    lost = CardReaderUnavailable(ReaderFault.NO_SERVICE)
    assert told() == told(card_error=lost)


def test_an_expired_card_is_told_so() -> None:
    """Unless the item would not have taken it either."""
    assert "这张证件已经过期" == told(card_expired=True).title
    refused = IdentityNotEnough(Assurance.UNAUTHENTICATED_CHIP)
    both = told(card_expired=True, card_error=refused)
    assert "办这件事不能用社保卡" == both.title


def test_a_code_is_newer_than_a_card() -> None:
    """What was wrong with it is told first, also beside a reader that is out of order."""
    gone = ReaderStatus(DeviceState.NO_DEVICE, MediaState.UNKNOWN)
    used = IntakeRefused(404, ProblemType.TOKEN_INVALID)
    for reader, error in product((READY, gone), (None, CardUnknown())):
        visit = {"takes_codes": True, "card_error": error}
        titles = [
            told(reader, **visit, code_unknown=True).title,
            told(reader, **visit, code_error=used).title,
            told(reader, **visit, code_error=IntakeUnreachable()).title,
            told(reader, **visit, identifying=True).title,
        ]
        assert ["这个码不能证明身份", "这个身份码已经失效", "现在核对不了身份码",
                "正在核对身份码，请稍等…"] == titles  # fmt: skip
    for failed in (IntakeUnreachable(), ClockWrong(True), IntakeRefused(500, None)):
        assert told(takes_codes=True, code_error=failed).fault is not None


def test_the_social_security_card_is_named_where_it_is_taken() -> None:
    """By the items that accept a chip that anybody can write."""
    for item in CATALOGUE.items:
        taken = Assurance.UNAUTHENTICATED_CHIP in item.accepts
        assert taken == ("社保卡" in documents_taken(item)), item.code
    assert "社保卡" not in documents_taken(None)


def test_each_document_has_its_tag() -> None:
    """Answers say from which document they come, or that a code or a person vouched for them."""
    assert ["来自身份证", "来自居住证", "来自永居证", "来自永居证", "来自社保卡"] == [
        source(person)
        for person in (
            people.ZHANG_YAN,
            people.LIN_KAHO,
            people.MARIE_TREMBLAY,
            people.HAMDAN_NOOR,
            people.ZHANG_YAN_INSURED,
        )
    ]
    by_code, by_staff = Assurance.SCANNED_TOKEN, Assurance.VOUCHED
    assert "来自身份码" == source(replace(people.ZHANG_YAN, assurance=by_code))
    assert "已由工作人员核对" == source(replace(people.ZHANG_YAN, assurance=by_staff))
