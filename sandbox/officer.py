"""An officer at the desk, as a tour needs one: opens a page, fills in one of its forms and presses
its button, over HTTP as a browser would."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import requests

_LAST = "{last}"
"""In a page's path: the number of the newest case."""
_WITHIN = 10.0
"""Seconds in which the desk has to answer."""


class DeskProblem(Exception):
    """The page, its button or its answer is not what was expected; the message says which."""


class Officer:
    """Signed in with the name and password in `file` (two lines)."""

    def __init__(self, desk: str, file: Path) -> None:
        """DeskProblem where that is not let in."""
        self._desk = desk.rstrip("/")
        self._browser = requests.Session()
        name, password = file.read_text("utf-8").split("\n")[:2]
        self._press("sign-in", "登录", {"name": name, "password": password})

    def press(self, page: str, button: str, fill: Mapping[str, str | Sequence[str]]) -> str:
        """Open `page` below the desk's address, put `fill` into the fields of the form whose
        button this is, several values into several fields of a name, and press it. The words of
        the page that follows, also of one that says why it may not be."""
        return self._press(self._path(page), button, fill)

    def read(self, page: str) -> str:
        """The words on a page."""
        return _words(self._get(self._path(page)).text)

    def _press(self, page: str, button: str, fill: Mapping[str, str | Sequence[str]]) -> str:
        shown = self._get(page)
        form = next((f for f in _forms(shown.text) if f.button == button), None)
        if form is None:
            raise DeskProblem(f"the page {page} has no button {button}")
        url = urljoin(shown.url, form.action)
        return _words(self._browser.post(url, form.filled(fill), timeout=_WITHIN).text)

    def _get(self, page: str) -> requests.Response:
        shown = self._browser.get(f"{self._desk}/{page}", timeout=_WITHIN)
        if shown.status_code != requests.codes.ok:
            raise DeskProblem(f"the page {page} is answered with {shown.status_code}")
        return shown

    def _path(self, page: str) -> str:
        if _LAST not in page:
            return page
        numbers: list[str] = re.findall(r"cases/(\d{16,18})", self._get("cases?q=35").text)
        if not numbers:
            raise DeskProblem("there is no case")
        return page.replace(_LAST, numbers[0])


@dataclass
class _Form:
    """`fields` as a browser would send them untouched: name and value, in their order."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    button: str = ""

    def filled(self, fill: Mapping[str, str | Sequence[str]]) -> list[tuple[str, str]]:
        left = {
            name: [values] if isinstance(values, str) else list(values)
            for name, values in fill.items()
        }
        sent = [
            (name, left[name].pop(0) if left.get(name) else "" if name in fill else value)
            for name, value in self.fields
        ]
        return sent + [(name, value) for name, values in left.items() for value in values]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[_Form] = []
        self._form: _Form | None = None
        self._text: list[str] | None = None
        self._named = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        match tag:
            case "form":
                self._form = _Form(values.get("action", ""))
                self.forms.append(self._form)
            case "input" if self._form is not None and "name" in values:
                ticks = values.get("type") in ("checkbox", "radio")
                if not ticks or "checked" in values:
                    self._form.fields.append((values["name"], values.get("value", "")))
            case "button" | "textarea":
                self._text, self._named = [], values.get("name", "")
            case _:
                pass

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        text = "".join(self._text or ()).strip()
        match tag:
            case "form":
                self._form = None
            case "button" if self._form is not None:
                self._form.button, self._text = text, None
            case "textarea" if self._form is not None:
                self._form.fields.append((self._named, text))
                self._text = None
            case _:
                pass


def _forms(html: str) -> Iterator[_Form]:
    reader = _Reader()
    reader.feed(html)
    yield from reader.forms


def _words(html: str) -> str:
    plain = re.sub(r"<(style|script).*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(plain).split())
