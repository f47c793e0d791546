"""One case: what the applicant signed, where it stands, and the forms to act on it."""

import base64
from dataclasses import dataclass
from urllib.parse import quote

from sqlalchemy import select
from starlette.responses import Response
from starlette.routing import Route

from kiosk.intake.contract import Application
from sandbox.intake.auditing import note
from sandbox.intake.case_actions import REMEDIES, NotAllowed, Why
from sandbox.intake.case_file import Outcome, day_of
from sandbox.intake.case_life import MOST_EXTENSION_DAYS, MOST_PROMISED_DAYS
from sandbox.intake.casework import CaseSheet, CaseUnknown, Casework
from sandbox.intake.desk.answering import Frame, TurnedAway, Visit, go_to
from sandbox.intake.desk.applicant_words import said_of, warning_of
from sandbox.intake.desk.case_forms import DONE, action_from, offers
from sandbox.intake.desk.cases import due_words
from sandbox.intake.desk.forms import Form, FormInvalid
from sandbox.intake.desk.question_labels import answers_in_words, label_of, materials_of
from sandbox.intake.desk.signature import HEIGHT, WIDTH, path_of
from sandbox.intake.desk.wording import LANGUAGES, LEVELS
from sandbox.intake.tables import Officer, Rating

_SHOWN_IN_BROWSER = {"image/jpeg", "image/png", "image/webp", "application/pdf"}
_LOOKS = {"opened", "attachment_opened"}
"""Acts that changed nothing."""


@dataclass(frozen=True)
class AttachedFile:
    """`kilobytes` are rounded up; `opens`: the browser shows it."""

    number: int
    label: str
    name: str
    kilobytes: int
    opens: bool


class CasePage:
    def __init__(self, frame: Frame, casework: Casework) -> None:
        self._frame = frame
        self._casework = casework

    def routes(self) -> list[Route]:
        return [
            self._frame.route("/cases/{number}", self._page),
            self._frame.route("/cases/{number}/attachments/{attachment:int}", self.attachment),
            self._frame.route("/cases/{number}/{act}", self.act, post=True),
        ]

    def act(self, visit: Visit) -> Response:
        """Does what the form asks for; where it is not allowed, the case with the reason and with
        what was typed."""
        number, key = _asked_for(visit), str(visit.request.path_params["act"])
        try:
            action = action_from(key, visit.form)
            seen = visit.form.number("version", "版本")
            self._own_sheet(visit)
            with visit.database.transaction() as session:
                self._casework.act(
                    session, number, action, visit.officer.name, visit.now, seen=seen
                )
        except FormInvalid as invalid:
            return self._page(visit, 422, key, f"{invalid.words}。")
        except NotAllowed as refused:
            return self._page(visit, 409, key, _said(refused))
        return go_to(visit, f"/cases/{number}", DONE[key])

    def attachment(self, visit: Visit) -> Response:
        """Images and PDF open in the browser, anything else is saved; never run, never sniffed."""
        place = int(visit.request.path_params["attachment"])
        row = self._own_sheet(visit).row
        files = Application.model_validate(row.content).attachments
        if not 1 <= place <= len(files):
            raise TurnedAway(404, "没有这份附件", "请返回本件重新打开。")
        file = files[place - 1]
        try:
            content = base64.b64decode(file.content)
        except ValueError:
            words = "终端送来的内容已经损坏，请联系申请人另交一份。"
            raise TurnedAway(422, "这份附件打不开", words) from None
        with visit.database.transaction() as session:
            officer, detail = visit.officer.name, {"attachment": place}
            note(session, visit.now, officer, "attachment_opened", row.number, detail)
        shown = file.media_type in _SHOWN_IN_BROWSER
        return Response(
            content,
            media_type=file.media_type if shown else "application/octet-stream",
            headers={
                "Content-Disposition": f"{'inline' if shown else 'attachment'}; "
                f"filename*=UTF-8''{quote(file.name, safe='')}",
                "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; "
                "img-src 'self'; object-src 'self'; frame-ancestors 'none'",
            },
        )

    def _page(
        self, visit: Visit, status: int = 200, tried: str = "", problem: str = ""
    ) -> Response:
        with visit.database.transaction() as session:
            self._casework.bring_up_to_date(session, visit.now)
        sheet = self._own_sheet(visit)
        application = Application.model_validate(sheet.row.content)
        with visit.database.transaction() as session:
            names = {o.name: o.shown_as for o in session.scalars(select(Officer))}
            rating = session.get(Rating, sheet.row.reference)
            note(session, visit.now, visit.officer.name, "opened", sheet.row.number)
        today = day_of(visit.now)
        offered = offers(sheet.life, visit.now, self._casework.holidays)
        return self._frame.page(
            visit,
            "case.html",
            status=status,
            problem=problem,
            sheet=sheet,
            application=application,
            applicant=said_of(application.applicant),
            warning=warning_of(application.applicant),
            language=LANGUAGES[application.language],
            answers=answers_in_words(sheet.row.item, application.answers),
            files=_files(application),
            signature=path_of(application.signature),
            signature_size=(WIDTH, HEIGHT),
            today=str(today),
            due=due_words(self._casework, sheet.row, sheet.answer_by, today),
            offers=offered,
            opened=tried or next((offer.key for offer in offered if not offer.barred), ""),
            typed=visit.form,
            untouched=Form(),
            suggested=materials_of(sheet.row.item),
            outcomes=[(outcome.value, outcome.chinese) for outcome in Outcome],
            most_promised=MOST_PROMISED_DAYS if sheet.life.limit is None else sheet.life.limit,
            most_extension=MOST_EXTENSION_DAYS,
            remedies=REMEDIES,
            rating=LEVELS[rating.level] if rating else "",
            names=names,
            acts=[entry for entry in sheet.history if entry.action not in _LOOKS],
            looks=[entry for entry in sheet.history if entry.action in _LOOKS],
        )

    def _own_sheet(self, visit: Visit) -> CaseSheet:
        """Read beside the transactions: an application with its files is many megabytes."""
        try:
            with visit.database.reading() as session:
                sheet = self._casework.sheet(session, _asked_for(visit))
        except CaseUnknown:
            raise TurnedAway(404, "没有这个收件编号", "请核对编号，或到“待办”里查找。") from None
        own = visit.officer.department
        if own is not None and (sheet.item is None or sheet.item.department != own):
            raise TurnedAway(403, "不是本部门的件", "您只能查看和办理本部门的件。")
        return sheet


def _said(refused: NotAllowed) -> str:
    """The reason, and what can be done."""
    if refused.why is not Why.WRONG_STATE:
        return f"{refused.why.chinese}。"
    stands = f"本件现在是“{refused.state.chinese}”"
    return f"{refused.why.chinese}：{stands}，请从右侧可办的操作中选择。"


def _asked_for(visit: Visit) -> str:
    return str(visit.request.path_params["number"])


def _files(application: Application) -> list[AttachedFile]:
    return [
        AttachedFile(
            number,
            label_of(application.item, file.question),
            file.name,
            -(-len(file.content) * 3 // 4 // 1024),
            file.media_type in _SHOWN_IN_BROWSER,
        )
        for number, file in enumerate(application.attachments, start=1)
    ]
