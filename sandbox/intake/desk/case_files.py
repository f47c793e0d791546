"""What came with a case and after it: files to open, and what was handed in before a correction."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from sqlalchemy import select
from sqlalchemy.orm import Session, defer
from starlette.responses import Response
from starlette.routing import Route

from kiosk.intake.contract import Application, Attachment
from sandbox.intake.auditing import note
from sandbox.intake.casework import Casework
from sandbox.intake.desk.answering import Frame, TurnedAway, Visit
from sandbox.intake.desk.own_case import asked_for, own_sheet
from sandbox.intake.desk.question_labels import answers_in_words, label_of
from sandbox.intake.tables import Correction, MissingMaterial, SuppliedFile

_SHOWN_IN_BROWSER = {"image/jpeg", "image/png", "image/webp", "application/pdf"}


@dataclass(frozen=True)
class ListedFile:
    """`place` is the end of its address below the case's, `kilobytes` are rounded up; `opens`: the
    browser shows it."""

    place: str
    label: str
    name: str
    kilobytes: int
    opens: bool


class CaseFiles:
    def __init__(self, frame: Frame, casework: Casework) -> None:
        self._frame = frame
        self._casework = casework

    def routes(self) -> list[Route]:
        return [
            self._frame.route("/cases/{number}/attachments/{attachment:int}", self.attachment),
            self._frame.route("/cases/{number}/supplied/{file:int}", self.supplied),
            self._frame.route("/cases/{number}/versions/{version:int}", self.version),
            self._frame.route(
                "/cases/{number}/versions/{version:int}/attachments/{attachment:int}",
                self.attachment_before,
            ),
        ]

    def attachment(self, visit: Visit) -> Response:
        """Images and PDF open in the browser, anything else is saved; never run, never sniffed."""
        row = own_sheet(visit, self._casework).row
        return _opened(visit, Application.model_validate(row.content).attachments)

    def attachment_before(self, visit: Visit) -> Response:
        """The same of what was handed in before a correction."""
        before = self._before(visit)
        return _opened(visit, Application.model_validate(before.content).attachments)

    def supplied(self, visit: Visit) -> Response:
        """A file that came for a missing material."""
        own_sheet(visit, self._casework)
        place = int(visit.request.path_params["file"])
        with visit.database.reading() as session:
            file = session.scalar(
                select(SuppliedFile)
                .join(MissingMaterial, MissingMaterial.id == SuppliedFile.material)
                .where(SuppliedFile.id == place, MissingMaterial.case == asked_for(visit))
            )
        if file is None:
            raise _no_such_file()
        _note(visit, {"supplied": place})
        return _shown(file.name, file.media_type, file.content)

    def version(self, visit: Visit) -> Response:
        """What was handed in before a correction."""
        sheet = own_sheet(visit, self._casework)
        before = self._before(visit)
        content = Application.model_validate(before.content)
        _note(visit, {"version": before.id})
        return self._frame.page(
            visit,
            "version.html",
            sheet=sheet,
            before=before,
            application=content,
            answers=answers_in_words(content.item, content.answers),
            files=files_of(content, f"versions/{before.id}/attachments"),
        )

    def _before(self, visit: Visit) -> Correction:
        own_sheet(visit, self._casework)
        with visit.database.reading() as session:
            found = session.get(Correction, int(visit.request.path_params["version"]))
        if found is None or found.case != asked_for(visit):
            raise TurnedAway(404, "没有这个版本", "请返回本件重新打开。")
        return found


def files_of(application: Application, below: str = "attachments") -> list[ListedFile]:
    """With their places `below` the case."""
    return [
        _listed(f"{below}/{number}", label_of(application.item, file.question), file)
        for number, file in enumerate(application.attachments, start=1)
    ]


def supplied_files(session: Session, materials: Sequence[int]) -> dict[int, list[ListedFile]]:
    """By the id of the material that they came for."""
    rows = session.scalars(
        select(SuppliedFile).where(SuppliedFile.material.in_(materials)).order_by(SuppliedFile.id)
    )
    found: dict[int, list[ListedFile]] = {}
    for row in rows:
        found.setdefault(row.material, []).append(_listed(f"supplied/{row.id}", "", row))
    return found


def corrections_of(session: Session, number: str) -> Sequence[Correction]:
    """Oldest first, without what was handed in."""
    return session.scalars(
        select(Correction)
        .options(defer(Correction.content))
        .where(Correction.case == number)
        .order_by(Correction.id)
    ).all()


def _listed(place: str, label: str, file: Attachment | SuppliedFile) -> ListedFile:
    kilobytes = -(-len(file.content) * 3 // 4 // 1024)
    return ListedFile(place, label, file.name, kilobytes, file.media_type in _SHOWN_IN_BROWSER)


def _opened(visit: Visit, files: Sequence[Attachment]) -> Response:
    place = int(visit.request.path_params["attachment"])
    if not 1 <= place <= len(files):
        raise _no_such_file()
    file = files[place - 1]
    response = _shown(file.name, file.media_type, file.content)
    _note(visit, {"attachment": place})
    return response


def _no_such_file() -> TurnedAway:
    return TurnedAway(404, "没有这份附件", "请返回本件重新打开。")


def _note(visit: Visit, detail: dict[str, int]) -> None:
    with visit.database.transaction() as session:
        officer = visit.officer.name
        note(session, visit.now, officer, "attachment_opened", asked_for(visit), detail)


def _shown(name: str, media_type: str, base64_content: str) -> Response:
    try:
        content = base64.b64decode(base64_content)
    except ValueError:
        words = "终端送来的内容已经损坏，请联系申请人另交一份。"
        raise TurnedAway(422, "这份附件打不开", words) from None
    shown = media_type in _SHOWN_IN_BROWSER
    return Response(
        content,
        media_type=media_type if shown else "application/octet-stream",
        headers={
            "Content-Disposition": f"{'inline' if shown else 'attachment'}; "
            f"filename*=UTF-8''{quote(name, safe='')}",
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; "
            "img-src 'self'; object-src 'self'; frame-ancestors 'none'",
        },
    )
