"""What a citizen who proved who they are is told of their cases, and does to them."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.intake.contract import Attachment
from kiosk.intake.contract.case_acts import Post, Supplied, Supply, Withdraw
from kiosk.intake.contract.dossier import ContentsContent, Person
from sandbox.intake.case_actions import (
    Accept,
    BeginReview,
    Deliver,
    Finish,
    ForwardToDecision,
    PromisedMaterial,
)
from sandbox.intake.case_file import Collection, Outcome
from sandbox.intake.database import Database
from sandbox.intake.tables import AuditEntry, Case, Correction, SuppliedFile
from tests.integration.citizens_cases import (
    ASK,
    PHOTO,
    TO_DECISION,
    filed,
    office,
    told,
    with_photo,
)
from tests.integration.intake_fixtures import NUMBER, application
from tests.integration.outside_kiosk import OutsideKiosk, problem, reference

pytest_plugins = ["citizens_cases"]

OTHER = "350428198807070021"
PRINCIPAL = "350428197605210036"
PROMISE = Accept((PromisedMaterial("银行卡复印件", "复印件", 5),), promise_noted=True)


def test_a_dossier_tells_a_case_from_its_receipt_to_its_decision(
    kiosk: OutsideKiosk, database: Database
) -> None:
    """Each step with the office's words, what is missing, and what can still be done."""
    number = filed(kiosk)
    fresh = told(kiosk, number)
    assert ("received", "041", True, True, None) == (
        fresh["stage"],
        fresh["item"],
        fresh["can_withdraw"],
        fresh["can_correct"],
        fresh["collection"],
    )
    office(database, number, ASK)
    returned = told(kiosk, number)
    assert ["户口簿：缺本人页；照片：尺寸不符"] == [
        event["words"] for event in returned["events"] if event["kind"] == "returned"
    ]
    assert [("户口簿", "缺本人页", False, False)] == [
        (m["name"], m["reason"], m["promised"], m["supplied"]) for m in returned["missing"][:1]
    ]
    supply = Supply(materials=tuple(Supplied(id=m["id"]) for m in returned["missing"]))
    kiosk.post("case-acts", kiosk.case_act(number, supply, NUMBER))
    ways = Collection("1 号窗口", by_post=True, electronic=True)
    office(database, number, PROMISE, BeginReview(), ForwardToDecision())
    office(database, number, Finish(Outcome.NOT_APPROVED, "年龄不符", ways))
    ended = told(kiosk, number)
    assert [
        "received",
        "returned",
        "supplied",
        "accepted_with_promise",
        "reviewing",
        "deciding",
        "finished",
    ] == [event["kind"] for event in ended["events"]]
    assert "年龄不符" == ended["events"][-1]["words"]
    assert ("not_approved", "1 号窗口", True, False, False) == (
        ended["outcome"],
        ended["collection"]["window"],
        ended["collection"]["by_post"],
        ended["collection"]["posted"],
        ended["can_withdraw"],
    )


def test_a_dossier_is_the_applicants_and_the_principals(kiosk: OutsideKiosk) -> None:
    """Who signed in and whom they act for are told of it, nobody else; only the first corrects."""
    content = application().model_copy(
        update={"answers": {"filing": "agent", "principal_number": PRINCIPAL}}
    )
    number = filed(kiosk, content=content)
    assert told(kiosk, number)["can_correct"]
    assert not told(kiosk, number, PRINCIPAL)["can_correct"]
    assert number not in [case["number"] for case in kiosk.dossier(OTHER)["cases"]]
    act = kiosk.case_act(number, Withdraw(reason="not_needed"), OTHER)
    assert (403, "not-the-applicant") == problem(kiosk.post("case-acts", act))
    act = kiosk.case_act(number, Withdraw(reason="not_needed"), PRINCIPAL)
    assert "withdrawn" == kiosk.post("case-acts", act).json()["stage"]


