"""Whether what a person says of a rule is said of the same matter as a clause that is no longer in force.

A number alone tells nothing: 500 stands in the old rent subsidy and in the training subsidy of today. Only where the
old clause says more of the message than every clause in force that has the same figure is it the rule remembered.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from assistant.comparable_figures import Figure, figures
from assistant.flows.matter import stands_in
from assistant.hierarchy import leaves_room
from knowledge import several, words
from knowledge.catalogue import StoredPassage
from knowledge.library import Found

LEAST_OF_BEST, LEAST_BY_WORDS = 0.8, 0.5
"""Share of the best score that a clause of the document which replaced the old one must reach; and by words alone."""
LEAST_SAID, LEAST_WITH_FIGURE = 0.3, 0.15
"""Of the telling words of the message, what the old clause must say; and where a figure speaks for it, too."""
MARGIN = 0.25
"""By how much more a clause of another matter says of it."""
MOST_RIVALS = 20
_ONE = re.compile(r"^(?:一|1)(?:年|个月|天|日|次|人)$")
_OF_A_PERIOD = re.compile(
    r"(?:满|补|给|领|拿|发|报|最多|最久|最长|只|才|期限|有效期?|管|要等?|干|开|交)(?:够|到|了|发|贴)?(?:一|1)(?:年|个月)"
)
_OWN = (
    r"(?:面积|月租金?|房租|租金|工资|流水|营业额|押金|我有|我店|店里|店面|家里|借了?(?:我|他)?|欠了?(?:我|他)?|花了|贷了|干了|开了|请了|招了|交了|做了|租了)"
    r"(?:是|有|才|只有|大概|差不多|[一每]?个?月)*$"
)
_OF_THEIRS = re.compile(r"^(?:左右|多|来|的店|的铺|的馆|的房|的人)?(?:钱|块|元)?(?:[，,。！!\s]|$)")
_FULL = re.compile(r"满(?:了|够)?([^，。；、]{1,4}(?:年|月|天|日))")
_OF_ALL = re.compile(
    "[只才就]能|[只才]有|[来过]看|没变|还是|还要|听说|记得|[老新旧]?(?:办法|规定|政策|标准|文件)|以[前下上内]|之前|之内|来说|个人"
)
_OWN_PAST = re.compile(
    r"(?:以前|之前|原来|原先|从前|前年|去年|往年|早先|当年|当初|[前早]几年)(?:我|咱|俺|我们)?(?:的[店铺]|在|开|做|干|借|欠|登记|注册|被|租|买|装修|关|注销|离职|下岗|失业|退伍|毕业|打工)"
)
"""去年开的店 tells of a shop, not of an earlier rule."""


def said(text: str) -> dict[Figure, str]:
    """The figures that are said of a rule; 一年多少 is no period of one year, and 房租一个月500 is the person's own."""
    period = _OF_A_PERIOD.search(text)
    return {
        one: written
        for one, written in figures(text).items()
        if (period or not _ONE.match(written)) and not _is_own(text, written)
    }


def of_rules(text: str) -> str:
    """Without what somebody tells of their own past."""
    return _OWN_PAST.sub("", text)


def is_same(
    matter: str,
    old: StoredPassage,
    new: StoredPassage,
    figure: Figure | None,
    now: Sequence[Found],
    is_of_successor: Callable[[Found], bool],
) -> bool:
    """`now`: what is found for the message in force, best first; `new`: what is to hold instead of the old clause."""
    of_successor = next((one.score for one in now if is_of_successor(one)), 0.0)
    least = LEAST_BY_WORDS if now and now[0].why.meaning is None else LEAST_OF_BEST
    if not now or of_successor < least * now[0].score:
        return False
    rivals = [one.passage for one in now[:MOST_RIVALS] if _is_rival(one, old, new, of_successor=is_of_successor(one))]
    wanted = _telling(matter, [_told(one) for one in (old, new, *rivals)])
    among = Counter(word for one in (old, new, *rivals) for word in wanted if stands_in(word, _told(one)) == 1.0)
    mine, theirs = _share(wanted, old, among), _share(wanted, new, among)
    if mine < (LEAST_WITH_FIGURE if figure else LEAST_SAID):
        return False
    is_full = figure in _full(matter)
    if is_full and figure not in _full(old.body):
        return False
    for one in rivals:
        known, share = figures(one.body), _share(wanted, one, among)
        if figure and figure in known and share >= mine and not (is_full and figure not in _full(one.body)):
            return False
        if share > max(mine, theirs) + MARGIN and (figure is None or figure.unit in {other.unit for other in known}):
            return False
    return True


def shares(matter: str, passages: Sequence[StoredPassage], among: Sequence[StoredPassage]) -> list[float]:
    """Of each clause how much of the message it says, 0 to 1; a word counts the more the fewer of `among` have it."""
    wanted = _telling(matter, [_told(one) for one in among])
    known = Counter(word for one in among for word in wanted if stands_in(word, _told(one)) == 1.0)
    found = {word: count for word, count in known.items() if count}
    return [_share(list(found), one, known) for one in passages]


def _is_rival(found: Found, old: StoredPassage, new: StoredPassage, *, of_successor: bool) -> bool:
    """Not what only repeats the new document, nor a wider rule that leaves the figure to the place."""
    one = found.passage
    if one.clause_id == new.clause_id or (of_successor and one.document_id != new.document_id):
        return False
    return one.region == old.region or not leaves_room(one.body)


def _full(text: str) -> set[Figure]:
    """满12个月 is said of another period than 12个月内."""
    return {figure for match in _FULL.finditer(text) for figure in figures(match[1])}


def _telling(text: str, bodies: Sequence[str]) -> list[str]:
    """Words of a message that say which matter is meant; of characters that make no word (场租) those that are known."""
    cut = words.cut(_without_figures(text))
    kept = [word for word in cut if len(word) > 1 and not several.names_nothing(word) and not _OF_ALL.fullmatch(word)]
    pairs = [first + second for first, second in pairwise(cut) if len(first) == len(second) == 1]
    known = (pair for pair in pairs if not several.names_nothing(pair) and any(pair in body for body in bodies))
    return list(dict.fromkeys([*kept, *known]))


def _share(wanted: Sequence[str], passage: StoredPassage, among: Counter[str]) -> float:
    """How much of it a clause says, from 0 to 1: what stands in few clauses counts most."""
    weights = {word: 1 / max(1, among[word]) for word in wanted}
    said = sum(weight * stands_in(word, _told(passage)) for word, weight in weights.items())
    return said / sum(weights.values()) if weights else 0.0


def _is_own(text: str, written: str) -> bool:
    at = text.find(written)
    return (
        at >= 0 and re.search(_OWN, text[:at]) is not None and _OF_THEIRS.match(text[at + len(written) :]) is not None
    )


def _without_figures(text: str) -> str:
    for written in figures(text).values():
        text = text.replace(written, " ")
    return text


def _told(passage: StoredPassage) -> str:
    return f"{passage.title}\n{passage.body}"
