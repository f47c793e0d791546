"""The forms by which a citizen acts on a case, and what goes to the intake of their answers."""

import base64
from datetime import date

import pytest
from dossier_samples import DOSSIER, FINISHED, MISSING, RETURNED, at, case, visit
from visits import CATALOGUE, Orders

from kiosk.forms.answers import AT_HAND, BRING_ORIGINAL, Address, Answer, FileAnswer
from kiosk.forms.asked import asked_questions
from kiosk.forms.validation import Accepted, check
from kiosk.intake.contract import MAX_ATTACHMENTS, CaseStage
from kiosk.intake.contract.case_acts import Post, Supplied, Withdraw
from kiosk.intake.contract.case_acts import Supply as SuppliedAct
from kiosk.intake.contract.dossier import Licence, MissingMaterial
from kiosk.journeys.acts import WHICH, act_of, post_form, supply_form, withdraw_form
from kiosk.journeys.beginning import begin
from kiosk.journeys.steps import Subject, Supply
from kiosk.session import Acting, ActKind

PICTURE = FileAnswer("租赁合同.jpg", "image/jpeg", b"\xff\xd8\xff")
HOME = Address("350428100001", ("福建省", "三明市", "将乐县", "古镛镇"), "滨河南路12号")


def test_one_missing_material_is_one_question() -> None:
    """With its name, why it is asked for, and the licence that would stand for it."""
    only = case(CaseStage.SUPPLEMENT, missing=MISSING[:1])
    (question,) = supply_form(only).questions
    assert ("material_1", "租赁合同") == (question.id, question.label)
    assert ("第 2 页没有签名。", "租赁合同") == (question.hint, question.licence)


def test_of_several_only_those_are_asked_for_that_are_chosen() -> None:
    """What came already is not asked for; at least one has to be chosen."""
    form = supply_form(RETURNED)
    which = form.questions[0]
    assert ["material_1", "material_3"] == [option.key for option in which.options]
    asked = asked_questions(form, {WHICH: ("material_3",)})
    assert [WHICH, "material_3"] == [question.id for question in asked]
    assert not isinstance(check(which, (), date(2026, 11, 25)), Accepted)


def test_more_than_one_act_can_carry_waits_for_the_next() -> None:
    """The first form asks for as many as there may be attachments."""
    many = tuple(
        MissingMaterial(id=n, name=f"材料 {n}", promised=True)
        for n in range(1, MAX_ATTACHMENTS + 4)
    )
    form = supply_form(case(CaseStage.ACCEPTED, missing=many))
    assert MAX_ATTACHMENTS == len(form.questions[0].options)


def test_nothing_missing_is_no_form() -> None:
    """Nobody is asked for nothing."""
    with pytest.raises(ValueError, match="nothing is missing"):
        supply_form(FINISHED)


@pytest.mark.parametrize(
    ("answer", "supplied", "files"),
    [
        (PICTURE, Supplied(id=1, attachment="material_1"), 1),
        (BRING_ORIGINAL, Supplied(id=1), 0),
        (AT_HAND, Supplied(id=1, electronic=True), 0),
    ],
)
def test_a_material_is_supplied_as_it_was_answered(
    answer: Answer, supplied: Supplied, files: int
) -> None:
    """A file travels as an attachment of its own name; an answer to a question that is not asked
    any more does not count."""
    acting = Acting(ActKind.SUPPLY, RETURNED, supply_form(RETURNED))
    given = {WHICH: ("material_1",), "material_1": answer, "material_3": PICTURE}
    act, attachments = act_of(acting, given)
    assert (SuppliedAct(materials=(supplied,)), files) == (act, len(attachments))
    for attachment in attachments:
        assert PICTURE.content == base64.b64decode(attachment.content)
        assert supplied.attachment == attachment.question


def test_a_withdrawal_has_its_reason_and_what_was_written() -> None:
    """The words may be left out."""
    acting = Acting(ActKind.WITHDRAW, RETURNED, withdraw_form())
    given: dict[str, Answer] = {"reason": "wrong_item", "words": "点错了"}
    assert (Withdraw(reason="wrong_item", words="点错了"), ()) == act_of(acting, given)
    del given["words"]
    assert (Withdraw(reason="wrong_item"), ()) == act_of(acting, given)


def test_a_result_is_posted_to_an_address_in_words() -> None:
    """From the province to the house; an answer that is no address is not sent."""
    acting = Acting(ActKind.POST, FINISHED, post_form())
    given: dict[str, Answer] = {"name": "张龑", "phone": "13805980000", "address": HOME}
    act, _attachments = act_of(acting, given)
    assert (
        Post(name="张龑", phone="13805980000", address="福建省三明市将乐县古镛镇滨河南路12号")
        == act
    )
    given["address"] = "somewhere"
    with pytest.raises(KeyError):
        act_of(acting, given)


def test_an_electronic_licence_at_hand_stands_for_what_is_missing() -> None:
    """Nobody hands in on paper what the office can fetch itself."""
    session = visit()
    licence = Licence(kind="租赁合同", number="3504 **** 0013", issuer="将乐县住房和城乡建设局")
    session.office.dossier = DOSSIER.model_copy(update={"licences": (licence,)})
    here = at(Subject.CASE, RETURNED.number)
    begun = begin(session, here, Supply(RETURNED.number), CATALOGUE, Orders())
    assert begun.acting is not None
    assert {"material_1": AT_HAND} == begun.answers
    act, _files = act_of(begun.acting, {**begun.answers, WHICH: ("material_1",)})
    assert SuppliedAct(materials=(Supplied(id=1, electronic=True),)) == act
