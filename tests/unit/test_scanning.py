"""What a scanned code is taken for."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.configuration import PROGRAM, load_settings
from kiosk.errors import ConfigurationError
from kiosk.scanning import (
    LONGEST,
    CodePatterns,
    IdentityToken,
    ReceiptCode,
    UnknownCode,
    load_patterns,
    scanned,
)
from tests.people import ZHANG_YAN
from tests.unit.test_settings import GOOD, written

SHIPPED = load_patterns()
TOKEN = "SANDBOX-MZT:" + "aB3_-xyz" * 4
ANY_TEXT = st.one_of(
    st.text(st.characters(), max_size=LONGEST + 20),
    st.from_regex(r"\A\s*[0-9]{14,20}\s*\Z"),
    st.from_regex(r"\A[A-Z0-9]{2,6}-[0-9]{5,7}-[A-Z0-9]{5,7}\Z"),
    st.from_regex(r"\ASANDBOX-MZT:[A-Za-z0-9_=-]{30,66}\Z"),
)


@given(ANY_TEXT)
@example("3504282611240037\n\ud800")
@example("350428２６１１２４００３７")
def test_any_text_is_one_of_three(text: str) -> None:
    """Whatever a code says, it is a receipt's, an identity code's or unknown, and nothing raises;
    what is taken has the form that it needs."""
    match scanned(text, SHIPPED):
        case ReceiptCode(number):
            form = "[0-9]{16,18}|[A-Z0-9]{3,20}-[0-9]{6}-[2-9A-HJ-NP-Z]{6}"
            assert re.fullmatch(form, number)
            assert number == text.strip()
        case IdentityToken(token):
            assert re.fullmatch("SANDBOX-MZT:[A-Za-z0-9_-]{32,64}", token)
            assert token == text.strip()
        case UnknownCode():
            pass


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("3504282611240037", ReceiptCode("3504282611240037")),
        (" 350428261124003712\r", ReceiptCode("350428261124003712")),
        ("JL03-261124-K7QM2X", ReceiptCode("JL03-261124-K7QM2X")),
        (TOKEN, IdentityToken(TOKEN)),
        (TOKEN[:-1], UnknownCode()),
        (f"x{TOKEN}", UnknownCode()),
        ("https://weixin.qq.com/x/1", UnknownCode()),
        (ZHANG_YAN.number, UnknownCode()),
        ("", UnknownCode()),
    ],
)
def test_codes_are_told_apart(text: str, code: object) -> None:
    """A receipt's number or reference, an identity code, and everything else, a person's number
    among it."""
    assert code == scanned(text, SHIPPED)


def test_a_code_without_end_is_unknown() -> None:
    """However wide the city's pattern is, what is too long to be asked about is not taken."""
    wide = CodePatterns(identity_codes=(re.compile(".*"),))
    assert IdentityToken("x" * LONGEST) == scanned("x" * LONGEST, wide)
    assert UnknownCode() == scanned("x" * (LONGEST + 1), wide)


def test_a_token_is_not_shown() -> None:
    """Its repr may stand in a traceback."""
    assert "IdentityToken()" == repr(scanned(TOKEN, SHIPPED))


@pytest.mark.parametrize(
    ("content", "line"),
    [("identity_codes = ['(']", 1), ("# none\nidentity_codes = 'x'", 2), ("other = 1", 1)],
)
def test_a_wrong_pattern_is_named(tmp_path: Path, content: str, line: int) -> None:
    """With its file and line."""
    file = tmp_path / "scanner.toml"
    file.write_text(content, "utf-8")
    with pytest.raises(ConfigurationError) as wrong:
        load_patterns(file)
    assert (file, line) == (wrong.value.file, wrong.value.line)


def test_a_scanner_may_be_left_out(tmp_path: Path) -> None:
    """Without its section there is none; a relative device counts from the program's folder."""
    assert None is load_settings(written(tmp_path, GOOD)).scanner
    text = f'{GOOD}\n[scanner]\nconnection = "serial"\ndevice = "var/scanner"\n'
    scanner = load_settings(written(tmp_path, text)).scanner
    assert (PROGRAM / "var" / "scanner", 115200) == (scanner.device, scanner.baud)
