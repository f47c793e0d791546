"""What the card answers, and what it leaves open."""

from dataclasses import replace
from datetime import date

import pytest

from kiosk.forms.answers import AT_HAND, Answer
from kiosk.forms.nations import NATIONS
from kiosk.forms.prefill import at_hand, prefilled
from kiosk.forms.questions import Form
from kiosk.identity import Identity, Sex
from kiosk.intake.contract.dossier import Licence
from kiosk.journeys.filling import judge, prefill, write
from kiosk.session import Session
from tests import people
from tests.people import ZHANG_YAN
from tests.unit.visits import CATALOGUE

ZHANG = replace(ZHANG_YAN, nation="22", address="福建省将乐县古镛镇滨河南路12号")


def form(*questions: dict[str, object]) -> Form:
    asked = [{"id": f"q{i}", "label": "题"} | q for i, q in enumerate(questions)]
    return Form.model_validate({"sections": [{"id": "s", "title": "组", "questions": asked}]})


SEXES = [{"key": "male", "label": "男"}, {"key": "female", "label": "女"}]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ({"kind": "text", "prefill": "name"}, "张龑"),
        ({"kind": "resident_id", "prefill": "number"}, "350428195203140013"),
        ({"kind": "text", "prefill": "sex"}, "男"),
        ({"kind": "choice", "prefill": "sex", "options": SEXES}, "male"),
        ({"kind": "text", "prefill": "nation"}, "畲族"),
        ({"kind": "date", "prefill": "birth"}, "1952-03-14"),
        ({"kind": "text", "prefill": "address"}, "福建省将乐县古镛镇滨河南路12号"),
    ],
)
def test_the_card_answers_in_the_form_of_the_question(
    question: dict[str, object], expected: Answer
) -> None:
    """Each field of the card fills its question with the value that validation would keep."""
    assert {"q0": expected} == prefilled(form(question), ZHANG)


@pytest.mark.parametrize(
    ("question", "identity"),
    [
        ({"kind": "text"}, ZHANG),
        ({"kind": "text", "prefill": "address"}, replace(ZHANG, address="  ")),
        ({"kind": "text", "prefill": "nation"}, replace(ZHANG, nation="57")),
        ({"kind": "address", "prefill": "address"}, ZHANG),
        ({"kind": "date", "prefill": "name"}, ZHANG),
        ({"kind": "resident_id", "prefill": "name"}, ZHANG),
        ({"kind": "number", "prefill": "number"}, ZHANG),
        (
            {"kind": "choice", "prefill": "sex", "options": SEXES},
            replace(ZHANG, sex=Sex.NOT_STATED),
        ),
    ],
)
def test_a_question_stays_open_where_the_card_gives_nothing_that_fits(
    question: dict[str, object], identity: Identity
) -> None:
    """Only a value that the card really gave, and that the kind can hold, locks a question."""
    assert {} == prefilled(form(question), identity)


@pytest.mark.parametrize(
    ("sex", "expected"),
    [(Sex.MALE, "男"), (Sex.FEMALE, "女"), (Sex.UNKNOWN, "未知"), (Sex.NOT_STATED, "未说明")],
)
def test_every_sex_code_has_its_word(sex: Sex, expected: str) -> None:
    """The four codes of GB/T 2261.1 read as the standard names them."""
    asked = form({"kind": "text", "prefill": "sex"})
    assert {"q0": expected} == prefilled(asked, replace(ZHANG, sex=sex))


def test_nations_are_the_fifty_six_and_the_two_of_the_card() -> None:
    """Codes 01 to 56, 97 and 98, each with a name of its own; spot checks hold the order."""
    assert [*(f"{n:02}" for n in range(1, 57)), "97", "98"] == list(NATIONS)
    assert len(NATIONS) == len(set(NATIONS.values()))
    spots = {"01": "汉族", "15": "土家族", "22": "畲族", "40": "普米族", "56": "基诺族"}
    assert spots == {code: NATIONS[code] for code in spots}


@pytest.mark.parametrize(
    ("person", "left_open"),
    [
        (people.ZHANG_YAN, set()),
        (people.LIN_KAHO, {"nation"}),
        (people.MARIE_TREMBLAY, {"nation", "card_address"}),
        (people.HAMDAN_NOOR, {"nation", "card_address"}),
        (people.ZHANG_YAN_INSURED, {"card_address"}),
    ],
    ids=lambda value: getattr(value, "kind", ""),
)
def test_what_a_document_does_not_carry_is_typed(person: Identity, left_open: set[str]) -> None:
    """On every shipped form the applicant's questions are locked but for those: what is typed
    there is judged and kept."""
    for item in CATALOGUE.items:
        if item.form is None:
            continue
        session = Session(item=item, identity=person)
        prefill(session)
        asked = [q for q in item.form.questions if q.prefill is not None]
        still = tuple(q for q in asked if q.id not in session.locked)
        assert left_open == {q.id for q in still}, item.code
        for question in still:
            write(session, question.id, "福建省将乐县古镛镇")
        assert judge(session, still, date(2026, 11, 25)), item.code
        assert all("福建省将乐县古镛镇" == session.answers[q.id] for q in still)


def test_licences_answer_the_files_they_stand_for() -> None:
    """A licence at hand answers each question for a file that names its kind, and no other."""
    asked = form(
        {"kind": "file", "licence": "结婚证"},
        {"kind": "file", "licence": "户口簿"},
        {"kind": "file"},
    )
    married = Licence(kind="结婚证", number="J3504****0001", issuer="将乐县民政局")
    assert {"q0": AT_HAND} == at_hand(asked, (married,))
    assert {} == at_hand(asked, ())
