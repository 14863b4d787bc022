"""How long an authority takes (办理时限): whether that is asked, and whether a clause says it.

食品证几天批 is near the clause on how long a licence is valid, and that is no answer.
"""

import re

_HOW_LONG = r"(?:(?:几|多少|好多|几多)个?(?:天|日(?!子)|工作日|星期|礼拜)|多久|多长时间|好久|几耐)"
_DONE = r"(?:批(?!发)|下(?:来|证|得来)|办(?:得|下来|好|完|结|成|妥)|出(?:证|来|结果)|拿(?:到|得到|证)|到手|审(?:完|好|核|批)|修复|恢复|发证|登记好|弄好|搞定|有结果)"
_ASKS = re.compile(
    rf"{_HOW_LONG}(?:之内|以内)?(?:就|才|能|可以|会|得|给|可)*{_DONE}|{_DONE}(?:得|要|需要?|大概|一般|了)*{_HOW_LONG}"
)
_TELLS = re.compile(
    r"(?:工作日|日|小时)(?:之?内|之?前)[^。；]{0,40}(?:作出|办结|审核|审查|决定|颁发|送达|登记|发放|恢复|拨付|出具|完成|反馈|答复|发证)"
    r"|当场(?:登记|办结|发|受理|作出)|即时办|当日办"
)


def asked(question: str) -> bool:
    return _ASKS.search(question) is not None


def told(text: str) -> bool:
    return _TELLS.search(text) is not None
