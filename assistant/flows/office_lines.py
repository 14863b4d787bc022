"""Lines of a row of the directory beside name, number and place: what of it somebody asks for, and when nobody is there."""

import re
from collections.abc import Sequence

from knowledge.directory import Unit
from knowledge.spoken_grammar import standard

_FEE = re.compile(r"收费|收不收|要钱|费用|免费")
_HOW = re.compile(r"预约|咋个?走|怎么走|怎么去|怎么联系|咋联系|怎么找")
_DOES = re.compile(r"管(?:啥|什么|哪些|么子)")
_PERSON = re.compile(r"找(?:谁|哪个|哪位|啥人|什么人)|联系人")
_ABILITY = re.compile(r"坐班|值班|哪一?天|周几|星期几|礼拜几|几个(?:人|窗口)|多少人|几名|律师|公证员|取号")
_CLOSED = re.compile(r"(?:周|星期|礼拜)[日天]|元旦|春节|清明|五一|劳动节|端午|中秋|国庆|过年|节假日")
_SAYS_SO = re.compile(r"全天|全年|每天|(?:周|星期)日|节假日|周一至周日|24小时")


def also_asked(text: str, unit: Unit) -> str:
    """What of the row is not told to everybody: who asks for it reads it."""
    lines = (
        (_FEE, f"收费：{unit.fee}" if unit.fee else ""),
        (_HOW, f"办法：{unit.how}" if unit.how else ""),
        (_DOES, f"办什么：{unit.content}" if unit.content else ""),
        (_PERSON, f"联系人：{unit.contact}" if unit.contact else "联系人请向该单位总机询问。"),
    )
    also = "".join(f"\n{line}" for asked, line in lines if line and asked.search(text))
    return f"{also}{ability_asked(text, unit)}"


def ability_asked(text: str, unit: Unit) -> str:
    """公证员哪天坐班: what the row says of who is there."""
    is_asked = unit.ability and _ABILITY.search(standard(text)) is not None
    return f"\n服务能力：{unit.ability}" if is_asked else ""


def closed_on(text: str, units: Sequence[Unit]) -> str:
    """周日, 元旦: that the hours written do not have the day in them, where somebody asks about it."""
    said = _CLOSED.search(text)
    if said is None or not units or not all(unit.hours and not _SAYS_SO.search(unit.hours) for unit in units):
        return ""
    return (
        f"\n\n写明的时间里没有{said[0]}：照它写的，{said[0]}不开（调休的上班日按当地通知）；去之前可以先打电话问一声。"
    )
