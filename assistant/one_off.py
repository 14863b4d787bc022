"""Tell the arrangement of a past year from a lasting rule, by the dates that stand in the clause.

A clause of 2024 with a deadline in October 2024 is history; that it took effect
in 2024, or speaks of shops registered before 2024, makes nothing pass.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant import particulars
from assistant.particulars import Kind, Particular

_NEAR = 24
"""Characters to each side of a date that tell what it is for."""
_STARTS = re.compile(
    r"^(?:起|开始)?(?:正式)?(?:施行|实施|执行|生效|启用|印发|发布|公布|颁布|通过|批准|修订|修正|修改|成立|设立|签署|印制|召开)"
)
_OPEN_ENDED = re.compile(r"^(?:起|以后|之后|后)(?!至|到|-)")
_STATES_A_FACT = re.compile(
    r"^(?:底|末)?(?:以前|之前|前|以后|之后|后|间)(?:已经?|(?:依法|实际)?(?:登记|注册|成立|设立|取得|受理|出生|毕业|入职|参加|投保|缴纳|签订|发生|存在|投产|开业|建成|施工|作出|公布|制定|发布|施行|犯罪|实施|审结|划定|提起)[^。;]{0,20}的)|^(?:版|修正|修订|度?(?:为|的)?(?:基数|水平|同期|数据|统计|平均))|^[)）]"
)
_BEFORE_A_FACT = re.compile(
    r"(?:有效期至?|有效期限至?|有效期到|试行至|施行至|执行至|截至|截止到?|以|较|比|按照?|根据|依据|参照|自|例如?|比如|举例来说[,，]?|例如[,，]?|成立于|始建于|第\S{1,6}号[(（])$"
)
_TERM = re.compile(
    r"^(?:度|上半年|下半年|底|末|第?[一二三四1-4]季度)?(?:以前|之前|前|期间|内|至|到|-|止|底|末|截止|截止)|^年?度"
)
_BEFORE_TERM = re.compile(r"(?:至|到|-|截止(?:时间|日期)?(?:为|是|:)?|期限(?:为|到|至)?|时间(?:为|:)|于|在)$")
_HEADING = re.compile(
    r"(?P<y>20\d{2})年度?(?:首批|第[一二三四五六]批)?[^。;\n]{0,24}?(?:安排|计划|方案|申报|名单|清单|项目|活动|行动|招聘会|评选|认定|要点|培训班|大赛)"
)
_PLAN = re.compile(r"方案|计划|要点|行动|活动|安排")
_STEPS = re.compile(r"(?:时间|进度|工作|实施|推进)(?:步骤|安排|进度)|阶段")
_FIRST_ROUND = re.compile(r"首批|第一批")
_RECURS = re.compile(r"每年|每月|每季|每半年|逐年|次年|上一?年度?|定期|一年一次|持续推进|常态化")
_TITLE_YEAR = re.compile(r"(20\d\d)年")
_MONTH = re.compile(
    r"(?<![年\d个至到-])(?P<month>1[0-2]|[1-9])月(?:(?P<day>[12]\d|3[01]|[1-9])日)?(?:上旬|中旬|下旬|底|末)?(?:以前|之前|前|底)(?!后)"
)
_TRANSITION = re.compile(r"继续有效|换领|原办法|原规定|原标准|过渡期|施行前|衔接")


@dataclass(frozen=True, slots=True)
class OneOff:
    """The clause arranged something whose time is over."""

    first_year: int
    last: date
    is_transition: bool
    """It led from an old rule to a new one."""

    def told(self, on: date) -> str:
        """What a reader must know beside the clause."""
        day = f"{self.last.year}年{self.last.month}月{self.last.day}日"
        if self.is_transition:
            return f"这是过渡安排，期限到{day}，已经过期。"
        if self.last.year == on.year:
            return f"这里的时间到{day}为止，已经过了；以后是否还有，文件没有说。"
        years = f"{self.first_year}年" + (f"至{self.last.year}年" if self.last.year > self.first_year else "")
        return f"这是{years}的一次性安排，已经过期；今年是否继续，文件没有说。"


def one_off(text: str, on: date, *, heading: str = "") -> OneOff | None:
    """Whether everything that the clause sets a time for lay before that day; None for lasting rules.

    `heading`: titles above the clause (2024年首批工作安排), which may carry the only year.
    """
    plain = particulars.plain(text)
    terms = list(_terms(plain))
    if not terms and (match := _HEADING.search(particulars.plain(heading))):
        year = int(match["y"])
        terms = [(year, date(year, 12, 31))]
    if not terms or any(end >= on for _, end in terms):
        return None
    first_year = min(year for year, _ in terms)
    return OneOff(first_year, max(end for _, end in terms), _TRANSITION.search(plain) is not None)


@dataclass(frozen=True, slots=True)
class OfItsYear:
    """A plan's step whose month is one of the year of the plan, and that year is over."""

    last: date
    said: str
    """As the clause gives the time: 11月底前; empty where it only speaks of a first round."""
    is_beside: bool
    """It stands in brackets, for those who carry the plan out: what the clause says goes on."""

    def told(self, on: date) -> str:
        year = self.last.year
        if self.is_beside:
            return f"文中的“{self.said}”指的是{year}年，已经过了。"
        if year == on.year:
            return f"这里的时间到{year}年{self.last.month}月{self.last.day}日为止，已经过了；以后是否还有，文件没有说。"
        if not self.said:
            return f"这是{year}年首批的安排；今年怎么安排，文件没有说。"
        return f"这是{year}年的安排：“{self.said}”指的是{year}年；今年怎么安排，文件没有说。"


