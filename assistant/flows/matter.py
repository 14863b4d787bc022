"""What a benefit or a permit is asked about for: 装修补助 is not answered by what resembles it, a rent subsidy.

Meaning alone takes one subsidy for another: 政府补多少 is alike in all of them. Where the words that say what it is
for stand in none of the clauses that would be shown, those clauses are about something else.
"""

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from knowledge import places, several, words
from knowledge.library import Found, Question
from knowledge.rules.engine import shipped

LEAST_COVERED = 0.4
"""Share of the words for what it is that must stand in the clauses."""
SHORTEST_NAME = 4
MOST_REGIONS = 256
"""Whose benefits are remembered."""
SURE = 0.75
"""Confidence from which the meaning outweighs the words: 卖枣 is 销售农产品."""
_BENEFIT = re.compile(
    r"补[贴助帖]|奖励|奖补|资助|报销|减免|优惠|补不补|(?:给|能|可以)报(?:不|吗|么|一)|报不报|(?<!要)补(?:多少|几|好多|不|钱|点|一?[点些])"
    r"|(?:政府|国家|公家|上头|财政)[^，。？?]{0,8}(?:给|补|出|报|掏|减|免)"
)
_BOUGHT = re.compile(
    r"(?:搞|装|买|换|做|弄|修|建|添|租|打)(?:了|个|一?[个台套些])?(?P<what>[^，,。？?]{1,10}?)(?:政府|公家|国家|财政|上头|市里|县里)?[^，,。？?]{0,3}(?:补不补|报不报销?|能不能报|给不给(?:补|报)|报销|出一?部分|有没有补)"
)
_PERMIT = re.compile(r"(?P<what>[\u4e00-\u9fff]{2,6}?)许可")
"""Not fees: these too often have other names in the documents."""
_NO_MATTER = re.compile(
    r"(?:"
    r"补[贴助帖偿]?|奖励|奖补|资金|资助|报销|减免|优惠|扶持|政策|政府|国家|公家|上头|财政|个体(?:户|工商户)?|工商户|企业|公司|小微|小型|微型"
    r"|铺子?|门?店面?|店[铺里家子]|门面|家里|屋里|屋头|自家|[镇村]上|村里|本地|当地|[这那][边里]|部分|费用?|标准|金额|比例|额度|新开?|开业|老板|自己|人员|员工|本市|[市县区省]里?"
    r"|上限|封顶|每[\u4e00-\u9fff]{1,3}|骗[领取补]|冒领|虚报|后果|怎么?样|听说|据说|知道|告诉|之[前后]|以[前后]|原来|接着|手里|起来|结束|算|说|讲|看|搞|弄|办|给|出|掏|领|拿|报|交|缴|贴"
    r"|啥子?|么子|几[个多家条种间毛成块]|哪[家些]|[一二三四五六七八九十百千两半\d]+[个件月年天家张条种次户人成毛元块万千百亩来多]?|莫得|没得|有[没冇]得?|冇"
    r")+"
)
_CIRCUMSTANCES = re.compile(r"店$|馆$|铺$|摊$|超市$|民宿|大学生|毕业生?|退[伍役]|农民工?|返乡|残疾|失业|下岗")
"""Who asks, and with what shop: not what it is for."""


def is_another(question: Question, repaired: str, shown: Iterable[str], terms: Callable[[str], Sequence[str]]) -> bool:
    """Whether a benefit or permit is asked about that the clauses shown do not name.

    `terms`: what the documents call a colloquial word.
    """
    text = "\n".join(shown)
    names = _benefits(repaired)
    if any(_is_said(name, text, terms) for name in names):
        return False
    if names and not set(names) & set(_benefits(repaired, question.region)):
        return True
    kept = list(_named(repaired))
    covered = sum(max(stands_in(one, text), float(any(term in text for term in terms(one)))) for one in kept)
    return bool(kept) and covered < LEAST_COVERED * len(kept)


_MATTERS = re.compile(
    r"外摆|招牌|歇业|注销|年报|(?:营业)?执照|食品[^，,。？?]{0,4}证|许可证|健康证|信用修复|公章|展期|反担保|物流|孵化|一照多址|名特优新|诉求|返乡|培训|社保|预包装"
)
"""What rules are made about, as people name it."""


def is_unsaid(repaired: str, text: str, terms: Callable[[str], Sequence[str]]) -> bool:
    """Whether a matter is asked about by name, and the text has none of those named."""
    named = list(dict.fromkeys(_MATTERS.findall(repaired)))
    return bool(named) and not any(_is_said(one, text, terms) for one in named)


def names_what_for(text: str) -> bool:
    """Whether a benefit is asked about for something that is bought or done: 搞节能灶报不报销."""
    match = _BOUGHT.search(text)
    return match is not None and any(_telling(match["what"]))


def _is_said(name: str, text: str, terms: Callable[[str], Sequence[str]]) -> bool:
    """In so many words, or in those of the documents: 社保补贴 is 社会保险补贴."""
    return name in text or all(word in text or any(term in text for term in terms(word)) for word in words.cut(name))


def read(found: Found) -> str:
    """The words of a clause, with those of its title."""
    return f"{found.passage.title}\n{found.passage.indexed_text}"


def _benefits(text: str, region: str | None = None) -> list[str]:
    """Names, as said, of benefits that the rulebook knows, in a region or anywhere."""
    return [name for name in _known_benefits(region) if name in text]


@functools.lru_cache(maxsize=MOST_REGIONS)
def _known_benefits(region: str | None) -> tuple[str, ...]:
    engine = shipped()
    known = engine.for_everyone(region) if region else engine.rulings
    policies = [engine.book.policies[one] for one in known]
    names = {name for one in policies for name in (one.short, *one.keywords) if _BENEFIT.search(name)}
    return tuple(name for name in sorted(names) if len(name) >= SHORTEST_NAME)


def _named(text: str) -> Iterator[str]:
    """The words that say what it is for."""
    if _BENEFIT.search(text):
        yield from _telling(text)
    elif match := _PERMIT.search(text):
        yield from _telling(match["what"])


def _telling(text: str) -> Iterator[str]:
    for word in dict.fromkeys(words.cut(text)):
        is_chinese = len(word) >= 2 and re.fullmatch(r"[\u4e00-\u9fff]+", word)
        is_empty = several.names_nothing(word) or _NO_MATTER.fullmatch(word) or _CIRCUMSTANCES.search(word)
        if is_chinese and not is_empty and not places.named_in(word):
            yield word


def stands_in(word: str, text: str) -> float:
    """Share of its pairs of characters: 财产险 beside 财产."""
    pairs = [word[row : row + 2] for row in range(len(word) - 1)]
    return sum(pair in text for pair in pairs) / len(pairs)
