"""导办呼叫: kiosks that wait for a guide; a guide says who comes, and that it is done."""

from datetime import datetime, timedelta

from starlette.responses import Response
from starlette.routing import Route

from sandbox.intake.desk.answering import Frame, Visit, go_to
from sandbox.intake.hall_tables import HelpCallRow
from sandbox.intake.help_calls import CallEnded, HelpCalls

_SCREENS = {
    "home": "首页",
    "find": "办事导航",
    "search": "搜索",
    "departments": "部门列表",
    "items": "事项列表",
    "guide": "办事指南",
    "before": "办理须知",
    "privacy": "隐私告知",
    "sign_in": "登录",
    "form": "填表",
    "review": "核对",
    "submitting": "提交",
    "done": "办结页",
    "look_up": "查询结果",
    "case": "办件进度",
    "check": "条件自查",
    "number": "输入编号",
    "list": "列表页",
    "sheet": "详情页",
}
"""The kiosk's screens; one that is not here is shown as it stands."""


class HelpCallsPage:
    """Whoever is at the page has said which guide they are; it stands in the address."""

    def __init__(self, frame: Frame, help_calls: HelpCalls) -> None:
        self._frame = frame
        self._help_calls = help_calls

    def routes(self) -> list[Route]:
        page = self._frame.route
        return [
            page("/help-calls", self._page),
            page("/help-calls/{call}/coming", self.coming, post=True),
            page("/help-calls/{call}/ended", self.ended, post=True),
        ]

    def coming(self, visit: Visit) -> Response:
        guide = self._guide(visit.form.text("guide"))
        try:
            with visit.database.transaction() as session:
                self._help_calls.come(
                    session, _call_of(visit), guide, visit.officer.name, visit.now
                )
        except CallEnded:
            return self._page(visit, 409, "这个呼叫已经有人去了，或已经结束。")
        return go_to(visit, f"/help-calls?guide={guide}")

    def ended(self, visit: Visit) -> Response:
        try:
            with visit.database.transaction() as session:
                self._help_calls.finish(session, _call_of(visit), visit.officer.name, visit.now)
        except CallEnded:
            return self._page(visit, 409, "这个呼叫已经结束。")
        return go_to(visit, f"/help-calls?guide={self._guide(visit.form.text('guide'))}")

    def _page(self, visit: Visit, status: int = 200, problem: str = "") -> Response:
        with visit.database.reading() as session:
            rows = self._help_calls.open_calls(session, visit.now)
        told = visit.form.text("guide") or visit.request.query_params.get("guide", "")
        return self._frame.page(
            visit,
            "help_calls.html",
            status=status,
            problem=problem,
            guide=self._guide(told),
            guides=range(1, self._help_calls.guides.guides + 1),
            calls=[(row, _screen(row), _waited(row, visit.now)) for row in rows],
        )

    def _guide(self, text: str) -> int:
        """The first one where none was said."""
        guide = int(text) if text.isdecimal() and len(text) < 3 else 1
        return guide if 1 <= guide <= self._help_calls.guides.guides else 1


def _call_of(visit: Visit) -> str:
    return str(visit.request.path_params["call"])


def _screen(row: HelpCallRow) -> str:
    return _SCREENS.get(row.place, row.place)


def _waited(row: HelpCallRow, now: datetime) -> int:
    """Whole minutes."""
    return (now - datetime.fromisoformat(row.called_at)) // timedelta(minutes=1)
