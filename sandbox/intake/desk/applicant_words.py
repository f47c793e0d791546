"""What an officer reads of an applicant: what the document says, and how far it can be trusted."""

from collections.abc import Iterator
from dataclasses import dataclass

from babel import Locale
from babel.core import get_global

from kiosk.intake.contract import Applicant
from sandbox.intake.desk.wording import nation, sex

_DOCUMENTS = {
    "resident_id": "居民身份证",
    "hmt_residence_permit": "港澳台居民居住证",
    "permanent_resident_2017": "外国人永久居留身份证（2017 版）",
    "permanent_resident_2023": "外国人永久居留身份证（2023 版）",
    "social_security_card": "社会保障卡",
}
_NUMBERS = {
    "resident_id": "公民身份号码",
    "hmt_residence_permit": "公民身份号码",
    "permanent_resident_2017": "证件号码",
    "permanent_resident_2023": "证件号码",
    "social_security_card": "社会保障号码",
}
"""As the document itself calls it."""

_ASSURANCES = {
    "sam_verified": "读卡器的安全模块已核验证件真伪",
    "unauthenticated_chip": "未经核验",
    "scanned_token": "扫描身份码，由本平台核验",
    "vouched": "手工录入，由工作人员核对",
}
_WARNINGS = {
    "unauthenticated_chip": (
        "身份未经核验：以下信息读自任何人都能写入的芯片。请当面核对本人和证件原件，再作决定。"
    )
}

_ALPHA_2 = get_global("territory_aliases")
_NO_COUNTRIES = ("HKG", "MAC", "TWN")
"""Of their residents no document here names a country."""
_COUNTRIES = Locale("zh").territories


@dataclass(frozen=True)
class Said:
    """`figures` stay on one line."""

    label: str
    words: str
    figures: bool = False


def warning_of(person: Applicant) -> str:
    """What has to be read before anything is decided; empty where nothing has to."""
    return _WARNINGS.get(person.assurance, "")


def said_of(person: Applicant) -> tuple[Said, ...]:
    """In the order in which it is read; what the document does not say is left out."""
    return tuple(said for said in _all(person) if said.words)


def _all(person: Applicant) -> Iterator[Said]:
    yield Said("姓名", person.name)
    yield Said("外文姓名", (person.latin_name or "") if person.latin_name != person.name else "")
    yield Said("证件", _DOCUMENTS[person.kind])
    yield Said(_NUMBERS[person.kind], person.number, figures=True)
    yield Said("身份核验", _ASSURANCES[person.assurance])
    yield Said("性别", sex(person.sex))
    yield Said("民族", nation(person.nation) if person.nation else "")
    yield Said("国籍", _country(person.country) if person.country else "")
    yield Said("出生日期", person.birth, figures=True)
    yield Said("住址", person.address or "")
    yield Said("签发机关", person.issuer or "")
    yield Said("证件有效期", _validity(person), figures=True)


def _validity(person: Applicant) -> str:
    match person.valid_from, person.valid_to:
        case None, None:
            return ""
        case None, str(last):
            return f"至 {last}"
        case first, None:
            # Of all the documents a resident's card alone can be valid for ever.
            return f"{first} 至 长期" if person.kind == "resident_id" else f"自 {first} 起"
        case first, last:
            return f"{first} 至 {last}"


def _country(code: str) -> str:
    """马来西亚（MYS）; the code alone where passports know more than CLDR."""
    known = () if code in _NO_COUNTRIES else _ALPHA_2.get(code, ())
    names = [_COUNTRIES[short] for short in known if short in _COUNTRIES]
    return f"{names[0]}（{code}）" if len(names) == 1 else code
