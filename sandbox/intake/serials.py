"""Numbers that count up within a day."""

from datetime import datetime

from sqlalchemy import bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from sandbox.intake.tables import Serial, table_of

_SERIALS = table_of(Serial)
_COUNT = {
    name: insert(_SERIALS)
    .values(series=bindparam("in_series"), day=bindparam("on_day"), last=1)
    .on_conflict_do_update(
        index_elements=[_SERIALS.c.series, _SERIALS.c.day], set_={"last": _SERIALS.c.last + 1}
    )
    .returning(_SERIALS.c.last)
    for name, insert in (("postgresql", postgresql.insert), ("sqlite", sqlite.insert))
}


def next_number(session: Session, series: str, at: datetime) -> str:
    """The series, the day and the next serial of that day: 3504282611240037.

    Until the transaction ends every other one that wants a number of this series waits: to be
    asked for as late as can be. One that is rolled back uses no number up.
    """
    return f"{series}{at:%y%m%d}{next_serial(session, series, at):04d}"


def next_serial(session: Session, series: str, at: datetime) -> int:
    """The same without series and day, from 1."""
    connection = session.connection()
    count = _COUNT[connection.dialect.name]
    counted = connection.execute(count, {"in_series": series, "on_day": f"{at:%y%m%d}"})
    return int(counted.scalar_one())
