"""What officers read: moments and days, states, people, and what was done."""

import re
from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue

from sandbox.intake.case_file import Outcome, State

LANGUAGES = {"zh": "中文", "en": "英文"}
LEVELS = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}

_SEXES = {"0": "未知", "1": "男", "2": "女", "9": "未说明"}
_NATIONS = re.findall(
    r"\w+",
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 "
    "高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 "
    "普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 "
    "珞巴 基诺",
)
"""GB/T 3304-1991, in the order of its codes from 01."""

ACTS = {
    "opened": "查看本件",
    "attachment_opened": "查看附件",
    "received": "收件",
    "accept": "受理",
    "return": "一次性告知补正",
    "supplied": "补正材料已交",
    "refuse": "不予受理",
    "begin_review": "开始审核",
    "forward": "送审批",
    "finish": "办结",
    "deliver": "送达",
    "extend": "延期",
    "supply_promised": "容缺材料已补交",
    "corrected": "申请人更正",
    "withdraw": "申请人撤回",
    "posting": "申请人要求邮寄",
    "dossier_told": "查询本人办件",
    "contents_told": "查看已交内容",
    "result_read": "打开电子结果",
    "deemed_accepted": "逾期未告知，视为受理",
    "recount": "节假日变动，重算期限",
    "rated": "收到评价",
    "rating_contact": "差评已联系",
    "rating_resolution": "差评已整改",
    "ratings_opened": "查看评价",
    "figures_downloaded": "下载考核数据",
    "signed_in": "登录",
    "signed_out": "退出",
    "sign_in_refused": "登录失败",
    "officer_added": "添加人员",
    "officer_removed": "移除人员",
    "password_changed": "修改密码",
    "code-issued": "签发注册码",
    "token-issued": "出示身份码",
    "identified": "扫描身份码",
    "enrolled": "终端注册",
    "renewed": "终端换证",
    "revoked": "停用终端",
    "sealing-key-made": "更换加密密钥",
    "slip-key-made": "生成凭条签名密钥",
    "slip_check_saved": "保存验真页面",
    "booked": "预约",
    "booking_cancelled": "取消预约",
    "booking_came": "预约已到",
    "ticket_taken": "取号",
    "ticket_called": "叫号",
    "ticket_done": "办完",
    "ticket_missed": "过号",
    "guide_called": "呼叫导办",
    "guide_comes": "导办前往",
    "help_ended": "导办结束",
}
"""The audit trail's names of acts; one that is not here is shown as it stands."""

MESSAGES = {
    "accepted": "已受理。",
    "returned": "已告知申请人补正，期限中止计算。",
    "supplied": "已登记收到的材料。",
    "refused": "已作出不予受理决定。",
    "reviewing": "已进入审核。",
    "deciding": "已送审批。",
    "extended": "已延期。",
    "finished": "已办结。",
    "delivered": "已登记送达。",
    "promised": "已登记容缺材料补交。",
    "came": "已登记到场。",
    "contacted": "已登记联系。",
    "resolved": "已登记整改结果。",
    "revoked": "终端已停用，它的证书和注册码不再有效。",
    "rotated": "已更换加密密钥。终端会在一分钟内取得新密钥，旧密钥仍能打开已收到和在途的申请。",
    "officer": "已添加人员。请把登录名和密码当面交给本人，首次登录后改密码。",
    "removed": "已移除人员，此人不能再登录。",
    "password": "密码已修改。",
}
"""What was just done, by the word that stands in the address after it."""


_ACTORS = {"staff": "命令行", "nobody": "未登录者"}
_DETAILS = {
    "attachment": "第 {} 份",
    "cases": "办件 {} 件",
    "supplied": "补交第 {} 号",
    "version": "更正前第 {} 版",
    "counter": "{} 号窗口",
    "days": "{} 个工作日",
    "due_on": "期限 {}",
    "guide": "导办员 {} 号",
    "level": "{} 分",
    "materials": "材料 {} 件",
    "promised": "容缺 {} 件",
    "reference": "凭条号 {}",
}


def actor(name: str) -> str:
    """Of who is no officer: a kiosk, the service's own command line."""
    return _ACTORS.get(name, name)


def details(detail: Mapping[str, JsonValue]) -> list[str]:
    """The figures of an entry in the audit trail, without those that say nothing."""
    said = []
    if detail.get("from") != detail.get("to"):
        said.append(f"{state(str(detail['from']))} → {state(str(detail['to']))}")
    for key, value in detail.items():
        words = "、".join(map(str, value)) if isinstance(value, list) else str(value)
        if value and key == "outcome":
            said.append(Outcome(words).chinese)
        elif value and key in _DETAILS:
            said.append(_DETAILS[key].format(words))
    return said


def minute(at: str | datetime | None) -> str:
    """2026-11-24 09:30."""
    if at is None:
        return "—"
    found = datetime.fromisoformat(at) if isinstance(at, str) else at
    return f"{found:%Y-%m-%d %H:%M}"


def second(at: str) -> str:
    """2026-11-24 09:30:02."""
    return f"{datetime.fromisoformat(at):%Y-%m-%d %H:%M:%S}"


def state(value: str) -> str:
    return State(value).chinese


def sex(code: str) -> str:
    return _SEXES.get(code, code)


def nation(code: str) -> str:
    number = int(code) if code.isdigit() else 0
    return f"{_NATIONS[number - 1]}族" if 1 <= number <= len(_NATIONS) else f"民族代码 {code}"


def act(name: str) -> str:
    return ACTS.get(name, name)


FILTERS = {
    "act": act,
    "actor": actor,
    "details": details,
    "minute": minute,
    "second": second,
    "state": state,
}
"""For the templates."""
