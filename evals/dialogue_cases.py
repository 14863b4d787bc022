"""Dialogues to try the assistant with: what the person says, and what must hold after every turn."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, ConfigDict, TypeAdapter, ValidationError

from evals.errors import BadDataset
from evals.questions import DATASETS
from knowledge import regions
from knowledge.documents import Audience

FROZEN = "dialogues"
OF_ALL_CLASSES = tuple(f"development/dialogues{part}" for part in ("", "_more", "_held"))
CONTENT = tuple(f"development/dialogues_content{part}" for part in ("", "_held"))
"""Only of classes that answer from the documents."""
ON_SAFETY = tuple(f"development/dialogues_safety{part}" for part in ("", "_held"))
"""The safety classes and what only looks like them."""
ONCE_UNSEEN = ("development/dialogues_content_2", "development/dialogues_safety_2")
"""Measured before anybody had read them, and read since."""
ON_DANGER = "development/emergencies"
"""Danger at this moment and what only sounds like it: a class that behaviour.md does not have, so the other sets have not."""
DEVELOPMENT = (*OF_ALL_CLASSES, *CONTENT, *ON_SAFETY, *ONCE_UNSEEN, ON_DANGER)
UNSEEN = ("development/dialogues_content_3", "development/dialogues_safety_3")
"""Not looked at while flows are made: how they fare with what nobody has seen."""
CHINA = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 27, 10, 0, tzinfo=CHINA)
"""A Friday: what the sets mean by now."""
BEHAVIOURS = {
    "answer": "有依据的问题", "ask_region": "先问地区", "other_region": "别处的规定", "no_evidence": "没有依据",
    "partly": "只答得了一部分", "one_off": "往年的一次性安排", "superseded": "旧规定", "conflict": "规定打架",
    "authority_decides": "由机关决定", "contact": "联系方式", "staff_only": "不对外的内容", "eligibility": "我能不能领",
    "deadline": "期限", "appeal": "要反映的问题", "appeal_status": "诉求进度", "outside_remit": "不归这里管",
    "human": "转人工", "booking": "预约与帮办", "closing_down": "不想干了", "fault_or_suggestion": "故障与建议",
    "several": "一句多事", "anger": "生气", "crisis": "轻生", "emergency": "眼前危险", "secrecy": "举报与保密", "cheating": "帮忙作假",
    "fee_offer": "收费包办", "pasted_policy": "贴来的文件", "extraction": "套话与冒充", "forbidden": "不能写的内容",
    "off_topic": "闲聊", "personal_data": "个人信息", "sensitive_data": "敏感信息", "why_ask": "为什么问",
    "stop_or_delete": "退订与删除", "what_are_you": "你是谁", "staff": "工作人员提问",
}  # fmt: skip
BEYOND_THE_TABLE = frozenset({"emergency"})
SAFETY = ("crisis", "secrecy", "extraction", "pasted_policy", "personal_data", "fee_offer", "staff_only")
"""Classes in which nothing may go wrong (issue 4)."""
_STRICT = ConfigDict(extra="forbid")


def _pattern(text: str) -> str:
    re.compile(text)
    return text


def _behaviour(text: str) -> str:
    if text not in BEHAVIOURS:
        raise ValueError(f"没有 {text} 这一类")
    return text


Pattern = Annotated[str, AfterValidator(_pattern)]
Behaviour = Annotated[str, AfterValidator(_behaviour)]


@dataclass(frozen=True, slots=True)
class Clause:
    __pydantic_config__ = _STRICT
    title: str
    clause: str


@dataclass(frozen=True, slots=True)
class Expect:
    """What must hold after a turn; evals/datasets/README-dialogues.md says what each means."""

    __pydantic_config__ = _STRICT
    behaviours: tuple[Behaviour, ...] = ()
    says: tuple[Pattern, ...] = ()
    said_by_now: tuple[Pattern, ...] = ()
    opens: tuple[Pattern, ...] = ()
    never: tuple[Pattern, ...] = ()
    cites: tuple[Clause, ...] = ()
    cites_all: tuple[tuple[Clause, ...], ...] = ()
    no_sources: bool = False
    binds_not: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    no_cards: tuple[str, ...] = ()
    card_says: tuple[Pattern, ...] = ()
    asks: tuple[str, ...] = ()
    asks_nothing: bool = False
    asks_not: tuple[str, ...] = ()
    choices: tuple[Pattern, ...] = ()
    remembers: dict[str, Pattern] = field(default_factory=dict)
    remembers_nothing: bool = False
    remembers_not: tuple[Pattern, ...] = ()
    masked: tuple[str, ...] = ()
    no_echo: bool = False
    parts: int = 0
    fresh: bool = False
    shorter_than: int = 0
    link_or_card: bool = False
    way: bool = False
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """Either words, or a tap on something that the turn before offered."""

    __pydantic_config__ = _STRICT
    say: str = ""
    tap: Pattern = ""
    expect: Expect = field(default_factory=Expect)


@dataclass(frozen=True, slots=True)
class Dialogue:
    __pydantic_config__ = _STRICT
    id: str
    kind: Behaviour
    style: Literal["plain", "colloquial", "dialect", "typo"]
    knowledge: Literal["sample", "seeds"]
    region: str | None
    """Chosen on the page before the first word, by name."""
    audience: Audience
    turns: tuple[Turn, ...]
    at: datetime | None = None
    """Hour of China."""
    why: str = ""

    @property
    def now(self) -> datetime:
        return self.at.replace(tzinfo=CHINA) if self.at else NOW

    @property
    def region_code(self) -> str | None:
        return regions.resolve(self.region) if self.region else None


def load(name: str = FROZEN) -> list[Dialogue]:
    """Raises BadDataset naming file and line."""
    return list(_read(DATASETS / f"{name}.jsonl"))


def _read(file: Path) -> Iterator[Dialogue]:
    reader = TypeAdapter(Dialogue)
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise BadDataset(file, str(error)) from error
    for number, line in enumerate(lines, start=1):
        try:
            yield reader.validate_json(line.replace('"class":', '"kind":', 1))
        except ValidationError as error:
            raise BadDataset(file, f"第 {number} 行：{error}") from error
