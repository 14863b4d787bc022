"""The checkable particulars of a Chinese official text: numbers, dates, 文号, clause numbers, contacts, authorities.

Both sides of a comparison go through the same functions, so what is read
wrongly is read wrongly twice and still compares.
"""

import functools
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from assistant import quantities
from assistant.quantities import DIGITS


class Kind(StrEnum):
    LINK = "网址或邮箱"
    DOC_NUMBER = "文号"
    CODE = "电话或编号"
    DATE = "日期"
    TIME = "时刻"
    CLAUSE = "条款号"
    ADDRESS = "地址"
    NUMBER = "数字"
    AUTHORITY = "机关名称"


@dataclass(frozen=True, slots=True)
class Particular:
    kind: Kind
    value: tuple[str, ...]
    """Compared in the way of its kind, see `agree`."""
    group: str
    """Particulars of one group could stand in each other's place."""
    words: str
    start: int
    end: int
    weak: bool = False
    """一个, 一种: an article rather than a number."""


_WIDE = {code: chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_ONE_FORM = _WIDE | str.maketrans(
    "％．：（）［］【】〔〕﹝﹞壹贰叁肆伍陆柒捌玖拾佰仟－–—～", "%.:()[][][][]一二三四五六七八九十百千----"
)
_SPACE_BETWEEN = re.compile(r"(?<=[0-9A-Za-z])[ \t\u3000\xa0]*\n\s*(?=[0-9A-Za-z])")
_SPACE = re.compile(r"(?<![0-9A-Za-z])\s+|\s+(?![0-9A-Za-z])")
_CIRCLED = re.compile(r"[\u2460-\u2473\u2160-\u217b\u00b2\u00b3\u00b9]")


def plain(text: str) -> str:
    """Without white space, digits, brackets and dashes in one form."""
    text = _CIRCLED.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return _SPACE.sub("", _SPACE_BETWEEN.sub("|", text.translate(_ONE_FORM)))


_HAN = r"[\u4e00-\u9fff]"
_TLD = "cn|com|net|org|gov|edu|info|top|vip|cc"
_LINK = re.compile(
    r"https?://[^\s，。；、）)\]|]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    rf"|(?<![\w.])(?:[a-z0-9-]+\.)+(?:{_TLD})(?![a-z])(?:/[^\s，。；、）)\]|]*)?",
    re.ASCII | re.IGNORECASE,
)
_DOC_NUMBER = re.compile(rf"({_HAN}{{1,12}})[\[(]((?:19|20)\d{{2}})[\])]第?(\d{{1,5}})号")
_BEFORE_NUMBER = re.compile(
    r"^.*(?:根据|按照|依据|依照|参照|执行|文件|通知|以下简称|适用|见|即|是|为|和|与|及|的|由|以)(?=..)"
)
_UNIT_AHEAD = r"(?!\d|[.,]\d|[万亿]|元|户|人|名|平方米|㎡|%|‰|吨|公斤|年|月|日|天|小时|个|家|件|号)"
_CODE = re.compile(
    rf"(?<![\d.])\(?0\d{{2,3}}\)?[- ]?\d{{7,8}}(?:-\d{{1,5}})?(?!\d)|(?<![\d.])1[3-9]\d[- ]?\d{{4}}[- ]?\d{{4}}(?!\d)"
    rf"|(?<![\d.])[48]00[- ]?\d{{3,4}}[- ]?\d{{3,4}}(?!\d)|(?<![\d.,])\d{{5,}}{_UNIT_AHEAD}"
    r"|(?<![0-9A-Za-z])(?=[0-9A-Za-z/-]*\d)(?=[0-9A-Za-z/-]*[A-Za-z])[0-9A-Za-z]+(?:[-/][0-9A-Za-z]+)*(?![0-9A-Za-z])"
)
_YEAR = r"(?P<y>(?:19|20)\d{2}|[一二][零〇一二三四五六七八九]{3})"
_SMALL = r"\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_DATES = (
    re.compile(rf"(?<!\d){_YEAR}年(?:(?P<m>{_SMALL})月(?:(?P<d>{_SMALL})[日号])?)?"),
    re.compile(rf"(?<!\d){_YEAR}[-./](?P<m>\d{{1,2}})[-./](?P<d>\d{{1,2}})(?!\d)"),
    re.compile(rf"(?<!\d)(?P<m>{_SMALL})月(?P<d>{_SMALL})[日号]"),
)
_TIME = re.compile(r"(?<!\d)(\d{1,2})(?:[:时点](\d{2})分?(?!\d)|[时点](半)?(?![间段以之]))")
_N = rf"(?:\d{{1,4}}|[{DIGITS}十百]+)"
_CLAUSE = re.compile(
    rf"第\(?{_N}\)?(?:(?:[、,，和及与至到-]|或者?|以及)第?\(?{_N}\)?)*(条|款|项|章|节|编|目|部分)(?:之{_N})?"
    rf"|(附[件录表])({_N})|\(([{DIGITS}十百]+|\d{{1,2}})\)"
)
_EACH = re.compile(_N)
_ADDRESS = re.compile(rf"({_HAN}{{1,8}}(?:路|街|大道|巷|弄|胡同|道))((?:\d+|[{DIGITS}十百]+)(?:-\d+)?)号")
_ORGAN = (
    r"服务平台|就业网|服务网|公示系统|委员会|办公室|人民政府|政府|服务中心|中心|大厅|法院|检察院|国务院|医院|学院|研究院|办事处|管理处|管理所|派出所|税务所|司法所"
    r"|监管所|仲裁院|银行|联社|协会|商会|联合会|公司|总局|分局|支局|局(?!面|部|限|长|势)|厅(?!堂)|部门|机关"
)
_AUTHORITY = re.compile(rf"{_HAN}{{0,16}}?(?:{_ORGAN})")
_NOT_AN_ORGAN = re.compile(
    r"^(?:那|这|哪|某|另一)个.*|^.{0,1}行政(?:部门|机关)$|^[该本此其](?:局|厅|部门|机关|中心)$|(?:有关|相关|主管|所属|受理|审批|审核|职能|各|各级|本|该|上级|当地|登记|经办|责任|监管|政策制定|执法|司法|国家|公安|多个|其他|两个)(?:部门|机关)$"
    r"|[全内外结格布当]局$|[餐客舞歌门展]厅$|^(?:部门|机关|公司|中心|大厅|银行|政府|协会|医院|法院|办公室|局|厅)$"
)
_BEFORE_NAME = re.compile(
    r"^.*(?:向|由|到|在|经过?|是|为|以|请|找|从|对|被|给|把|将|按|据|询|的|或者?|及|与|可以?|应当?|负责|联系|通过|报送?|送|至|自|等|前往|登录|加算|退还|要求|缴纳|费用?(?=大厅)|领取|承担|负担|咨询|带上|携带|准备|走|拨打|只有|级以上|市以上|县以上|属于|依法|所在地|当地)(?=..)"
)


