"""What is asked of an office beside its row in the directory: a person, a list of people, or the office of one place."""

import re
from collections.abc import Sequence

from assistant.hotlines import CITIZENS
from knowledge import places, regions
from knowledge.directory import Unit

NAMES = "人的姓名"
"""What somebody asks for as `sought.missing` calls it."""
NOT_PUBLIC = f"这是没有公开的信息，我不能提供：工作人员个人的电话、经营者的名单和联系方式都不对外。要找经办的单位，可以问我它公开的窗口和电话，或者打{CITIZENS}。"
_REACHED = r"(?:电话|手机|微信|号码|联系方式|住址|家)"
_PERSON = re.compile(
    rf"(?:局长|科长|处长|主任|书记|领导|所长|区长|市长|县长|镇长|经办人|办事员|审核员|承办人)(?:们|本人|个人|私人|他)?的?(?:个人|私人)?{_REACHED}"
)
_PEOPLE = re.compile(
    rf"(?:经营者|商户|个体户|个体工商户|店主|老板|店家|业主|申请人|获补的?人|领(?:了|到)?补贴的)[^，,。？?]{{0,6}}(?:名单|名册|花名册|{_REACHED})|(?:名单|名册)[^，,。？?]{{0,4}}{_REACHED}"
)
_OWN = re.compile(r"我(?:是|们?店的?)|我的")
_NUMBER = re.compile(r"电话|电划|座机|号码|热线|打哪个")
_DIGITS = re.compile(r"\d{3,4}-\d{5,}|(?<!\d)1[02]\d{3}(?![\d元人份万])|\d{7,}")
_OFFICE = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,10}?[局所])(?!有|以|得|长)")


def is_of_people(text: str) -> bool:
    """局长电话多少, 商户名单和电话: no office's public number, but somebody's."""
    said = re.sub(r"\s+", "", text)
    return _PERSON.search(said) is not None or (_PEOPLE.search(said) is not None and not _OWN.search(said))


def asks_number(text: str) -> bool:
    return _NUMBER.search(text) is not None


def has_number(text: str) -> bool:
    return _DIGITS.search(text) is not None


def lacks_the_one_named(text: str, units: Sequence[Unit], near: str) -> str:
    """柳溪区人社局, where the directory has only that of the city: the name said; empty where it has it, or none is said."""
    for code in places.named_in(text, near=near):
        place = next(
            (form for form in (regions.name(code), regions.short_name(regions.name(code))) if form in text), ""
        )
        said = _OFFICE.match(text.split(place, 1)[1]) if place else None
        if said is None:
            continue
        if not any(unit.region == code and _is_it(said["name"][:-1], unit.name) for unit in units):
            return f"{regions.name(code)}{said['name']}"
    return ""


def _is_it(short: str, name: str) -> bool:
    """人社 is 人力资源和社会保障: its characters in their order."""
    rest = iter(name)
    return all(one in rest for one in short)
