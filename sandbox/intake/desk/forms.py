"""What an officer typed, as it comes from the browser."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import Request

_MOST_BYTES = 64 * 1024
_MOST_FIELDS = 200
_LONGEST_TEXT = 2000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class FormInvalid(Exception):
    """Nothing was done; `words` say in Chinese what has to be put right."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True)
class Form:
    """Fields in their order; a name may come several times."""

    fields: tuple[tuple[str, str], ...] = ()

    def texts(self, name: str) -> list[str]:
        """FormInvalid where one is longer than 2,000 characters."""
        found = [_CONTROL.sub("", value).strip() for key, value in self.fields if key == name]
        if any(len(text) > _LONGEST_TEXT for text in found):
            raise FormInvalid(f"一处最多填 {_LONGEST_TEXT} 个字")
        return found

    def text(self, name: str) -> str:
        """Empty where nothing was typed."""
        return next(iter(self.texts(name)), "")

    def nth(self, name: str, place: int) -> str:
        """Of a table's column the cell at this place, from 0; empty where there is none."""
        return next(iter(self.texts(name)[place : place + 1]), "")

    def secret(self, name: str) -> str:
        """As it was typed, blanks at its ends too."""
        return next((value for key, value in self.fields if key == name), "")

    def number(self, name: str, label: str) -> int:
        """FormInvalid, naming the label, for what is no whole number of up to three digits."""
        return whole_number(self.text(name), label)

    def ticked(self, name: str) -> bool:
        return bool(self.text(name))


def whole_number(text: str, label: str) -> int:
    if not re.fullmatch(r"[0-9]{1,3}", text):
        raise FormInvalid(f"{label}：请填整数")
    return int(text)


async def read_form(request: Request) -> Form:
    """FormInvalid for anything that no form of the desk sends."""
    if request.headers.get("content-type", "").partition(";")[0] != (
        "application/x-www-form-urlencoded"
    ):
        raise FormInvalid("提交的内容无法识别")
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > _MOST_BYTES:
            raise FormInvalid("提交的内容太长")
    try:
        fields = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            errors="replace",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError:
        raise FormInvalid("提交的内容无法识别") from None
    return Form(tuple(fields))
