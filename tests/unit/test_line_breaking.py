"""Lines of Chinese, of Latin words and of both end where they may."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.line_breaking import (
    NEVER_FIRST,
    NEVER_LAST,
    balanced_lines,
    break_lines,
)


def cells(text: str) -> float:
    """A Chinese character is two wide, a Latin one is one wide."""
    return float(sum(1 if character.isascii() else 2 for character in text))


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("收件不等于受理", 20, ["收件不等于受理"]),
        ("一二三四五六七八九十", 10, ["一二三四五", "六七八九十"]),
        ("一二三四五，六七八九", 10, ["一二三四", "五，六七八", "九"]),
        ("一二三四（六七）八九", 10, ["一二三四", "（六七）八", "九"]),
        ("一二三四“五六”，七八", 10, ["一二三四", "“五六”，", "七八"]),
        ("一二三四……五六七", 10, ["一二三", "四……", "五六七"]),
        ("一二三四——五六七八", 12, ["一二三四——", "五六七八"]),
        ("法定 15 个工作日", 10, ["法定 15 个", "工作日"]),
        ("hand in the form", 8, ["hand in", "the form"]),
        ("JL-03-7K2M-9QXR", 8, ["JL-03-", "7K2M-", "9QXR"]),
        ("我们 don’t 知道", 9, ["我们", "don’t 知", "道"]),
        ("一二三四café五", 10, ["一二三四", "café五"]),
        ("一二三四五·六七八", 12, ["一二三四五·", "六七八"]),
        ("甲\n乙", 10, ["甲", "乙"]),
        ("", 10, [""]),
    ],
)
def test_lines_break_by_the_rules(text: str, width: float, expected: list[str]) -> None:
    """Each rule of GB/T 15834 that a receipt meets, and Latin words kept whole."""
    assert expected == break_lines(text, width, cells)


def test_a_last_line_of_one_character_is_avoided() -> None:
    """One character alone at the end pulls others down where no further line is needed."""
    assert ["一二三四五六七", "八九十"] == break_lines("一二三四五六七八九十", 18, cells)


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("综合窗口 06，工号 0612", 17, ["综合窗口 06，", "工号 0612"]),
        ("一个工作日（以窗口公布为准）", 24, ["一个工作日", "（以窗口公布为准）"]),
        ("what was done; not valid as proof", 22, ["what was done;", "not valid as proof"]),
        ("一二三，四五六七八九十", 12, ["一二三，四五", "六七八九十"]),
        ("一，二三四五六七八", 12, ["一，二三四五", "六七八"]),
        ("一二三四五六七八，九十甲乙", 10, ["一二三四五", "六七八，九", "十甲乙"]),
    ],
)
def test_the_second_line_begins_where_a_reader_pauses(
    text: str, width: float, expected: list[str]
) -> None:
    """After a comma or with a bracket, unless the first line were too short; the middle lines of
    a paragraph are filled."""
    assert expected == break_lines(text, width, cells)


def test_a_variation_selector_stays_with_its_character() -> None:
    """A line does not begin with what belongs to the character before it."""
    selected = "邉\U000e0101"
    assert [selected, selected] == break_lines(selected * 2, 5, cells)
    tied = "（" + selected
    assert ["（（", tied] == break_lines("（（" + tied, 6, cells)


def test_no_character_is_measured_again_for_a_better_break() -> None:
    """Screens break many texts at once: what an orphan costs is adding, not measuring."""
    measured: list[str] = []

    def counted(text: str) -> float:
        measured.append(text)
        return cells(text)

    text = "一二三四五六七八九十" * 6 + "一"
    break_lines(text, 20, counted)
    balanced_lines(text, 20, counted)
    probes = [piece for piece in measured if piece not in ("", "一")]
    assert 2 * len(text.replace("一", "")) == len("".join(probes).replace("一", ""))


def test_centred_text_is_balanced() -> None:
    """A number that needs two lines is divided in the middle, between its groups."""
    assert ["2026 0613", "0001 8"] == balanced_lines("2026 0613 0001 8", 15, cells)


def test_centred_text_pauses_between_its_lines() -> None:
    """Two lines that say two things are not torn elsewhere to be equally long."""
    assert ["打印终端：", "一二三四五六七"] == balanced_lines("打印终端：一二三四五六七", 20, cells)


PROSE = st.text(alphabet="一二三四，。、（）《》“”：；！？…—ab1 ", max_size=60)


@given(PROSE, st.integers(min_value=8, max_value=40))
def test_no_character_is_lost(text: str, width: int) -> None:
    """Broken and joined again, a text is the same but for the spaces where lines end."""
    lines = break_lines(text, width, cells)
    assert text.replace(" ", "") == "".join(lines).replace(" ", "")


@given(PROSE, st.integers(min_value=8, max_value=40))
def test_no_line_is_too_wide(text: str, width: int) -> None:
    """Nothing is drawn beyond the paper."""
    assert [] == [line for line in break_lines(text, width, cells) if cells(line) > width]


SENTENCES = st.lists(
    st.sampled_from(["一", "二三", "，", "。", "（四）", "《五六》", "：", "“七”", "word"]),
    max_size=30,
).map("".join)


@given(SENTENCES)
def test_no_line_begins_with_closing_or_ends_with_opening_punctuation(text: str) -> None:
    """With room for them no rule is broken, whatever the sentence."""
    for width in (24, 32, 60):
        lines = break_lines(text.lstrip(NEVER_FIRST), width, cells)
        if _longest_chain(text) * 2 <= width:
            assert [] == [line for line in lines[1:] if line[0] in NEVER_FIRST]
            assert [] == [line for line in lines[:-1] if line[-1] in NEVER_LAST]


def _longest_chain(text: str) -> int:
    """Characters that punctuation ties together, at most."""
    longest = chain = 0
    for before, after in zip(" " + text, text, strict=False):
        tied = after in NEVER_FIRST or before in NEVER_LAST or (after + before).isascii()
        chain = chain + 1 if tied else 1
        longest = max(longest, chain)
    return longest


def test_a_word_is_not_cut_to_spare_an_orphan() -> None:
    """A short last word stays alone rather than that a longer word is cut in two."""
    assert ["Social", "security", "card"] == break_lines("Social security card", 9, len)
