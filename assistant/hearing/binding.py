"""Which figure belongs to which fact: only function words may stand between a cue and its figure.

An unknown word between (店里 装修 花了 8万) breaks the tie: better nothing than something wrong.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from assistant.hearing import days, figures, frames
from assistant.hearing.figures import Found
from knowledge.rules.model import Fact, Saying
from knowledge.rules.values import FactType

_NUMERAL = r"\d零一二两三四五六七八九十百千万"
_BETWEEN = (
    r"现在|目前|眼下|如今|当前|这会儿?|一共|总共|共|拢共|统共|合计|总计|(?:算|合|加|凑|扒拉|搞|弄|摊|折|拢)(?:出来|下来|起来|到一起|一起|来)|满打满算|到现在|到今天|至今|从前|前前后后|前后|陆陆续续|断断续续|累计|加起来|连头带尾|上上下下|里里外外|大大小小|老老少少|连我在内|连我|包括我|平均|大概|大约|差不多|大致|约莫|约|左右|上下|也|就|才|只|都|还|是|有"
    r"|了|着|的|得|个|这|那|里面|里头|里|内|总|全部|整个|足足|正好|刚好|刚刚|刚|整整|整|实打实|为|在|达到|达|数|共计|已经|已|呢|嘛|啊|吧|哈|呀|嗯|呃|差|实际|确实|其实|就是|[:：=（）() ]|我们?|儿|那块|这块"
)
_MONTHLY = re.compile(r"月租|每个?月|一个?月|月付|/月|按月|[一1]月(?!份)|单月|个月|月(?=房租|租|店租|铺租)|(?<=租金)月")
_YEARLY = re.compile(
    r"营业收入|营收|一整?年|全年|年(?:营业额|收入|销售额|营收|流水)|每年|去年|上年|上一年|年度|\d{4}年|年"
)
_OTHER_TIME = {
    "month": re.compile(r"年|季|天|日|半|周|礼拜|星期|[二两三四六2346]个?月"),
    "year": re.compile(r"月|季|天|日|半|周|礼拜|星期|今年|每次|一次"),
}
_RENT = re.compile(r"(?:房|店|铺)租|租金")
_LEAST_RENT, _MOST_RENT = 300, 10_000
_NEAR_BY = 7
"""Characters around a cue and its figure in which “一个月” or “一年” is looked for."""
_WORKERS = "残疾|小哥|骑手|保安|保洁|技师|徒弟|店长|快递员|员工|伙计|工人|服务员|师傅|小妹|阿姨|大姐|帮工|学徒|店员|导购|营业员|收银|司机|厨师|小伙|姑娘|应届|大学生|毕业生|失业|退伍|临时工|职工|干活|做工|雇员|新人|人手|年轻人|小年轻|新员工|兼职|打工|伢|崽|娃|后生|妹子|嬢嬢|婆婆|老头|老表|丫头|女的|男的|亲戚|老乡|年轻|小弟|师父|大嫂|大妈|大叔|前台|全职|正式|客服|主播|助播|机手|帮厨|主厨|厨子|老师|阿叔|阿伯|打荷|跑堂|传菜|洗碗|药师|收银|员(?!外)|工"
_UNITS = {
    "人": rf"个人(?!头|独)|口人|人(?!头|家|员)|个(?=(?:\w{{0,5}})(?:{_WORKERS}))|名(?!字|下|额)|位|口子|个(?=$|[，,。在的了上都])|号人|号(?=$)",
    "平方米": "个?平方米?(?!尺)|平米|个?平(?!方尺)|㎡",
    "个": "个(?!月)|只|口|眼",
    "次": "次|回|趟|笔",
    "件": "件|单|票|个(?=包裹|快递|件)",
    "天": "天|个?工作日|日",
    "米": "米|公尺",
}
_HEADS_OF = re.compile(
    rf"(?:从业|用工|员工|职工|在职|在册|参保|招用)(?:人员|人数|数)?[^，{_NUMERAL}]{{0,2}}{figures.NUMBER}$"
)
"""从业人员三十一: the unit goes without saying."""
_SOME_OF_THEM = re.compile(r"(?<!没)(?:有|还有|就|只有|其中)$")
_PREDICATE = re.compile(
    r"(?:员工|伙计|工人|职工|店员|人)的?(?!数|手|$|在|上班|干活|做事|帮忙|看店|守店|左右|吧|呢|了|的|一起|工作|打工|忙|跟我|常年|固定|长期|全职|做|干|都)[^，]"
)
"""有一个员工健康证过期了: of all there are, one."""
_AFAR = 8
_NOT_BETWEEN = re.compile(rf"[{_NUMERAL}没不未忘欠到]")
_GONE = re.compile(
    r"^的?(?:头|又|都|也|已|已经|就|刚|还|老|总|在)*(?:走|辞|离|请假|休|病|吃|喝|来吃|等|闹|投诉|没|不|未|跑|受伤|工伤|工资|保险|帮忙搬|送|退|被|罚|亏|赔|客|桌|排队|坐|站|看热闹|买|来买|围|聊|打牌)"
)


def scan(fact: Fact, clause: str, today: date, *, bare: bool = False) -> Iterator[Found]:
    """All figures of the fact's type, also the vague ones. `bare`: the clause answers a question about it."""
    if fact.type is FactType.MONEY:
        yield from figures.sums(clause, bare=bare)
    elif fact.type is FactType.WHOLE:
        units = _UNITS.get(fact.unit) or re.escape(fact.unit)
        yield from figures.counts(clause, units, bare=bare or bool(fact.unit == "人" and _HEADS_OF.search(clause)))
    elif fact.type is FactType.DATE:
        yield from days.dates(clause, today, ago=bare)
    elif fact.type is FactType.PERIOD:
        yield from days.periods(clause, fact.unit or "月")
    elif fact.type is FactType.RATIO:
        yield from figures.ratios(clause)


