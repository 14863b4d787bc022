"""Sentences of the sample's documents, true and with one fact changed.

The facts are found by expressions of their own, so that a blind spot of
grounding is not a blind spot of its test.
"""

import functools
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant import grounding
from ingest.assemble import assemble
from ingest.label import Hints
from ingest.labels_file import Overrides
from ingest.parsers import read

DOCUMENTS = Path(__file__).parents[2] / "knowledge" / "sample" / "documents"
_CONTACT = re.compile(r"\d{11}|\d{4}-\d{8}|@")
"""Never told from a document."""
_SPACE = re.compile(r"\s+")
_D = r"\d(?:[\d,.]*\d)?"
_C = "[一二三四五六七八九十]"
FACTS = {
    "文号": re.compile(r"〔\d{4}〕\d+(?=号)"),
    "日期": re.compile(r"\d{4}年(?:\d+月(?:\d+日)?)?|\d+月\d+日"),
    "金额": re.compile(rf"{_D}(?=万?元)|{_C}+(?=万元)"),
    "期限": re.compile(rf"{_D}(?=个工作日|日|天|个月|年|小时)|{_C}+(?=个工作日|日内|个月|年)"),
    "比例": re.compile(rf"{_D}(?=%|％|‰|倍)"),
    "数量": re.compile(rf"{_D}(?=人|名|户|家|次|份|平方米|课时|岁|个|项|场)"),
    "条款号": re.compile(rf"(?<=第){_C}+(?=[条款项])|(?<=[（]){_C}+(?=[）])"),
    "电话": re.compile(r"(?<!\d)12345(?!\d)|\d{4}-\d{8}"),
}


@dataclass(frozen=True, slots=True)
class Said:
    sentence: str
    passage: str


@dataclass(frozen=True, slots=True)
class Falsified:
    kind: str
    sentence: str
    was: str
    passage: str


@functools.cache
def passages() -> tuple[str, ...]:
    """Every passage of the sample as the index has it, under its title."""
    found = []
    for file in sorted(DOCUMENTS.iterdir()):
        if file.suffix != ".yaml":
            document = assemble(read(file), Overrides(), Hints(file_name=file.name))
            texts = [(passage.prefix, document.text[passage.start : passage.end]) for passage in document.passages]
            found += [f"{prefix}\n{text}" for prefix, text in texts]
    return tuple(found)


@functools.cache
def true_sentences() -> tuple[Said, ...]:
    """Complete sentences only: a heading or a table cell is nothing a model would say."""
    return tuple(
        Said(sentence.text, passage)
        for passage in passages()
        for sentence in grounding.split(passage.partition("\n")[2])
        if len(sentence.text) >= 8 and not _CONTACT.search(sentence.text)
    )


def falsified(*, seed: int = 0) -> Iterator[Falsified]:
    """Each fact of each sentence once with one digit or numeral changed, unless the passage says that too."""
    chance = random.Random(seed)
    for said in true_sentences():
        for kind, pattern in FACTS.items():
            for match in pattern.finditer(said.sentence):
                changed = _change(match[0], chance)
                sentence = said.sentence[: match.start()] + changed + said.sentence[match.end() :]
                if _squeezed(sentence) not in _squeezed(said.passage):
                    yield Falsified(kind, sentence, said.sentence, said.passage)


def _change(fact: str, chance: random.Random) -> str:
    places = [place for place, char in enumerate(fact) if char.isdigit() or char in "一二三四五六七八九"]
    if not places:
        return "三十" if fact == "十" else fact + "一"
    place = chance.choice(places)
    others = "123456789" if fact[place].isdigit() else "一二三四五六七八九"
    return fact[:place] + chance.choice([char for char in others if char != fact[place]]) + fact[place + 1 :]


def _squeezed(text: str) -> str:
    return _SPACE.sub("", text).rstrip("。；;！？")
