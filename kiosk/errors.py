"""Every error of the product, in one tree.

KioskError
├── ConfigurationError            a checked file under config/ is wrong
├── DeviceError
│   ├── CardReaderError
│   │   ├── CardReaderUnavailable     no PC/SC service, or no reader that fits a profile
│   │   ├── CardRemoved               the card left before everything was read
│   │   ├── CardMute                  the card answers nothing
│   │   ├── CardUnreadable            the card or its security module refused
│   │   ├── CardNotGenuine            the card and the security module reject each other
│   │   ├── CardUnknown               not a card this reader profile can read
│   │   ├── ChipSerialOnly            the reader shows a chip's serial, which is no identity
│   │   ├── SocialSecurityCardProtected   of version 3: opens to its own security module alone
│   │   ├── IdentityInvalid           read whole, but a field is not what the standard says
│   │   └── IdentityNotEnough         read whole, but the item asks for a surer identity
│   ├── PrinterError
│   │   └── PrinterUnavailable        no connection, or it broke
│   └── DocumentCameraError
│       ├── DocumentCameraUnavailable     no frames come
│       ├── PictureTooDark                the paper is hardly lit
│       └── PictureBlurred                out of focus, or moved
├── IntakeError
│   ├── IntakeUnreachable             no answer: refused, reset, timed out
│   ├── IntakeNotTrusted              no answer: one of the two certificates was not accepted
│   ├── ClockWrong                    no answer: by our clock no certificate can be judged
│   ├── IntakeRefused                 an answer that says no (RFC 9457 problem)
│   └── IntakeAnswerInvalid           an answer outside the contract
├── OutboxError
│   ├── OutboxUnavailable             the queue cannot take an application
│   ├── DiskFull                      there is no room for another application
│   ├── ApplicationTooLarge           a part is larger than the contract allows
│   ├── SealingKeyMissing             the intake's public key was never received
│   └── DeviceKeyMissing              the kiosk was never enrolled at its intake
└── TextEntryError
    ├── PinyinUnavailable             this way of writing is not there; the others go on
    └── HandwritingUnavailable        likewise

Members carry data, never personal data: an exception may end in a log.
"""

from enum import StrEnum
from pathlib import Path

from kiosk.identity import Assurance
from kiosk.intake.contract import ProblemType
from kiosk.text_entry.handwriting.wire import HandwritingFault


class KioskError(Exception):
    """Root of the tree. `code` is stable and stands in the error catalogue."""

    code = "KIOSK"


