"""Documents of invented people, and the printer profiles as shipped."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from PIL import Image

from hardware.receipt_printer.layout import Layout
from hardware.receipt_printer.profiles import PrinterProfile, load_profile
from kiosk.documents.acceptance_notice import acceptance_notice
from kiosk.documents.appointment_slip import Appointment, appointment_slip
from kiosk.documents.authority_notice import Act
from kiosk.documents.bundle_receipt import Bundle, Part, bundle_receipt
from kiosk.documents.case_head import CaseHead
from kiosk.documents.completion_notice import completion_notice
from kiosk.documents.conditional_acceptance import conditional_acceptance
from kiosk.documents.days import LastDay
from kiosk.documents.device_report import Checked, device_report
from kiosk.documents.document import Document, DocumentKind, Row, Rows
from kiosk.documents.extension_notice import extension_notice
from kiosk.documents.intake_receipt import intake_receipt
from kiosk.documents.item_guide import GuideMaterial, ItemGuide, Question, item_guide
from kiosk.documents.look_up_slip import look_up_slip
from kiosk.documents.progress_slip import Progress, progress_slip
from kiosk.documents.promise import promise
from kiosk.documents.promised_material import PromisedMaterial, promised_rows
from kiosk.documents.queue_ticket import queue_ticket
from kiosk.documents.refusal_notice import refusal_notice
from kiosk.documents.service_record import Deed, Service, service_record
from kiosk.documents.stated import Stated
from kiosk.documents.supplement_notice import MissingMaterial, supplement_notice
from kiosk.documents.test_page import test_page
from kiosk.intake.contract import CHINA_TIME
from kiosk.intake.contract.look_ups import Row as AnsweredRow
from kiosk.intake.contract.look_ups import slip_code
from kiosk.language import _
from tests.people import ZHANG_YAN

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "assets" / "fonts"
PROFILES = ROOT / "config" / "printers"
WIDTHS = ("80mm", "58mm")
NUMBER, REFERENCE = "350428261124000037", "JL03-261124-K7QM2X"
ISSUER, TERMINAL = "将乐县政务服务中心", "智能体验区 3 号自助终端"
PERSON = replace(ZHANG_YAN, name="张岩")
PHONE = "13805980000"
TODAY, DUE = date(2026, 11, 24), LastDay(date(2026, 11, 25))


def at(hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2026, 11, 24, hour, minute, second, tzinfo=CHINA_TIME)


AT = at(9, 41, 7)
HEAD = CaseHead(
    issuer=ISSUER,
    terminal=TERMINAL,
    item="个体工商户设立登记",
    handling="承诺件",
    department="将乐县市场监督管理局",
    number=NUMBER,
    reference=REFERENCE,
    applied_at=AT,
    applicant=PERSON.name,
    id_number=PERSON.number,
    contact="李小满",
    phone=PHONE,
    limit=Stated("1 个工作日", sample=True),
    materials=("登记申请书", "居民身份证"),
)
ACT = Act(at(15, 5), officer="综合窗口 06，工号 0612")
PROMISED = (
    PromisedMaterial("经营场所的租赁合同或者不动产权证书", "复印件 1 份", "受理后 5 个工作日内"),
    PromisedMaterial("经营场所属于住宅的，有利害关系的业主同意的证明", "原件", ""),
)
CONSEQUENCE = "按撤回申请处理"
NO_SHOW = "90 天内爽约 3 次，此后 30 天不能预约，可以现场取号。"


def receipt(number: str | None = NUMBER, head: CaseHead = HEAD) -> Document:
    """The receipt, or without a number the slip for an application that is only kept."""
    return intake_receipt(
        replace(head, number=number or ""),
        received_at=AT if number else None,
        to_bring=("经营场所证明（租赁合同原件，或不动产权证书复印件）", "委托书（有的才带）"),
        samples=True,
    )


def slip(
    *rows: tuple[str, str], number: str = "88012345", person: str = "", code: str = ""
) -> Document:
    return look_up_slip(
        issuer=ISSUER,
        terminal=TERMINAL,
        item="参保查询",
        authority="县社保中心",
        rows=rows,
        number=number,
        at=AT,
        person=person,
        code=code,
    )


def page() -> Document:
    return test_page(issuer=ISSUER, terminal=TERMINAL, kiosk_id="JL-03", at=AT)


def progress_of(head: CaseHead) -> Progress:
    events = (
        Row("已收件", "2026-11-24 09:41"),
        Row("已受理", "2026-11-24 15:05"),
        Row("延长期限", "2026-11-25 10:10", ("要现场核实经营场所。",)),
        Row("开始审批", "2026-11-25 10:12"),
    )
    return Progress(
        number_label=_("收件编号"),
        number=head.number,
        state="审批中",
        due="2026年12月9日",
        item=head.item,
        department=head.department,
        applicant=head.applicant,
        listed=(Rows(_("办理经过"), events),),
    )


def sample(kind: DocumentKind, head: CaseHead = HEAD) -> Document:
    """A full document of this kind, of the applicant in `head`."""
    match kind:
        case DocumentKind.INTAKE_RECEIPT:
            return receipt(head=head)
        case DocumentKind.ACCEPTANCE_NOTICE:
            return acceptance_notice(head, ACT, due=DUE)
        case DocumentKind.SUPPLEMENT_NOTICE:
            return supplement_notice(head, ACT, missing=MISSING)
        case DocumentKind.REFUSAL_NOTICE:
            return refusal_notice(
                head,
                ACT,
                reasons=(
                    "经营场所在沙县区，不属于将乐县登记机关管辖。",
                    "申请的经营范围要先取得许可，没有提交许可文件。",
                ),
                apply_to="经营场所所在地的市场监督管理局",
            )
        case DocumentKind.PROMISE:
            return promise(head, signed_at=AT, promised=PROMISED, consequence=CONSEQUENCE)
        case DocumentKind.CONDITIONAL_ACCEPTANCE:
            return conditional_acceptance(
                head, ACT, promised=PROMISED, consequence=CONSEQUENCE, due=DUE
            )
        case DocumentKind.EXTENSION_NOTICE:
            return extension_notice(
                head,
                ACT,
                reason="要现场核实经营场所，场地主人本周不在本县。",
                days=10,
                due_before=DUE,
                due=LastDay(date(2026, 12, 9)),
            )
        case DocumentKind.COMPLETION_NOTICE:
            return completion_notice(
                head, ACT, approved=True, words="符合登记条件。", collect="到综合窗口领取营业执照"
            )
        case DocumentKind.BUNDLE_RECEIPT:
            return bundle_receipt(
                issuer=ISSUER,
                terminal=TERMINAL,
                bundle=replace(
                    BUNDLE, applicant=head.applicant, id_number=head.id_number, phone=head.phone
                ),
                to_bring=("结婚证（有的才带）",),
                promised=(promised_rows(PROMISED[:1]),),
                samples=True,
            )
        case DocumentKind.PROGRESS_SLIP:
            return progress_slip(
                issuer=ISSUER,
                terminal=TERMINAL,
                progress=progress_of(head),
                at=at(16, 20),
            )
        case DocumentKind.ITEM_GUIDE:
            return item_guide(issuer=ISSUER, terminal=TERMINAL, guide=GUIDE, on=TODAY)
        case DocumentKind.APPOINTMENT_SLIP:
            return appointment_slip(
                issuer=ISSUER,
                terminal=TERMINAL,
                appointment=replace(APPOINTMENT, person=head.applicant),
            )
        case DocumentKind.QUEUE_TICKET:
            return queue_ticket(
                issuer=ISSUER,
                terminal=TERMINAL,
                number="A032",
                business="企业开办和登记",
                windows="综合窗口 05、06",
                waiting=5,
                taken_at=AT,
            )
        case DocumentKind.LOOK_UP_SLIP:
            return slip(
                ("姓名", head.applicant),
                ("证件号码", head.id_number),
                ("联系电话", head.phone),
                ("参保状态", "正常参保"),
                person=head.applicant,
                code=PROOF,
            )
        case DocumentKind.SERVICE_RECORD:
            return service_record(
                issuer=ISSUER,
                terminal=TERMINAL,
                service=replace(SERVICE, person=head.applicant, id_number=head.id_number),
            )
        case DocumentKind.DEVICE_REPORT:
            return device_report(
                issuer=ISSUER,
                terminal=TERMINAL,
                kiosk_id="JL-03",
                version="1.5.0",
                by="技术员 02",
                at=AT,
                checked=CHECKED,
            )
        case DocumentKind.TEST_PAGE:
            return page()


MISSING = (
    MissingMaterial(
        "经营场所的租赁合同或者不动产权证书",
        "合同要有双方签名和日期，复印件要清楚、完整",
        "合同第 2 页没有出租人签名。",
    ),
    MissingMaterial("委托书", "", "来办的人不是申请人本人。"),
)
GUIDE = ItemGuide(
    code="139",
    name="个体工商户设立登记",
    kind="即办件",
    department="将乐县市场监督管理局",
    promised=Stated("当场"),
    statutory=Stated("3 个工作日", sample=True),
    conditions=("个人或者家庭从事工商业经营",),
    situations=("自己经营", "家庭经营"),
    materials=(
        GuideMaterial("登记申请书", "在本机填写"),
        GuideMaterial("居民身份证", "刷身份证，免提交"),
        GuideMaterial("经营场所的租赁合同或者不动产权证书", "请带到窗口"),
        GuideMaterial("委托书", "请带到窗口", required=False),
    ),
    steps=(
        "在本机提交申请，先收件，领取收件凭证",
        "窗口初核后推送给后台部门审批",
        "办结、送达",
    ),
    questions=(Question("字号一定要起吗？", "可以不起。"),),
    samples=True,
)
APPOINTMENT = Appointment(
    number="YY3504282611240018",
    window="不动产窗口",
    day=date(2026, 11, 26),
    hours="09:00–09:30",
    person=PERSON.name,
    item="不动产转移登记",
    place="一楼不动产区 13–14 号窗口",
    bring=("居民身份证", "不动产权证书原件"),
    no_show=NO_SHOW,
)
BUNDLE = Bundle(
    event="新生儿出生一件事",
    reference="JL03-261124-K7QM2Z",
    applied_at=AT,
    parts=(
        Part("预防接种证办理", "将乐县卫生健康局", "350428261124000041"),
        Part("出生登记", "将乐县公安局", "350428261124000042"),
        Part("城乡居民基本医疗保险参保登记", "将乐县医疗保障局", "350428261124000043"),
    ),
    applicant=PERSON.name,
    id_number=PERSON.number,
    phone=PHONE,
)
PROOF = slip_code(
    f"{'eyJhbGciOiJFUzI1NiJ9' * 5}.{'eyJudW1iZXIiOiI4ODAxMjM0NSJ9' * 9}.{'MEUCIQDx' * 11}",
    (AnsweredRow(label="参保状态", value="正常参保"), AnsweredRow(label="姓名", value="张*")),
)
"""As long as a proof is, by no key."""
SERVICE = Service(
    number="JL03-261124-F0086",
    begun_at=at(9, 30),
    ended_at=at(9, 44),
    deeds=(
        Deed(at(9, 33), "查询参保信息", "已查到", "88012345"),
        Deed(at(9, 41), "提交个体工商户设立登记的申请", "已收件", NUMBER),
        Deed(at(9, 42), "打印收件凭证", "已打印"),
    ),
    person=PERSON.name,
    id_number=PERSON.number,
    helper="导办员 07",
    rating="非常满意",
)
CHECKED = (
    Checked("身份证读卡器", "正常", True, ("PC/SC 接口，今日读卡 136 次，失败 2 次",)),
    Checked("热敏打印机", "纸将尽", False, ("ESC/POS 网络接口，80 mm",), "换一卷新纸"),
    Checked("触摸屏", "正常", True, ("1080 × 1920，10 点触摸",)),
    Checked("受理接口", "正常", True, ("时延 86 毫秒，时钟差 0.2 秒", "证书 212 天后到期")),
    Checked("待传队列", "3 件", False, ("最早一件在 4 分钟前，已重试 2 次",), "检查网络"),
    Checked("存储", "正常", True, ("可用 41.3 GB，写入 0.9 毫秒",)),
    Checked("高拍仪", "未接", True),
)


def profile(name: str) -> PrinterProfile:
    return load_profile(PROFILES, name)


def drawn(document: Document, paper: PrinterProfile) -> Image.Image:
    """All pictures of a document, one below the other."""
    pieces = [p for p in Layout(paper, FONTS).pieces(document) if isinstance(p, Image.Image)]
    picture = Image.new("1", (paper.width, sum(piece.height for piece in pieces)), 1)
    top = 0
    for piece in pieces:
        picture.paste(piece, (0, top))
        top += piece.height
    return picture


def words(document: Document) -> str:
    """Everything that can be read on a document."""
    fields = [part for field in document.fields for part in (field.label, field.value)]
    rows = [
        part
        for listed in document.rows
        for part in (
            listed.heading,
            *(text for row in listed.rows for text in (row.text, row.beside, *row.below)),
        )
    ]
    parts = [document.title, document.number_label, document.number, *fields, *rows]
    seal = document.seal
    signed = (seal.authority, seal.day, seal.receipt) if seal else ()
    caption = document.qr.caption if document.qr else ""
    return "\n".join(
        [document.issuer, *parts, *document.notices, *signed, caption, *document.footer]
    )
