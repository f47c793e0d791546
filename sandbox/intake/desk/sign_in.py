"""Signing in and out."""

import re
from datetime import datetime, timedelta
from math import ceil

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kiosk.intake.contract import CHINA_TIME
from sandbox.intake.auditing import note
from sandbox.intake.desk.answering import (
    Frame,
    TurnedAway,
    Visit,
    cookie_of,
    go_to,
    require_own_form,
    root_of,
    set_cookie,
)
from sandbox.intake.desk.forms import Form, FormInvalid, read_form
from sandbox.intake.desk.officers import password_is_right
from sandbox.intake.desk.sessions import (
    begin_session,
    end_session,
    forget_tries,
    new_token,
    wait_before_try,
)
from sandbox.intake.tables import Officer

_OWN_PATH = re.compile(r"/[A-Za-z0-9/-]*")


class SignIn:
    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def routes(self) -> list[Route]:
        return [
            Route("/sign-in", self.show, methods=["GET"]),
            Route("/sign-in", self.receive, methods=["POST"]),
            self._frame.route("/sign-out", self.sign_out, post=True),
        ]

    async def show(self, request: Request) -> Response:
        return self._page(request, back=own_path(request.query_params.get("back", "/")))

    async def receive(self, request: Request) -> Response:
        try:
            form = await read_form(request)
            require_own_form(request, form)
        except TurnedAway as turned_away:
            return self._page(request, turned_away.status, problem="页面已经失效，请重新登录")
        except FormInvalid as invalid:
            return self._page(request, 400, problem=invalid.words)
        return await run_in_threadpool(self._try, request, form)

    def _try(self, request: Request, form: Form) -> Response:
        name, password = form.text("name"), form.secret("password")
        back = own_path(form.text("back"))
        with self._frame.database.transaction() as session:
            wait = wait_before_try(session, name, datetime.now(CHINA_TIME))
            officer = session.get(Officer, name)
            if officer is not None:
                session.expunge(officer)
        if wait is not None:
            return self._page(request, 429, name, back, f"密码输错次数过多，请等 {_say(wait)}再试")
        # Outside any transaction: it takes its time, and applications come in meanwhile.
        right = password_is_right(officer, password)
        now = datetime.now(CHINA_TIME)
        with self._frame.database.transaction() as session:
            if not right:
                note(session, now, "nobody", "sign_in_refused", name if officer else "unknown")
                return self._page(request, 403, name, back, "登录名或密码不对")
            forget_tries(session, name)
            end_session(session, cookie_of(request))
            token = begin_session(session, name, now)
            note(session, now, name, "signed_in", name)
        response = RedirectResponse(root_of(request) + back, 303)
        set_cookie(request, response, token)
        return response

    def sign_out(self, visit: Visit) -> Response:
        with visit.database.transaction() as session:
            end_session(session, cookie_of(visit.request))
            note(session, visit.now, visit.officer.name, "signed_out", visit.officer.name)
        response = go_to(visit, "/sign-in")
        set_cookie(visit.request, response, new_token())
        return response

    def _page(
        self,
        request: Request,
        status: int = 200,
        name: str = "",
        back: str = "/",
        problem: str = "",
    ) -> Response:
        return self._frame.draw(
            request, "sign_in.html", status, name=name, back=back, problem=problem
        )


def own_path(path: str) -> str:
    """A page of the desk; the first one for anything else."""
    return path if _OWN_PATH.fullmatch(path) and not path.startswith("//") else "/"


def _say(wait: timedelta) -> str:
    seconds = ceil(wait.total_seconds())
    return f"{seconds} 秒" if seconds < 60 else f"{ceil(seconds / 60)} 分钟"
