"""What kind of thing a question asks for (a sum, a time, a place), and whether a clause offers one.

A clause that is about the matter but holds no sum does not answer how much: a sign for answerability.
"""

import re
from collections.abc import Iterable
from enum import StrEnum

_NUMBER = r"[\d一二三四五六七八九十百千两半]"


class Sought(StrEnum):
    SUM = "金额"
    TIME = "时间"
    PLACE = "地点或者联系方式"


_ASKS = {
    Sought.SUM: re.compile(
        r"(?:多少|好多|几多|几个|几|么子|啥|什么)(?:钱|块|元|银|米|利息|利率|比例|额度|费)|(?:罚|补|收|交|缴|赔|给|退|扣|奖|领|贷)"
        r"(?:我|咱|你|款)?(?:得|个|到)?(?:多少|好多|几多|几)(?!天|日|月|年|时间|人|次|份|样|种)|"
        r"(?:补贴|额度|标准|罚款|收费|利率|费用|起征点|上限)(?:是|有)?(?:多少|好多|几多|咋算|怎么算|么样算|怎么定)|百分之几|几个点|多大力度"
    ),
    Sought.TIME: re.compile(
        r"(?:多少|好多|几多|几)个?(?:天|日|月|年|工作日|小时|钟头|周|星期)|多久|多长时间|好久|几时|啥时|什么时候|么时候|么时候|何时|哪天|哪年|"
        r"期限|截止|到期|啥辰光|嘛时候|几号"
    ),
    Sought.PLACE: re.compile(
        r"(?:在|到|去|上|往)(?:哪|边度|何处|啥地方|什么地方|么位置|么地方)|哪个(?:窗口|大厅|地方|部门|单位)|哪里(?:办|申请|领|交|报|查|投诉)|地址|电话|网址|网站|号码|"
        r"二维码|公众号|小程序"
    ),
}
_OFFERS = {
    Sought.SUM: re.compile(
        rf"{_NUMBER}\s*(?:元|万|亿|%|％|倍|折|成|个百分点|基点)|百分之{_NUMBER}|免费|不收取|不得收|免征|免收"
    ),
    Sought.TIME: re.compile(
        rf"{_NUMBER}\s*(?:个?(?:工作日|自然日|月|星期|小时)|日|天|年|周|时)|当场|即时|当日|立即|届满|之日起"
    ),
    Sought.PLACE: re.compile(
        r"窗口|大厅|中心|所在地|街道|乡镇|网|平台|电话|地址|邮寄|部门|机关|机构|局|法院|仲裁|委员会|人民政府|小程序|热线"
    ),
}


def sought(question: str) -> frozenset[Sought]:
    """Nothing, where a question asks whether, how or why."""
    return frozenset(kind for kind, pattern in _ASKS.items() if pattern.search(question))


def offered(kinds: Iterable[Sought], text: str) -> frozenset[Sought]:
    return frozenset(kind for kind in kinds if _OFFERS[kind].search(text))
