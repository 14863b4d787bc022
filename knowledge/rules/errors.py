"""What can go wrong with rules and answers. Messages are for curators and people: the place and the way out."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.errors import KnowledgeError


class RulesError(KnowledgeError):
    """Base of all errors of this package."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing wrong in a file of the rulebook, with its line."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file} 第 {self.line} 行：{self.reason}"


class BadRulebook(RulesError):
    def __init__(self, complaints: Sequence[Complaint]) -> None:
        super().__init__("规则库有误：\n" + "\n".join(map(str, complaints)))
        self.complaints = tuple(complaints)


class UnknownPolicy(RulesError):
    def __init__(self, policy: str) -> None:
        super().__init__(f"没有编号为“{policy}”的政策；编号见 xiaoer rules list")
        self.policy = policy


class UnknownFact(RulesError):
    def __init__(self, fact: str) -> None:
        super().__init__(f"没有名为“{fact}”的问题；一项政策问些什么见 xiaoer rules show 编号")
        self.fact = fact


class BadAnswer(RulesError):
    def __init__(self, question: str, given: object, wanted: str) -> None:
        super().__init__(f"“{given}”不能作为“{question}”的回答，应是{wanted}")
        self.question = question
        self.given = given
        self.wanted = wanted


class BadFormula(RulesError):
    def __init__(self, formula: str, reason: str) -> None:
        super().__init__(f"算式“{formula}”有误：{reason}")
        self.formula = formula
        self.reason = reason
