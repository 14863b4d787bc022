"""The rulebook for the outside: policies listed, self-tests answered; nothing that is given is kept."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from api.rules_models import (
    Batch,
    BatchAnswer,
    BatchProfile,
    BatchVerdict,
    OutdatedRule,
    PolicyDetail,
    PolicyList,
    PolicySummary,
    Question,
    SelfTest,
    SelfTestAnswer,
)
from knowledge import regions
from knowledge.rules import explain, interview
from knowledge.rules.derived import Facts
from knowledge.rules.engine import REGION, Decision, Engine, Standing
from knowledge.rules.interview import Interview
from knowledge.rules.model import Fact, Policy
from knowledge.rules.outdated import OutdatedBasis
from knowledge.rules.result import Result, result_of


def listed(engine: Engine, on: date, *, region: str | None, entity: str | None, words: str | None) -> PolicyList:
    """Policies that bind a place, for one kind of business, with these words in title or names."""
    found = [
        _summary(engine, policy, on)
        for policy in map(engine.book.policy, engine.binding(region))
        if (entity is None or entity in map(str, policy.scope.entities)) and (not words or names(policy, words))
    ]
    return PolicyList(items=found, total=len(found))


def names(policy: Policy, words: str) -> bool:
    """Whether people might mean this policy by these words."""
    said = [policy.title, policy.short, policy.summary, *policy.keywords]
    return any(words in one or one in words for one in said)


def _summary(engine: Engine, policy: Policy, on: date) -> PolicySummary:
    return PolicySummary(
        id=policy.id,
        title=policy.title,
        short=policy.short,
        kind=policy.kind,
        level=policy.level,
        region=policy.region,
        region_name=place_name(policy.region),
        entities=[str(one) for one in policy.scope.entities],
        fulfilment=policy.fulfilment,
        summary=policy.summary,
        provisional=policy.provisional,
        in_force=engine.decide(policy.id, {}, on).standing is Standing.IN_FORCE,
        outdated=_told(engine.outdated(policy.id, on)),
    )


def _told(one: OutdatedBasis | None) -> OutdatedRule | None:
    return None if one is None else OutdatedRule.model_validate(one.to_json())


def place_name(region: str) -> str:
    return "全国" if region == regions.COUNTRY else regions.full_name(region)


def detail(engine: Engine, identity: str, on: date) -> PolicyDetail:
    """Raises UnknownPolicy."""
    policy = engine.book.policy(identity)
    facts = engine.facts_of(policy)
    asked = dict.fromkeys(name for ruling in engine.rulings[identity] for name in ruling.facts)
    dumped = policy.model_dump(mode="json", by_alias=True, exclude_none=True)
    parts = ("editions", "basis", "materials", "steps", "cautions", "sections")
    return PolicyDetail(
        **_summary(engine, policy, on).model_dump(),
        facts=[question(name, facts[name], [identity]) for name in asked],
        **{part: dumped[part] for part in parts},
    )


def question(name: str, fact: Fact, policies: Iterable[str]) -> Question:
    shown = fact.model_dump(include={"ask", "label", "help", "where", "unit", "options", "sensitive"})
    return Question(fact=name, type=fact.type, policies=list(policies), **shown)


def questions(asked: Iterable[interview.Question]) -> list[Question]:
    return [question(one.name, one.fact, one.policies) for one in asked]


def policies_for(engine: Engine, asked: SelfTest, facts: Facts, settled: str | None) -> list[str]:
    """The one policy asked for, or what the place has for everyone."""
    if asked.policy is not None:
        return [engine.book.policy(asked.policy).id]
    return engine.for_everyone(_place(asked.region, facts, settled))


def _place(region: str | None, facts: Facts, settled: str | None) -> str:
    if region:
        return regions.resolve(region)
    return str(facts.get(REGION) or settled or regions.COUNTRY)


def answer(engine: Engine, asked: SelfTest, today: date, settled: str | None) -> SelfTestAnswer:
    """Raises UnknownPolicy, UnknownFact, BadAnswer and UnknownRegion."""
    facts, on = engine.read(asked.facts), asked.on or today
    chosen = policies_for(engine, asked, facts, settled)
    following = Interview(engine, chosen, on).next_questions(facts, set(asked.declined))
    return SelfTestAnswer(
        on=on,
        results=[result_of(engine, identity, facts, on).to_json() for identity in chosen],
        questions=questions(following),
        done=not following,
        disclaimer=explain.DISCLAIMER,
    )


def batch(engine: Engine, asked: Batch, today: date, settled: str | None) -> BatchAnswer:
    """Verdicts only; what is behind one is told by `answer`."""
    on = asked.on or today
    known = None if asked.policies is None else [engine.book.policy(one).id for one in asked.policies]
    profiles = []
    for profile in asked.profiles:
        facts = engine.read(profile.facts)
        chosen = known if known is not None else engine.binding(_place(asked.region, facts, settled))
        verdicts = [_verdict(engine.decide(identity, facts, on)) for identity in chosen]
        profiles.append(BatchProfile(id=profile.id, verdicts=verdicts))
    return BatchAnswer(on=on, profiles=profiles, disclaimer=explain.DISCLAIMER)


def _verdict(decision: Decision) -> BatchVerdict:
    return BatchVerdict(
        policy=decision.policy.id,
        standing=decision.standing,
        outdated=_told(decision.outdated),
        verdict=decision.verdict,
        undecided=explain.missing(decision),
    )


def result(engine: Engine, identity: str, given: Mapping[str, Any], on: date) -> Result:
    return result_of(engine, identity, engine.read(given), on)
