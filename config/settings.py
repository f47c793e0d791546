"""The settings of one kiosk, as they stand in kiosk.toml. Imports nothing of ours."""

from ipaddress import IPv4Address, ip_address
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, HttpUrl, model_validator

ENROLMENT_CODE = "[0-9A-Z-]{8,40}"


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Hall(_Settings):
    """Who runs the kiosk, as citizens read it."""

    name: str
    area: str
    terminal: str
    kiosk_id: str = Field(pattern=r"^[A-Z0-9-]{3,20}$")
    phone: str | None = None


class Window(_Settings):
    width: int = Field(default=1080, ge=600)
    height: int = Field(default=1920, ge=600)
    fullscreen: bool = True


class SessionLimits(_Settings):
    """Seconds without touch; `large_type_factor` stretches both in 长辈版."""

    warn_after: float = Field(default=120, gt=0)
    wipe_after: float = Field(default=180, gt=0)
    large_type_factor: float = Field(default=2, ge=1)

    @model_validator(mode="after")
    def _warning_leaves_time(self) -> Self:
        if self.wipe_after - self.warn_after < 20:
            raise ValueError("wipe_after must be at least 20 s after warn_after (WCAG 2.2.1)")
        return self


class Reader(_Settings):
    """`profiles` is a folder of reader profiles, relative to config/."""

    profiles: Path = Path("readers")


def _ipv4(host: str) -> str:
    """A name would be looked up without a limit of time, and not at all without a network."""
    try:
        IPv4Address(host)
    except ValueError:
        raise ValueError("must be an IPv4 address, such as 192.168.1.50") from None
    return host


class NetworkPrinter(_Settings):
    connection: Literal["network"]
    host: Annotated[str, AfterValidator(_ipv4)]
    port: int = Field(default=9100, ge=1, le=65535)
    profile: str


class UsbPrinter(_Settings):
    connection: Literal["usb"]
    vendor: int = Field(ge=0, le=0xFFFF)
    product: int = Field(ge=0, le=0xFFFF)
    profile: str


class SerialPrinter(_Settings):
    connection: Literal["serial"]
    device: str
    baud: int = Field(default=38400, ge=4800)
    profile: str


class FilePrinter(_Settings):
    """`device` is a file of the kernel's own printer driver, such as /dev/usb/lp0."""

    connection: Literal["file"]
    device: str
    profile: str


Printer = NetworkPrinter | UsbPrinter | SerialPrinter | FilePrinter


def _kept_private(url: HttpUrl) -> HttpUrl:
    """Nothing readable leaves this machine, and paths can be put behind the address."""
    if url.username or url.password or url.query or url.fragment:
        raise ValueError("the address holds more than host, port and path")
    if url.scheme != "https" and not _is_this_machine(url.host or ""):
        raise ValueError("must be https; plain http is for this machine's own addresses alone")
    return url


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class Intake(_Settings):
    """`authority` is a file of certificates in PEM that vouch for the intake, relative to config/;
    None: the public ones. `enrolment_code` is needed until the kiosk has its own certificate."""

    url: Annotated[HttpUrl, AfterValidator(_kept_private)]
    authority: Path | None = None
    enrolment_code: str | None = Field(default=None, pattern=f"^{ENROLMENT_CODE}$", repr=False)


class Storage(_Settings):
    """`folder` holds the outbox and the log; relative paths count from the program's folder."""

    folder: Path = Path("var")


class Files(_Settings):
    """Where a citizen's own files may come from (a document scanner's folder, a mounted USB
    stick); None: questions for files offer only to bring the original."""

    folder: Path | None = None


class SerialScanner(_Settings):
    """A 2D scanner on a serial line. A relative device counts from the program's folder."""

    connection: Literal["serial"]
    device: Path
    baud: int = Field(default=115200, ge=4800)


class KeyboardScanner(_Settings):
    """A 2D scanner that types what it reads, as a keyboard of the US layout, and Enter."""

    connection: Literal["keyboard"]


Scanner = SerialScanner | KeyboardScanner


def _of_camera(source: int | str) -> int | str:
    """Nothing else that OpenCV would open: no film, no pipeline of programs."""
    if isinstance(source, int):
        right = source >= 0
    elif "://" in source:
        right = source.partition("://")[0] in ("http", "https", "rtsp", "rtsps")
    else:
        right = source.startswith("/dev/")
    if not right:
        raise ValueError("must be a stream (http, https, rtsp, rtsps), a device under /dev/ or 0…")
    return source


class DocumentCamera(_Settings):
    """`source` is a stream's address, a device's path, or its number: 0 is the first. `rotate`
    turns what it sees clockwise, in degrees."""

    source: Annotated[int | str, AfterValidator(_of_camera)] = Field(repr=False)
    rotate: Literal[0, 90, 180, 270] = 0

    @property
    def is_stream(self) -> bool:
        return isinstance(self.source, str) and "://" in self.source

    @property
    def here(self) -> str | None:
        """Host and port of a stream of this machine itself; None for every other camera."""
        url = urlsplit(str(self.source))
        if url.scheme != "http" or not _is_this_machine(url.hostname or ""):
            return None
        return f"{url.hostname}:{url.port or 80}"


class Settings(_Settings):
    hall: Hall
    window: Window = Window()
    session: SessionLimits = SessionLimits()
    reader: Reader = Reader()
    printer: Printer = Field(discriminator="connection")
    intake: Intake
    scanner: Scanner | None = Field(default=None, discriminator="connection")
    document_camera: DocumentCamera | None = None
    storage: Storage = Storage()
    files: Files = Files()
