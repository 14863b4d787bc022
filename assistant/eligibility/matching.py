"""Which self-test fits what somebody asks: by the names of the policies, and by the clauses that were found."""

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answer import Source
from assistant.hearing.figures import sums
from assistant.hearing.spelling import plain
from knowledge.numbering import canonical_clause
from knowledge.rules.engine import Engine, Standing
from knowledge.rules.quotes import bare

MOST = 4
"""Self-tests among which one can choose."""
CLEAR = 1.5
"""How much better the best must fit than the second to begin at once."""
LEAST_BY_CLAUSE = 0.9
LOOKED_AT = 3
"""Clauses, the best first."""
_FOR_ME = r"(?:我|咱|俺|本店|本人|自己|像我|个体户|小店)"
_WHAT = r"(?:什么|哪些|啥|哪几[种项个]|几种|么子)"
_GOOD = r"(?:补贴|补助|政策|优惠|扶持|好处|福利|奖励|奖补|减免|支持|钱)"
_GET = r"(?:享受|申请|申报|领取|领|拿|得到|得|够得着|够得上|用)"
_EVERYTHING = re.compile(
    rf"{_FOR_ME}[^，,。？?！!]{{0,12}}(?:能|可以|可|该|够)[^，,。？?！!]{{0,4}}{_GET}(?:到|得到|上)?(?:的)?{_WHAT}"
    rf"|有(?:没有)?{_WHAT}?[^，,。？?！!]{{0,6}}{_GOOD}[^，,。？?！!]{{0,6}}(?:是)?{_FOR_ME}(?:们)?(?:都)?(?:能|可以|可|够)[^，,。？?！!]{{0,3}}{_GET}"
    rf"|{_WHAT}{_GOOD}[^，,。？?！!]{{0,3}}{_FOR_ME}(?:们)?(?:都)?(?:能|可以|可|够)[^，,。？?！!]{{0,3}}{_GET}"
    rf"|(?:帮|给|替)?我?(?:匹配|测一?测|测算|算一?算|查一?查|看看|看一下)(?:一下|下)?[^，,。？?！!]{{0,4}}(?:能|可以)(?:享受|领|拿|申请)(?:到)?{_WHAT}"
    rf"|^我能享受(?:的)?(?:政策|什么)?$|^(?:我要|我想|打开|做|用)?(?:一下|个|一次)?政策(?:匹配|体检|计算器)$|(?:全部|所有|一次)(?:都)?(?:自)?测(?:一遍|一下)?$"
)
_BENEFITS = re.compile(
    rf"(?:有没得|有没有|有冇得?|有无|有不有|有得|给不给|有{_WHAT}|{_WHAT})[^，,。？?！!]{{0,8}}{_GOOD}"
    rf"|{_GOOD}[^，,。？?！!]{{0,4}}(?:有没得|有没有|有冇得?|没得|有吗|有么|有不|拿|领)"
)
_PARTS = re.compile(r"[，,。；;！!\n]+|(?<=[？?])")
_ASKS = re.compile(r"[?？吗不么没]$|能|可以|够|行|得不得|要得|有没有|怎么|多少")
_KIND = re.compile(
    r"^(?:一次性|青禾|武汉|望津|白榆|个体户|小型|招)|(?:补贴|补助|奖励|贷款|登记|许可|返还|减半|优惠|期限|时限|证|免税|起征点|减按1%|征收率)+$"
)
SHORTEST_STEM = 2
_START = re.compile(r"^(?:开始|我要|做|来)?(?:做)?(?:一个|个)?自测[：:]\s*(?P<named>.{2,40})$")
_ANY_BENEFIT = re.compile(
    r"补[贴帖助]|奖励|优惠|政策|扶持|好处|钱|贷款|帮扶|政府|国家|公家|[市县区省]里头?|我们?|咱们?|俺们?|开[店业个家]|创业|个体户?|老板|生意|新开的?|刚开的?|经营|有没[有得]|有莫得|有啥子?|什么|哪些|能不能|可以|能|领|拿|申请|享受|适合|这种|这样|现在|今年|给不给|想问|请问|[给点些做搞的了吗呢嘛不啊呀在家个一种]"
)
_WHO_OR_WHERE = re.compile(
    r"店|馆|铺|摊|吧$|厅|坊|社$|超市|民宿|餐|小吃|大学|学生|毕业|退伍|退役|军人|农民|返乡|回乡|残疾|失业|下岗|困难|妇女|宝妈|青年|老人|[市县区镇乡村]$"
)


def asks_for_everything(text: str) -> bool:
    """我能享受什么: no policy in particular."""
    return _EVERYTHING.search(text) is not None


def asks_for_benefits(text: str, region: str, on: date, engine: Engine) -> bool:
    """有没得补贴拿: whether there is anything at all, and no policy of the place is named."""
    return _BENEFITS.search(text) is not None and not fitting(Asked(text, region, on), (), engine)


def named_to_start(text: str, engine: Engine, region: str) -> list[str] | None:
    """自测：富民贷, as our own buttons say it; None for other words."""
    match = _START.match(text.strip())
    return None if match is None else called(match["named"].strip("《》“”。 "), engine, engine.binding(region))


def called(name: str, engine: Engine, among: Sequence[str]) -> list[str]:
    """Policies of exactly this name."""
    return [one for one in among if name in {one, engine.book.policies[one].short, engine.book.policies[one].title}]


