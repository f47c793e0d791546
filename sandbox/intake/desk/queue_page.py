"""叫号: a counter calls who is next, and says what became of them."""

from dataclasses import dataclass

from starlette.responses import Response
from starlette.routing import Route

from sandbox.intake.desk.answering import Frame, TurnedAway, Visit, go_to
from sandbox.intake.desk.forms import FormInvalid, whole_number
from sandbox.intake.desk.hall_tabs import HALL_TABS
from sandbox.intake.hall_tables import TicketRow
from sandbox.intake.queues import QueueChanged, Queues, Stage
from sandbox.intake.window_directory import WindowEntry


@dataclass(frozen=True)
class Counter:
    """One counter of a window, by the number over it."""

    window: WindowEntry
    number: int

    @property
    def path(self) -> str:
        return f"/hall/queue?window={self.window.key}&counter={self.number}"


class QueuePage:
    def __init__(self, frame: Frame, queues: Queues) -> None:
        self._frame = frame
        self._queues = queues

    def routes(self) -> list[Route]:
        page = self._frame.route
        return [
            page("/hall", lambda visit: go_to(visit, "/hall/queue")),
            page("/hall/queue", self.show),
            page("/hall/queue/next", self.call_next, post=True),
            page("/hall/queue/{ticket}/done", self.done, post=True),
            page("/hall/queue/{ticket}/missed", self.missed, post=True),
        ]

    def show(self, visit: Visit) -> Response:
        asked = visit.request.query_params
        if "window" in asked:
            counter = self._counter(asked["window"], asked.get("counter", ""))
            return self._page_of(visit, counter)
        with visit.database.reading() as session:
            waiting = self._queues.waiting(session, visit.now)
        return self._frame.page(
            visit,
            "queues.html",
            tabs=HALL_TABS,
            windows=[
                (window, waiting[window.key]) for window in self._queues.bookings.directory.windows
            ],
        )

    def call_next(self, visit: Visit) -> Response:
        counter = self._counter_of(visit)
        try:
            with visit.database.transaction() as session:
                self._queues.call_next(
                    session, counter.window.key, counter.number, visit.officer.name, visit.now
                )
        except QueueChanged:
            return self._page_of(visit, counter, 409, "现在没有人等候。")
        return go_to(visit, counter.path)

    def done(self, visit: Visit) -> Response:
        return self._end(visit, Stage.DONE)

    def missed(self, visit: Visit) -> Response:
        return self._end(visit, Stage.MISSED)

    def _end(self, visit: Visit, stage: Stage) -> Response:
        counter = self._counter_of(visit)
        ticket = str(visit.request.path_params["ticket"])
        try:
            with visit.database.transaction() as session:
                number = int(ticket) if ticket.isdecimal() and len(ticket) < 10 else 0
                self._queues.end(session, number, stage, visit.officer.name, visit.now)
        except QueueChanged:
            return self._page_of(visit, counter, 409, "这个号已经处理过了。")
        return go_to(visit, counter.path)

    def _page_of(
        self, visit: Visit, counter: Counter, status: int = 200, problem: str = ""
    ) -> Response:
        with visit.database.reading() as session:
            queue = self._queues.queue(session, counter.window.key, visit.now)
            called = self._queues.called(session, visit.now)
        return self._frame.page(
            visit,
            "queue.html",
            status=status,
            problem=problem,
            tabs=HALL_TABS,
            counter=counter,
            queue=queue,
            called=[ticket for ticket in called if _is_here(ticket, counter)],
        )

    def _counter_of(self, visit: Visit) -> Counter:
        return self._counter(visit.form.text("window"), visit.form.text("counter"))

    def _counter(self, key: str, number: str) -> Counter:
        window = self._queues.bookings.directory.window(key)
        try:
            counter = whole_number(number, "窗口")
        except FormInvalid:
            counter = 0
        if window is None or counter not in window.numbers:
            raise TurnedAway(404, "没有这个窗口", "请从叫号页选一个窗口。")
        return Counter(window, counter)


def _is_here(ticket: TicketRow, counter: Counter) -> bool:
    return (ticket.window, ticket.counter) == (counter.window.key, counter.number)
