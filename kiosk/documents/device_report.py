"""设备检测报告: what a check of the kiosk's devices found, for the staff's file."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.documents.days import minute, second
from kiosk.documents.document import Document, DocumentKind, Field, QrCode, Row, Rows, title_for_all
from kiosk.language import _, mark


@dataclass(frozen=True)
class Checked:
    """One device: `state` in a word or two, `findings` and `action` in words; `sound` is False
    where staff have to do something."""

    device: str
    state: str
    sound: bool
    findings: tuple[str, ...] = ()
    action: str = ""


def device_report(
    *,
    issuer: str,
    terminal: str,
    kiosk_id: str,
    version: str,
    by: str,
    at: datetime,
    checked: tuple[Checked, ...],
) -> Document:
    """`by` is who began the check, as the maintenance mode names them: a role and a number, such
    as 技术员 02; `version` is the program's; `at` has its zone."""
    number = f"{kiosk_id}-{second(at)}"
    faulty = sum(not device.sound for device in checked)
    return Document(
        kind=DocumentKind.DEVICE_REPORT,
        issuer=issuer,
        title=title_for_all(mark("设备检测报告")),
        reference=number,
        number_label=_("报告编号"),
        number=number,
        fields=(
            Field(_("终端"), _("{name}（{number}）").format(name=terminal, number=kiosk_id)),
            Field(_("检测时间"), minute(at)),
            Field(_("检测人"), by),
            Field(_("软件版本"), version),
            Field(
                _("检测结论"),
                _("{count} 项要处理").format(count=faulty) if faulty else _("全部正常"),
            ),
        ),
        rows=(Rows(_("检测项目"), tuple(_row(device) for device in checked), numbered=True),),
        qr=QrCode(number, _("报修时请出示此码")),
        footer=(_("仅供运维使用"),),
    )


def _row(device: Checked) -> Row:
    action = (_("处理：{action}").format(action=device.action),) if device.action else ()
    return Row(device.device, device.state, (*device.findings, *action))
