"""From answers to the application that is sealed."""

import base64
from dataclasses import replace
from datetime import datetime
from typing import Any

from kiosk.catalogue.models import Item
from kiosk.forms.answers import Address, Answer, FileAnswer
from kiosk.intake.application import Application, application_from
from kiosk.intake.contract import CHINA_TIME
from kiosk.language import Language
from tests.people import ZHANG_YAN

AT = datetime(2026, 11, 24, 9, 30, tzinfo=CHINA_TIME)


def question(key: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"id": key, "kind": kind, "label": key, **more}


ITEM = Item.model_validate(
    {
        "code": "041",
        "name": "高龄津贴申领",
        "kind": "file",
        "department": "civil_affairs",
        "item_class": "行政给付",
        "handling": "承诺件",
        "applicants": ["自然人"],
        "materials": [],
        "materials_origin": "sample",
        "self_service": {"level": "full", "origin": "sample"},
        "form": {
            "sections": [
                {
                    "id": "all",
                    "title": "全部",
                    "questions": [
                        question("phone", "phone"),
                        question("home", "address"),
                        question("office_county", "address", county=True),
                        question("photo", "file"),
                        question(
                            "family",
                            "group",
                            fields=[question("name", "text"), question("proof", "file")],
                        ),
                        question("signed", "signature"),
                    ],
                }
            ]
        },
    }
)

IDENTITY = replace(ZHANG_YAN, address="福建省将乐县古镛镇")


def built(answers: dict[str, Answer], strokes: Any = ()) -> Application:
    assert ITEM.form is not None
    return application_from(ITEM, ITEM.form, IDENTITY, answers, strokes, Language.CHINESE, AT)


def test_the_applicant_is_the_card() -> None:
    """Dates as ISO 8601, codes as on the card, 长期 as nothing."""
    made = built({}).applicant
    assert ("张龑", "1", "1952-03-14", "2012-06-18", None) == (
        made.name,
        made.sex,
        made.birth,
        made.valid_from,
        made.valid_to,
    )
    assert ("resident_id", "sam_verified") == (made.kind, made.assurance)


def test_answers_stand_under_their_questions() -> None:
    """Each answer goes under its question's id; one that the form does not ask stays out."""
    home = Address(code="350428100", names=("福建省", "将乐县"), detail="1号")
    made = built({"phone": "13805980000", "home": home, "stray": "x"})
    assert {
        "phone": "13805980000",
        "home": {"code": "350428100", "names": ["福建省", "将乐县"], "detail": "1号"},
    } == made.answers


def test_files_become_attachments() -> None:
    """A file's bytes travel beside the answers, in groups under group, row and field."""
    photo = FileAnswer("a.jpg", "image/jpeg", b"photo")
    proof = FileAnswer("b.pdf", "application/pdf", b"proof")
    made = built({"photo": photo, "family": ({"name": "一"}, {"name": "二", "proof": proof})})
    assert [("photo", "a.jpg", b"photo"), ("family.2.proof", "b.pdf", b"proof")] == [
        (a.question, a.name, base64.b64decode(a.content)) for a in made.attachments
    ]


def test_the_signature_is_strokes_alone() -> None:
    """Points to four decimals: finer than the pad, and no longer than needed."""
    made = built({}, strokes=(((0.123456, 0.5), (1.0, 0.0)),))
    assert (((0.1235, 0.5), (1.0, 0.0)),) == made.signature


def test_it_survives_the_wire() -> None:
    """What is sealed reads back as what was made."""
    made = built({"phone": "13805980000"}, strokes=(((0.1, 0.2),),))
    assert made == Application.model_validate_json(made.model_dump_json())


def test_the_office_is_the_county_that_was_chosen() -> None:
    """An application for an office elsewhere names its county by the code; another names none."""
    county = Address("361021", ("江西省", "抚州市", "黎川县"), "")
    assert "361021" == built({"office_county": county}).office
    assert None is built({"phone": "13805980000"}).office
