"""Does the check catch a false answer and let a faithful one pass: every falsification of the frozen answers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from assistant.grounding import Checked, Checker
from assistant.verifying import verifier_of
from evals import faithful
from evals.faithful import Case, Falsification
from evals.falsify import falsifications
from evals.intervals import Share
from evals.side_by_side import at_once, side_by_side
from knowledge.embedding import EmbeddingModel
from prompts.client import ChatModel

FAITHFUL = "faithful"


class Group(StrEnum):
    """What the bars are set on."""

    PARTICULARS = "数字、日期、金额、电话、文号、条款号、机关与引用"
    MEANING = "条件、否定、主体、情态与范围"


MEANING = frozenset(
    {"dropped_condition", "negation", "swapped_subject", "swapped_modality", "widened_scope", "swapped_causality"}
)
BARS = {Group.PARTICULARS: 0.995, Group.MEANING: 0.8}
MOST_REJECTED = 0.03

Judge = Callable[[str, Sequence[str], str], Checked]
"""Answer, passages as the model was given them, question."""


def group_of(kind: str) -> Group:
    return Group.MEANING if kind in MEANING else Group.PARTICULARS


def judge_with(embedding: EmbeddingModel | None, model: ChatModel | None = None) -> Judge:
    """The check as the product runs it; a model that may read verifies what it leaves in doubt."""
    similarity, verifier = embedding.encode if embedding else None, verifier_of(model)
    return lambda text, passages, question: Checker(passages, question, similarity, verifier).check(text)


@dataclass(frozen=True, slots=True)
class Judged:
    """One answer, faithful or false, and what the check made of it."""

    id: str
    kind: str
    case: Case
    answer: str
    changed: str
    accepted: bool
    problems: tuple[str, ...]

    @property
    def is_faithful(self) -> bool:
        return self.kind == FAITHFUL

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "kind": self.kind,
            "question": self.case.question,
            "answer": self.answer,
            "changed": self.changed,
            "problems": list(self.problems),
        }


@dataclass(frozen=True, slots=True)
class GroundingReport:
    judged: Sequence[Judged]
    absent: int
    """Faithful answers whose documents are not on this machine."""
    with_embedding: bool

    @property
    def false(self) -> list[Judged]:
        return [one for one in self.judged if not one.is_faithful]

    @property
    def rejected(self) -> Share:
        return Share.among(not one.accepted for one in self.judged if one.is_faithful)

    def caught(self, group: Group) -> Share:
        return Share.among(not one.accepted for one in self.false if group_of(one.kind) is group)

    @property
    def by_kind(self) -> Mapping[str, Share]:
        kinds = sorted({one.kind for one in self.false}, key=lambda kind: (group_of(kind), kind))
        return {kind: Share.among(not one.accepted for one in self.false if one.kind == kind) for kind in kinds}

    def to_json(self) -> dict[str, Any]:
        return {
            "faithful_rejected": self.rejected.to_json(),
            "particulars_caught": self.caught(Group.PARTICULARS).to_json(),
            "meaning_caught": self.caught(Group.MEANING).to_json(),
            "falsifications": len(self.false),
            "answers_without_documents": self.absent,
            "with_embedding": self.with_embedding,
            "by_kind": {kind: share.to_json() for kind, share in self.by_kind.items()},
            "slipped_through": [one.to_json() for one in self.false if one.accepted],
            "wrongly_rejected": [one.to_json() for one in self.judged if one.is_faithful and not one.accepted],
        }


def evaluate(
    embedding: EmbeddingModel | None,
    *,
    model: ChatModel | None = None,
    sample_only: bool = False,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
) -> GroundingReport:
    """With `sample_only` what the project ships decides, the same on every machine."""
    judge = judge_with(embedding, model)
    cases = [case for case in faithful.load() if not sample_only or is_of_sample(case)]
    reworded: dict[str, list[Falsification]] = {}
    for one in faithful.reworded():
        reworded.setdefault(one.of, []).append(one)

    def work(case: Case) -> list[Judged] | None:
        texts = faithful.passages(case)
        if texts is None:
            return None
        return _judged(judge, case, texts, [*falsifications(case, texts), *reworded.get(case.id, ())])

    found = side_by_side(work, cases, most=at_once(model), on_progress=on_progress)
    judged = [one for each in found if each for one in each]
    return GroundingReport(judged, found.count(None), embedding is not None)


def is_of_sample(case: Case) -> bool:
    return all(cut.file.startswith("knowledge/sample/") for cut in case.passages)


def _judged(judge: Judge, case: Case, texts: Sequence[str], false: Iterable[Falsification]) -> list[Judged]:
    given = [f"《{cut.title}》{cut.clause}\n{text}" for cut, text in zip(case.passages, texts, strict=True)]
    found = [_one(judge, given, Falsification(case.id, case.id, FAITHFUL, case.answer, ""), case)]
    return [*found, *(_one(judge, given, one, case) for one in false)]


def _one(judge: Judge, given: Sequence[str], said: Falsification, case: Case) -> Judged:
    checked = judge(said.answer, given, case.question)
    problems = tuple(map(str, checked.problems))
    return Judged(said.id, said.kind, case, said.answer, said.changed, checked.accepted, problems)
