"""The support in force for a place, from the guides and the rulebook, each with the clauses that say it today."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from knowledge import catalogue, regions
from knowledge.catalogue import StoredPassage
from knowledge.numbering import NUMERAL
from knowledge.rules.engine import Engine, Standing
from knowledge.rules.model import Policy
from knowledge.scope import Scope
from knowledge.service_items import ServiceItem, service_items

_BASIS = re.compile(r"《([^《》]+)》(?:（([^（）]*)）)?([^《》]*)")
_PLACE = re.compile(
    rf"第{NUMERAL}条(?:第[一二三四五六七八九十]+款)?|[一二三四五六七八九十]{{1,3}}(?:（[一二三四五六七八九十]{{1,3}}）)*(?:第\d+项)?"
)
_FIGURE = re.compile(r"\d+(?:\.\d+)?[\u4e00-\u9fff%]?")
_SUM = re.compile(r"(?:每月)?(?:最高)?[\d.]+万?元$|（[^（）]*）$")
_PAYS = re.compile(r"补贴|补助|奖励|奖补|贴息|贷款|减免|返还|资助")
_KINDS = re.compile(r"重点(?:群体|人群)|初创主体|个体工商户")
GROUPS: tuple[tuple[str, str], ...] = (
    ("贷款和贴息", r"贷款|贴息"),
    ("税费减免", r"税|残保金|起征点"),
    ("创业培训", r"培训"),
    ("用工和社保", r"就业|用工|社会保险|社保|扩岗|稳岗|失业保险"),
    ("评选奖励", r"名特优新|奖励"),
    ("开店和场租", r""),
)
"""The first whose words stand in the name; shown in the order of SHOWN."""
SHOWN = ("开店和场租", "用工和社保", "贷款和贴息", "创业培训", "评选奖励", "税费减免")
MOST_CITED = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of support."""

    name: str
    says: str
    """What one gets; its figures stand in the clauses. Empty where the clause must say it."""
    way: str
    """免申即享, 即申即享 or 申报审批; empty where it is not known."""
    region: str
    clauses: tuple[StoredPassage, ...]
    """Empty only for a rule whose text is not held here."""
    about: str
    """All words that tell whom and what it is for."""

    @property
    def group(self) -> str:
        return next(name for name, words in GROUPS if re.search(words, self.name))


def entries(tx: Connection, scope: Scope, engine: Engine, region: str) -> list[Entry]:
    """What the documents in force still say; nothing that only a guide or a rule remembers."""
    items = service_items(tx, scope.audiences[0], places=scope.regions)
    guided = [entry for one in items if one.is_open(on=scope.on) for entry in _of_item(tx, scope, one)]
    known = {(one.title, one.clause) for entry in guided for one in entry.clauses}
    told = {basis for one in items for basis in _bases_of(one)}
    ruled = [_of_policy(tx, scope, engine, one) for one in engine.for_everyone(region)]
    fresh = [
        one for one in ruled if one is not None and not any((c.title, c.clause) in known | told for c in one.clauses)
    ]
    order = {code: row for row, code in enumerate(regions.chain(region))}
    return sorted([*guided, *fresh], key=lambda one: order.get(one.region, len(order)))


def _of_item(tx: Connection, scope: Scope, item: ServiceItem) -> Iterator[Entry]:
    parts = dict(item.parts)
    says = parts.get("扶持标准", "").strip().rstrip("。")
    if not _PAYS.search(item.name):
        return
    bases = _bases_of(item)
    held = [one for title, clause in bases if (one := _passage(tx, scope, title, clause, says)) is not None]
    if not held:
        return
    name = _SUM.sub("", _KINDS.sub("", item.name.removeprefix(regions.name(item.region))))
    about = "\n".join([item.name, *parts.values()])
    cited = _cited(says, [*held, *_rest(tx, scope, held)])
    yield Entry(name, says if _is_said(says, cited) else "", item.fulfilment, item.region, cited, about)


def _rest(tx: Connection, scope: Scope, held: Sequence[StoredPassage]) -> list[StoredPassage]:
    """The other clauses of the documents: a guide need not list all it takes its figures from."""
    titles = list(dict.fromkeys(one.title for one in held))
    known = {one.clause_id for one in held}
    return [one for one in catalogue.passages_of_clause(tx, scope, titles=titles) if one.clause_id not in known]


def _of_policy(tx: Connection, scope: Scope, engine: Engine, identity: str) -> Entry | None:
    decision = engine.decide(identity, {}, scope.on)
    policy, ruling = decision.policy, decision.ruling
    if decision.standing is not Standing.IN_FORCE or ruling is None or not ruling.prizes:
        return None
    terms = [prize.terms for prize in ruling.prizes]
    keys = dict.fromkeys([*(one.basis for one in terms), *ruling.edition.bases])
    bases = [policy.basis[key] for key in keys]
    says = "；".join(one.says for one in terms)
    held = [
        one
        for basis in bases
        if basis.clause and (one := _passage(tx, scope, basis.document, basis.clause, says)) is not None
    ]
    if not held and policy.region != regions.COUNTRY:
        return None
    cited = _cited(says, held)
    way = str(policy.fulfilment or "")
    return Entry(policy.short, says if _is_said(says, cited) else "", way, policy.region, cited, _about(policy))


def _about(policy: Policy) -> str:
    return "\n".join([policy.title, policy.short, policy.summary, *policy.keywords])


def _bases_of(item: ServiceItem) -> list[tuple[str, str]]:
    """Title and clause of all that a guide rests on, in its order."""
    basis = dict(item.parts).get("政策依据", "")
    return [(title, clause) for title, _, places in _BASIS.findall(basis) for clause in _PLACE.findall(places)]


def _passage(tx: Connection, scope: Scope, title: str, clause: str, says: str) -> StoredPassage | None:
    """In force and readable, the one with the figures; 二（一）第1项 is a row of the table in 二（一）."""
    figures = set(_FIGURE.findall(says))
    for wanted in dict.fromkeys((clause, re.sub(r"第\d+项$", "", clause))):
        found = catalogue.passages_of_clause(tx, scope, titles=[title], clause=wanted)
        if found:
            return max(found, key=lambda one: len(figures & _figures(one)))
    return None


def _cited(says: str, held: Sequence[StoredPassage]) -> tuple[StoredPassage, ...]:
    """The fewest clauses that carry the figures; else the first."""
    kept: list[StoredPassage] = []
    left = set(_FIGURE.findall(says))
    while left and len(kept) < MOST_CITED:
        best = max(held, key=lambda one: len(left & _figures(one)), default=None)
        if best is None or not left & _figures(best):
            break
        kept.append(best)
        left -= _figures(best)
    return tuple(sorted(kept, key=held.index) or held[:1])


def _is_said(says: str, cited: Sequence[StoredPassage]) -> bool:
    """Whether every figure stands in the clauses: a guide may be older than its rule."""
    known = {figure for one in cited for figure in _figures(one)}
    return bool(cited) and set(_FIGURE.findall(says)) <= known


def _figures(one: StoredPassage) -> set[str]:
    return set(_FIGURE.findall(one.body))
