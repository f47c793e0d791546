"""Materials that an applicant may hand in later (容缺), as promise and notice list them."""

from dataclasses import dataclass

from kiosk.documents.document import Row, Rows
from kiosk.documents.stated import or_as_published
from kiosk.language import _


@dataclass(frozen=True)
class PromisedMaterial:
    """`form`: original, copy or electronic; `deadline`: until when. Both in words, empty where
    not known."""

    name: str
    form: str
    deadline: str


def promised_rows(promised: tuple[PromisedMaterial, ...]) -> Rows:
    heading = _("暂缺的材料（共 {count} 项）").format(count=len(promised))
    return Rows(heading, tuple(map(_row, promised)), numbered=True)


def consequence_words(consequence: str) -> str:
    """What happens when a promised material does not come; empty where the hall has not said."""
    return _("到期没有补交：{consequence}").format(consequence=or_as_published(consequence))


def _row(material: PromisedMaterial) -> Row:
    form = _("形式：{form}").format(form=or_as_published(material.form))
    deadline = _("补交期限：{deadline}").format(deadline=or_as_published(material.deadline))
    return Row(material.name, below=(form, deadline))