@functools.lru_cache(maxsize=8192)
def find(text: str) -> tuple[Particular, ...]:
    """Everything checkable in a plain text, in order; what one kind took, the next does not see."""
    found: list[Particular] = []
    left = text
    for pattern, read in _READERS:
        for match in pattern.finditer(left):
            particulars = list(read(match))
            found += particulars
            for one in particulars:
                left = left[: one.start] + "\0" * (one.end - one.start) + left[one.end :]
    found += [
        Particular(Kind.NUMBER, (str(one.value), one.unit), one.group, one.words, one.start, one.end, one.weak)
        for one in quantities.find(left)
    ]
    return tuple(sorted([*found, *_authorities(left)], key=lambda one: (one.start, one.end)))


def agree(said: Particular, given: Particular) -> bool:
    """Whether what was said is what the passage gives."""
    if said.kind is not given.kind:
        return False
    if said.kind in {Kind.DOC_NUMBER, Kind.ADDRESS}:
        return said.value[1:] == given.value[1:] and _same_ending(said.value[0], given.value[0])
    if said.kind is Kind.AUTHORITY:
        return _same_ending(said.value[0], given.value[0])
    if said.kind is Kind.DATE:  # 2025年 may be said of 2025年7月1日, not the other way round
        return all(mine in ("", theirs) for mine, theirs in zip(said.value, given.value, strict=True))
    if said.kind is Kind.NUMBER and "" in (said.value[1], given.value[1]):  # 30万
        return said.value[0] == given.value[0]
    if said.kind is Kind.NUMBER and {said.value[1], given.value[1]} == {"年", "个月"}:
        return _months(said) == _months(given)
    return said.value == given.value