def test_the_clock_goes_on_with_the_last_material(
    kiosk: OutsideKiosk, database: Database
) -> None:
    """One by one, a file with one of them; what is not outstanding is not taken."""
    number = filed(kiosk)
    office(database, number, Accept(), BeginReview(), ASK)
    stopped = told(kiosk, number)
    assert (True, "supplement") == (stopped["clock_stopped"], stopped["stage"])
    first, second = (material["id"] for material in stopped["missing"])
    with_file = Supply(materials=(Supplied(id=second, attachment="photo"),))
    body = kiosk.case_act(number, with_file, NUMBER, [PHOTO])
    assert "supplement" == kiosk.post("case-acts", body).json()["stage"]
    again = kiosk.post("case-acts", kiosk.case_act(number, with_file, NUMBER, [PHOTO]))
    assert (409, "not-allowed") == problem(again)
    assert (409, "not-allowed") == problem(
        kiosk.post(
            "case-acts",
            kiosk.case_act(number, Supply(materials=(Supplied(id=10**6),)), NUMBER),
        )
    )
    last = kiosk.case_act(number, Supply(materials=(Supplied(id=first, electronic=True),)), NUMBER)
    assert "review" == kiosk.post("case-acts", last).json()["stage"]
    went_on = told(kiosk, number)
    assert (False, [True, True]) == (
        went_on["clock_stopped"],
        [material["supplied"] for material in went_on["missing"]],
    )
    with database.reading() as session:
        assert ["照片.jpg"] == [
            file.name
            for file in session.scalars(select(SuppliedFile).where(SuppliedFile.material == second))
        ]


@pytest.mark.parametrize(
    ("materials", "files"),
    [
        ([Supplied(id=1, attachment="photo")], []),
        ([Supplied(id=1)], [PHOTO]),
        ([Supplied(id=1), Supplied(id=1)], []),
    ],
)
def test_files_and_materials_fit_each_other(
    kiosk: OutsideKiosk,
    database: Database,
    materials: list[Supplied],
    files: list[Attachment],
) -> None:
    """A file that belongs to no material, a material without its file, one twice: nothing of it
    is taken."""
    number = filed(kiosk)
    office(database, number, ASK)
    wanted = told(kiosk, number)["missing"][0]["id"]
    named = tuple(m.model_copy(update={"id": wanted}) for m in materials)
    body = kiosk.case_act(number, Supply(materials=named), NUMBER, files)
    assert (422, "content-invalid") == problem(kiosk.post("case-acts", body))
    assert not told(kiosk, number)["missing"][0]["supplied"]


def test_an_act_is_done_once(kiosk: OutsideKiosk) -> None:
    """The same key gets the same answer; the same reference under another key is taken; after a
    withdrawal there is nothing to withdraw."""
    number = filed(kiosk)
    body = kiosk.case_act(number, Withdraw(reason="not_needed", words="已在外地办理"), NUMBER)
    first = kiosk.post("case-acts", body, f"once-{number}")
    assert first.content == kiosk.post("case-acts", body, f"once-{number}").content
    assert (409, "reference-taken") == problem(kiosk.post("case-acts", body))
    anew = kiosk.case_act(number, Withdraw(reason="not_needed"), NUMBER)
    assert (409, "not-allowed") == problem(kiosk.post("case-acts", anew))
    withdrawn = told(kiosk, number)
    assert ("withdrawn", "不需要办了：已在外地办理", None) == (
        withdrawn["stage"],
        withdrawn["events"][-1]["words"],
        withdrawn["due"],
    )


def test_nothing_is_withdrawn_after_the_decision(
    kiosk: OutsideKiosk, database: Database
) -> None:
    """办结 ends the right to withdraw."""
    number = filed(kiosk)
    office(database, number, *TO_DECISION, Finish(Outcome.APPROVED))
    act = kiosk.case_act(number, Withdraw(reason="not_needed"), NUMBER)
    assert (409, "not-allowed") == problem(kiosk.post("case-acts", act))


def test_a_result_is_posted_once(kiosk: OutsideKiosk, database: Database) -> None:
    """Where the office sends it; the address stays in the case."""
    number = filed(kiosk)
    finish = Finish(Outcome.APPROVED, "", Collection("1 号窗口", by_post=True))
    office(database, number, *TO_DECISION, finish)
    post = Post(name="欧阳示例", phone="13805980000", address="古镛镇滨河南路12号")
    assert 201 == kiosk.post("case-acts", kiosk.case_act(number, post, NUMBER)).status_code
    assert told(kiosk, number)["collection"]["posted"]
    again = kiosk.post("case-acts", kiosk.case_act(number, post, NUMBER))
    assert (409, "not-allowed") == problem(again)
    with database.reading() as session:
        row = session.get_one(Case, number)
        assert row.posting and "古镛镇滨河南路12号" == row.posting["address"]
    office(database, number, Deliver())
    assert told(kiosk, number)["collection"]["collected"]