@dataclass(frozen=True, slots=True)
class Asked:
    text: str
    region: str
    """Of which the policies must be."""
    on: date
    entity: str = ""
    """Kind of business, where it is known."""


_WHO = re.compile(r"(?:招|聘|用)?(?:在校|高校)?(?:大学生|毕业生|失业人员|残疾人|退役军人|农民工|员工)")
"""Whom a benefit is for names none: 招大学生补贴 is not meant by every question of a 大学生."""


def fitting(asked: Asked, sources: Sequence[Source], engine: Engine) -> list[str]:
    """The self-tests that fit, the best first; more than one where it is not clear which is meant."""
    among = [one for one in engine.binding(asked.region) if _begun(engine, one, asked.on)]
    scores = _by_name(asked.text, engine, among)
    if scores:
        beside = _by_clause(sources, engine, list(scores))
        scores = {one: score + beside.get(one, 0.0) for one, score in scores.items()}
    else:
        scores = {one: score for one, score in _by_clause(sources, engine, among).items() if score >= LEAST_BY_CLAUSE}
    scores = _in_force(_of_entity(scores, engine, asked.entity), engine, asked.on)
    ranked = sorted(scores, key=lambda one: (-scores[one], one))
    if len(ranked) > 1 and scores[ranked[0]] < CLEAR * scores[ranked[1]]:
        close = [one for one in ranked if scores[ranked[0]] < CLEAR * scores[one]]
        return close if len(close) <= MOST else []
    return ranked[:1]


def _by_name(text: str, engine: Engine, among: Sequence[str]) -> dict[str, float]:
    """Names anywhere in the words; where none is said, what they are about (场租) in the words that ask."""
    every = _names(engine)
    names = {one: every[one] for one in among}
    asking = "，".join(part for part in _PARTS.split(text) if _ASKS.search(part)) or text
    said = bare(plain(text, engine)) + "".join(f"；{found.value:f}元" for found in sums(asking) if found.exact)
    if scores := _said(said, names):
        return scores
    stems = {
        one: frozenset(
            stem for name in own if len(stem := _KIND.sub("", name)) >= SHORTEST_STEM and not _WHO.fullmatch(stem)
        )
        for one, own in names.items()
    }
    return _said(bare(plain(asking, engine)), stems)


def _said(said: str, names: Mapping[str, frozenset[str]]) -> dict[str, float]:
    """The longer the name, and the fewer policies bear it or a longer one around it, the better."""
    every = {name for own in names.values() for name in own if name in said}
    longest = [name for name in every if not any(name in other and name != other for other in every)]
    scores: dict[str, float] = {}
    for name in longest:
        bearers = [one for one, own in names.items() if any(name in mine for mine in own)]
        for one in bearers:
            scores[one] = scores.get(one, 0.0) + len(name) / len(bearers)
    return scores


@functools.lru_cache(maxsize=2)
def _names(engine: Engine) -> dict[str, frozenset[str]]:
    """Of every policy."""
    return {
        one: frozenset(bare(name) for name in (policy.short, policy.title, *policy.keywords))
        for one, policy in engine.book.policies.items()
    }


@functools.lru_cache(maxsize=2)
def _bases(engine: Engine) -> dict[str, frozenset[tuple[str, str]]]:
    """Document and clause of all that every policy rests on."""
    return {
        one: frozenset(
            (bare(basis.document), canonical_clause(bare(basis.clause)))
            for basis in policy.basis.values()
            if basis.clause is not None
        )
        for one, policy in engine.book.policies.items()
    }


def _by_clause(sources: Sequence[Source], engine: Engine, among: Sequence[str]) -> dict[str, float]:
    """Policies that rest on the clauses found; a share for each where a clause carries several."""
    bases = _bases(engine)
    scores: dict[str, float] = {}
    for place, source in enumerate(sources[:LOOKED_AT]):
        title, clause = bare(source.title), canonical_clause(bare(source.clause))
        titles = {title, title.removeprefix("中华人民共和国")}
        resting = [
            one
            for one in among
            if any(document in titles and named.startswith(clause) for document, named in bases[one])
        ]
        for one in resting:
            scores[one] = scores.get(one, 0.0) + 1 / (place + 1)
    return scores


def _of_entity(scores: dict[str, float], engine: Engine, entity: str) -> dict[str, float]:
    """For this kind of business, where any of them is."""
    mine = {
        one: score
        for one, score in scores.items()
        if entity in {*map(str, (scope := engine.book.policies[one].scope).entities), *map(str, scope.referred)}
    }
    return mine if entity and mine else scores


def _in_force(scores: dict[str, float], engine: Engine, on: date) -> dict[str, float]:
    """One whose basis is out of date is still what was asked about: it is for the self-test to say so."""
    standing = {one: engine.decide(one, {}, on).standing for one in scores}
    now = {one: score for one, score in scores.items() if standing[one] in {Standing.IN_FORCE, Standing.OUTDATED}}
    return now or scores


def _begun(engine: Engine, one: str, on: date) -> bool:
    return engine.decide(one, {}, on).standing is not Standing.NOT_YET


def names_a_thing(text: str) -> bool:
    """买新能源货车有没有补贴 asks about that one; 开小面馆有没有补贴 about whatever there is."""
    rest = re.findall(r"[\u4e00-\u9fff]{2,}", _ANY_BENEFIT.sub(" ", text))
    return any(_WHO_OR_WHERE.search(one) is None for one in rest)
