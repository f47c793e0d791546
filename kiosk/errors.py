"""Every error of the product, in one tree.

KioskError
├── ConfigurationError            a checked file under config/ is wrong
├── DeviceError
│   ├── CardReaderError
│   │   ├── CardReaderUnavailable     no PC/SC service, or no reader that fits a profile
│   │   ├── CardRemoved               the card left before everything was read
│   │   ├── CardUnreadable            the card or its security module refused
│   │   ├── CardUnknown               not a card this reader profile can read
│   │   └── IdentityInvalid           read whole, but a field is not what the standard says
│   └── PrinterError
│       └── PrinterUnavailable        no connection, or it broke
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


class CardUnreadable(CardReaderError):
    """`status_word` is the PC/SC SW1SW2, or None when the card gave no answer of the right form."""

    code = "CARD_UNREADABLE"

    def __init__(self, status_word: int | None = None) -> None:
        super().__init__("no answer" if status_word is None else f"SW {status_word:04X}")
        self.status_word = status_word


class CardUnknown(CardReaderError):
    code = "CARD_UNKNOWN"


class IdentityInvalid(CardReaderError):
    """`field` names the field; its content is personal data and is not kept."""

    code = "IDENTITY_INVALID"

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class PrinterError(DeviceError):
    code = "PRINTER"


class PrinterUnavailable(PrinterError):
    code = "PRINTER_UNAVAILABLE"


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
