"""Looks with atheris (libFuzzer) for bytes at which a card's parsers end in anything but a whole
person or an error of the tree. It is no part of the tests: it finds more the longer it runs.

    .venv/bin/pip install -r tests/fuzz/requirements.txt
    nice -n 19 .venv/bin/python tests/fuzz/card_parsers.py CORPUS -max_total_time=600 -max_len=3000

CORPUS is a folder, made where there is none, which first gets what right cards answer and then
keeps what reached new code. A crash leaves its bytes in the working folder, and is played again
when that file stands in the place of CORPUS.

The first byte of an input chooses the parser, the rest is what it is given.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

with atheris.instrument_imports(include=["hardware.card_reader", "kiosk.forms.resident_number"]):
    from hardware.card_reader.card_text import identity_of
    from hardware.card_reader.page_read import read_text as read_pages
    from hardware.card_reader.sam_frames import FrameReader, answer_of
    from hardware.card_reader.sam_session import read_text as read_through_module
    from hardware.card_reader.social_security import read_identity

from kiosk.errors import CardReaderError  # noqa: E402
from tests.card_bytes import (  # noqa: E402
    SocialSecurityChip,
    card_text,
    content,
    read_frames,
    social_security_files,
    with_check,
)
from tests.people import (  # noqa: E402
    HAMDAN_NOOR,
    LIN_KAHO,
    MARIE_TREMBLAY,
    ZHANG_YAN,
    ZHANG_YAN_INSURED,
)

PIECE = 97
TEXTS = [card_text(person) for person in (ZHANG_YAN, LIN_KAHO, MARIE_TREMBLAY, HAMDAN_NOOR)]


class Answers:
    """A `CardPort` and `FramePort` that gives the input bit by bit: two bytes of length, then an
    answer; of an APDU's answer the last two are the status word."""

    def __init__(self, data: bytes) -> None:
        self._rest = data

    def exchange(self, frame: bytes, within: float) -> bytes:
        length = int.from_bytes(self._rest[:2], "big")
        answer, self._rest = self._rest[2:][:length], self._rest[2 + length :]
        return answer

    def send_and_receive(self, apdu: bytes) -> tuple[bytes, int]:
        answer = self.exchange(apdu, 0)
        return answer[:-2], int.from_bytes(answer[-2:], "big")


def as_answers(answers: list[bytes]) -> bytes:
    return b"".join(len(answer).to_bytes(2, "big") + answer for answer in answers)


def text(data: bytes) -> None:
    person = identity_of(data)
    number = person.number
    assert person.name
    assert len(number) == 15 or number == with_check(number[:17])


def line(data: bytes) -> None:
    reader = FrameReader()
    for start in range(0, len(data), PIECE):
        for frame in reader.feed(data[start : start + PIECE]):
            answer_of(frame)


def module(data: bytes) -> None:
    text(read_through_module(Answers(data)))


def pages(data: bytes) -> None:
    text(read_pages(Answers(data)))


def social_security(data: bytes) -> None:
    person = read_identity(Answers(data))
    assert person.name
    assert person.number == with_check(person.number[:17])


PARSERS: list[Callable[[bytes], None]] = [text, line, module, pages, social_security]


def seeds() -> Iterator[bytes]:
    for right in TEXTS:
        for number, data in enumerate((
            right,
            b"".join(read_frames(right)),
            as_answers(read_frames(right)),
            as_answers([content(right)[at : at + 256] + b"\x90\0" for at in range(0, 1284, 256)]),
        )):
            yield bytes([number]) + data
    for version in ("1.00", "2.00", "3.00"):
        for t0 in (False, True):
            yield bytes([4]) + as_answers(chip_answers(version, t0))


def chip_answers(version: str, t0: bool) -> list[bytes]:
    """What a right card answers to the commands that it gets."""
    chip = SocialSecurityChip(social_security_files(ZHANG_YAN_INSURED, version), t0=t0)
    answers: list[bytes] = []

    class Listening:
        def send_and_receive(self, apdu: bytes) -> tuple[bytes, int]:
            data, status_word = chip.send_and_receive(apdu)
            answers.append(data + status_word.to_bytes(2, "big"))
            return data, status_word

    try:
        read_identity(Listening())
    except CardReaderError:
        return answers
    return answers


def one_input(data: bytes) -> None:
    if not data:
        return
    try:
        PARSERS[data[0] % len(PARSERS)](data[1:])
    except CardReaderError:
        return


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    corpus = Path(sys.argv[1])
    if not corpus.is_file():
        corpus.mkdir(parents=True, exist_ok=True)
        for number, seed in enumerate(seeds()):
            (corpus / f"right-{number:02}").write_bytes(seed)
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
