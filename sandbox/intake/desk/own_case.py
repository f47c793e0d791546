"""The case that an officer asks for, if it is their department's."""

from sandbox.intake.casework import CaseSheet, CaseUnknown, Casework
from sandbox.intake.desk.answering import TurnedAway, Visit


def asked_for(visit: Visit) -> str:
    """The number in the address."""
    return str(visit.request.path_params["number"])


def own_sheet(visit: Visit, casework: Casework) -> CaseSheet:
    """Read beside the transactions: an application with its files is many megabytes."""
    try:
        with visit.database.reading() as session:
            sheet = casework.sheet(session, asked_for(visit))
    except CaseUnknown:
        raise TurnedAway(404, "没有这个收件编号", "请核对编号，或到“待办”里查找。") from None
    own = visit.officer.department
    handles = casework.directory.department(sheet.row.item, sheet.row.department)
    if own is not None and handles != own:
        raise TurnedAway(403, "不是本部门的件", "您只能查看和办理本部门的件。")
    return sheet