@lru_cache(maxsize=256)
def _gap(between: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join((*between, _BETWEEN))})*")


@lru_cache(maxsize=256)
def any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


def told(fact: Fact, saying: Saying, clause: str, today: date, *, rivals: Sequence[Saying] = ()) -> Found | None:
    """The one figure that is tied to a cue of the fact; two, or a vague one, are none.

    Heads that are counted beside it and belong to nothing else are more of the same: 请了两个保洁一个前台.

    Of two on both sides of a cue the one that a rival stands closer to is the rival's:
    营业额一千八百万资产六百万. Of two periods, the one behind the cue: 合同签的两年社保交了八个月.
    """
    if figures.COMPARES.search(clause):
        return None
    is_people = fact.unit == "人"
    found = list(scan(fact, clause, today, bare=fact.type is FactType.MONEY))
    found = [
        one
        for one in found
        if not (is_people and _SOME_OF_THEM.search(clause[: one.start]) and _PREDICATE.match(clause[one.end :]))
    ]
    tied: dict[int, tuple[Found, re.Match[str]]] = {
        one.start: (one, cue)
        for one in found
        for cue in _cues(saying, clause)
        if _ties(cue, one, saying, clause, is_people=is_people)
    }
    if len(tied) == 2:
        tied = {start: pair for start, pair in tied.items() if not _is_rivals(*pair, rivals, clause)}
    if len(tied) == 2 and fact.type is FactType.PERIOD:
        tied = {start: (one, cue) for start, (one, cue) in tied.items() if cue.end() <= one.start}
    if len(tied) != 1 or (is_people and _counts_more(found, tied, rivals, clause)):
        return _from_afar(found, saying, clause, rivals) if fact.type is FactType.DATE and not tied else None
    ((one, _),) = tied.values()
    if saying.per == "month" and not _MONTHLY.search(clause):
        one = replace(one, rough=True)
    return one if one.exact else None


