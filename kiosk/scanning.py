"""What a scanned code is: a receipt's, a citizen's identity code, or nothing that we know."""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from kiosk.configuration import CONFIG, read_toml
from kiosk.forms.resident_number import problem
from kiosk.intake.contract import CaseNumber

PATTERNS = CONFIG / "scanner.toml"
LONGEST = 512
"""Characters; a longer code is none of ours."""

_RECEIPT = TypeAdapter(CaseNumber)


class CodePatterns(BaseModel):
    """How the codes look that the kiosk does not print itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    identity_codes: tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class ReceiptCode:
    """`number` is a 收件编号, or a kiosk's own reference."""

    number: str


@dataclass(frozen=True)
class IdentityToken:
    """Whose it is the intake alone can say."""

    token: str = field(repr=False)


@dataclass(frozen=True)
class UnknownCode:
    """Its text is not kept: it may be anybody's."""


Code = ReceiptCode | IdentityToken | UnknownCode


def load_patterns(file: Path = PATTERNS) -> CodePatterns:
    """Raises ConfigurationError for the first mistake."""
    match read_toml(file, CodePatterns):
        case CodePatterns() as patterns:
            return patterns
        case mistakes:
            raise mistakes[0]


def scanned(text: str, patterns: CodePatterns) -> Code:
    """What the text of a code says; blanks around it do not count. A person's own number has the
    digits of a receipt's, and is nothing to ask anybody for."""
    code = text.strip()
    if len(code) > LONGEST or problem(code, date.today()) is None:
        return UnknownCode()
    try:
        return ReceiptCode(_RECEIPT.validate_python(code))
    except ValidationError:
        pass
    if any(pattern.fullmatch(code) for pattern in patterns.identity_codes):
        return IdentityToken(code)
    return UnknownCode()
