"""What only leads up to several questions: 俩事儿：…；…, 请说明：…、…, and the words before it that all of them are about."""

import re

_COUNT = r"(?:[两二俩仨三四五几]|\d)(?:个|件|样|桩|条|点|处|方面)?"
_WHAT = r"(?:小?事(?:[儿情体项]|$)?|问题|疑问|情况|名堂)"
_ORDERS = (
    r"(?:(?:麻烦|烦|敬|恳)?请|帮忙|麻烦|劳驾|帮我)(?:您|你|贵局|贵中心)?(?:一并|逐[条项一]|分别|帮忙)?(?:说明|告知|告诉我?|解答|回答|介绍|列明|列出|列|捋|明确|答复|明示)"
    r"(?:一下|下|以下|如下|下列|几个|几点|问题|事项|情况)*"
)
_ANNOUNCED = re.compile(
    rf"(?:^|(?<=[，,。；;：:！!？?\s]))(?:(?:[^，,。；;：:？?！!\s]{{0,8}}?{_COUNT}{_WHAT}(?:[要想请]?(?:问|请教|咨询|打听)[^，,。；;：:？?！!\s]{{0,3}})?[哈啊呀哦呢嘛吧]?[：:，,；;、。\s]+)|(?:{_ORDERS}[：:]\s*))"
)
_ORDERED = re.compile(rf"{_ORDERS}[：:]\s*$")
_ITEMS = re.compile(r"[、；;，,]+")
LONGEST_ITEM = 18
_END = re.compile(r"[\s，,、；;。：:]+$")


def listed(text: str) -> list[str]:
    """外摆的深度上限、收摊时间、是否要交保证金, where an order to tell them stands before: each is asked for."""
    match = _ANNOUNCED.search(text)
    if match is None or not _ORDERED.search(match[0]):
        return []
    items = [one.strip() for one in _ITEMS.split(_END.sub("", text[match.end() :]))]
    is_list = len(items) > 1 and all(2 <= len(one) <= LONGEST_ITEM for one in items)
    return items if is_list else []


def announced(text: str) -> tuple[str, str] | None:
    """What stands before the announcement and what follows it; None where nothing is announced."""
    match = _ANNOUNCED.search(text)
    if match is None or not text[match.end() :].strip():
        return None
    return _END.sub("", text[: match.start()]), text[match.end() :]