def _months(span: Particular) -> float:
    return float(span.value[0]) * (12 if span.value[1] == "年" else 1)


def _same_ending(first: str, second: str) -> bool:
    """One is the other with words before it."""
    return first.endswith(second) or second.endswith(first)


_Read = Callable[[re.Match[str]], Iterator[Particular]]


def _whole(kind: Kind) -> _Read:
    def read(match: re.Match[str]) -> Iterator[Particular]:
        value = re.sub(r"[-() ]", "", match[0]).upper() if kind is Kind.CODE else match[0].lower()
        yield Particular(kind, (value,), kind.value, match[0], match.start(), match.end())

    return read


def _doc_number(match: re.Match[str]) -> Iterator[Particular]:
    before = _BEFORE_NUMBER.sub("", match[1])
    start = match.start() + len(match[1]) - len(before)
    words = f"{before}〔{match[2]}〕{match[3]}号"
    yield Particular(Kind.DOC_NUMBER, (before, match[2], str(int(match[3]))), "文号", words, start, match.end())


def _date(match: re.Match[str]) -> Iterator[Particular]:
    parts = match.groupdict()
    value = tuple(str(quantities.whole(parts[part])) if parts.get(part) else "" for part in "ymd")
    yield Particular(Kind.DATE, value, "时间", match[0], match.start(), match.end())  # 有效期2025年


def _time(match: re.Match[str]) -> Iterator[Particular]:
    yield Particular(
        Kind.TIME,
        (str(int(match[1])), match[2] or ("30" if match[3] else "00")),
        "时刻",
        match[0],
        match.start(),
        match.end(),
    )


def _clause(match: re.Match[str]) -> Iterator[Particular]:
    unit = match[1] or match[2] or "项"
    for one in _EACH.finditer(match[0]):
        start, end = match.start() + one.start(), match.start() + one.end()
        value = (unit, str(quantities.whole(one[0])))
        yield Particular(Kind.CLAUSE, value, unit, match[0], start, end)


def _address(match: re.Match[str]) -> Iterator[Particular]:
    value = (_BEFORE_NAME.sub("", match[1]), match[2])
    yield Particular(Kind.ADDRESS, value, "地址", match[0], match.start(), match.end())


def _authorities(text: str) -> Iterator[Particular]:
    for match in _AUTHORITY.finditer(text):
        name = _BEFORE_NAME.sub("", match[0]).lstrip("和及与、")
        if _NOT_AN_ORGAN.search(name):
            continue
        yield Particular(Kind.AUTHORITY, (name,), "机关", name, match.end() - len(name), match.end())


_NOT_IN_PLACES = "的在各本该同设其他原外级所到于和及与或区县市省地场超城社片园专辖街景小开发高自直农菜夜集门上股楼全跨个由向对以为是属报从据按将非"
_PLACE = re.compile(rf"(?:(?![{_NOT_IN_PLACES}]){_HAN}){{2}}(?:省|市|县)(?![级场民城长外内直辖价值])")


def places(text: str) -> list[str]:
    """Names that look like those of provinces, cities and counties."""
    return _PLACE.findall(text)


_READERS: tuple[tuple[re.Pattern[str], _Read], ...] = (
    (_LINK, _whole(Kind.LINK)),
    (_DOC_NUMBER, _doc_number),
    *((pattern, _date) for pattern in _DATES),
    (_CODE, _whole(Kind.CODE)),
    (_TIME, _time),
    (_CLAUSE, _clause),
    (_ADDRESS, _address),
)
