"""What a technician gets to read who enrols a kiosk from the command line."""

from pathlib import Path

from kiosk.errors import (
    ClockWrong,
    IntakeAnswerInvalid,
    IntakeError,
    IntakeNotTrusted,
    IntakeRefused,
    IntakeUnreachable,
    TrustFault,
)
from kiosk.intake.client import IntakeClient
from kiosk.intake.contract import ProblemType
from kiosk.intake.enrolling import enrol
from kiosk.intake.server_time import ServerTime


def enrol_by_hand(
    url: str, authority: Path | None, folder: Path, kiosk_id: str, code: str
) -> tuple[bool, str]:
    """Whether the kiosk has a certificate now, and one line that says what happened or what to
    do."""
    client = IntakeClient(url, authority=authority, server_time=ServerTime(folder))
    try:
        identity = enrol(client, folder, kiosk_id, code)
    except IntakeError as error:
        return False, f"{kiosk_id} is not enrolled: {_reason(error, url)}"
    except OSError as error:
        return False, f"{kiosk_id} is not enrolled: {folder} takes nothing ({error.strerror})"
    finally:
        client.close()
    until = identity.not_after.astimezone()
    return True, f"{kiosk_id} is enrolled; its certificate runs until {until:%Y-%m-%d %H:%M}"


def _reason(error: IntakeError, url: str) -> str:
    match error:
        case ClockWrong():
            way = "behind" if error.behind else "ahead"
            return f"this machine's clock is {way}; set it right and try again"
        case IntakeNotTrusted():
            return _about_certificate(error.fault, url)
        case IntakeRefused(problem=ProblemType.CODE_INVALID):
            return "the code is wrong, used, too old or another kiosk's; ask for a new one"
        case IntakeRefused(problem=ProblemType.TOO_MANY_REQUESTS):
            wait = f" in {error.retry_after:.0f} s" if error.retry_after else " later"
            return f"too many codes were wrong; try again{wait}"
        case IntakeRefused():
            return f"the intake refused ({error}); try again, or ask those who run it"
        case IntakeUnreachable():
            return f"the intake at {url} does not answer; see to the network and the address"
        case IntakeAnswerInvalid():
            return f"what answers at {url} is not the intake; see to the network and the address"
        case _:
            return error.code


def _about_certificate(fault: TrustFault, url: str) -> str:
    match fault:
        case TrustFault.NOT_YET_VALID | TrustFault.EXPIRED:
            words = fault.value.replace("_", " ")
            return f"the certificate of {url} is {words}; ask those who run the intake"
        case TrustFault.FOREIGN:
            return (
                f"the certificate of {url} is from an authority that is not trusted; "
                "see to intake.authority in the settings"
            )
        case TrustFault.OTHER_HOST:
            return f"the certificate at {url} is for another address; see to intake.url"
        case TrustFault.OURS_REFUSED:
            return f"{url} wants a certificate before it enrols; ask those who run the intake"
        case TrustFault.HANDSHAKE:
            return f"no TLS connection to {url} came about; see to intake.url"
