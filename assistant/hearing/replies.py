"""What a message answers to the questions just asked: 三个人, 8万, 是的, 去年七月."""

import re
from collections.abc import Iterator
from datetime import date

from assistant.hearing import answers, binding, picked, stance, taking_back
from assistant.hearing.clauses import spared
from assistant.hearing.figures import NUMBER, Found, number
from assistant.hearing.picked import Picked
from assistant.hearing.stance import UNSURE
from knowledge.rules.engine import Engine
from knowledge.rules.model import Saying
from knowledge.rules.values import FactType

_COUNTED = re.compile(rf"({NUMBER})(?:个(?!月)|名|位|人|口|只)")
_REPEATED = re.compile(r"^(.{1,4}?)[，, ]?(?:\1[，, ]?)+(?=$|[，,。])")
"""报了报了."""
_PART_OF_IT = re.compile(r"^(?:其中|里面|里头|包括|含|不含|有|除|不算|但|就|另外的?钱)")


def heard(text: str, names: list[str], engine: Engine, today: date) -> Iterator[Picked]:
    """The answer to one of the questions; none where it could be that of two."""
    text = _REPEATED.sub(r"\1", text)
    whole = re.sub(r"^不是[^，,]*[，,]\s*是?", "", text.strip().strip("。.！!，, "))
    parts = list(stance.parts(whole))
    anew = [row for row, part in enumerate(parts) if row and part.corrects]
    said_last = [taking_back.without_correction(part.text) for part in parts[anew[-1] :]] if anew else []
    if stance.is_put_off(text):
        return
    counted = [] if said_last else [number for part in parts for number in _heads(part.text)]
    if len(set(counted)) > 1 and not _adds_up(counted):
        names = [name for name in names if engine.vocabulary[name].type is not FactType.WHOLE]
    names = [name for name in names if not _is_barred(name, engine, whole)]
    for said in said_last or dict.fromkeys([whole, text.strip("。.！!，, "), *(part.text for part in parts)]):
        if stance.is_open(said) or UNSURE.search(said):
            continue
        if answers.is_none(said) and sum(engine.vocabulary[name].type is FactType.YES_NO for name in names) > 1:
            return
        doubts = stance.doubts(said)
        sayings = engine.book.sayings
        fitting = [
            one
            for name in names
            if not doubts & ~spared(engine.vocabulary[name], sayings.get(name, Saying()))
            for one in to_one(name, engine, said, today)
        ]
        if fitting:
            yield from fitting if len(fitting) == 1 else ()
            return


def _is_barred(name: str, engine: Engine, whole: str) -> bool:
    """是，丈母娘的: what follows the 是 says that it is not."""
    unless = engine.book.sayings.get(name, Saying()).unless
    is_yes_no = engine.vocabulary[name].type is FactType.YES_NO
    return is_yes_no and bool(unless) and bool(binding.any_of(tuple(unless)).search(whole))


def _adds_up(counted: list[str]) -> bool:
    """四个，洗菜的两个，洗碗的两个."""
    whole, *parts = [number(one) or 0 for one in counted]
    return whole == sum(parts)


def _heads(clause: str) -> list[str]:
    """What is counted; two counts are none, but for what is a part of the first: 十二个，其中两个临时的."""
    return [] if _PART_OF_IT.match(clause) else _COUNTED.findall(clause)


def to_one(name: str, engine: Engine, said: str, today: date) -> Iterator[Picked]:
    """The answer to the question about this fact."""
    fact, saying = engine.vocabulary[name], engine.book.sayings.get(name, Saying())
    if fact.type is FactType.REGION:
        yield from picked.region(answers.place(said), said)
        return
    value = answers.value(fact, saying, said, today)
    if isinstance(value, Found):
        yield from picked.figure(name, fact, value, said)
    elif value is not None:
        yield picked.value(name, fact, value, said)
