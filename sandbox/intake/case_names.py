"""By which names a case is asked for and rated: its number, the references of what was handed in
for it, and the reference of its bundle."""

from collections.abc import Iterable, Sequence

from sqlalchemy import exists, or_, select, union
from sqlalchemy.orm import Session

from sandbox.intake.tables import Case, Correction, Rating


def numbers_of(session: Session, asked: str) -> Sequence[str]:
    """The cases that are called so, in their order: one, or all of a bundle. None where nothing
    is, and where ids of kiosks that differ in their dashes alone made two of one reference."""
    if asked.isdecimal():
        return session.scalars(select(Case.number).where(Case.number == asked)).all()
    filed = session.scalars(
        union(
            select(Case.number).where(Case.reference == asked),
            select(Correction.case).where(Correction.reference == asked),
        )
    ).all()
    bundled = session.execute(
        select(Case.number, Case.kiosk).where(Case.bundle == asked).order_by(Case.number)
    ).all()
    if len(filed) + len({kiosk for _, kiosk in bundled}) != 1:
        return ()
    return filed or [number for number, _ in bundled]


def rated_ones(session: Session, numbers: Iterable[str]) -> frozenset[str]:
    """Which of these cases were rated, under whatever name: a bundle is rated once for all."""
    asked = list(numbers)
    corrected = exists().where(
        Correction.case == Case.number, Correction.reference == Rating.reference
    )
    named = or_(
        Rating.reference == Case.number,
        Rating.reference == Case.reference,
        Rating.reference == Case.bundle,
        corrected,
    )
    return frozenset(
        session.scalars(
            select(Case.number).where(Case.number.in_(asked), exists().where(named))
        )
    )
