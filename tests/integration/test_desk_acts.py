"""Applications that belong together, and what citizens do to their cases, from the kiosk's desk to
the intake."""

import base64
import json
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from intake_fixtures import NAME, NUMBER, Reported, application, desk_at, stored

from kiosk.errors import IntakeRefused, OutboxUnavailable
from kiosk.events import (
    ActKept,
    ActReceived,
    ActRefused,
    ApplicationKept,
    ApplicationReceived,
    CaseAnswered,
    ContentsAnswered,
    DossierAnswered,
    FilingFailed,
    IntakeChanged,
    SendingDeferred,
)
from kiosk.intake.contract import Attachment, CaseStage, ProblemType
from kiosk.intake.contract.case_acts import Act, Supplied, Supply, Withdraw
from kiosk.intake.contract.dossier import Person
from kiosk.intake.outbox import Outbox
from kiosk.intake.outbox_rows import EntryKind, EntryState
from kiosk.intake.worker import IntakeWorker
from sandbox.intake.case_actions import Accept, Action, AskedMaterial, ReturnForSupplement
from sandbox.intake.casework import Casework
from sandbox.intake.database import Database
from sandbox.intake.item_directory import load_items
from sandbox.intake.local_intake import LocalIntake, Mode
from sandbox.intake.working_days import load_holidays

pytest_plugins = ["intake_fixtures"]

