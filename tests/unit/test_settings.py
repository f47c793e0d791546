"""The settings file: what is right is read, and every mistake is named with its line."""

from pathlib import Path

import pytest

from config.settings import FilePrinter, SerialPrinter, Settings, UsbPrinter
from kiosk.configuration import PROGRAM, SETTINGS_FILE, load_settings, read_settings
from kiosk.errors import ConfigurationError

GOOD = """\
[hall]
name = "大厅"
area = "体验区"
terminal = "1 号"
kiosk_id = "JL-01"

[printer]
connection = "network"
host = "127.0.0.1"
profile = "80mm"

[intake]
url = "http://127.0.0.1:8480/"
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "kiosk.toml"
    file.write_text(text, encoding="utf-8")
    return file


def mistakes(folder: Path, text: str) -> list[tuple[int, str]]:
    found = read_settings(written(folder, text))
    assert not isinstance(found, Settings)
    return [(mistake.line, mistake.reason) for mistake in found]


def test_the_shipped_file_is_right() -> None:
    """The file that comes with the program has no mistake."""
    assert isinstance(read_settings(SETTINGS_FILE), Settings)


def test_relative_storage_counts_from_the_program(tmp_path: Path) -> None:
    """A relative folder does not depend on where the kiosk is started from."""
    assert load_settings(written(tmp_path, GOOD)).storage.folder == PROGRAM / "var"


def test_absolute_storage_stays(tmp_path: Path) -> None:
    """An absolute folder is taken as it is."""
    text = f'{GOOD}\n[storage]\nfolder = "{tmp_path}"\n'
    assert tmp_path == load_settings(written(tmp_path, text)).storage.folder


def test_every_mistake_is_named(tmp_path: Path) -> None:
    """Several mistakes are all told, each with the line on which it stands."""
    text = GOOD.replace('"JL-01"', '"jl"').replace('host = "127.0.0.1"', "port = 0")
    found = mistakes(tmp_path, text + 'colour = "red"\n')
    expected = [
        (5, "hall.kiosk_id"),
        (7, "printer.host"),
        (9, "printer.port"),
        (14, "intake.colour"),
    ]
    assert expected == [(line, reason.partition(":")[0]) for line, reason in found]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("[hall\n", 1, "Expected ']' at the end of a table declaration"),
        ("[hall]\nname = 1\nname = 2\n", 3, "Cannot overwrite a value"),
        ('[hall]\nname = "', 2, "Unterminated string"),
    ],
)
def test_no_toml(tmp_path: Path, text: str, line: int, reason: str) -> None:
    """A file that is no TOML is named with the line at which reading ended."""
    assert [(line, reason)] == mistakes(tmp_path, text)


def test_a_rule_between_two_settings(tmp_path: Path) -> None:
    """What two settings must keep between them is told at their table."""
    found = mistakes(tmp_path, f"{GOOD}\n[session]\nwarn_after = 170\n")
    assert [
        (15, "session: wipe_after must be at least 20 s after warn_after (WCAG 2.2.1)")
    ] == found


def test_missing_table(tmp_path: Path) -> None:
    """A table that is not there has no line; its name says enough."""
    text = GOOD[: GOOD.index("[intake]")]
    assert [(1, "intake: is missing")] == mistakes(tmp_path, text)


@pytest.mark.parametrize(
    "address",
    [
        "https://intake.example/",
        "https://10.0.0.1:8443/kiosks/",
        "http://127.0.0.1:8480/",
        "http://127.8.9.1/",
        "http://[::1]:8480/",
        "http://localhost/",
    ],
)
def test_addresses_of_an_intake(address: str, tmp_path: Path) -> None:
    """TLS anywhere, plain HTTP within this machine."""
    text = GOOD.replace("http://127.0.0.1:8480/", address)
    assert address == str(load_settings(written(tmp_path, text)).intake.url)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://10.0.0.1/", "must be https"),
        ("http://intake.example/", "must be https"),
        ("http://localhost.example/", "must be https"),
        ("http://0.0.0.0/", "must be https"),
        ("http://[::ffff:10.0.0.1]/", "must be https"),
        ("http://127.0.0.1@intake.example/", "the address holds more"),
        ("https://user:word@intake.example/", "the address holds more"),
        ("https://intake.example/?verify=no", "the address holds more"),
        ("https://intake.example/#x", "the address holds more"),
        ("ftp://127.0.0.1/", "URL scheme should be"),
        ("intake.example", "Input should be a valid URL"),
    ],
)
def test_addresses_that_are_refused(address: str, reason: str, tmp_path: Path) -> None:
    """Nothing leaves the machine in the clear; the mistake is told with its line and without the
    address, which may hold a password."""
    ((line, words),) = mistakes(tmp_path, GOOD.replace("http://127.0.0.1:8480/", address))
    assert 13 == line
    assert words.startswith(f"intake.url: {reason}")
    assert "word@" not in words


@pytest.mark.parametrize("setting", ["verify = false", "insecure = true", 'tls = "off"'])
def test_verification_has_no_switch(setting: str, tmp_path: Path) -> None:
    """There is no setting that lets an intake pass unverified."""
    ((line, words),) = mistakes(tmp_path, f"{GOOD}{setting}\n")
    assert (14, True) == (line, words.endswith("there is no such setting"))


def test_an_enrolment_code_is_not_shown(tmp_path: Path) -> None:
    """A code stays out of what is printed of the settings, and out of the mistake about it."""
    text = f'{GOOD}authority = "city.pem"\nenrolment_code = "7Q2M-K9XD-4TRW"\n'
    intake = load_settings(written(tmp_path, text)).intake
    assert (Path("city.pem"), "7Q2M-K9XD-4TRW") == (intake.authority, intake.enrolment_code)
    assert "7Q2M" not in repr(intake)
    ((line, words),) = mistakes(tmp_path, text.replace("4TRW", "4trw"))
    assert (15, False) == (line, "7Q2M" in words)


def test_missing_file(tmp_path: Path) -> None:
    """A file that cannot be read is an error of the configuration, not of the program."""
    with pytest.raises(ConfigurationError, match="cannot be read: No such file"):
        load_settings(tmp_path / "none.toml")


def test_not_text(tmp_path: Path) -> None:
    """A file in another encoding is said to be so."""
    file = tmp_path / "kiosk.toml"
    file.write_bytes("名".encode("gb18030"))
    with pytest.raises(ConfigurationError, match="is not UTF-8 text"):
        load_settings(file)


@pytest.mark.parametrize("host", ["printer.local", "localhost", "192.168.1", "::1", ""])
def test_a_printer_has_an_address_and_no_name(host: str, tmp_path: Path) -> None:
    """A name would be looked up without a limit of time."""
    ((_line, reason),) = mistakes(tmp_path, GOOD.replace('"127.0.0.1"', f'"{host}"'))
    assert "printer.host: must be an IPv4 address, such as 192.168.1.50" == reason


@pytest.mark.parametrize(
    ("wire", "kind"),
    [
        ('connection = "usb"\nvendor = 0x04b8\nproduct = 0x0202', UsbPrinter),
        ('connection = "serial"\ndevice = "/dev/ttyUSB0"\nbaud = 115200', SerialPrinter),
        ('connection = "file"\ndevice = "/dev/usb/lp0"', FilePrinter),
    ],
)
def test_wires_of_a_printer(wire: str, kind: type, tmp_path: Path) -> None:
    """Each wire has settings of its own."""
    text = GOOD.replace('connection = "network"\nhost = "127.0.0.1"', wire)
    assert kind is type(load_settings(written(tmp_path, text)).printer)


@pytest.mark.parametrize(
    ("source", "is_stream", "here"),
    [
        ("0", False, None),
        ('"/dev/v4l/by-id/usb-1"', False, None),
        ('"rtsp://a:b@192.168.1.60/1"', True, None),
        ('"http://192.168.1.60/"', True, None),
        ('"http://127.0.0.1:8492/"', True, "127.0.0.1:8492"),
        ('"http://localhost/"', True, "localhost:80"),
    ],
)
def test_a_document_camera_is_a_stream_or_a_device(
    tmp_path: Path, source: str, is_stream: bool, here: str | None
) -> None:
    """Both are taken, and told apart by which part of OpenCV opens them; a sandbox serves a stream
    of this machine alone."""
    text = f"{GOOD}\n[document_camera]\nsource = {source}\nrotate = 90\n"
    camera = load_settings(written(tmp_path, text)).document_camera
    assert camera is not None
    assert (is_stream, here) == (camera.is_stream, camera.here)
    # It may hold a password.
    assert "192.168.1.60" not in repr(camera)


@pytest.mark.parametrize("source", ["-1", '"film.mp4"', '"file:///dev/video0"', '"v4l2src ! x"'])
def test_a_camera_is_nothing_else_that_opencv_opens(tmp_path: Path, source: str) -> None:
    """A file, a pipeline and a wrong number are one mistake each, on their line."""
    found = mistakes(tmp_path, f"{GOOD}\n[document_camera]\nsource = {source}\n")
    assert [16] == [line for line, _reason in found]