def _counts_more(found: Sequence[Found], tied: Collection[int], rivals: Sequence[Saying], clause: str) -> bool:
    others = [one for one in found if one.start not in tied and one.exact]
    return any(
        not any(_ties(cue, one, rival, clause, is_people=True) for rival in rivals for cue in _cues(rival, clause))
        for one in others
    )


def _from_afar(found: Sequence[Found], saying: Saying, clause: str, rivals: Sequence[Saying]) -> Found | None:
    """The only day of a clause belongs to its only cue, whatever stands between: 九月一号开学那天开的张."""
    if len(found) != 1 or any(_cues(rival, clause) for rival in rivals):
        return None
    (one,) = found
    for cue in _cues(saying, clause):
        between = clause[cue.end() : one.start] if cue.end() <= one.start else clause[one.end : cue.start()]
        if len(between) <= _AFAR and not _NOT_BETWEEN.search(between) and not frames.is_denied(clause[: cue.start()]):
            return one if one.exact else None
    return None


def _cues(saying: Saying, clause: str) -> list[re.Match[str]]:
    return [match for cue in saying.cues for match in any_of((cue,)).finditer(clause)]


def _is_rivals(one: Found, cue: re.Match[str], rivals: Sequence[Saying], clause: str) -> bool:
    """On the side that looks away from the cue a cue of another fact stands."""
    before = one.start < cue.start()
    return any(
        (other.end() <= one.start) == before and _ties(other, one, rival, clause, is_people=False)
        for rival in rivals
        for other in _cues(rival, clause)
        if other.span() != cue.span()
    )


def topics(clause: str, sayings: Iterable[Saying]) -> tuple[str, ...]:
    """The cues of figures in the clause, the last one first, in their own words; none that is another thing's: 欠我工资."""
    found, barred = list[re.Match[str]](), list[re.Match[str]]()
    for saying in (one for one in sayings if one.cues):
        is_barred = bool(saying.unless) and any_of(tuple(saying.unless)).search(clause)
        (barred if is_barred else found).extend(any_of(tuple(saying.cues)).finditer(clause))
    free = [one for one in found if not any(no.start() < one.end() and one.start() < no.end() for no in barred)]
    return tuple(dict.fromkeys(one[0] for one in sorted(free, key=lambda one: (one.end(), len(one[0])), reverse=True)))


def _ties(cue: re.Match[str], found: Found, saying: Saying, clause: str, *, is_people: bool) -> bool:
    between = clause[cue.end() : found.start] if cue.end() <= found.start else clause[found.end : cue.start()]
    start, end = min(cue.start(), found.start), max(cue.end(), found.end)
    if frames.is_denied(clause[:start]):
        return False
    if not _gap(tuple(saying.between)).fullmatch(between) or (is_people and _GONE.match(clause[end:])):
        return False
    around = clause[max(0, start - _NEAR_BY) : end + _NEAR_BY]
    return saying.per is None or _is_per(saying.per, around) or (saying.per == "month" and _is_bare_rent(found, around))


def _is_bare_rent(found: Found, around: str) -> bool:
    """房租三千二: nobody who pays by the year says so little, and none so without saying it."""
    small = isinstance(found.value, Decimal) and _LEAST_RENT <= found.value < _MOST_RENT
    return small and bool(_RENT.search(around)) and not _OTHER_TIME["month"].search(around.replace("今年", ""))


def _is_per(per: str, around: str) -> bool:
    """The span around says that the figure is one month's (one year's), and nothing else."""
    wanted = _MONTHLY if per == "month" else _YEARLY
    rest = re.sub(r"今年|现在|一年一付|一年一签|按年签|年前|[23]\d年合同", "", around)
    if per == "year" and "今年" in around:
        return False
    if per == "year":
        rest = re.sub(r"\d{1,2}月份?(?:报|年报)", "", rest)
    return bool(wanted.search(rest)) and not _OTHER_TIME[per].search(rest)
