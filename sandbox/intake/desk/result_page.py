"""电子结果: the decision on one page, for whoever has the address that the kiosk showed as a QR
code. Nobody signs in here, so the page names the applicant by one character alone."""

from datetime import datetime

from sqlalchemy import select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kiosk.intake.contract import CHINA_TIME, Application
from sandbox.intake.auditing import note
from sandbox.intake.case_actions import REMEDIES
from sandbox.intake.case_file import Outcome
from sandbox.intake.casework import Casework
from sandbox.intake.desk.answering import Frame
from sandbox.intake.tables import Case

_NOBODY = "nobody"


class ResultPage:
    def __init__(self, frame: Frame, casework: Casework) -> None:
        self._frame = frame
        self._casework = casework

    def routes(self) -> list[Route]:
        return [Route("/results/{token}", self._answer)]

    async def _answer(self, request: Request) -> Response:
        return await run_in_threadpool(self._page, request)

    def _page(self, request: Request) -> Response:
        with self._frame.database.transaction() as session:
            row = session.scalar(
                select(Case).where(Case.result_token == request.path_params["token"])
            )
            if row is None:
                return self._frame.bare(request, "result.html", 404, row=None)
            note(session, datetime.now(CHINA_TIME), _NOBODY, "result_read", row.number)
        application = Application.model_validate(row.content)
        item = self._casework.directory.item(row.item)
        outcome = Outcome(row.outcome) if row.outcome else None
        return self._frame.bare(
            request,
            "result.html",
            200,
            row=row,
            item=application.item_name,
            department=row.department or (item.department if item else ""),
            applicant=application.applicant.name[:1] + "**",
            outcome=outcome.chinese if outcome else "",
            remedies=REMEDIES if outcome is Outcome.NOT_APPROVED else "",
        )
