"""How the desk answers: who asks, whether the form is its own, the page, and its headers."""

import logging
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kiosk.intake.contract import CHINA_TIME
from sandbox.intake.database import Database
from sandbox.intake.desk.forms import Form, FormInvalid, read_form
from sandbox.intake.desk.sessions import LONGEST, SignedIn, form_token, new_token, signed_in
from sandbox.intake.desk.wording import FILTERS, MESSAGES

_log = logging.getLogger(__name__)

_COOKIE = "desk"
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; script-src 'none'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""On every answer that does not set its own."""


class TurnedAway(Exception):
    """Ends a visit with a page that says why, in Chinese, and what can be done."""

    def __init__(self, status: int, title: str, words: str) -> None:
        super().__init__(title)
        self.status = status
        self.title = title
        self.words = words


@dataclass(frozen=True)
class Visit:
    """One request of an officer."""

    request: Request
    database: Database
    officer: SignedIn
    form: Form
    now: datetime

    @property
    def root(self) -> str:
        return root_of(self.request)


Page = Callable[[Visit], Response]


def root_of(request: Request) -> str:
    """The path under which the desk is mounted, without a slash at its end."""
    return str(request.scope.get("root_path", ""))


class Frame:
    """Draws pages, and lets only officers with their own forms through to them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._templates = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters.update(FILTERS)

    def page(self, visit: Visit, template: str, *, status: int = 200, **shown: Any) -> Response:
        """One of the templates for a signed-in officer, `shown` its variables."""
        shown = {
            "message": MESSAGES.get(visit.request.query_params.get("done", ""), ""),
            "problem": "",
            **shown,
        }
        return self.draw(visit.request, template, status, officer=visit.officer, **shown)

    def draw(self, request: Request, template: str, status: int, **shown: Any) -> Response:
        """A template as it is, its forms belonging to a cookie that is set where there was none."""
        token = cookie_of(request) or new_token()
        html = self._templates.get_template(template).render(
            root=root_of(request),
            path=request.url.path.removeprefix(root_of(request)),
            form_token=form_token(token),
            **shown,
        )
        response = HTMLResponse(html, status)
        if token != cookie_of(request):
            set_cookie(request, response, token)
        return response

    def bare(self, request: Request, template: str, status: int, **shown: Any) -> Response:
        """A template for whoever comes, without a form and without a cookie."""
        found = self._templates.get_template(template)
        return HTMLResponse(found.render(root=root_of(request), **shown), status)

    def route(
        self, path: str, page: Page, *, post: bool = False, administrators: bool = False
    ) -> Route:
        """A page for officers who are signed in, or for administrators among them alone."""

        async def answer(request: Request) -> Response:
            try:
                form = await read_form(request) if post else Form()
            except FormInvalid as invalid:
                return self._turned_away(request, TurnedAway(400, "没有提交成功", invalid.words))
            return await run_in_threadpool(self._answer, request, form, page, administrators)

        return Route(path, answer, methods=["POST" if post else "GET"])

    def nothing_there(self, request: Request, _: Exception) -> Response:
        return self._turned_away(
            request, TurnedAway(404, "没有这一页", "请核对地址，或从待办进入。")
        )

    def broken(self, request: Request, _: Exception) -> Response:
        """The database is away, or an error that nobody foresaw; the transaction is undone."""
        words = "刚才的操作没有保存。请稍后再试；仍不行请联系管理员。"
        return self._turned_away(request, TurnedAway(503, "暂时不能使用", words))

    def _answer(self, request: Request, form: Form, page: Page, administrators: bool) -> Response:
        now = datetime.now(CHINA_TIME)
        with self.database.transaction() as session:
            officer = signed_in(session, cookie_of(request), now)
        if officer is None:
            return _to_sign_in(request)
        try:
            if request.method == "POST":
                require_own_form(request, form)
            if administrators and not officer.is_administrator:
                raise TurnedAway(403, "没有权限", "这一页只有管理员可以使用。")
            return page(Visit(request, self.database, officer, form, now))
        except FormInvalid as invalid:
            problem = TurnedAway(422, "没有提交成功", f"{invalid.words}。请返回上一页改正。")
        except TurnedAway as turned_away:
            problem = turned_away
        return self._turned_away(request, problem, officer)

    def _turned_away(
        self, request: Request, problem: TurnedAway, officer: SignedIn | None = None
    ) -> Response:
        return self.draw(
            request,
            "turned_away.html",
            problem.status,
            officer=officer,
            message="",
            problem="",
            title=problem.title,
            words=problem.words,
        )


def require_own_form(request: Request, form: Form) -> None:
    """TurnedAway for a form that another site sent, or that is older than the session."""
    own = form_token(cookie_of(request))
    if not compare_digest(form.text("form_token").encode(), own.encode()):
        raise TurnedAway(403, "这张表单已经失效", "请返回上一页，刷新后再提交。")


def cookie_of(request: Request) -> str:
    return request.cookies.get(_COOKIE, "")


def set_cookie(request: Request, response: Response, token: str) -> None:
    """For the desk's own paths and this browser's session; never sent from another site."""
    response.set_cookie(
        _COOKIE,
        token,
        max_age=int(LONGEST.total_seconds()),
        path=root_of(request) or "/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )


def go_to(visit: Visit, path: str, done: str = "") -> Response:
    """See the page `path` of the desk, which says what was `done`."""
    return RedirectResponse(f"{visit.root}{path}{f'?done={done}' if done else ''}", 303)


def _to_sign_in(request: Request) -> Response:
    root = root_of(request)
    back = request.url.path.removeprefix(root) if request.method == "GET" else "/"
    return RedirectResponse(f"{root}/sign-in?back={quote(back)}", 303)


class Closed:
    """Puts the desk's headers on every answer of `app`, and tells the log of an error that
    nobody foresaw no more than its type and place."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str] = _HEADERS) -> None:
        self._app = app
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        except Exception as error:  # noqa: BLE001 - it was answered; its words may name a citizen
            frames = traceback.extract_tb(error.__traceback__)
            where = " < ".join(f"{f.name}:{f.lineno}" for f in reversed(frames))
            _log.error("%s at %s", type(error).__name__, where)
