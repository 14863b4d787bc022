"""Facts that were said anywhere in the conversation: collected for a self-test, to be shown once and confirmed."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from assistant.eligibility.sheet import PREFIX, Heard, complaint
from assistant.fact_pickup import pick_up
from assistant.hearing.picked import Picked, to_text
from assistant.state import State
from knowledge import regions
from knowledge.rules.engine import ENTITY, REGION, Engine
from knowledge.rules.values import FactType

NEWEST = 40
"""Messages that are looked through."""
OURS = "自测："
"""How our own buttons begin: the name of a policy says nothing about anybody."""
INDUSTRIES: Mapping[str, str] = {"餐饮": "餐饮业", "零售": "零售业", "住宿": "住宿业", "加工制造": "工业"}
"""Trades picked up in passing that are one industry of the statistics, whatever the shop."""
REMEMBERED = "这次对话里记着的"


def heard(
    state: State, words: str, engine: Engine, today: date, *, wanted: Collection[str], known: Collection[str]
) -> tuple[Heard, ...]:
    """What is not known yet of the wanted; the newest words count. `words`: the message being answered."""
    found = {one.name: one for one in _remembered(state, engine)}
    for seq, text in [*list(state.told.items())[-NEWEST:], (None, words)]:
        if text.startswith(OURS):
            continue
        for one in of_words(text, engine, today):
            if seq is None or seq > state.forgotten.get(PREFIX + one.name, 0):
                found[one.name] = one
    found.update((one.name, one) for one in _remembered(state, engine) if one.name == REGION)
    return tuple(one for name, one in found.items() if name in wanted and name not in known)


def of_words(text: str, engine: Engine, today: date, asked: Collection[str] = ()) -> Iterator[Heard]:
    return map(as_heard, pick_up(text, engine, today=today, asked=asked).picked)


def as_heard(picked: Picked) -> Heard:
    value = regions.full_name(str(picked.value)) if picked.name == REGION else to_text(picked.value)
    return Heard(picked.name, value, picked.words, picked.rough)


def _remembered(state: State, engine: Engine) -> Iterator[Heard]:
    """Region, kind of business and trade, where they say what a fact asks."""
    if state.region and complaint(engine, REGION, state.region) is None:
        yield Heard(REGION, regions.full_name(state.region), REMEMBERED)
    entity = state.remembered.get("entity")
    if entity and entity.value in engine.vocabulary[ENTITY].options:
        yield Heard(ENTITY, entity.value, REMEMBERED)
    trade = state.remembered.get("trade")
    industry = engine.vocabulary.get("industry")
    if trade and industry and industry.type is FactType.CHOICE and INDUSTRIES.get(trade.value) in industry.options:
        yield Heard("industry", INDUSTRIES[trade.value], REMEMBERED)
