"""What is known of an item, and how far: nothing is printed as official that is not."""

from dataclasses import dataclass

from kiosk.language import _


@dataclass(frozen=True)
class Stated:
    """Words about an item. `sample` where they come from no source of the authority."""

    words: str
    sample: bool = False


def said(stated: Stated | None) -> str:
    """The words, marked 示例数据 where they are; None is not known: 以窗口公布为准."""
    if stated is None:
        return or_as_published("")
    return as_sample(stated.words) if stated.sample else stated.words


def as_sample(words: str) -> str:
    return _("{words}（示例数据）").format(words=words)


def or_as_published(words: str) -> str:
    return words or _("以窗口公布为准")


def about_samples() -> str:
    """The notice on every paper that holds the mark."""
    return _("标有“示例数据”的不是正式内容，以窗口公布为准。")
