"""The officers' desk under the intake service."""

from pathlib import Path

from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.responses import RedirectResponse
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from sandbox.intake.casework import Casework
from sandbox.intake.database import Database
from sandbox.intake.desk.answering import Frame, WithHeaders
from sandbox.intake.desk.case_page import CasePage
from sandbox.intake.desk.cases import CasesPage
from sandbox.intake.desk.sign_in import SignIn

PATH = "/desk"


def mount_desk(app: FastAPI, database: Database, casework: Casework) -> None:
    """HTML for people under `PATH`, no part of the contract."""
    app.mount(PATH, WithHeaders(_desk(database, casework)))
    app.add_route(PATH, lambda _: RedirectResponse(f"{PATH}/"), include_in_schema=False)


def _desk(database: Database, casework: Casework) -> Starlette:
    frame = Frame(database)
    return Starlette(
        routes=[
            *SignIn(frame).routes(),
            *CasesPage(frame, casework).routes(),
            *CasePage(frame, casework).routes(),
            Mount("/static", StaticFiles(directory=Path(__file__).parent / "static")),
        ]
    )
