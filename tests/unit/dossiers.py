"""What an intake could answer about invented people: cases at every stage, windows, a booking."""

from datetime import date, datetime

from kiosk.intake.contract import CHINA_TIME, CaseStage
from kiosk.intake.contract.bookings import Booking, Day, Slot, Ticket, Window, Windows
from kiosk.intake.contract.dossier import (
    CaseEvent,
    CaseSheet,
    Collection,
    Dossier,
    EventKind,
    Licence,
    MissingMaterial,
    Outcome,
)

NUMBER = "3504282611250001"
AT = datetime(2026, 11, 25, 9, 30, tzinfo=CHINA_TIME)
_EVENTS = {
    CaseStage.RECEIVED: (),
    CaseStage.SUPPLEMENT: (EventKind.RETURNED,),
    CaseStage.ACCEPTED: (EventKind.ACCEPTED,),
    CaseStage.REFUSED: (EventKind.REFUSED,),
    CaseStage.REVIEW: (EventKind.ACCEPTED, EventKind.REVIEWING, EventKind.EXTENDED),
    CaseStage.DECISION: (EventKind.ACCEPTED, EventKind.REVIEWING, EventKind.DECIDING),
    CaseStage.FINISHED: (EventKind.ACCEPTED_WITH_PROMISE, EventKind.FINISHED),
    CaseStage.DELIVERED: (EventKind.ACCEPTED, EventKind.FINISHED, EventKind.DELIVERED),
    CaseStage.WITHDRAWN: (EventKind.WITHDRAWN,),
}


def sheet(stage: CaseStage, serial: int, item: str = "041", bundle: str | None = None) -> CaseSheet:
    """One case of an item; at 补正 it misses two materials, finished it has a result."""
    missing = stage is CaseStage.SUPPLEMENT
    done = stage in (CaseStage.FINISHED, CaseStage.DELIVERED)
    kinds = (EventKind.RECEIVED, *_EVENTS[stage])
    return CaseSheet(
        number=f"350428261125{serial:04}",
        reference=f"JL03-261125-K7QM{serial % 8 + 2}X",
        bundle=bundle,
        item=item,
        item_name="高龄津贴申领",
        department="县民政局",
        stage=stage,
        applied_at=AT,
        received_at=AT,
        due=date(2026, 12, 9),
        events=tuple(CaseEvent(at=AT, kind=kind, words="按规定办理") for kind in kinds),
        missing=tuple(
            MissingMaterial(id=n, name=name, reason="照片看不清", promised=n == 2)
            for n, name in ((1, "户口簿"), (2, "银行卡复印件"))
        )
        if missing
        else (),
        outcome=Outcome.APPROVED if done else None,
        collection=Collection(window="民政窗口", by_post=True) if done else None,
        can_withdraw=stage in (CaseStage.RECEIVED, CaseStage.ACCEPTED),
        can_correct=stage is CaseStage.RECEIVED,
    )


BOOKING = Booking(
    number="YY3504282611250001",
    window="social_insurance",
    window_name="社保综合窗口",
    place="一楼 3 号",
    day=date(2026, 11, 27),
    begins="09:00",
    ends="09:30",
    about="企业职工退休",
)
DOSSIER = Dossier(
    cases=(
        *(sheet(stage, serial) for serial, stage in enumerate(CaseStage, start=1)),
        sheet(CaseStage.RECEIVED, 21, "101", "JL03-261125-BUNDL2"),
        sheet(CaseStage.ACCEPTED, 22, "120", "JL03-261125-BUNDL2"),
    ),
    licences=(Licence(kind="结婚证", number="J350428****0012", issuer="将乐县民政局"),),
    bookings=(BOOKING,),
    answered_at=AT,
)
NOTHING = Dossier(cases=(), answered_at=AT)
WINDOWS = Windows(
    windows=(
        Window(
            key="social_insurance",
            name="社保综合窗口",
            place="一楼 3 号",
            waiting=4,
            minutes=20,
            open_now=True,
            days=(
                Day(
                    day=date(2026, 11, 27),
                    slots=(
                        Slot(begins="09:00", ends="09:30", free=2),
                        Slot(begins="09:30", ends="10:00", free=0),
                    ),
                ),
            ),
        ),
        Window(key="police", name="公安综合窗口", waiting=0, open_now=False),
    ),
    no_show="预约未到三次，三十天内不能再预约。",
    answered_at=AT,
)
TICKET = Ticket(
    number="A023",
    window="social_insurance",
    window_name="社保综合窗口",
    place="一楼 3 号",
    ahead=4,
    minutes=20,
    taken_at=AT,
)
