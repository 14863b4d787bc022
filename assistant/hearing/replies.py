"""What a message answers to the questions just asked: 三个人, 8万, 是的, 去年七月."""

import re
from collections.abc import Iterator
from datetime import date

from assistant.hearing import answers, picked, stance
from assistant.hearing.clauses import spared
from assistant.hearing.figures import Found
from assistant.hearing.picked import Picked
from assistant.hearing.stance import UNSURE
from knowledge.rules.engine import Engine
from knowledge.rules.model import Saying
from knowledge.rules.values import FactType


def heard(text: str, names: list[str], engine: Engine, today: date) -> Iterator[Picked]:
    """The answer to one of the questions; none where it could be that of two."""
    whole = re.sub(r"^不是[^，,]*[，,]\s*是?", "", text.strip().strip("。.！!，, "))
    parts = list(stance.parts(whole))
    anew = [row for row, part in enumerate(parts) if row and part.corrects]
    said_last = [stance.without_correction(part.text) for part in parts[anew[-1] :]] if anew else []
    if stance.is_put_off(text):
        return
    for said in said_last or dict.fromkeys([whole, text.strip("。.！!，, "), *(part.text for part in parts)]):
        if stance.is_open(said) or UNSURE.search(said):
            continue
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
