"""凭条验真: a page to keep, with which window staff check slips without any network."""

import json

from starlette.responses import Response
from starlette.routing import Route

from sandbox.intake.auditing import note
from sandbox.intake.desk.answering import Frame, Visit
from sandbox.intake.desk.hall_tabs import HALL_TABS
from sandbox.intake.item_directory import ItemDirectory
from sandbox.intake.slip_keys import SlipKeys

_OWN_SCRIPT_ALONE = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The page that is kept asks nothing of any network, and cannot."""


class SlipsPage:
    def __init__(self, frame: Frame, keys: SlipKeys, directory: ItemDirectory) -> None:
        self._frame = frame
        self._keys = keys
        self._directory = directory

    def routes(self) -> list[Route]:
        return [
            self._frame.route("/hall/slips", self.show),
            self._frame.route("/hall/slips/check.html", self.keep),
        ]

    def show(self, visit: Visit) -> Response:
        return self._frame.page(
            visit, "slips.html", tabs=HALL_TABS, kid=self._keys.public_key().kid
        )

    def keep(self, visit: Visit) -> Response:
        """The page with the public key in it, to be saved."""
        names = {item.code: item.name for item in self._directory.items}
        response = self._frame.draw(
            visit.request,
            "slip_check.html",
            200,
            key=self._keys.public_key(),
            names=json.dumps(names, ensure_ascii=True).replace("<", "\\u003c"),
        )
        response.headers["Content-Security-Policy"] = _OWN_SCRIPT_ALONE
        response.headers["Content-Disposition"] = (
            "attachment; filename=\"slip-check.html\"; filename*=UTF-8''%E5%87%AD%E6%9D%A1"
            "%E9%AA%8C%E7%9C%9F.html"
        )
        with visit.database.transaction() as session:
            note(session, visit.now, visit.officer.name, "slip_check_saved", "slips")
        return response
