"""Facts that a language model finds in what somebody said; each is verified in the words, read by our own code, and to be confirmed.

The model only points at words. It decides nothing, and what it points at counts no sooner than what patterns hear.
"""

import logging
import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.eligibility.said_before import as_heard
from assistant.eligibility.sheet import Heard, complaint
from assistant.fact_pickup import pick_up
from assistant.hearing import stance
from knowledge.rules.engine import Engine
from knowledge.rules.model import Fact
from knowledge.rules.values import FactType
from prompts.client import ChatModel
from prompts.errors import ModelUnavailable

MOST_FACTS = 24
LONGEST = 600
"""Characters of a message that are sent."""
_LINE = re.compile(
    r"^\s*(?P<name>[a-z][a-z0-9_]*)\s*[=＝]\s*(?P<value>[^｜|]{1,60}?)\s*[｜|]\s*(?P<words>.{1,80}?)\s*$"
)
_POINTED_AT = frozenset({FactType.YES_NO, FactType.CHOICE})
"""Patterns cannot check these: the words say it, and the person confirms it."""
_FORMS = {
    FactType.YES_NO: "是 或 否",
    FactType.WHOLE: "整数",
    FactType.MONEY: "多少元，只写数",
    FactType.RATIO: "百分比，如 1.5%",
    FactType.DATE: "日期，如 2025-07-01",
    FactType.PERIOD: "多长时间",
    FactType.REGION: "地名",
}

log = logging.getLogger(__name__)


def extracted(text: str, engine: Engine, today: date, names: Sequence[str], model: ChatModel | None) -> list[Heard]:
    """Nothing without a model, or where it says something that does not stand in the words."""
    if model is None or not names or not statements(text) or not model.is_ready():
        return []
    listed = "\n".join(_described(name, engine.vocabulary[name]) for name in names[:MOST_FACTS])
    try:
        written = "".join(model.stream("extract", {"facts": listed, "message": text[:LONGEST]}))
    except ModelUnavailable as error:
        log.info("facts without the language model: %s", error.reason)
        return []
    found = {one.name: one for one in _verified(written, text, engine, today, set(names[:MOST_FACTS]))}
    return list(found.values())


def statements(text: str) -> list[str]:
    """Parts in which the person states something of themselves: no question, no supposition, nobody else."""
    return [part.text for part in stance.parts(text) if not part.stance]


def _described(name: str, fact: Fact) -> str:
    form = "、".join(fact.options) or _FORMS[fact.type] + (f"（{fact.unit}）" if fact.unit else "")
    return f"{name}：{fact.label}，{fact.ask}写法：{form}"


def _verified(written: str, text: str, engine: Engine, today: date, names: set[str]) -> Iterator[Heard]:
    said = statements(text)
    for match in filter(None, map(_LINE.match, written.splitlines())):
        name, value, words = match["name"], match["value"].strip(), match["words"].strip("“”\"' ")
        stands = bool(words) and any(words in piece for piece in said)
        if name not in names or not stands or complaint(engine, name, value) is not None:
            continue
        if engine.vocabulary[name].type in _POINTED_AT:
            yield Heard(name, value, words)
            continue
        yield from _read(name, value, words, engine, today)


def _read(name: str, value: str, words: str, engine: Engine, today: date) -> Iterator[Heard]:
    """Figures, dates and places: what our own reading makes of the words, where the model means the same."""
    meant = engine.read({name: value})[name]
    for picked in pick_up(words, engine, today=today, asked=[name]).picked:
        if picked.name == name and picked.value == meant:
            yield as_heard(picked)
