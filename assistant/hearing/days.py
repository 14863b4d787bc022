"""Days and periods as people say them: 去年七月, 22年3月, 上个月15号, 三个月前, 半年.

What names no month (前年年底, 今年开春, 两年前) is no day.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from assistant.hearing.figures import NUMBER, Found, is_vague, number
from knowledge.numbering import DIGITS
from knowledge.rules.comparisons import add_months

_PERIOD = re.compile(
    rf"({NUMBER})年(?:零|又|加)?({NUMBER})个月(?!多)|({NUMBER}|半)(?:个?(多|来|几)?(年|(?<=个)季度)|个(多|来|几)?月)(半|多)?(?!份|底|初|末|\d|前年)"
)
_RATE = re.compile(r"[一1](?:个月|年)(?=[\d一二三四五六七八九十百两多几能可给补交要])")
"""一个月二百 is a rate, no period."""
_YEARS = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "大前年": -3}
_MONTH = r"(\d{1,2}|[一二三四五六七八九十]{1,3}|正|腊|冬)月份?"
_DAY = r"(?:的?(\d{1,2}(?=[日号]|$|[^\d.万千百块元个月人平年天kw%])|[一二三四五六七八九十廿]{1,3}(?=[日号])|[二三]?十[一二三四五六七八九]?(?![\d一二三四五六七八九十个万千百块元人多几来天年月份平]))[日号]?)?"
_YEAR = r"(大前年|前年|去年|上年|今年|本年|(?:20)?\d{2}年|二[零〇][一二三四五六七八九零〇]{2}年|[一二][一二三四五六七八九零〇]年)"
_DATE = re.compile(
    rf"(?:{_YEAR}[尾底末初头]?[的，, ]?)?(?<![\d.]){_MONTH}{_DAY}"
    r"|((?:20)\d{2}|\d{2}(?=[-/.]\d{1,2}[-/.]))[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?!\d)(?!万|块|元|亿|平)"
)
_SOME_YEAR = re.compile(r"(?:去|前|今|\d\d)年")
_PART = re.compile(
    r"^(?:上旬|中旬|下旬|初|中|底|末|左右|前后|那会|那阵|到|至|之前|以前|以后|之后|前|后|多|来|几|那天|那段)"
)
_NOT_YET = re.compile(r"(?:没到|不到|未到|还没到|快到|临近|早于|晚于|不是|没等到?)$")
_NEAR = re.compile(
    r"(上上?个?月|这个月|本月)(?:(\d{1,2}|[一二三四五六七八九十]{1,3})[日号])?(?!\d|份?的?(?:初|底|末|中旬))|(大前天|昨天|前天|今天)|(上上?个?|这个?|本)(?:周|星期|礼拜)([一二三四五六日天末]?)"
)
_WEEKDAYS = {day: number for number, day in enumerate("一二三四五六日")} | {"天": 6}
_AGO = re.compile(
    rf"({NUMBER}|半)个?(多|来|几)?(年|月|天|星期|周|礼拜)半?(?:之?前|以前)|(?:有|满|快)?({NUMBER}|半)个?(多|来|几)?(年|月|天)了"
    rf"|(?:开业|开张|开店|开|营业|经营|成立|注册)(?:了|才|刚|已经|有|满|也)*({NUMBER}|半)个?(多|来|几)?(年|月|天)(?!前)"
)
DAY_ALONE = re.compile(r"^(?:就?是|应该是|在)?(\d{1,2}|[一二三四五六七八九十廿]{1,3})[号日](?!人|线|楼|店|铺)")
_NEAR_DAYS = {"今天": 0, "昨天": 1, "前天": 2, "大前天": 3}


_DEGREE = "大学|本科|大专|专科|研究生|硕士"
_GRADUATED = re.compile(
    rf"((?:20)?\d{{2}}年|二[零〇][一二三四五六七八九零〇]{{2}}年)(?:\d{{1,2}}月份?)?[^，。\d]{{0,4}}?(?:({_DEGREE})[^，。]{{0,3}}毕业|毕业的?({_DEGREE})生?)"
)
_FEASTS = {
    "国庆": (10, 1),
    "元旦": (1, 1),
    "五一": (5, 1),
    "劳动节": (5, 1),
    "六一": (6, 1),
    "双十一": (11, 11),
    "双11": (11, 11),
}
_FEAST = re.compile(
    rf"(?:{_YEAR}的?)?({'|'.join(_FEASTS)})节?(?:那天|当天|当日)?(?!前|后|期间|放假|长假|假期|左右|节前|节后|以前|过后|完)"
)


def periods(text: str, unit: str) -> Iterator[Found]:
    """Months or years, in the unit asked for; 半年 is six months, 三年零两个月 thirty-eight."""
    for match in _PERIOD.finditer(text):
        if _RATE.match(text[match.start() :]):
            continue
        vague = match[4] or match[6] or match[7] == "多" or is_vague(text, match.start(), match.end())
        months = None if vague else _both(match[1], match[2]) if match[1] else _months(match[0])
        if months is None or unit == "月":
            yield Found(months, match.start(), match.end())
        elif unit == "年":
            yield Found(months // 12 if months % 12 == 0 else None, match.start(), match.end())


def _both(years: str, months: str) -> int | None:
    above, below = number(years), number(months)
    return None if above is None or below is None else int(above) * 12 + int(below)


def _months(said: str) -> int | None:
    match = re.fullmatch(rf"({NUMBER}|半)个?(年|月|季度)(半?)", said)
    if not match:
        return None
    if match[1] == "半":
        return 6 if match[2] == "年" and not match[3] else None
    value = number(match[1])
    if value is None or value != value.to_integral_value() or (match[3] and match[2] != "年"):
        return None
    return int(value) * {"年": 12, "月": 1, "季度": 3}[match[2]] + (6 if match[3] else 0)


def dates(text: str, today: date, *, ago: bool = True) -> Iterator[Found]:
    """Days in the past; of a month alone, its first day, marked as rough. `ago`: 三个月前 counts too."""
    taken: list[tuple[int, int]] = []
    for find in (_exact, _near, _feasts, _ago) if ago else (_exact, _near, _feasts):
        for found in find(text, today):
            if not any(found.start < end and start < found.end for start, end in taken):
                taken.append((found.start, found.end))
                yield found


def _exact(text: str, today: date) -> Iterator[Found]:
    for match in _DATE.finditer(text):
        if match[4]:
            year = int(match[4]) if len(match[4]) == 4 else 2000 + int(match[4])
            day = _day(year, int(match[5]), int(match[6] or 1))
            rough = not match[6]
        else:
            month = None if match[2] in {"正", "腊", "冬"} else number(match[2])
            said = number(match[3].replace("廿", "二十")) if match[3] else Decimal(1)
            rough = not match[3]
            known = month is not None and said is not None
            day = _past(_year(match[1], today), int(month), int(said), today) if known and month and said else None
        detached = not match[4] and not match[1] and _SOME_YEAR.search(text[: match.start()])
        unclear = (
            detached
            or _NOT_YET.search(text[: match.start()])
            or day is None
            or day > today
            or (rough and _PART.match(text[match.end() :]))
        )
        yield Found(None if unclear else day, match.start(), match.end(), rough=rough)


def _year(said: str | None, today: date) -> int | None:
    if said is None:
        return None
    if said in _YEARS:
        return today.year + _YEARS[said]
    figures = "".join(one if one.isdecimal() else str(DIGITS[one]) for one in said.removesuffix("年"))
    return int(figures) if len(figures) == 4 else 2000 + int(figures)


def _past(year: int | None, month: int, day: int, today: date) -> date | None:
    """The latest such day that is not to come, where no year was said."""
    if year is not None:
        return _day(year, month, day)
    this = _day(today.year, month, day)
    return this if this is not None and this <= today else _day(today.year - 1, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def year_said(text: str, today: date) -> int | None:
    """The last year that is named in it: it goes on for the days that follow."""
    years = re.findall(_YEAR, text)
    return _year(years[-1], today) if years else None


def names_no_year(text: str) -> bool:
    """A month, but neither a year nor how long ago."""
    return bool(re.search(_MONTH, text) or _FEAST.search(text)) and not re.search(
        rf"{_YEAR}|月前|上上?个?月|这个月|本月|今", text
    )


def since_graduation(text: str, today: date) -> str:
    """2023年大学毕业 is 大学毕业三年; in the years on which the month would decide it is left as it is."""

    def told(match: re.Match[str]) -> str:
        years = today.year - (_year(match[1], today) or today.year)
        degree = match[2] or match[3]
        said = {0: f"今年{degree}毕业", 1: f"去年{degree}毕业", 3: f"{degree}毕业三年", 4: f"{degree}毕业四年"}.get(
            years
        )
        return said or match[0]

    return _GRADUATED.sub(told, text)


def year_alone(text: str, today: date) -> int | None:
    """2025年的, said after a day of which the year was left out."""
    match = re.fullmatch(rf"(?:就?是|那是)?{_YEAR}的?(?:事|时候)?", text)
    return _year(match[1], today) if match else None


def _feasts(text: str, today: date) -> Iterator[Found]:
    for match in _FEAST.finditer(text):
        day = _past(_year(match[1], today), *_FEASTS[match[2]], today)
        yield Found(day if day is not None and day <= today else None, match.start(), match.end())


def _near(text: str, today: date) -> Iterator[Found]:
    for match in _NEAR.finditer(text):
        if match[3]:
            yield Found(today - timedelta(days=_NEAR_DAYS[match[3]]), match.start(), match.end())
            continue
        if match[4]:
            yield Found(_weekday(match[4], match[5], today), match.start(), match.end())
            continue
        back = {"上上": 2, "上个": 1, "上月": 1}.get(match[1][:2], 0)
        first = add_months(today.replace(day=1), -back)
        said = number(match[2]) if match[2] else Decimal(1)
        day = None if said is None else _day(first.year, first.month, int(said))
        yield Found(day if day is not None and day <= today else None, match.start(), match.end(), rough=not match[2])


def _weekday(week: str, day: str, today: date) -> date | None:
    """上周五; of a week without its day nobody knows which."""
    if day not in _WEEKDAYS:
        return None
    monday = today - timedelta(days=today.weekday() + 7 * week.count("上"))
    said = monday + timedelta(days=_WEEKDAYS[day])
    return said if said <= today else None


def day_alone(text: str) -> int | None:
    """18号发的, said of a day of which the month was told: the day of that month."""
    match = DAY_ALONE.match(text)
    said = number(match[1].replace("廿", "二十")) if match else None
    return int(said) if said is not None else None


def _ago(text: str, today: date) -> Iterator[Found]:
    for match in _AGO.finditer(text):
        said, *about, unit = [one for one in match.groups() if one]
        day = None if about or is_vague(text, match.start(), match.end()) else _back(said, unit, match[0], today)
        if match[0].startswith("快"):
            day = None
        yield Found(day, match.start(), match.end(), rough=unit != "天")


def _back(said: str, unit: str, words: str, today: date) -> date | None:
    if unit in {"天", "星期", "周", "礼拜"}:
        value = number(said)
        return None if value is None else today - timedelta(days=int(value) * (1 if unit == "天" else 7))
    if unit == "年" and said != "半":
        return None
    months = _months(f"{said}{unit}")
    return None if months is None or "半" in words[1:] else add_months(today, -months)
