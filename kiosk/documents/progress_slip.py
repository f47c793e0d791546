"""办理进度单: how far something has come, as the intake told it at that moment."""

from dataclasses import dataclass, field
from datetime import datetime

from kiosk.documents.days import minute
from kiosk.documents.document import (
    Document,
    DocumentKind,
    Field,
    QrCode,
    Rows,
    title_for_all,
)
from kiosk.language import _, mark
from kiosk.masking import masked_name


@dataclass(frozen=True)
class Progress:
    """`state` and `due` in words. Whoever asked without proving who they are is told no more than
    these: then the others are empty. `listed`: what happened so far, or the parts of it."""

    number_label: str
    number: str
    state: str
    due: str = ""
    item: str = ""
    department: str = ""
    applicant: str = field(default="", repr=False)
    listed: tuple[Rows, ...] = ()


def progress_slip(*, issuer: str, terminal: str, progress: Progress, at: datetime) -> Document:
    """`at`: when the intake was asked, with its zone. What it told then is no later news, so each
    time has a paper of its own."""
    known = (
        (_("办理事项"), progress.item),
        (_("承办部门"), progress.department),
        (_("申请人"), masked_name(progress.applicant)),
        (_("当前进度"), progress.state),
        (_("办结期限"), progress.due),
        (_("查询时间"), minute(at)),
        (_("查询终端"), terminal),
    )
    return Document(
        kind=DocumentKind.PROGRESS_SLIP,
        issuer=issuer,
        title=title_for_all(mark("办理进度单")),
        reference=f"{progress.number}/{minute(at)}",
        number_label=progress.number_label,
        number=progress.number,
        fields=tuple(Field(label, value) for label, value in known if value),
        rows=progress.listed,
        notices=(_("进度会变，请以最新的查询为准。"),),
        qr=QrCode(progress.number, _("查询时请出示此码")),
        footer=(_("仅供查询参考，不作为办事依据。"),),
    )
