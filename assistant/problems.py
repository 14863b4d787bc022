"""What can be wrong with a sentence of a model, and the result of a check."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.citations import Sentence


class ProblemKind(StrEnum):
    REFUSED = "模型表示无法回答"
    EMPTY = "没有内容"
    UNCITED = "句末没有引用编号"
    UNKNOWN_CITATION = "引用了没有给出的资料"
    PARTICULAR = "所引资料里没有"
    MISPLACED = "与所引资料不一致"
    UNSUPPORTED = "所引资料没有这样说"
    USELESS_CITATION = "所引资料与这句话无关"
    REVERSED = "否定或者要求的意思与资料不同"
    DROPPED = "漏掉了条件"
    SWAPPED = "换了行为人或者对象"
    WIDENED = "扩大了范围"
    CONTACT = "联系方式只能取自服务能力清单"
    INSTRUCTION = "含有对系统的指令"


@dataclass(frozen=True, slots=True)
class Problem:
    kind: ProblemKind
    words: str
    """What is wrong; can hold words of the model, so it is not for the public."""
    rule: str = ""
    """Which rule found it, where it has a weight of its own."""

    def __str__(self) -> str:
        return f"{self.kind.value}：{self.words}"


@dataclass(frozen=True, slots=True)
class Checked:
    accepted: bool
    sentences: tuple[Sentence, ...]
    problems: tuple[Problem, ...] = ()
