"""However a self-test is answered in a conversation, it ends as the engine decides from the same facts."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.eligibility.sheet import UNKNOWN, answers
from assistant.events import Event, Purpose
from assistant.responder import Responder
from assistant.state import derive
from knowledge.rules.engine import ENTITY, shipped
from knowledge.rules.explain import referred
from knowledge.rules.model import Fact
from knowledge.rules.result import result_of
from knowledge.rules.values import FactType
from tests.assistant.chatting import NOON, Talk, asked, results, the_form
from tests.sample import TODAY

POLICIES = {
    "vat_threshold": "420500",  # 宜昌
    "disabled_levy": "420500",
    "sole_trader_income_tax": "420500",
    "stable_employment_refund": "420500",
    "wuhan_startup_loan": "420100",
    "qinghe_opening_subsidy": "990102",
    "qinghe_rent_subsidy": "990102",
}
MOST_TURNS = 60
LEAST_QUOTA = 0.015


def some_answer(fact: Fact, chance: random.Random) -> str:
    """Values on both sides of the usual lines, and on them."""
    if fact.type is FactType.CHOICE:
        return chance.choice(list(fact.options))
    among = {
        FactType.YES_NO: ["是", "否"],
        FactType.WHOLE: ["0", "1", "3", "30", "31", "300"],
        FactType.MONEY: ["0", "99999.99", "10万", "12万", "200万", "3000万"],
        FactType.RATIO: ["0%", "1%", "1.5%", "60%"],
        FactType.DATE: ["2022-06-01", "2025-12-31", "2026-01-01", "2026-06-30"],
        FactType.PERIOD: ["0", "3", "6", "12", "24"],
        FactType.REGION: ["青禾市南屏区", "武汉市", "宜昌市西陵区"],
    }
    return chance.choice(among[fact.type])


def everything_about(policy: str, chance: random.Random) -> dict[str, str]:
    rules = shipped()
    names = dict.fromkeys(name for ruling in rules.rulings[policy] for name in ruling.facts)
    facts = {name: some_answer(rules.vocabulary[name], chance) for name in names}
    if facts.get("employees") == "0" and "disabled_employees" in facts:
        facts["employees"] = "1"  # of nobody, no share is disabled: a contradiction that no order of answers resolves
    if "disabled_employees" in facts and int(facts["disabled_employees"]) < LEAST_QUOTA * int(facts["employees"]):
        facts["disabled_quota_met"] = "否"  # no province asks for less (残疾人就业条例 第八条): the same
    return facts


def is_referred(policy: str, facts: dict[str, str]) -> bool:
    """Nothing more is asked of those whom the rules neither list nor shut out: an authority is named."""
    who = {name: said for name, said in facts.items() if name == ENTITY}
    return referred(shipped().decide(policy, shipped().read(who), TODAY)) is not None


def answered(talk: Talk, events: list[Event], facts: dict[str, str], chance: random.Random) -> list[Event]:
    """Some of what is asked; now and then back, away and on again, and the same once more."""
    names = asked(events)
    chosen = chance.sample(names, chance.randint(1, len(names)))
    way = chance.random()
    if way < 0.15:
        talk.say("先停一停")
        events = talk.say("继续自测")
        return talk.fill(**{name: facts[name] for name in asked(events)})
    if way < 0.3:
        events = talk.say("上一题")
        return talk.fill(**{name: facts[name] for name in asked(events)})
    if way < 0.4 and talk.say("上一题") and the_form(talk.events).purpose is Purpose.CHANGE:
        return talk.say("不变")
    return talk.fill(**{name: facts[name] for name in chosen})


def ended(talk: Talk, facts: dict[str, str], chance: random.Random, policy: str) -> str:
    events = talk.say(f"自测：{shipped().book.policies[policy].short}")
    for _ in range(MOST_TURNS):
        if results(events):
            break
        events = answered(talk, events, facts, chance)
    (result,) = results(events)
    return result.verdict


@settings(max_examples=30)
@given(st.sampled_from(sorted(POLICIES)), st.randoms(use_true_random=False))
def test_any_order_and_grouping_ends_as_the_engine_decides(
    engine: Responder, policy: str, chance: random.Random
) -> None:
    facts = everything_about(policy, chance)
    rules = shipped()
    talk = Talk(engine, POLICIES[policy])
    verdict = ended(talk, facts, chance, policy)
    known = rules.read(answers(derive(talk.log), rules))
    assert verdict == str(result_of(rules, policy, known, TODAY).verdict)
    if not is_referred(policy, facts):
        assert verdict == str(result_of(rules, policy, rules.read(facts), TODAY).verdict)


@settings(max_examples=25)
@given(st.sampled_from(sorted(POLICIES)), st.randoms(use_true_random=False))
def test_what_is_not_known_is_never_a_no_that_answers_could_turn(
    engine: Responder, policy: str, chance: random.Random
) -> None:
    rules = shipped()
    facts = everything_about(policy, chance)
    unknown = chance.sample(sorted(facts), chance.randint(1, len(facts)))
    given_ = {name: UNKNOWN if name in unknown else said for name, said in facts.items()}
    talk = Talk(engine, POLICIES[policy])
    verdict = ended(talk, given_, chance, policy)
    known = answers(derive(talk.log), rules)
    assert not set(known) & set(unknown)
    assert verdict == str(result_of(rules, policy, rules.read(known), TODAY).verdict)
    if verdict != "unknown":
        assert verdict == str(result_of(rules, policy, rules.read(facts), TODAY).verdict)


@settings(max_examples=20)
@given(st.randoms(use_true_random=False))
def test_the_same_log_always_gives_the_same(engine: Responder, chance: random.Random) -> None:
    talk = Talk(engine, "420500", NOON)
    facts = everything_about("vat_threshold", chance)
    events = talk.say("自测：增值税起征点")
    events = talk.fill(**{name: facts[name] for name in asked(events)})
    twice = [Talk(engine, None, NOON, log=talk.log).fill(vat_period="按季") for _ in range(2)]
    assert twice[0] == twice[1]
