"""Materials that an applicant may hand in later (容缺), as promise and notice list them."""

from dataclasses import dataclass

from kiosk.documents.case_head import or_as_published
from kiosk.documents.document import Row, Rows
from kiosk.language import _


@dataclass(frozen=True)
class PromisedMaterial:
    """`form`: original, copy or electronic, in words, empty where not known; `deadline`: until
    when, in words, since the hall sets how it is counted."""

    name: str
    form: str
    deadline: str


def promised_rows(promised: tuple[PromisedMaterial, ...]) -> Rows:
    return Rows(
        _("暂缺的材料（共 {count} 项）").format(count=len(promised)),
        tuple(
            Row(
                material.name,
                below=(
                    _("形式：{form}").format(form=or_as_published(material.form)),
                    _("补交期限：{deadline}").format(deadline=or_as_published(material.deadline)),
                ),
            )
            for material in promised
        ),
        numbered=True,
    )


def consequence_words(consequence: str) -> str:
    """What happens when a promised material does not come; empty where the hall has not said."""
    return _("到期没有补交：{consequence}").format(consequence=or_as_published(consequence))
