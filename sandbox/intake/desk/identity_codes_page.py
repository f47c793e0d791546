"""身份码: shows a sample person's identity code, to be held under a kiosk's scanner.

A city's own app shows these codes to whoever is signed in there; here it is for trying out.
"""

from starlette.responses import Response
from starlette.routing import Route

from sandbox.intake.desk.answering import Frame, Visit
from sandbox.intake.desk.qr_picture import qr_path_of
from sandbox.intake.identity_tokens import TOKEN_LASTS, IdentityTokens


class IdentityCodesPage:
    def __init__(self, frame: Frame, tokens: IdentityTokens) -> None:
        self._frame = frame
        self._tokens = tokens

    def routes(self) -> list[Route]:
        page = self._frame.route
        return [
            page("/identity-codes", self._page, administrators=True),
            page("/identity-codes", self.show, post=True, administrators=True),
        ]

    def show(self, visit: Visit) -> Response:
        """The one page on which the code can be scanned."""
        name = visit.form.text("person")
        if name not in self._tokens.names:
            return self._page(visit, 422, problem="没有这个示例人员。")
        token = self._tokens.issue(name, actor=visit.officer.name)
        return self._page(visit, person=name, code=qr_path_of(token))

    def _page(
        self,
        visit: Visit,
        status: int = 200,
        person: str = "",
        code: tuple[int, str] | None = None,
        problem: str = "",
    ) -> Response:
        return self._frame.page(
            visit,
            "identity_codes.html",
            status=status,
            problem=problem,
            names=self._tokens.names,
            person=person,
            code=code,
            seconds=int(TOKEN_LASTS.total_seconds()),
        )
