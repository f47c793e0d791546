"""A person whose every word can be found again in raw bytes, however it was written there."""

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from kiosk.intake.contract import CHINA_TIME, Applicant, Application, Attachment

NAME = "欧阳䶮瑾"
NUMBER = "35042819670315001X"
ADDRESS = "福建省将乐县水南镇示例路九十七号"
PHONE = "13805987316"
DIARY = "昨夜独自抄写的家书"
"""What the attached file and the reasons of a rating say."""
WORDS = (NAME, NUMBER, ADDRESS, PHONE, DIARY)


def application(attached: bool = False) -> Application:
    letter = base64.b64encode(DIARY.encode() * 40).decode("ascii")
    files = (Attachment(question="photo", name="信.jpg", media_type="image/jpeg", content=letter),)
    return Application(
        item="041",
        item_name="高龄津贴申领",
        applicant=Applicant(
            kind="resident_id",
            assurance="sam_verified",
            name=NAME,
            number=NUMBER,
            sex="1",
            nation="01",
            birth="1967-03-15",
            address=ADDRESS,
            issuer="将乐县公安局",
            valid_from="2015-06-01",
            valid_to=None,
        ),
        answers={"phone": PHONE, "note": DIARY},
        attachments=files if attached else (),
        signature=(((0.1, 0.2), (0.3, 0.4)),),
        language="zh",
        signed_at=datetime(2026, 11, 24, 9, 30, tzinfo=CHINA_TIME),
    )


def marks() -> dict[str, bytes]:
    """Each word in each writing, by what it is."""
    return {f"{word} as {writing}": mark for word in WORDS for writing, mark in _writings(word)}


def hits(files: Iterable[Path]) -> list[str]:
    """Where a mark stands in the raw bytes of a file, and which."""
    looked_for = marks()
    found = []
    for file in files:
        content = file.read_bytes()
        found += [f"{file}: {what}" for what, mark in looked_for.items() if mark in content]
    return found


def _writings(word: str) -> Iterator[tuple[str, bytes]]:
    utf_8 = word.encode()
    for code in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "gb18030"):
        raw = word.encode(code)
        yield code, raw
        yield f"{code} in hex", raw.hex().encode()
        yield f"{code} in capital hex", raw.hex().upper().encode()
        for before in range(3):
            yield f"{code} in base64 after {before}", _inside(raw, before, base64.b64encode)
            yield (
                f"{code} in base64url after {before}",
                _inside(raw, before, base64.urlsafe_b64encode),
            )
    yield "JSON's escapes", json.dumps(word).strip('"').encode()
    yield "repr of bytes", repr(utf_8)[2:-1].encode()
    yield "a URL's escapes", quote(word).encode()


def _inside(raw: bytes, before: int, encode) -> bytes:
    """The letters of base64 that depend on `raw` alone when `before` bytes stand before it."""
    letters = encode(bytes(before) + raw)
    return letters[-(-before * 8 // 6) : (before + len(raw)) * 8 // 6]