def of_its_year(text: str, on: date, *, title: str, issued: date | None, heading: str = "") -> OfItsYear | None:
    """于11月底前完成 in a plan of 2024: the year is that of its title, of dates of its own, or of its signature."""
    plain = particulars.plain(text)
    is_step = _STEPS.search(heading) is not None
    if not (_PLAN.search(title) or is_step) or _RECURS.search(plain):
        return None
    own = next((int(one.value[0]) for one in particulars.find(plain) if one.kind is Kind.DATE and one.value[0]), None)
    terms = list(_MONTH.finditer(plain))
    if not terms and not (is_step and _FIRST_ROUND.search(plain)):
        return None
    month = int(terms[-1]["month"]) if terms else 12
    year = _year(title, own, issued, month)
    if year is None:
        return None
    day = int(terms[-1]["day"] or 31) if terms else 31
    last = date(year, month, min(day, calendar.monthrange(year, month)[1]))
    is_beside = bool(terms) and re.search(r"[(][^()]*$", plain[: terms[-1].start()]) is not None
    return OfItsYear(last, terms[-1][0] if terms else "", is_beside) if last < on else None


def _year(title: str, own: int | None, issued: date | None, month: int) -> int | None:
    """A month before the one of the signature is of the year after."""
    if match := _TITLE_YEAR.search(title):
        return int(match[1])
    if own is not None or issued is None:
        return own
    return issued.year + (month < issued.month)


def _terms(plain: str) -> Iterator[tuple[int, date]]:
    """Year and last day of every date that ends a time in which something was to be done."""
    year = ""
    for found in particulars.find(plain):
        if found.kind is not Kind.DATE:
            continue
        follows = plain[max(0, found.start - 1) : found.start] in {"至", "到", "-"} and year
        year = found.value[0] or (year if follows else "")
        if year and _is_term(plain, found, follows=bool(follows)):
            yield int(year), _last_day(int(year), found)


def _is_term(plain: str, found: Particular, *, follows: bool) -> bool:
    before, after = plain[max(0, found.start - _NEAR) : found.start], plain[found.end : found.end + _NEAR]
    if re.match(r"(?:至|到|-)", after):  # 自2024年3月1日至6月30日
        return re.search(r"有效期", before) is None
    if _STARTS.match(after) or _OPEN_ENDED.match(after) or _STATES_A_FACT.match(after):
        return False
    if _BEFORE_A_FACT.search(before):
        return False
    if follows:
        return True
    return _TERM.match(after) is not None or _BEFORE_TERM.search(before) is not None


def _last_day(year: int, found: Particular) -> date:
    month = int(found.value[1] or 12)
    last = calendar.monthrange(year, month)[1] if 1 <= month <= 12 else 31
    day = int(found.value[2] or last)
    return date(year, min(max(month, 1), 12), min(max(day, 1), last))