class ConfigurationError(KioskError):
    """A file under config/ is wrong. `line` counts from 1 and is 0 when it is not known."""

    code = "CONFIGURATION"

    def __init__(self, file: Path, line: int, reason: str) -> None:
        super().__init__(f"{file}:{line}: {reason}" if line else f"{file}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason


class DeviceError(KioskError):
    """A device does not do what it was asked."""

    code = "DEVICE"


class CardReaderError(DeviceError):
    code = "READER"


class ReaderFault(StrEnum):
    """Why no card can be read."""

    NO_SERVICE = "no_service"
    NO_READER = "no_reader"
    IN_USE = "in_use"
    NOT_ANSWERING = "not_answering"


class CardReaderUnavailable(CardReaderError):
    code = "READER_UNAVAILABLE"

    def __init__(self, fault: ReaderFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class CardRemoved(CardReaderError):
    code = "CARD_REMOVED"


class CardMute(CardReaderError):
    code = "CARD_MUTE"


class CardUnreadable(CardReaderError):
    """`status_word` is the card's SW1SW2 and `sam_status` the security module's SW3, each None
    where that side did not refuse; both are when an answer had another form."""

    code = "CARD_UNREADABLE"

    def __init__(self, status_word: int | None = None, sam_status: int | None = None) -> None:
        if status_word is not None:
            said = f"SW {status_word:04X}"
        elif sam_status is not None:
            said = f"SAM {sam_status:02X}"
        else:
            said = "no right answer"
        super().__init__(said)
        self.status_word = status_word
        self.sam_status = sam_status


class CardNotGenuine(CardReaderError):
    """`sam_status` is the security module's SW3 and tells which of the two rejected the other."""

    code = "CARD_NOT_GENUINE"

    def __init__(self, sam_status: int) -> None:
        super().__init__(f"SAM {sam_status:02X}")
        self.sam_status = sam_status


class CardUnknown(CardReaderError):
    code = "CARD_UNKNOWN"


class ChipSerialOnly(CardReaderError):
    code = "CHIP_SERIAL_ONLY"


class SocialSecurityCardProtected(CardReaderError):
    code = "SOCIAL_SECURITY_CARD_PROTECTED"


class IdentityInvalid(CardReaderError):
    """`field` names the field; its content is personal data and is not kept."""

    code = "IDENTITY_INVALID"

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class IdentityNotEnough(CardReaderError):
    """`assurance` is the identity's own, which the item does not accept."""

    code = "IDENTITY_NOT_ENOUGH"

    def __init__(self, assurance: Assurance) -> None:
        super().__init__(assurance.value)
        self.assurance = assurance


class PrinterError(DeviceError):
    code = "PRINTER"


class PrinterUnavailable(PrinterError):
    code = "PRINTER_UNAVAILABLE"


class DocumentCameraError(DeviceError):
    code = "DOCUMENT_CAMERA"


class DocumentCameraFault(StrEnum):
    """Why no paper can be taken a picture of."""

    NO_DEVICE = "no_device"
    NOT_ANSWERING = "not_answering"


class DocumentCameraUnavailable(DocumentCameraError):
    code = "DOCUMENT_CAMERA_UNAVAILABLE"

    def __init__(self, fault: DocumentCameraFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class PictureTooDark(DocumentCameraError):
    """`brightness` is the paper's, 0…255."""

    code = "PICTURE_TOO_DARK"

    def __init__(self, brightness: float) -> None:
        super().__init__(f"brightness {brightness:.0f}")
        self.brightness = brightness


class PictureBlurred(DocumentCameraError):
    """`softness`: pixels over which its edges are spread."""

    code = "PICTURE_BLURRED"

    def __init__(self, softness: float) -> None:
        super().__init__(f"softness {softness:.1f}")
        self.softness = softness


class IntakeError(KioskError):
    code = "INTAKE"


class IntakeUnreachable(IntakeError):
    code = "INTAKE_UNREACHABLE"


class TrustFault(StrEnum):
    """Why a TLS connection did not come about. The first four are about the intake's certificate,
    the fifth about the kiosk's own."""

    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    FOREIGN = "foreign"
    OTHER_HOST = "other_host"
    OURS_REFUSED = "ours_refused"
    HANDSHAKE = "handshake"


class IntakeNotTrusted(IntakeError):
    code = "INTAKE_NOT_TRUSTED"

    def __init__(self, fault: TrustFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class ClockWrong(IntakeError):
    """`behind` tells the direction: True when our clock is before the intake's time."""

    code = "CLOCK_WRONG"

    def __init__(self, behind: bool) -> None:
        super().__init__("behind" if behind else "ahead")
        self.behind = behind


class IntakeRefused(IntakeError):
    """`problem` is the problem's type, or None where the answer was no problem document of the
    contract; `retry_after` the seconds that the answer asked for."""

    code = "INTAKE_REFUSED"

    def __init__(
        self, status: int, problem: ProblemType | None, retry_after: float | None = None
    ) -> None:
        super().__init__(f"HTTP {status} {problem or ''}".rstrip())
        self.status = status
        self.problem = problem
        self.retry_after = retry_after


class IntakeAnswerInvalid(IntakeError):
    code = "INTAKE_ANSWER_INVALID"


class OutboxError(KioskError):
    code = "OUTBOX"


class OutboxUnavailable(OutboxError):
    code = "OUTBOX_UNAVAILABLE"


class DiskFull(OutboxError):
    """`free` is in bytes."""

    code = "DISK_FULL"

    def __init__(self, free: int) -> None:
        super().__init__(f"{free // 2**20} MiB free")
        self.free = free


class ApplicationTooLarge(OutboxError):
    """`question` names the one whose file is too large, None the application itself; `limit` is
    in bytes."""

    code = "APPLICATION_TOO_LARGE"

    def __init__(self, question: str | None, limit: int) -> None:
        super().__init__(f"{question or 'application'}: more than {limit} bytes")
        self.question = question
        self.limit = limit


class SealingKeyMissing(OutboxError):
    code = "SEALING_KEY_MISSING"


class DeviceKeyMissing(OutboxError):
    code = "KIOSK_NOT_ENROLLED"


class TextEntryError(KioskError):
    """One of the ways to write is not there; the citizen uses another one."""

    code = "TEXT_ENTRY"


class PinyinFault(StrEnum):
    """What scripts/setup has to put right."""

    NO_LIBRARY = "no_library"
    NOT_BUILT = "not_built"


class PinyinUnavailable(TextEntryError):
    code = "PINYIN_UNAVAILABLE"

    def __init__(self, fault: PinyinFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class HandwritingUnavailable(TextEntryError):
    code = "HANDWRITING_UNAVAILABLE"

    def __init__(self, fault: HandwritingFault) -> None:
        super().__init__(fault.value)
        self.fault = fault
