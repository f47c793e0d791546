"""What a citizen is told at the reader: what it is doing, what was wrong with a card or a code, and
how else they can sign in."""

from dataclasses import dataclass

from kiosk.catalogue.models import Item
from kiosk.devices import DeviceState, MediaState, ReaderStatus
from kiosk.errors import (
    CardMute,
    CardNotGenuine,
    CardReaderError,
    CardReaderUnavailable,
    CardRemoved,
    CardUnknown,
    CardUnreadable,
    ChipSerialOnly,
    IdentityInvalid,
    IdentityNotEnough,
    IntakeError,
    IntakeRefused,
    ReaderFault,
    SocialSecurityCardProtected,
)
from kiosk.faults import Fault, fault_of
from kiosk.identity import Assurance, Identity, IdentityKind
from kiosk.intake.contract import ProblemType
from kiosk.language import _
from kiosk.session import Session


@dataclass(frozen=True)
class CardTold:
    """`words` say what to do, `ways` how else to sign in where that may not help; each may be
    empty. `fault` has the code by which staff look it up."""

    title: str
    words: str = ""
    ways: str = ""
    tone: str = "info"
    icon: str = "id"
    fault: Fault | None = None


def card_told(session: Session, reader: ReaderStatus, takes_codes: bool) -> CardTold:
    """What stands at the reader now: what is under way; else what was wrong with a code, which is
    newer than any card; else why no card can be read; else what was wrong with the last one."""
    if session.reading:
        return CardTold(_("正在读取，请不要拿走证件…"), icon="hourglass")
    if session.identifying:
        return CardTold(_("正在核对身份码，请稍等…"), icon="hourglass")
    if session.code_unknown or session.code_error is not None:
        return _of_code(session.code_error)
    ways = _ways(takes_codes)
    trouble = _of_reader(reader, ways)
    if trouble is not None:
        return trouble
    error = session.card_error
    over = isinstance(error, CardReaderUnavailable) and reader.media is MediaState.NOT_PRESENT
    if error is not None and not over:
        return _of_card(error, ways)
    if session.card_expired:
        return CardTold(
            _("这张证件已经过期"),
            _("请换一张没有过期的证件。换发新证请到公安窗口。"),
            ways,
            "bad",
            "calendar",
        )
    if reader.device is DeviceState.STARTING:
        return CardTold(_("读卡器正在准备…"), icon="hourglass")
    return CardTold(_("读卡器已就绪，等待放卡…"))


def documents_taken(item: Item | None) -> str:
    """Which documents do for this item, on one line."""
    if item is not None and Assurance.UNAUTHENTICATED_CHIP in item.accepts:
        return _("可用：身份证、港澳台居民居住证、外国人永久居留身份证、社保卡")
    return _("可用：身份证、港澳台居民居住证、外国人永久居留身份证")


def source(identity: Identity) -> str:
    """Where the locked answers of a form come from, on a tag."""
    match identity.assurance:
        case Assurance.SCANNED_TOKEN:
            return _("来自身份码")
        case Assurance.VOUCHED:
            return _("已由工作人员核对")
        case Assurance.SAM_VERIFIED | Assurance.UNAUTHENTICATED_CHIP:
            pass
    match identity.kind:
        case IdentityKind.RESIDENT_ID:
            return _("来自身份证")
        case IdentityKind.HMT_RESIDENCE_PERMIT:
            return _("来自居住证")
        case IdentityKind.PERMANENT_RESIDENT_2017 | IdentityKind.PERMANENT_RESIDENT_2023:
            return _("来自永居证")
        case IdentityKind.SOCIAL_SECURITY_CARD:
            return _("来自社保卡")


def _ways(takes_codes: bool) -> str:
    if takes_codes:
        return _("也可以用手机上的身份码扫码，换一台终端，或点“帮忙”请导办员来。")
    return _("也可以换一台终端，或点“帮忙”请导办员来。")


def _of_code(error: IntakeError | None) -> CardTold:
    """`error` is None where the code is not one that says who somebody is."""
    match error:
        case None:
            return CardTold(
                _("这个码不能证明身份"),
                _("请在手机上打开身份码，对准扫码口。也可以把身份证放到读卡区。"),
                tone="warning",
                icon="qrcode",
            )
        case IntakeRefused(problem=ProblemType.TOKEN_INVALID):
            return CardTold(
                _("这个身份码已经失效"),
                _("身份码只能用一次。请在手机上刷新，再扫一次；也可以把身份证放到读卡区。"),
                tone="warning",
                icon="qrcode",
            )
        case _:
            return CardTold(
                _("现在核对不了身份码"),
                _("受理平台没有回应。请刷新身份码再扫一次，或把身份证放到读卡区。"),
                tone="warning",
                icon="cloud-off",
                fault=fault_of(error),
            )


