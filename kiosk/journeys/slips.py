"""Slips of what the intake answered: a record, a booking, a ticket, how far a case is."""

from datetime import datetime

from kiosk.catalogue.catalogue import Catalogue
from kiosk.documents.appointment_slip import Appointment, appointment_slip
from kiosk.documents.days import in_words
from kiosk.documents.document import Document, Row, Rows
from kiosk.documents.look_up_slip import look_up_slip
from kiosk.documents.masked_words import masked_words
from kiosk.documents.progress_slip import Progress, progress_slip
from kiosk.documents.queue_ticket import queue_ticket
from kiosk.intake.contract.bookings import Booking, Ticket
from kiosk.intake.contract.look_ups import Row as AnsweredRow
from kiosk.intake.contract.look_ups import slip_code
from kiosk.journeys.case_told import case_told
from kiosk.journeys.issuer import Issuer
from kiosk.journeys.look_up_told import shown
from kiosk.journeys.my_cases_told import bundle_of, bundle_words
from kiosk.journeys.own_case import due_words, item_words, state_words
from kiosk.language import _
from kiosk.session import CaseAsked, Session


def slip_for(issuer: Issuer, catalogue: Catalogue, session: Session, at: datetime) -> Document:
    """The answer to a look-up. ValueError when there is none."""
    item, told, proof = session.item, session.look_up_rows, session.look_up_proof
    if item is None or item.look_up is None or told is None:
        raise ValueError("nothing was looked up in this visit")
    rows = shown(item.look_up, told)
    signed = tuple(AnsweredRow(label=label, value=value) for label, value in rows)
    return look_up_slip(
        issuer=_(issuer.hall),
        terminal=_(issuer.terminal),
        item=_(item.name),
        authority=_(catalogue.department(item.look_up.authority).name),
        rows=rows,
        number=session.look_up_number or "",
        at=at,
        person=session.identity.name if session.identity is not None else "",
        # What is signed are all rows: without one of them nothing on this paper is proved.
        code=slip_code(proof, signed) if proof is not None and rows == told else "",
        notes=tuple(_(note) for note in item.look_up.notes),
    )


def appointment_for(issuer: Issuer, session: Session, booking: Booking) -> Document:
    windows = session.office.windows
    return appointment_slip(
        issuer=_(issuer.hall),
        terminal=_(issuer.terminal),
        appointment=Appointment(
            number=booking.number,
            window=booking.window_name,
            day=booking.day,
            hours=f"{booking.begins}–{booking.ends}",
            person=session.identity.name if session.identity is not None else "",
            item=masked_words(booking.about),
            place=booking.place,
            no_show=windows.no_show if windows is not None else "",
        ),
    )


def ticket_for(issuer: Issuer, ticket: Ticket) -> Document:
    return queue_ticket(
        issuer=_(issuer.hall),
        terminal=_(issuer.terminal),
        number=ticket.number,
        business=ticket.window_name,
        windows=ticket.place,
        waiting=ticket.ahead,
        taken_at=ticket.taken_at,
    )


def asked_progress_for(issuer: Issuer, case: CaseAsked, at: datetime) -> Document:
    """State and limit of a case whose number was scanned or typed, and of nobody whose it is.
    ValueError while the intake has not told them."""
    if case.number is None or case.stage is None:
        raise ValueError("nothing is known of this case")
    progress = Progress(
        number_label=_("收件编号"),
        number=case.number,
        state=case_told(case).title,
        due=in_words(case.due) if case.due is not None else "",
    )
    return progress_slip(
        issuer=_(issuer.hall), terminal=_(issuer.terminal), progress=progress, at=at
    )


def bundle_progress_for(
    issuer: Issuer, catalogue: Catalogue, session: Session, reference: str, at: datetime
) -> Document | None:
    """How far each case of a life event is; None where none is known."""
    cases = bundle_of(session, reference, catalogue)
    if not cases or session.identity is None:
        return None
    listed = Rows(
        _("同时办理的事项（共 {count} 项）").format(count=len(cases)),
        tuple(
            Row(
                item_words(case, catalogue),
                state_words(case),
                tuple(
                    line.format(words=words)
                    for line, words in (
                        (_("收件编号：{words}"), case.number),
                        (_("办结期限：{words}"), due_words(case)),
                    )
                    if words
                ),
            )
            for case in cases
        ),
        numbered=True,
    )
    done = sum(case.outcome is not None for case in cases)
    progress = Progress(
        number_label=_("一件事编号"),
        number=reference,
        state=_("一共 {count} 件，已经办结 {done} 件。").format(count=len(cases), done=done),
        item=bundle_words(cases, catalogue),
        applicant=session.identity.name,
        listed=(listed,),
    )
    return progress_slip(
        issuer=_(issuer.hall), terminal=_(issuer.terminal), progress=progress, at=at
    )
