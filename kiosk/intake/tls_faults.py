"""Why a connection to the intake did not come about, read off what the libraries raise."""

import ssl
from collections.abc import Iterator

from kiosk.errors import ClockWrong, IntakeError, IntakeNotTrusted, IntakeUnreachable, TrustFault
from kiosk.intake.server_time import ServerTime

_BY_VERIFY_CODE = {
    9: TrustFault.NOT_YET_VALID,
    10: TrustFault.EXPIRED,
    62: TrustFault.OTHER_HOST,
    64: TrustFault.OTHER_HOST,
}
"""X509_V_ERR_… of OpenSSL's x509_vfy.h: CERT_NOT_YET_VALID, CERT_HAS_EXPIRED, HOSTNAME_MISMATCH,
IP_ADDRESS_MISMATCH. Any other means that the certificate is none of the authority's."""

_OUR_CERTIFICATE = (
    "CERTIFICATE_REQUIRED",
    "CERTIFICATE_EXPIRED",
    "CERTIFICATE_REVOKED",
    "CERTIFICATE_UNKNOWN",
    "BAD_CERTIFICATE",
    "UNSUPPORTED_CERTIFICATE",
    "UNKNOWN_CA",
    "DECRYPT_ERROR",
    "ACCESS_DENIED",
)
"""Alerts (RFC 8446, 6.2) with which a server turns down a client's certificate; a decrypt error
stands for one whose signature is another authority's of the same name."""


_LINE_BROKE = (ssl.SSLEOFError, ssl.SSLZeroReturnError)


def judged(error: BaseException, server_time: ServerTime | None) -> IntakeError:
    """What the failure of a call means. Only names of types go into it, never a library's words:
    they repeat the request."""
    found = next((e for e in _chain(error) if isinstance(e, ssl.SSLError)), None)
    if found is None or isinstance(found, _LINE_BROKE):
        return IntakeUnreachable(type(error).__name__)
    fault = _fault(found)
    if server_time is not None:
        if fault is TrustFault.NOT_YET_VALID and server_time.doubts_not_yet_valid():
            return ClockWrong(behind=True)
        if fault is TrustFault.EXPIRED and server_time.doubts_expired():
            return ClockWrong(behind=False)
    return IntakeNotTrusted(fault)


def hung_up(error: IntakeUnreachable) -> bool:
    """Whether there was a connection, which the other side ended instead of answering."""
    return any(isinstance(e, (ConnectionResetError, ssl.SSLEOFError)) for e in _chain(error))


def _fault(error: ssl.SSLError) -> TrustFault:
    if isinstance(error, ssl.SSLCertVerificationError):
        return _BY_VERIFY_CODE.get(error.verify_code, TrustFault.FOREIGN)
    reason = error.reason or ""
    if "ALERT" in reason and reason.endswith(_OUR_CERTIFICATE):
        return TrustFault.OURS_REFUSED
    return TrustFault.HANDSHAKE


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error, and what it wraps: the libraries keep causes as causes, contexts, arguments and
    reasons."""
    waiting: list[object] = [error]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop(0)
        if not isinstance(one, BaseException) or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [one.__cause__, one.__context__, *one.args, getattr(one, "reason", None)]
