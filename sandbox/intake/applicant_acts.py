"""What an applicant does to a case from a kiosk: supply materials, withdraw it, have its result
posted."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import assert_never

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.intake.contract import Attachment, ProblemType
from kiosk.intake.contract.case_acts import (
    CaseActBody,
    CaseActContent,
    CaseActReceipt,
    Post,
    Supplied,
    Supply,
    Withdraw,
)
from sandbox.intake import case_actions
from sandbox.intake.applicants import require_own
from sandbox.intake.case_actions import Action, HavePosted, NotAllowed, SupplyPromised, Why
from sandbox.intake.case_file import State
from sandbox.intake.case_rows import materials_of, moment
from sandbox.intake.case_states import stage_of
from sandbox.intake.casework import Casework
from sandbox.intake.problems import Refusal
from sandbox.intake.sealed_contents import SealedContents
from sandbox.intake.tables import ApplicantAct, Case, MissingMaterial, SuppliedFile


class ApplicantActs:
    """Every refusal is a `Refusal`."""

    def __init__(self, contents: SealedContents, casework: Casework) -> None:
        self._contents = contents
        self._casework = casework

    def open(self, body: CaseActBody) -> CaseActContent:
        """With its attachments in their place."""
        content = self._contents.read(body.sealed, CaseActContent)
        if content.number != body.number or content.attachments:
            raise Refusal(ProblemType.CONTENT_INVALID, "sealed content and body differ")
        return content.model_copy(update={"attachments": self._contents.files(body.attachments)})

    def act(
        self, session: Session, body: CaseActBody, content: CaseActContent, at: datetime
    ) -> CaseActReceipt:
        _require_new(session, body)
        row = session.get(Case, body.number)
        if row is None:
            raise Refusal(ProblemType.NO_RECORD)
        require_own(row, content.person)
        try:
            self._do(session, body, content, at)
        except NotAllowed as refused:
            raise Refusal(ProblemType.NOT_ALLOWED, refused.why.value) from None
        session.add(
            ApplicantAct(
                case=body.number,
                kiosk=body.kiosk,
                reference=body.reference,
                kept_at=moment(body.kept_at),
                received_at=moment(at),
                digest=body.digest,
                content=content.model_copy(update={"attachments": ()}).model_dump(mode="json"),
            )
        )
        session.flush()
        return CaseActReceipt(
            reference=body.reference,
            number=body.number,
            stage=stage_of(State(row.state)),
            received_at=at,
        )

    def _do(
        self, session: Session, body: CaseActBody, content: CaseActContent, at: datetime
    ) -> None:
        def take(*actions: Action) -> None:
            for action in actions:
                self._casework.act(session, body.number, action, body.kiosk, at)

        match content.act:
            case Withdraw(reason=reason, words=words):
                _require_no_files(content.attachments)
                take(case_actions.Withdraw(reason, words))
            case Post(name=name, phone=phone, address=address):
                _require_no_files(content.attachments)
                take(HavePosted(name, phone, address))
            case Supply(materials=supplied):
                rows = _materials(session, body.number, supplied)
                session.add_all(_files(supplied, content.attachments))
                take(*_supplies(rows))
                for one in supplied:
                    rows[one.id].supplied_as = _way(one)
            case _:
                assert_never(content.act)


def _require_new(session: Session, body: CaseActBody) -> None:
    same = select(ApplicantAct.id).where(
        ApplicantAct.kiosk == body.kiosk, ApplicantAct.reference == body.reference
    )
    if session.scalar(same) is not None:
        raise Refusal(ProblemType.REFERENCE_TAKEN)


def _require_no_files(attachments: Sequence[Attachment]) -> None:
    if attachments:
        raise Refusal(ProblemType.CONTENT_INVALID, "this act has no files")


def _materials(
    session: Session, number: str, supplied: Sequence[Supplied]
) -> Mapping[int, MissingMaterial]:
    """By id, in the order in which they were supplied; each of this case, and still to come."""
    known = {row.id: row for row in materials_of(session, [number])[number]}
    ids = [one.id for one in supplied]
    if len(set(ids)) < len(ids):
        raise Refusal(ProblemType.CONTENT_INVALID, "a material stands twice")
    if any(known[i].supplied_at is not None if i in known else True for i in ids):
        raise Refusal(ProblemType.NOT_ALLOWED, Why.NOT_OUTSTANDING.value)
    return {i: known[i] for i in ids}


def _supplies(rows: Mapping[int, MissingMaterial]) -> Iterator[Action]:
    """What was promised first: with the last that was asked for the case goes on."""
    yield from (SupplyPromised(row.name) for row in rows.values() if row.promised)
    asked = tuple(row.name for row in rows.values() if not row.promised)
    if asked:
        yield case_actions.Supplied(asked)


def _files(
    supplied: Sequence[Supplied], attachments: Sequence[Attachment]
) -> Iterator[SuppliedFile]:
    """Each file belongs to one material, and who says that there is one has sent it."""
    wanted = {one.attachment: one.id for one in supplied if one.attachment is not None}
    came = {file.question for file in attachments}
    if len(wanted) < sum(one.attachment is not None for one in supplied) or came != set(wanted):
        raise Refusal(ProblemType.CONTENT_INVALID, "materials and files differ")
    for file in attachments:
        yield SuppliedFile(
            material=wanted[file.question],
            name=file.name,
            media_type=file.media_type,
            content=file.content,
        )


def _way(supplied: Supplied) -> str:
    if supplied.attachment is not None:
        return "file"
    return "electronic" if supplied.electronic else "original"
