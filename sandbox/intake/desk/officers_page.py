"""人员: who may sign in; and each officer's own password."""

from sqlalchemy import select
from starlette.responses import Response
from starlette.routing import Route

from sandbox.intake.casework import Casework
from sandbox.intake.desk.answering import Frame, TurnedAway, Visit, cookie_of, go_to
from sandbox.intake.desk.forms import Form
from sandbox.intake.desk.officers import (
    LONGEST_PASSWORD,
    SHORTEST_PASSWORD,
    OfficerInvalid,
    add_officer,
    password_is_right,
    remove_officer,
    set_password,
)
from sandbox.intake.tables import Officer


class OfficersPage:
    def __init__(self, frame: Frame, casework: Casework) -> None:
        self._frame = frame
        self._casework = casework

    def routes(self) -> list[Route]:
        page = self._frame.route
        return [
            page("/officers", self._page, administrators=True),
            page("/officers", self.add, post=True, administrators=True),
            page("/officers/{name}/remove", self.remove, post=True, administrators=True),
            page("/password", self._password_page),
            page("/password", self.change_password, post=True),
        ]

    def add(self, visit: Visit) -> Response:
        form = visit.form
        department = form.text("department") or None
        if department is not None and department not in self._casework.directory.departments():
            return self._page(visit, 422, "没有这个部门。")
        try:
            with visit.database.transaction() as session:
                add_officer(
                    session,
                    form.text("name"),
                    form.text("shown_as"),
                    department,
                    form.secret("password"),
                    by=visit.officer.name,
                    is_administrator=form.ticked("administrator"),
                )
        except OfficerInvalid as invalid:
            return self._page(visit, 422, f"{invalid.words}。")
        return go_to(visit, "/officers", "officer")

    def remove(self, visit: Visit) -> Response:
        name = str(visit.request.path_params["name"])
        if name == visit.officer.name:
            raise TurnedAway(409, "不能移除自己", "请由另一位管理员移除。")
        with visit.database.transaction() as session:
            remove_officer(session, name, by=visit.officer.name)
        return go_to(visit, "/officers", "removed")

    def change_password(self, visit: Visit) -> Response:
        form, name = visit.form, visit.officer.name
        with visit.database.reading() as session:
            officer = session.get_one(Officer, name)
        if not password_is_right(officer, form.secret("password")):
            return self._password_page(visit, 403, "原密码不对。")
        if form.secret("new") != form.secret("again"):
            return self._password_page(visit, 422, "两次填写的新密码不一样。")
        try:
            with visit.database.transaction() as session:
                set_password(session, name, form.secret("new"), cookie_of(visit.request))
        except OfficerInvalid as invalid:
            return self._password_page(visit, 422, f"{invalid.words}。")
        return go_to(visit, "/cases", "password")

    def _page(self, visit: Visit, status: int = 200, problem: str = "") -> Response:
        with visit.database.reading() as session:
            officers = session.scalars(select(Officer).order_by(Officer.name)).all()
        return self._frame.page(
            visit,
            "officers.html",
            status=status,
            problem=problem,
            officers=officers,
            departments=self._casework.directory.departments(),
            typed=visit.form if problem else Form(),
            shortest=SHORTEST_PASSWORD,
            longest=LONGEST_PASSWORD,
        )

    def _password_page(self, visit: Visit, status: int = 200, problem: str = "") -> Response:
        return self._frame.page(
            visit,
            "password.html",
            status=status,
            problem=problem,
            shortest=SHORTEST_PASSWORD,
            longest=LONGEST_PASSWORD,
        )