def _of_reader(reader: ReaderStatus, ways: str) -> CardTold | None:
    """What keeps it from reading any card; None where it reads, or will in a moment."""
    match reader.device:
        case DeviceState.ONLINE | DeviceState.STARTING:
            return None
        case DeviceState.BUSY:
            return _of_fault(ReaderFault.IN_USE, ways)
        case DeviceState.HARDWARE_ERROR | DeviceState.USER_ERROR:
            if reader.media is not MediaState.PRESENT:
                return _of_fault(ReaderFault.NOT_ANSWERING, ways)
            return CardTold(
                _("读卡器没有反应"),
                _("请把卡拿开，等读卡器恢复后再放。"),
                ways,
                "bad",
                "alert-triangle",
                fault_of(ReaderFault.NOT_ANSWERING),
            )
        case DeviceState.OFFLINE:
            return _of_fault(ReaderFault.NO_SERVICE, ways)
        case DeviceState.NO_DEVICE:
            return _of_fault(ReaderFault.NO_READER, ways)


def _of_fault(fault: ReaderFault, ways: str) -> CardTold:
    if fault is ReaderFault.IN_USE:
        title, words = _("读卡器正忙"), _("请把证件留在读卡区，等一会儿会自动读取。")
        return CardTold(title, words, ways, "warning", "hourglass", fault_of(fault))
    title, words = _("读卡器现在不能用"), _("正在自动恢复，请等一会儿。")
    return CardTold(title, words, ways, "bad", "alert-triangle", fault_of(fault))


def _of_card(error: CardReaderError, ways: str) -> CardTold:
    """Only what staff may have to look up has its code."""
    match error:
        case CardRemoved():
            return CardTold(
                _("还没读完，证件就拿开了"),
                _("请重新放好，等屏幕提示再拿走。刚才读到的内容已经丢弃。"),
                tone="warning",
                icon="refresh",
            )
        case CardMute():
            return CardTold(
                _("这张卡没有反应"),
                _("请把卡拿开，等两三秒，再平放到读卡区中间，别的卡和手机离远一点。"),
                ways,
                "warning",
                "refresh",
                fault_of(error),
            )
        case CardUnreadable():
            return CardTold(
                _("没有读出来"),
                _("请把证件拿起来，再平放到读卡区中间。试几次都不行，证件可能已经消磁。"),
                ways,
                "warning",
                "refresh",
                fault_of(error),
            )
        case CardNotGenuine():
            return CardTold(
                _("这张证件没有通过核验"),
                _("请拿起来再放一次。还是这样，请带证件到窗口，由工作人员核对。"),
                ways,
                "bad",
                "alert-triangle",
                fault_of(error),
            )
        case CardUnknown():
            return CardTold(
                _("这张卡不能在这里用"),
                _("请拿走这张卡，换成身份证，或下面列出的其他证件。"),
                ways,
                "warning",
                "id",
            )
        case ChipSerialOnly():
            return CardTold(
                _("这台读卡器认不出证件"),
                _("它读不到姓名和号码。旁边还有读卡区的，请放到那里。"),
                ways,
                "bad",
                "alert-triangle",
                fault_of(error),
            )
        case SocialSecurityCardProtected():
            return CardTold(
                _("这张社保卡读不了，请用身份证"),
                _("第三代社保卡的信息有加密，本机打不开。请拿走社保卡，换成身份证。"),
                ways,
                "warning",
                "id",
            )
        case IdentityInvalid():
            return CardTold(
                _("证件里的信息有问题"),
                _("请拿起来再放一次。还是这样，请带证件到窗口，由工作人员核对。"),
                ways,
                "bad",
                "alert-triangle",
                fault_of(error),
            )
        case IdentityNotEnough(assurance=Assurance.UNAUTHENTICATED_CHIP):
            return CardTold(
                _("办这件事不能用社保卡"),
                _("请拿走社保卡，换成身份证，或下面列出的其他证件。"),
                ways,
                "warning",
                "id",
            )
        case IdentityNotEnough():
            return CardTold(
                _("办这件事要另外核对身份"),
                _("请到窗口，由工作人员核对。"),
                ways,
                "warning",
                "id",
                fault_of(error),
            )
        case CardReaderUnavailable(fault=fault):
            return _of_fault(fault, ways)
        case _:
            raise AssertionError(f"no words for {type(error).__name__}")