OWNER = Person(kind="resident_id", number=NUMBER)
WITHDRAW = Withdraw(reason="changed_my_mind", words="改天再办")
BIRTH = tuple(application(item) for item in ("146", "041", "147"))
"""Of one life event."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="module")
def intake(office: Path) -> Iterator[LocalIntake]:
    """One for all tests here, each with a desk of its own."""
    service = LocalIntake("127.0.0.1", 0, office)
    service.start()
    yield service
    service.stop()


def received_case(desk: IntakeWorker, reported: Reported) -> str:
    desk.file("visit", (application(),))
    return reported.until(ApplicationReceived).number


def act(desk: IntakeWorker, number: str, what: Act = WITHDRAW, person: Person = OWNER) -> None:
    desk.act("visit", number, what, person, (), ())


def test_several_are_kept_at_once_and_arrive_one_by_one(
    desk: IntakeWorker, intake: LocalIntake, reported: Reported, tmp_path: Path
) -> None:
    """Each has its own reference and number, all of them one reference by which the progress of
    the whole is asked for."""
    desk.file("visit", BIRTH)
    kept = reported.until(ApplicationKept)
    assert ["146", "041", "147"] == [part.item for part in kept.parts]
    references = {part.reference for part in kept.parts}
    assert 3 == len(references) and kept.reference not in references
    received = {reported.until(ApplicationReceived).reference for _ in BIRTH}
    assert references == received
    rows = stored(intake, tmp_path)["applications"]
    assert {(part.reference, part.item) for part in kept.parts} == {
        (row["reference"], row["item"]) for row in rows if row["bundle"] == kept.reference
    }
    desk.ask_case("visit", kept.reference)
    answered = reported.until(CaseAnswered)
    assert (CaseStage.RECEIVED, 3, False) == (answered.state, answered.parts, answered.rated)


def test_several_that_cannot_all_be_kept_are_not_kept(
    enrolled: Path, intake: LocalIntake, reported: Reported
) -> None:
    """When the file refuses the third, the citizen is told once and nothing was kept."""
    with desk_at(intake.url, enrolled, reported) as desk:
        reported.until(IntakeChanged, which=lambda change: change.can_file)
        file = sqlite3.connect(enrolled / "outbox.sqlite")
        file.execute(
            "CREATE TRIGGER third BEFORE INSERT ON entry WHEN (SELECT count(*) FROM entry) = 2 "
            "BEGIN SELECT raise(ABORT, 'no more'); END"
        )
        file.close()
        desk.file("visit", BIRTH)
        assert isinstance(reported.until(FilingFailed).error, OutboxUnavailable)
    assert () == Outbox(enrolled / "outbox.sqlite").records()
    assert not any(isinstance(event, ApplicationKept) for event in reported.seen)


def test_a_correction_takes_the_place_of_what_was_handed_in(
    desk: IntakeWorker, reported: Reported
) -> None:
    """The case keeps its number, and what is told of it is the new."""
    number = received_case(desk, reported)
    corrected = application().model_copy(update={"answers": {"phone": "13705980000"}})
    desk.file("visit", (corrected,), number)
    kept = reported.until(ApplicationKept)
    received = reported.until(ApplicationReceived)
    assert (kept.reference, number) == (received.reference, received.number)
    desk.ask_contents("visit", OWNER, number)
    contents = reported.until(ContentsAnswered).contents
    assert {"phone": "13705980000"} == contents.answers


def test_a_correction_that_comes_too_late_is_told_and_held(
    desk: IntakeWorker, storage: Path, reported: Reported, office: Path
) -> None:
    """After the acceptance it changes nothing; whoever waits is told at once."""
    number = received_case(desk, reported)
    at_the_office(office, number, Accept())
    desk.file("visit", (application(),), number)
    kept = reported.until(ApplicationKept)
    refused = reported.until(ActRefused)
    assert ("visit", kept.reference) == (refused.visit, refused.reference)
    assert ProblemType.NOT_ALLOWED is problem(refused)
    assert 1 == reported.until(IntakeChanged, which=lambda change: change.held).held
    assert [EntryState.ACCEPTED, EntryState.HELD] == [
        record.state for record in Outbox(storage / "outbox.sqlite").records()
    ]


def test_an_act_is_kept_and_done(desk: IntakeWorker, reported: Reported) -> None:
    """Under a reference of its own; the answer tells where the case stands now."""
    number = received_case(desk, reported)
    act(desk, number)
    kept = reported.until(ActKept)
    done = ActReceived("visit", kept.reference, number, CaseStage.WITHDRAWN)
    assert done == reported.until(ActReceived)


@pytest.mark.parametrize(
    ("person", "case", "why"),
    [
        (OWNER, None, ProblemType.NOT_ALLOWED),
        (Person(kind="resident_id", number="350428198807070021"), None, "not-the-applicant"),
        (OWNER, "350428990101" + "0001", ProblemType.NO_RECORD),
    ],
)
def test_what_is_refused_is_told_and_held(
    desk: IntakeWorker, reported: Reported, person: Person, case: str | None, why: str
) -> None:
    """What the case does not allow, another person's, and a case that there is not: the citizen
    who waits is told, staff see it, and nobody takes it for a fault of the line."""
    number = received_case(desk, reported)
    if why is ProblemType.NOT_ALLOWED:
        act(desk, number)
        reported.until(ActReceived)
    act(desk, case or number, person=person)
    refused = reported.until(ActRefused)
    assert problem(refused).endswith(why)
    change = reported.until(IntakeChanged, which=lambda change: change.held)
    assert (1, True) == (change.held, change.reachable)
    assert not any(isinstance(event, SendingDeferred) for event in reported.seen)
    assert NUMBER not in f"{refused!r} {refused.error!r}" and person.number not in str(refused)


def test_acts_on_a_case_arrive_in_their_order(
    enrolled: Path, intake: LocalIntake, reported: Reported
) -> None:
    """Of three withdrawals that waited out an outage the first is done and the second refused; what
    waited behind the refused one still goes."""
    with desk_at(intake.url, enrolled, reported) as desk:
        number, other = received_case(desk, reported), received_case(desk, reported)
        intake.set_mode(Mode.DOWN)
        kept = []
        for case in (number, number, other, number):
            act(desk, case)
            kept.append(reported.until(ActKept).reference)
        intake.set_mode(Mode.UP)
        desk.file("next", (application(),))
        reported.until(IntakeChanged, 20, lambda change: change.held == 2 and not change.waiting)
        told = [e for e in reported.seen if isinstance(e, ActReceived | ActRefused)]
        assert {kept[0], kept[2]} == {e.reference for e in told if isinstance(e, ActReceived)}
        assert [kept[1], kept[3]] == [e.reference for e in told if isinstance(e, ActRefused)]


def test_materials_are_supplied_with_their_files(
    desk: IntakeWorker, storage: Path, reported: Reported, office: Path
) -> None:
    """A file is sealed as a part of its own, and the notice says afterwards that it came."""
    number = received_case(desk, reported)
    asked = ReturnForSupplement((AskedMaterial("户口簿", "看不清"),))
    at_the_office(office, number, asked)
    desk.ask_dossier("visit", OWNER)
    (missing,) = reported.until(DossierAnswered).dossier.cases[0].missing
    assert ("户口簿", False) == (missing.name, missing.supplied)
    picture = base64.b64encode(b"scan of " + NAME.encode() * 2000).decode()
    file = Attachment(question="m1", name="户口簿.jpg", media_type="image/jpeg", content=picture)
    materials = (Supplied(id=missing.id, attachment="m1"),)
    desk.act("visit", number, Supply(materials=materials), OWNER, (file,), (((0.1, 0.2),),))
    assert CaseStage.SUPPLEMENT is not reported.until(ActReceived).stage
    desk.ask_dossier("visit", OWNER)
    (missing,) = reported.until(DossierAnswered).dossier.cases[0].missing
    assert missing.supplied
    (record,) = (
        r for r in Outbox(storage / "outbox.sqlite").records() if r.kind is EntryKind.CASE_ACT
    )
    assert (EntryState.ACCEPTED, number) == (record.state, record.number)


def test_what_waits_names_nobody(enrolled: Path, intake: LocalIntake, reported: Reported) -> None:
    """An act that waits is sealed, and signed over exactly its case and digest."""
    intake.set_mode(Mode.DOWN)
    with desk_at(intake.url, enrolled, reported) as desk:
        act(desk, "3504282611240001")
        kept = reported.until(ActKept)
    intake.set_mode(Mode.UP)
    raw = b"".join(path.read_bytes() for path in enrolled.glob("outbox*"))
    assert b"changed_my_mind" not in raw and NUMBER.encode() not in raw
    assert WITHDRAW.words.encode() not in raw
    payload = sqlite3.connect(enrolled / "outbox.sqlite").execute("SELECT content FROM payload")
    body = json.loads(payload.fetchone()[0])
    claims = json.loads(base64.urlsafe_b64decode(body["signature"].split(".")[1] + "=="))
    assert (kept.reference, "3504282611240001") == (claims["reference"], claims["number"])
    assert set(claims) == {"kiosk", "reference", "number", "kept_at", "digest"}


def at_the_office(office: Path, number: str, action: Action) -> None:
    """An officer does this with the case."""
    database = Database.in_folder(office)
    casework = Casework(load_items(), load_holidays())
    with database.transaction() as session:
        casework.act(session, number, action, "wang", datetime.now().astimezone())
    database.close()


def problem(refused: ActRefused) -> ProblemType:
    assert isinstance(refused.error, IntakeRefused) and refused.error.problem is not None
    return refused.error.problem
