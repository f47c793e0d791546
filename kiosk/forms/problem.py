"""What is wrong with an answer, as data, and what the citizen reads about it.

A problem carries limits and counts, never the answer.
"""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.language import _


class Reason(StrEnum):
    MISSING = "missing"
    NOT_CHOSEN = "not_chosen"
    NOT_PROMISED = "not_promised"
    NOT_SIGNED = "not_signed"
    NO_FILE = "no_file"
    UNUSABLE = "unusable"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    TOO_MANY_DECIMALS = "too_many_decimals"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    PHONE_FORM = "phone_form"
    MOBILE_LENGTH = "mobile_length"
    AREA_CODE_MISSING = "area_code_missing"
    RESIDENT_ID_LENGTH = "resident_id_length"
    RESIDENT_ID_CHARACTERS = "resident_id_characters"
    RESIDENT_ID_REGION = "resident_id_region"
    RESIDENT_ID_BIRTH = "resident_id_birth"
    RESIDENT_ID_CHECK = "resident_id_check"
    CREDIT_CODE_LENGTH = "credit_code_length"
    CREDIT_CODE_CHARACTERS = "credit_code_characters"
    CREDIT_CODE_CHECK = "credit_code_check"
    BANK_CARD_CHARACTERS = "bank_card_characters"
    BANK_CARD_LENGTH = "bank_card_length"
    BANK_CARD_CHECK = "bank_card_check"
    NOT_A_DATE = "not_a_date"
    YEAR_UNLIKELY = "year_unlikely"
    DATE_IN_FUTURE = "date_in_future"
    DATE_IN_PAST = "date_in_past"
    ADDRESS_UNFINISHED = "address_unfinished"
    ADDRESS_WITHOUT_DETAIL = "address_without_detail"
    ADDRESS_ELSEWHERE = "address_elsewhere"
    TOO_FEW_ROWS = "too_few_rows"
    TOO_MANY_ROWS = "too_many_rows"
    ROWS_WRONG = "rows_wrong"
    FILE_EMPTY = "file_empty"
    FILE_TOO_LARGE = "file_too_large"
    FILE_TYPE = "file_type"
    CASE_NUMBER_FORM = "case_number_form"
    TOO_MANY_TRIES = "too_many_tries"


@dataclass(frozen=True)
class Problem:
    """`limit` is the bound that was missed (characters, digits, a value in `unit`, rows, MB);
    `found` counts what was there, where a count helps."""

    reason: Reason
    limit: int = 0
    found: int = 0
    unit: str | None = None


def words(problem: Problem) -> str:
    """What to do about it, in the language that the citizen chose."""
    return _sentence(problem.reason).format(
        limit=problem.limit,
        found=problem.found,
        unit=f" {_(problem.unit)}" if problem.unit else "",
    )


def _sentence(reason: Reason) -> str:
    match reason:
        case Reason.MISSING:
            return _("请填写这一项")
        case Reason.NOT_CHOSEN:
            return _("请选择")
        case Reason.CASE_NUMBER_FORM:
            return _("收件编号是 16 位数字，请照凭条再填一遍")
        case Reason.TOO_MANY_TRIES:
            return _("已经试了 {limit} 次。请刷身份证查询，或者拿凭条到窗口")
        case Reason.NOT_PROMISED:
            return _("请阅读承诺内容，同意后点选")
        case Reason.NOT_SIGNED:
            return _("请在框内用手指签名")
        case Reason.NO_FILE:
            return _("请选择文件，或选择带原件到窗口")
        case Reason.UNUSABLE:
            return _("这一项没有填对，请重新填写")
        case Reason.TOO_SHORT:
            return _("至少填 {limit} 个字，现在是 {found} 个字")
        case Reason.TOO_LONG:
            return _("最多填 {limit} 个字，现在是 {found} 个字")
        case Reason.NOT_A_NUMBER:
            return _("请填写数字，例如 12")
        case Reason.NOT_WHOLE:
            return _("请填写整数，不带小数")
        case Reason.TOO_MANY_DECIMALS:
            return _("最多填 {limit} 位小数")
        case Reason.TOO_SMALL:
            return _("不能小于 {limit}{unit}，请再检查一遍")
        case Reason.TOO_LARGE:
            return _("不能大于 {limit}{unit}，请再检查一遍")
        case Reason.PHONE_FORM:
            return _("请填写 11 位手机号码，或带区号的固定电话")
        case Reason.MOBILE_LENGTH:
            return _("手机号码应是 {limit} 位数字，现在是 {found} 位，请再检查一遍")
        case Reason.AREA_CODE_MISSING:
            return _("固定电话请连区号一起填，例如 0598 开头")
        case Reason.RESIDENT_ID_LENGTH:
            return _("公民身份号码应是 {limit} 位，现在是 {found} 位，请再检查一遍")
        case Reason.RESIDENT_ID_CHARACTERS:
            return _("公民身份号码前 17 位是数字，只有最后一位可以是 X")
        case Reason.RESIDENT_ID_REGION:
            return _("公民身份号码的前 6 位不对，请对照证件再检查一遍")
        case Reason.RESIDENT_ID_BIRTH:
            return _("公民身份号码第 7 到 14 位应是出生日期，请对照证件再检查一遍")
        case Reason.RESIDENT_ID_CHECK:
            return _("公民身份号码有一位不对，请对照证件逐位检查")
        case Reason.CREDIT_CODE_LENGTH:
            return _("统一社会信用代码应是 {limit} 位，现在是 {found} 位，请再检查一遍")
        case Reason.CREDIT_CODE_CHARACTERS:
            return _("统一社会信用代码只有数字和大写字母，没有字母 I、O、S、V、Z")
        case Reason.CREDIT_CODE_CHECK:
            return _("统一社会信用代码有一位不对，请对照执照逐位检查")
        case Reason.BANK_CARD_CHARACTERS:
            return _("银行卡号只有数字，请再检查一遍")
        case Reason.BANK_CARD_LENGTH:
            return _("银行卡号应是 13 到 19 位数字，现在是 {found} 位，请再检查一遍")
        case Reason.BANK_CARD_CHECK:
            return _("银行卡号有一位不对，请对照卡面逐位检查")
        case Reason.NOT_A_DATE:
            return _("没有这一天，请按年月日填 8 位数字，例如 20261124")
        case Reason.YEAR_UNLIKELY:
            return _("请检查年份，应在 1900 年到 2100 年之间")
        case Reason.DATE_IN_FUTURE:
            return _("这一天还没有到，请填今天或以前的日期")
        case Reason.DATE_IN_PAST:
            return _("这一天已经过去，请填今天或以后的日期")
        case Reason.ADDRESS_UNFINISHED:
            return _("请把所在地区选到最后一级")
        case Reason.ADDRESS_WITHOUT_DETAIL:
            return _("请填写路名、门牌号等详细地址")
        case Reason.ADDRESS_ELSEWHERE:
            return _("这个地方不能选，请看看上面选的是不是您要的")
        case Reason.TOO_FEW_ROWS:
            return _("至少填写 {limit}{unit}，现在是 {found}{unit}")
        case Reason.TOO_MANY_ROWS:
            return _("最多填写 {limit}{unit}，现在是 {found}{unit}")
        case Reason.ROWS_WRONG:
            return _("有 {found} 处需要改正，请逐处检查")
        case Reason.FILE_EMPTY:
            return _("这个文件是空的，请另选一个")
        case Reason.FILE_TOO_LARGE:
            return _("文件不能大于 {limit} MB，请另选一个")
        case Reason.FILE_TYPE:
            return _("只能选 JPEG、PNG 图片或 PDF 文件")
