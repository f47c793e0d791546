"""The answer to a look-up: masked, and on a slip if one wants it."""

from kiosk.catalogue.look_ups import LookUp
from kiosk.documents.masked_words import masked_words
from kiosk.intake.contract import ProblemType
from kiosk.journeys.not_answered import again, finish, problem_of, unanswered, waiting
from kiosk.journeys.pages import Paper, Part, Rate, SheetPage, Told, Tone, Value
from kiosk.journeys.routes import World
from kiosk.language import _
from kiosk.session import Session

Rows = tuple[tuple[str, str], ...]
"""Label and value, in the order in which the intake told them."""


def look_up_told(session: Session, world: World) -> SheetPage:
    """ValueError where nothing is looked up."""
    item = session.item
    if item is None or item.look_up is None:
        raise ValueError("nothing is looked up")
    title, error = _(item.name), session.look_up_error
    if error is not None:
        if problem_of(error) is ProblemType.NO_RECORD:
            words = _("查询平台里没有您的这项记录。觉得不对，请到窗口查询。")
            told = Told(_("没有您的记录"), words, Tone.INFO, "file-search")
            return SheetPage(title, parts=(told,), main=finish())
        told = unanswered(error, _("没有查到结果"))
        return SheetPage(title, parts=(told,), main=again())
    if session.look_up_rows is None:
        return SheetPage(title, parts=(waiting(_("正在查询…")),))
    authority = _(world.catalogue.department(item.look_up.authority).name)
    rows = shown(item.look_up, session.look_up_rows)
    values: list[Part] = [Value(_(label), value) for label, value in rows]
    return SheetPage(
        title,
        _("查询结果仅供参考，来自{authority}").format(authority=authority),
        parts=(*values, Paper(_("打印凭条")), Rate()),
        main=finish(),
    )


def shown(look_up: LookUp, rows: Rows) -> Rows:
    """Those that the look-up names."""
    return tuple(row for row in rows if look_up.mask_of(row[0]) is not None)


def masked(look_up: LookUp, rows: Rows, person: str) -> bool:
    """Whether every row that would be shown hides what it has to hide of `person` and everybody
    else. One that does not cannot be masked here: what the intake signed would be another row."""
    return all(
        mask.hides(value) and masked_words(value, person) == value
        for label, value in rows
        if (mask := look_up.mask_of(label)) is not None
    )
