"""Names of the nations of China by GB/T 3304-1991, as a resident ID card codes them.

97 and 98 are not in the standard; the card uses them for 其他 and 外国血统中国籍人士.
"""

from kiosk.language import mark

_NAMES = (
    mark("汉族"), mark("蒙古族"), mark("回族"), mark("藏族"), mark("维吾尔族"), mark("苗族"),
    mark("彝族"), mark("壮族"), mark("布依族"), mark("朝鲜族"), mark("满族"), mark("侗族"),
    mark("瑶族"), mark("白族"), mark("土家族"), mark("哈尼族"), mark("哈萨克族"), mark("傣族"),
    mark("黎族"), mark("傈僳族"), mark("佤族"), mark("畲族"), mark("高山族"), mark("拉祜族"),
    mark("水族"), mark("东乡族"), mark("纳西族"), mark("景颇族"), mark("柯尔克孜族"), mark("土族"),
    mark("达斡尔族"), mark("仫佬族"), mark("羌族"), mark("布朗族"), mark("撒拉族"), mark("毛南族"),
    mark("仡佬族"), mark("锡伯族"), mark("阿昌族"), mark("普米族"), mark("塔吉克族"), mark("怒族"),
    mark("乌孜别克族"), mark("俄罗斯族"), mark("鄂温克族"), mark("德昂族"), mark("保安族"),
    mark("裕固族"), mark("京族"), mark("塔塔尔族"), mark("独龙族"), mark("鄂伦春族"),
    mark("赫哲族"), mark("门巴族"), mark("珞巴族"), mark("基诺族"),
)  # fmt: skip

NATIONS: dict[str, str] = {f"{code:02}": name for code, name in enumerate(_NAMES, start=1)} | {
    "97": mark("其他"),
    "98": mark("外国血统中国籍人士"),
}
