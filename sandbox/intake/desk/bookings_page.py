"""预约: who has booked for a day, and who came. The list names nobody."""

from datetime import date

from sqlalchemy import select
from starlette.responses import Response
from starlette.routing import Route

from sandbox.intake.bookings import Bookings, BookingUsed, standing
from sandbox.intake.case_file import day_of
from sandbox.intake.desk.answering import Frame, Visit, go_to
from sandbox.intake.desk.hall_tabs import HALL_TABS
from sandbox.intake.hall_tables import BookingRow


class BookingsPage:
    def __init__(self, frame: Frame, bookings: Bookings) -> None:
        self._frame = frame
        self._bookings = bookings

    def routes(self) -> list[Route]:
        page = self._frame.route
        return [
            page("/hall/bookings", self._page),
            page("/hall/bookings/{number}/came", self.came, post=True),
        ]

    def came(self, visit: Visit) -> Response:
        number = str(visit.request.path_params["number"])
        try:
            with visit.database.transaction() as session:
                self._bookings.note_came(session, number, visit.officer.name, visit.now)
        except BookingUsed:
            return self._page(visit, 409, "这个预约不能登记到场：已取消、已到或不是今天的。")
        return go_to(visit, "/hall/bookings", "came")

    def _page(self, visit: Visit, status: int = 200, problem: str = "") -> Response:
        today = day_of(visit.now)
        days = tuple(self._bookings.directory.days_from(today, self._bookings.holidays))
        asked = visit.request.query_params.get("day", "")
        day = next((one for one in days if str(one) == asked), today)
        with visit.database.reading() as session:
            rows = session.scalars(
                select(BookingRow)
                .where(BookingRow.day == str(day))
                .order_by(BookingRow.begins, BookingRow.window, BookingRow.number)
            ).all()
        return self._frame.page(
            visit,
            "bookings.html",
            status=status,
            problem=problem,
            tabs=HALL_TABS,
            day=day,
            days=[_named(one, today) for one in sorted({today, *days})],
            lines=[(row, standing(row, visit.now)) for row in rows],
            no_show=self._bookings.directory.no_show.words,
        )


def _named(day: date, today: date) -> tuple[date, str]:
    return day, "今天" if day == today else f"{day.month} 月 {day.day} 日"
