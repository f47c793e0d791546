"""One case: what the applicant signed, where it stands, and the forms to act on it."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, defer
from starlette.responses import Response
from starlette.routing import Route

from kiosk.intake.contract import Application
from sandbox.intake.auditing import note
from sandbox.intake.case_actions import REMEDIES, NotAllowed, Why
from sandbox.intake.case_file import Outcome, day_of
from sandbox.intake.case_life import MOST_EXTENSION_DAYS, MOST_PROMISED_DAYS
from sandbox.intake.casework import Casework
from sandbox.intake.desk.answering import Frame, Visit, go_to
from sandbox.intake.desk.applicant_words import said_of, warning_of
from sandbox.intake.desk.case_files import corrections_of, files_of, supplied_files
from sandbox.intake.desk.case_forms import (
    DONE,
    LONGEST_WINDOW,
    Offer,
    action_from,
    offers,
    promise_of,
)
from sandbox.intake.desk.cases import due_words
from sandbox.intake.desk.forms import Form, FormInvalid
from sandbox.intake.desk.own_case import asked_for, own_sheet
from sandbox.intake.desk.question_labels import answers_in_words, materials_of
from sandbox.intake.desk.signature import HEIGHT, WIDTH, path_of
from sandbox.intake.desk.wording import LANGUAGES, LEVELS
from sandbox.intake.item_directory import Item
from sandbox.intake.item_materials import promised_later
from sandbox.intake.tables import Case, Officer, Rating
from sandbox.intake.window_directory import load_windows

_LOOKS = {"opened", "attachment_opened", "dossier_told", "contents_told", "result_read"}
"""Acts that changed nothing."""


class CasePage:
    def __init__(self, frame: Frame, casework: Casework) -> None:
        self._frame = frame
        self._casework = casework
        self._windows = [f"{window.name} {window.place}" for window in load_windows().windows]

    def routes(self) -> list[Route]:
        return [
            self._frame.route("/cases/{number}", self._page),
            self._frame.route("/cases/{number}/{act}", self.act, post=True),
        ]

    def act(self, visit: Visit) -> Response:
        """Does what the form asks for; where it is not allowed, the case with the reason and with
        what was typed."""
        number, key = asked_for(visit), str(visit.request.path_params["act"])
        try:
            action = action_from(key, visit.form)
            seen = visit.form.number("version", "版本")
            own_sheet(visit, self._casework)
            with visit.database.transaction() as session:
                self._casework.act(
                    session, number, action, visit.officer.name, visit.now, seen=seen
                )
        except FormInvalid as invalid:
            return self._page(visit, 422, key, f"{invalid.words}。")
        except NotAllowed as refused:
            return self._page(visit, 409, key, _said(refused))
        return go_to(visit, f"/cases/{number}", DONE[key])

    def _name_of(self, item: str) -> str:
        known = self._casework.directory.item(item)
        return known.name if known else f"事项 {item}"

    def _page(
        self, visit: Visit, status: int = 200, tried: str = "", problem: str = ""
    ) -> Response:
        with visit.database.transaction() as session:
            self._casework.bring_up_to_date(session, visit.now)
        sheet = own_sheet(visit, self._casework)
        application = Application.model_validate(sheet.row.content)
        with visit.database.transaction() as session:
            supplied = supplied_files(session, [material.id for material in sheet.materials])
            corrections = corrections_of(session, sheet.row.number)
            sisters = _sisters(session, sheet.row)
            names = {o.name: o.shown_as for o in session.scalars(select(Officer))}
            rating = session.scalar(
                select(Rating).where(
                    Rating.reference.in_((sheet.row.reference, sheet.row.number, sheet.row.bundle))
                )
            )
            note(session, visit.now, visit.officer.name, "opened", sheet.row.number)
        today = day_of(visit.now)
        offered = offers(sheet.life, visit.now, self._casework.holidays)
        most_promised = MOST_PROMISED_DAYS if sheet.life.limit is None else sheet.life.limit
        later = list(promised_later(sheet.row.item, application.answers))
        filled = {tried: visit.form} if tried else {}
        if later:
            filled.setdefault("accept-promised", promise_of(later, most_promised))
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
            files=files_of(application),
            supplied=supplied,
            corrections=corrections,
            sisters=[(sister, self._name_of(sister.item)) for sister in sisters],
            later=later,
            signature=path_of(application.signature),
            signature_size=(WIDTH, HEIGHT),
            today=str(today),
            due=due_words(self._casework, sheet.row, sheet.answer_by, today),
            offers=offered,
            opened=tried or _first(offered, promised=bool(later)),
            filled=filled,
            untouched=Form(),
            suggested=materials_of(sheet.row.item),
            outcomes=_outcomes(sheet.item),
            most_promised=most_promised,
            windows=self._windows,
            longest_window=LONGEST_WINDOW,
            most_extension=MOST_EXTENSION_DAYS,
            remedies=REMEDIES,
            rating=LEVELS[rating.level] if rating else "",
            names=names,
            acts=[entry for entry in sheet.history if entry.action not in _LOOKS],
            looks=[entry for entry in sheet.history if entry.action in _LOOKS],
        )


def _first(offered: Sequence[Offer], *, promised: bool) -> str:
    """What is open on the page: the way forward, or what the applicant asked for."""
    usable = [offer.key for offer in offered if not offer.barred]
    if promised and "accept-promised" in usable:
        return "accept-promised"
    return next(iter(usable), "")


def _outcomes(item: Item | None) -> list[tuple[str, str]]:
    """With which a case can end, and their words."""
    if item is not None and item.answered:
        return [(Outcome.APPROVED.value, "答复")]
    return [(outcome.value, outcome.chinese) for outcome in Outcome]


def _said(refused: NotAllowed) -> str:
    """The reason, and what can be done."""
    if refused.why is not Why.WRONG_STATE:
        return f"{refused.why.chinese}。"
    stands = f"本件现在是“{refused.state.chinese}”"
    return f"{refused.why.chinese}：{stands}，请从右侧可办的操作中选择。"


def _sisters(session: Session, row: Case) -> Sequence[Case]:
    """The other cases of its bundle (一件事)."""
    if row.bundle is None:
        return ()
    return session.scalars(
        select(Case)
        .options(defer(Case.content))
        .where(Case.bundle == row.bundle, Case.kiosk == row.kiosk, Case.number != row.number)
        .order_by(Case.number)
    ).all()
