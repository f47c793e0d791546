"""How a scanner's line is cut into codes."""

from hypothesis import given
from hypothesis import strategies as st

from hardware.scanner.lines import Lines
from kiosk.scanning import LONGEST

CODE = st.text(
    st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), min_size=1, max_size=40
)
END = st.sampled_from([b"\r", b"\n", b"\r\n"])


@given(st.lists(st.tuples(CODE, END), max_size=6), st.data())
def test_codes_come_whole_in_any_pieces(
    codes: list[tuple[str, bytes]], data: st.DataObject
) -> None:
    """However the line cuts them, and whichever ending the scanner was given."""
    sent = b"".join(code.encode() + end for code, end in codes)
    lines, told = Lines(), []
    while sent:
        size = data.draw(st.integers(1, len(sent)))
        told += lines.take(sent[:size])
        sent = sent[size:]
    assert [code for code, _end in codes] == told


@given(st.lists(st.binary(max_size=3000), max_size=8))
def test_noise_is_bounded(pieces: list[bytes]) -> None:
    """Any bytes: nothing raises, no code and nothing that is kept is longer than shows that it is
    too long."""
    lines = Lines()
    for piece in pieces:
        assert all(0 < len(code) <= 4 * LONGEST + 1 for code in lines.take(piece))
        assert 4 * LONGEST + 1 >= len(lines._begun)


def test_a_code_without_end_stays_too_long() -> None:
    """It is never cut into one that could be taken, also when it ends at last."""
    lines = Lines()
    for _ in range(200):
        assert [] == lines.take(b"4" * 100)
    (code,) = lines.take(b"\r")
    assert LONGEST < len(code)
    assert ["1"] == lines.take(b"1\r")


def test_what_was_begun_can_be_forgotten() -> None:
    """Noise before a code does not become a part of it."""
    lines = Lines()
    lines.take(b"\xff\x0035")
    lines.forget()
    assert ["3504282611240037"] == lines.take(b"3504282611240037\r\n")
