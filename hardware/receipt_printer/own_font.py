"""The font that a printer has built in: what it covers, how wide it is, how it is written.

python-escpos is not asked: it writes GB18030 only for texts with a character of U+4E00 to 9FA5,
and "?" for the rest.
"""

import unicodedata

from hardware.receipt_printer.profiles import Charset, OwnFont


def is_covered(text: str, charset: Charset) -> bool:
    return all(_has(character, charset) for character in text)


def length(text: str, font: OwnFont) -> int:
    """In dots: ASCII is half as wide as everything else."""
    return sum(font.cell // 2 if character.isascii() else font.cell for character in text)


def written(text: str) -> bytes:
    return text.encode("gb18030")


def _has(character: str, charset: Charset) -> bool:
    if character.isascii():
        return character.isprintable()
    if unicodedata.category(character) == "Co":  # private use: codes that each font fills itself
        return False
    code = written(character)
    match charset:
        case Charset.GB2312:
            return _is_read(code, "gb2312")
        case Charset.GBK:
            return _is_read(code, "gbk")
        case Charset.GB18030:
            return len(code) == 2 or 0x3400 <= ord(character) <= 0x4DB5


def _is_read(code: bytes, codec: str) -> bool:
    """Python writes `·` and `—` otherwise in GB 2312 than in GBK, but reads both codes."""
    if len(code) != 2:
        return False
    try:
        code.decode(codec)
    except UnicodeDecodeError:
        return False
    return True
