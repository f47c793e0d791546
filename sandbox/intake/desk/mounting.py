"""The officers' desk under the intake service."""

from pathlib import Path

from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.responses import RedirectResponse
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from sandbox.intake.casework import Casework
from sandbox.intake.database import Database
from sandbox.intake.desk.answering import Closed, Frame
from sandbox.intake.desk.audit_page import AuditPage
from sandbox.intake.desk.bookings_page import BookingsPage
from sandbox.intake.desk.case_files import CaseFiles
from sandbox.intake.desk.case_page import CasePage
from sandbox.intake.desk.cases import CasesPage
from sandbox.intake.desk.complaints_page import ComplaintsPage
from sandbox.intake.desk.help_calls_page import HelpCallsPage
from sandbox.intake.desk.identity_codes_page import IdentityCodesPage
from sandbox.intake.desk.kiosks_page import KiosksPage
from sandbox.intake.desk.officers_page import OfficersPage
from sandbox.intake.desk.queue_page import QueuePage
from sandbox.intake.desk.ratings import RatingsPage
from sandbox.intake.desk.result_page import ResultPage
from sandbox.intake.desk.sign_in import SignIn
from sandbox.intake.desk.slips_page import SlipsPage
from sandbox.intake.desk.supervision_page import SupervisionPage
from sandbox.intake.help_calls import HelpCalls
from sandbox.intake.identity_tokens import IdentityTokens
from sandbox.intake.queues import Queues
from sandbox.intake.registry import Registry
from sandbox.intake.sealing_keys import SealingKeys
from sandbox.intake.slip_keys import SlipKeys

PATH = "/desk"


def mount_desk(
    app: FastAPI,
    database: Database,
    casework: Casework,
    registry: Registry,
    keys: SealingKeys,
    slip_keys: SlipKeys,
    tokens: IdentityTokens,
    queues: Queues,
    help_calls: HelpCalls,
) -> None:
    """HTML for people under `PATH`, no part of the contract."""
    frame = Frame(database)
    pages = (
        SignIn(frame),
        CasesPage(frame, casework),
        CaseFiles(frame, casework),
        CasePage(frame, casework),
        ResultPage(frame, casework),
        ComplaintsPage(frame, casework),
        RatingsPage(frame, casework),
        SupervisionPage(frame, casework),
        QueuePage(frame, queues),
        BookingsPage(frame, queues.bookings),
        HelpCallsPage(frame, help_calls),
        SlipsPage(frame, slip_keys, casework.directory),
        KiosksPage(frame, registry, keys),
        IdentityCodesPage(frame, tokens),
        OfficersPage(frame, casework),
        AuditPage(frame),
    )
    static = Mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))
    desk = Starlette(
        routes=[*(route for page in pages for route in page.routes()), static],
        exception_handlers={404: frame.nothing_there, 500: frame.broken},
    )
    app.mount(PATH, Closed(desk))
    app.add_route(PATH, lambda _: RedirectResponse(f"{PATH}/"), include_in_schema=False)
