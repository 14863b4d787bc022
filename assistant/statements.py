"""What a passage says, and under which conditions: each statement with the clauses that govern it.

Read from the form of official Chinese: …的，…; 经…批准; 除…外; 但…除外; lists under 下列.
Reads no grammar: a condition worded otherwise (之前 a noun, 所称) is not seen.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant import particulars
from assistant.support import pairs

_UNIT = re.compile(r"[^。；！？|]+[。；！？|]?")
_ITEM = re.compile(r"^(?:[(][一二三四五六七八九十\d]+[)]|\d{1,2}[.、](?!\d))")
CONCLUDES = re.compile(
    r"应当|可以|不得|不予|无需|给予|免于|免除|视为|处\d|责令|由.{2,20}(?:负责|承担|办理|给予|标记|确定)|不超过|不低于|除外|方可|有权|继续有效|撤销|收回|移出|延长|延续"
)
_OPENS = re.compile(
    r"^(?:.{0,8}经(?![营济办过费验]).{2,}(?:批准|同意|认定|审核|核实|确认|协商)|因|如果?|若|凡|除|对(?!于?.{0,6}[作予给])|符合|属于|仅|未经"
    r"|(?:每[日天周月年]|凌晨|早上|上午|下午|晚上|夜间).{0,14}(?:时|点|分|间|内)$"
    r"|自.{2,}之日起.{1,8}[内后]$|(?:在|于).{2,}(?:前|内|后|期间|情况下)$)"
)
_PASSED = re.compile(r"(?<!已)经(?![营济办过费验])([^，。；的可应由]{0,14}?(?:批准|同意|认定|核准))")
_AFTER = re.compile(r"^([^，。；自]{4,16}?)后(?=免于|方可|可以|直接|即时|\d+个工作日)")
_LABEL = re.compile(r"^第[一二三四五六七八九十百零〇\d]+条(?:之[一二三四五六七八九十])?")
_RUN_ON = re.compile(
    r"(?<=[^目标下其中他她内上]的)(?=不低于|不超过|应当|可以|不得|不予|无需|免于|给予|处\d|出具|发给|视为|列为|责令|退回|移出|收回|准予|继续|延续)"
)
_LIMITS = re.compile(r"除外|的[，,]|不超过|不低于|不得")
_EXCEPTS = re.compile(r"除外|(?<![清扣废解免])除[^以此]{2,40}外")
_BOILERPLATE = re.compile(
    r"(?:法律|法规|国家|国务院|本法|本条例|文件|约定|规章).{0,12}(?:另有|规定|从其)|另有(?:规定|约定)"
)
_TOPIC = re.compile(r"^.{4,}的.{2,}$")
_LISTED = re.compile(r"下列|之一|前款|上述")
_ALL_OF = re.compile(r"同时(?:符合|具备|满足)|应当(?:具备|符合|提交)|下列(?:材料|程序|要求|食品|窗口|商品|措施)")


@dataclass(frozen=True, slots=True)
class Statement:
    text: str
    conditions: tuple[str, ...]
    """All of them govern it."""
    choices: tuple[str, ...]
    """One of them is enough: the list that 有下列情形之一的 announces."""
    exceptions: tuple[str, ...]
    passed: tuple[str, ...]
    """By whose consent: 登记机关负责人批准."""
    is_condition: bool = False
    content: frozenset[str] = field(init=False)
    governing: frozenset[str] = field(init=False)
    """Pairs of the conditions."""
    numbers: frozenset[tuple[str, ...]] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "content", frozenset(pairs(self.text)))
        object.__setattr__(self, "governing", frozenset(pairs("，".join((*self.conditions, *self.choices)))))
        object.__setattr__(self, "numbers", frozenset(one.value for one in particulars.find(self.text)))

    @property
    def conclusion(self) -> str:
        """Without the conditions in it."""
        text = self.text
        for condition in self.conditions:
            text = text.replace(condition, "")
        return text


def statements(passage: str) -> list[Statement]:
    """Of a plain passage without its title; the conditions themselves come too, marked."""
    units = [match[0] for match in _UNIT.finditer(_RUN_ON.sub("，", _LABEL.sub("", passage)))]
    found: list[Statement] = []
    for number, unit in enumerate(units):
        items = tuple(_items(units, number))
        following = units[number + 1] if number + 1 < len(units) else ""
        apart = (following,) if following.startswith("但") and _EXCEPTS.search(following) else ()
        found += _unit(unit, items, apart)
    return found


def _items(units: list[str], number: int) -> Iterator[str]:
    """The list that this unit announces, its first item included."""
    head, colon, first = units[number].partition(":")
    if not colon or not _ITEM.match(first) or not _LISTED.search(head) or _ALL_OF.search(head):
        return
    yield _ITEM.sub("", first)
    for unit in units[number + 1 :]:
        if not _ITEM.match(unit):
            return
        yield _ITEM.sub("", unit)


def governs(part: str) -> bool:
    """A condition by its own form."""
    return part.endswith("的") or bool(_OPENS.search(part) and not CONCLUDES.search(part)) or bool(_TOPIC.search(part))


def _unit(unit: str, items: tuple[str, ...], apart: tuple[str, ...]) -> Iterator[Statement]:
    head = unit.partition(":")[0] if items else unit
    parts = [_ITEM.sub("", part) for part in re.split(r"[，,:]", head.strip("。；！？|")) if part]
    limits = tuple(_exceptions(parts)) + apart
    exceptions = tuple(one for one in limits if not _BOILERPLATE.search(one))
    described = bool(_ITEM.match(unit)) and parts[-1].endswith("的") and not CONCLUDES.search(unit)
    governing: list[str] = []
    concluded = False
    for place, part in enumerate(parts):
        if part.startswith("但"):
            governing, concluded, exceptions = [], False, ()
        if described or _governs(parts, place):
            governing = [part] if concluded else [*governing, part]
            concluded = False
            yield Statement(part, (), (), (), (), is_condition=True)
            continue
        concluded = True
        listed = items if any(_LISTED.search(one) for one in (*governing, part)) else ()
        conditions = tuple(one for one in governing if not _LISTED.search(one) or len(pairs(one)) > 6)
        passed = tuple(match[1] for one in (part, *governing) for match in _PASSED.finditer(one))
        conditions += tuple(match[1] for match in _AFTER.finditer(part))
        yield Statement(part, conditions, listed, exceptions, passed)


def _governs(parts: list[str], place: int) -> bool:
    """A condition itself, or something said before one without a conclusion of its own."""
    if place == len(parts) - 1 or (_EXCEPTS.search(parts[place]) and parts[place].endswith("除外")):
        return False
    if parts[place].endswith("的") or (_OPENS.search(parts[place]) and not CONCLUDES.search(parts[place])):
        return True
    if CONCLUDES.search(parts[place]):
        return False
    if _TOPIC.search(parts[place]) and CONCLUDES.match(parts[place + 1]):
        return True
    return parts[place + 1] != parts[-1] and _governs(parts, place + 1)


def _exceptions(parts: list[str]) -> Iterator[str]:
    """From 但 to the end, or a part that ends with 除外."""
    for place, part in enumerate(parts):
        if part.startswith("但") and place:
            words = "，".join(parts[place:])
            yield from [words] if _LIMITS.search(words) else []
            return
        if _EXCEPTS.search(part) and place:
            yield part
