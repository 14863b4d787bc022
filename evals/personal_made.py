"""Personal data made by rule: every kind in every way of typing it, in sentences that people write; all fictional."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence

from evals.personal_data import Secret, Typed
from knowledge.privacy import bank_card_valid, id_card_valid

SEED = 20261129
EACH = 50
"""Cases a kind."""
_APART = ("", "", "", " ", "-", "　", "－", "—", "·", ".", "  ", "\u200b")
_SCRIPTS = (
    "0123456789",
    "0123456789",
    "０１２３４５６７８９",
    "零一二三四五六七八九",
    "〇一二三四五六七八九",
    "零壹贰叁肆伍陆柒捌玖",
)
_FRAMES = (
    "{}", "我的是{}", "{}，麻烦记一下", "填{}行不行", "给你{}", "（{}）", "{}。这个对不对", "刚才填错了，是{}", "用{}查一下",
    "补贴8000元打不到，{}", "2026年3月开的店，{}", "问第五条那个补贴，{}，谢谢", "就是{} 别弄丢了",
)  # fmt: skip
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜谢邹苏潘葛范彭鲁韦马苗方任袁柳史唐薛雷贺倪汤罗郝安"
)
_ROADS = (
    "示例路",
    "示例大道",
    "示例街",
    "建设路",
    "文化巷",
    "滨江大道",
    "晴川步行街",
    "解放北路",
    "人民村",
    "幸福家园",
    "晴川小区",
)
_ENDINGS = ("{}号", "{}号{}栋{}室", "{}栋{}单元{}室", "{}号附{}号", "{}-{}号", "{}号院{}号楼")
_PLACES = ("", "青禾市", "青禾市南屏区", "望津县", "柳溪区", "白榆市")

Maker = Callable[[random.Random], tuple[str, str]]
"""Value, and what stands before it."""


def made(*, seed: int = SEED, each: int = EACH) -> list[Typed]:
    """The same for the same seed."""
    return list(_made(random.Random(seed), each))


def _made(chance: random.Random, each: int) -> Iterator[Typed]:
    for kind, maker in MAKERS.items():
        for number in range(each):
            value, before = maker(chance)
            text = chance.choice(_FRAMES).format(before + value)
            yield Typed(f"m-{kind}-{number:03}", text, (Secret(kind, value),), made=True)


def _digits(chance: random.Random, count: int) -> str:
    return "".join(chance.choices("0123456789", k=count))


def _typed(chance: random.Random, groups: Sequence[str]) -> str:
    """Groups with something between them, in one script."""
    script = chance.choice(_SCRIPTS)
    return chance.choice(_APART).join(groups).translate(str.maketrans("0123456789", script))


def _mobile(chance: random.Random) -> tuple[str, str]:
    rest = _digits(chance, 4)
    groups = chance.choice((("199", "0000", rest), ("1990", "000", rest), ("199", "00", "00", rest), ("1990000", rest)))
    prefix = chance.choice(("", "", "", "+86", "+86 ", "86"))
    typed = _typed(chance, groups)
    return (prefix if typed[0] == "1" else "") + typed, chance.choice(("", "手机", "电话：", "手机号是", "打"))


def _identity(chance: random.Random) -> tuple[str, str]:
    birth = f"{chance.randint(1950, 2006)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    region, order = f"9901{chance.randint(1, 40):02}", _digits(chance, 3)
    if chance.random() < 0.12:
        return _typed(chance, (region, birth[2:], order)), chance.choice(("", "老身份证", "身份证号"))
    first = region + birth + order
    check = next(one for one in "0123456789X" if id_card_valid(first + one))
    if check == "X":
        check = chance.choice("Xx")
    return _typed(chance, (region, birth, order + check)), chance.choice(
        ("", "身份证", "身份证号码：", "证件号是", "sfz")
    )


def _card(chance: random.Random) -> tuple[str, str]:
    first = "620000" + _digits(chance, chance.choice((9, 12)))
    number = next(first + one for one in "0123456789" if bank_card_valid(first + one))
    groups = [number[place : place + 4] for place in range(0, len(number), 4)]
    return _typed(chance, groups), chance.choice(("", "卡号", "银行卡", "打到", "收款账户："))


def _landline(chance: random.Random) -> tuple[str, str]:
    code, number = chance.choice(("0000", "0990", "099")), "555" + _digits(chance, chance.choice((4, 5)))
    form = chance.choice(("{}-{}", "{} {}", "（{}）{}", "({}){}", "{}-{}-801"))
    if chance.random() < 0.25:
        return number, chance.choice(("电话", "电话：", "座机", "联系电话是"))
    return form.format(code, number), chance.choice(("", "座机", "电话", "打"))


def _email(chance: random.Random) -> tuple[str, str]:
    name = chance.choice(("zhang", "li.si", "wang_wu", "dian-pu", "ABC", "q")) + _digits(chance, 3)
    host = chance.choice(("example.com", "mail.example.cn", "example.com.cn", "example.org"))
    at = chance.choice(("@", "@", "＠", " @ "))
    return name + at + host, chance.choice(("", "邮箱", "发到", "email:"))


def _code(chance: random.Random) -> tuple[str, str]:
    letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    groups = ("92", "9901" + _digits(chance, 2), "MA0" + "".join(chance.choices(letters, k=6)), chance.choice(letters))
    code = chance.choice(("", "", " ", "-")).join(groups)
    return code.lower() if chance.random() < 0.2 else code, chance.choice(
        ("", "信用代码", "执照代码：", "统一社会信用代码 ")
    )


def _passport(chance: random.Random) -> tuple[str, str]:
    return chance.choice(("E0", "G0", "EA")) + _digits(chance, 7), chance.choice(("", "护照", "护照号码："))


def _account(chance: random.Random) -> tuple[str, str]:
    if chance.random() < 0.5:
        return "1000" + _digits(chance, chance.choice((3, 5, 6))), chance.choice(("QQ", "qq号", "QQ："))
    return chance.choice(("shop_", "dian-", "wxid_", "lb")) + _digits(chance, 5), chance.choice(
        ("微信", "微信号：", "vx:", "wx ")
    )


def _plate(chance: random.Random) -> tuple[str, str]:
    between = chance.choice(("", "", "·", " ", "-"))
    number = chance.choice(("0000", "0A00", "D0000")) + _digits(chance, 1)
    return chance.choice("云青鄂京沪粤川") + chance.choice("ABCZ") + between + number, chance.choice(
        ("", "车牌", "我的车", "货车")
    )


def _address(chance: random.Random) -> tuple[str, str]:
    ending = chance.choice(_ENDINGS)
    numbers = [str(chance.randint(1, 199)) for _ in range(ending.count("{}"))]
    before = chance.choice(("", "住在", "地址：", "店在", "寄到", "家住")) + chance.choice(_PLACES)
    return chance.choice(_ROADS) + ending.format(*numbers), before


def _name(chance: random.Random) -> tuple[str, str]:
    name = chance.choice(_SURNAMES) + chance.choice(("示例", "某某", "某", "示例"))
    before = chance.choice(("我叫", "姓名：", "联系人：", "名字叫", "经营者：", "申请人：", "我的名字是", "俺叫"))
    return name, before


MAKERS: Mapping[str, Maker] = {
    "手机号": _mobile, "身份证号": _identity, "银行卡号": _card, "座机号": _landline, "电子邮箱": _email, "信用代码": _code,
    "证件号": _passport, "社交账号": _account, "车牌号": _plate, "地址": _address, "姓名": _name,
}  # fmt: skip