def test_a_correction_takes_the_place_of_what_was_handed_in(
    kiosk: OutsideKiosk, database: Database
) -> None:
    """The case keeps its number and its file; what was before is kept too, and both references
    lead to it."""
    first, second = reference(), reference()
    number = filed(kiosk, named=first, **with_photo("13805980000", PHOTO))
    asked = ContentsContent(person=Person(kind="resident_id", number=NUMBER), number=number)
    contents = kiosk.post("case-contents", kiosk.asking(asked), "")
    assert "13805980000" == contents.json()["answers"]["phone"]
    corrected = filed(kiosk, named=second, corrects=number, **with_photo("13805980001"))
    assert number == corrected
    with database.reading() as session:
        row = session.get_one(Case, number)
        before = session.scalars(select(Correction).where(Correction.case == number)).one()
        assert ("13805980001", [PHOTO.name]) == _phone_and_files(row.content)
        assert ("13805980000", [PHOTO.name]) == _phone_and_files(before.content)
    for named in (number, first, second):
        state = kiosk.session.get(f"{kiosk.url}v1/cases/{named}", timeout=5).json()
        assert number == state["number"]
    assert ["received", "corrected"] == [e["kind"] for e in told(kiosk, number)["events"]]
    anew = kiosk.application(second, corrects=number)
    assert (409, "reference-taken") == problem(kiosk.post("applications", anew))


def _phone_and_files(content: Any) -> tuple[str, list[str]]:
    return content["answers"]["phone"], [file["name"] for file in content["attachments"]]


def test_what_is_accepted_or_anothers_is_not_corrected(
    kiosk: OutsideKiosk, database: Database
) -> None:
    """Nor told to be corrected; nor with another item's application."""
    number = filed(kiosk)
    other = application().applicant.model_copy(update={"number": OTHER})
    theirs = application().model_copy(update={"applicant": other})
    body = kiosk.application(content=theirs, corrects=number)
    assert (403, "not-the-applicant") == problem(kiosk.post("applications", body))
    body = kiosk.application(content=application("001"), item="001", corrects=number)
    assert (422, "content-invalid") == problem(kiosk.post("applications", body))
    office(database, number, Accept())
    body = kiosk.application(corrects=number)
    assert (409, "not-allowed") == problem(kiosk.post("applications", body))
    asked = ContentsContent(person=Person(kind="resident_id", number=NUMBER), number=number)
    answer = kiosk.post("case-contents", kiosk.asking(asked), "")
    assert (409, "not-allowed") == problem(answer)
    body = kiosk.application(corrects="3504281901010001")
    assert (404, "no-record") == problem(kiosk.post("applications", body))


def test_a_bundle_stands_where_its_slowest_case_stands(
    kiosk: OutsideKiosk, database: Database
) -> None:
    """By one reference, how many it holds, and rated once for all of them."""
    bundle = reference()
    numbers = [filed(kiosk, bundle=bundle) for _ in range(3)]
    office(database, numbers[0], *TO_DECISION)
    office(database, numbers[1], Accept())
    office(database, numbers[2], *TO_DECISION, Finish(Outcome.APPROVED))
    asked = f"{kiosk.url}v1/cases/{bundle}"
    state = kiosk.session.get(asked, timeout=5).json()
    assert (numbers[0], "accepted", 3, False) == (
        state["number"],
        state["state"],
        state["parts"],
        state["rated"],
    )
    assert {bundle} == {told(kiosk, number)["bundle"] for number in numbers}
    assert 201 == kiosk.post("ratings", kiosk.rating(bundle)).status_code
    assert kiosk.session.get(asked, timeout=5).json()["rated"]
    assert (409, "rated-already") == problem(kiosk.post("ratings", kiosk.rating(numbers[1])))


def test_the_trail_names_nobody(kiosk: OutsideKiosk, database: Database) -> None:
    """A dossier that was told is noted by the kiosk alone."""
    kiosk.dossier(OTHER)
    with database.reading() as session:
        entry = _last(session, AuditEntry)
        assert ("dossier_told", kiosk.kiosk, kiosk.kiosk) == (
            entry.action,
            entry.actor,
            entry.subject,
        )
        assert OTHER not in str(entry.detail)


def _last(session: Session, table: Any) -> Any:
    return session.scalars(select(table).order_by(table.id.desc()).limit(1)).one()
