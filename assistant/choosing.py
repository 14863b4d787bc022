"""Which row of behaviour.md a message belongs to: the nearest exemplars decide, rules for the sharp ones before them.

Without an embedding model the words decide alone. A language model may settle what is close between two classes;
it is never asked about safety, and can choose only among the classes that are close.
"""

import logging
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from assistant import sharp
from assistant.behaviours import SAFETY, Behaviour
from assistant.exemplars import Exemplar
from assistant.safety import folded
from knowledge.embedding import Vectors
from knowledge.vector_cache import CachedEmbedding
from prompts.client import ChatModel
from prompts.errors import ModelUnavailable

NEIGHBOURS = 3
"""Exemplars of a class whose mean similarity is its score, the nearest counting double."""
WORDS_SHARE = 0.35
"""Weight of the words beside the meaning."""
LEAST = {True: 0.56, False: 0.30}
"""Score below which no class but a question about the rules is believed: with meaning, and by words alone."""
MARGIN = {True: 0.015, False: 0.03}
"""By how much a class must stand above a question about the rules."""
CLOSE = 0.03
"""Candidates within it may be told apart by a language model."""
MOST_CANDIDATES = 4

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Candidate:
    behaviour: Behaviour
    score: float


class Chooser:
    def __init__(
        self, exemplars: Sequence[Exemplar], embedding: CachedEmbedding | None = None, model: ChatModel | None = None
    ) -> None:
        """Exemplars are encoded at once, and kept; what people write is encoded by the bare model, and not kept."""
        self._exemplars = list(exemplars)
        self._embedding, self._model = embedding, model
        self._words = _Words([folded(one.text) for one in self._exemplars])
        self._vectors = embedding.encode([one.text for one in self._exemplars]) if embedding and exemplars else None
        self._rows: dict[Behaviour, list[int]] = {}
        for row, one in enumerate(self._exemplars):
            self._rows.setdefault(one.behaviour, []).append(row)

    @property
    def by_meaning(self) -> bool:
        return self._vectors is not None

    def choose(self, text: str) -> Behaviour:
        """The class of one request; ANSWER where nothing else is plain."""
        plain = sharp.behaviour_of(text)
        if plain is not None:
            return plain
        ranked = self.rank(text)
        best = self._best(ranked)
        close = [one for one in ranked[:MOST_CANDIDATES] if ranked[0].score - one.score <= CLOSE]
        if best in SAFETY or len(close) < 2 or any(one.behaviour in SAFETY for one in close):
            return best
        return self._refined(text, close) or best

    def _best(self, ranked: Sequence[Candidate]) -> Behaviour:
        if not ranked or ranked[0].score < LEAST[self.by_meaning]:
            return Behaviour.ANSWER
        rules = next((one.score for one in ranked if one.behaviour is Behaviour.ANSWER), 0.0)
        first = ranked[0]
        margin = 0.0 if first.behaviour is Behaviour.CRISIS else MARGIN[self.by_meaning]
        return first.behaviour if first.score >= rules + margin else Behaviour.ANSWER

    def rank(self, text: str, *, without: int | None = None) -> list[Candidate]:
        """All classes, the likeliest first. `without`: the row of an exemplar that is left out, for measurements."""
        scores = self._similarities(text)
        if without is not None:
            scores[without] = -1.0
        found = [Candidate(behaviour, _score(scores[rows])) for behaviour, rows in self._rows.items()]
        return sorted(found, key=lambda one: (-one.score, one.behaviour.value))

    def _similarities(self, text: str) -> Vectors:
        words = self._words.similarities(folded(text))
        if self._vectors is None or self._embedding is None:
            return words
        vector = self._embedding.model.encode([text])[0]
        mixed: Vectors = (1 - WORDS_SHARE) * (self._vectors @ vector) + WORDS_SHARE * np.sqrt(words)
        return mixed

    def _refined(self, text: str, close: Sequence[Candidate]) -> Behaviour | None:
        """What the language model says, where it names one of the candidates."""
        if self._model is None or not self._model.is_ready():
            return None
        names = {one.behaviour.value: one.behaviour for one in close}
        listed = "\n".join(f"{name}：{DESCRIPTIONS[behaviour]}" for name, behaviour in names.items())
        try:
            written = "".join(self._model.stream("choose", {"candidates": listed, "message": text})).strip()
        except ModelUnavailable as error:
            log.info("choosing without the language model: %s", error.reason)
            return None
        return names.get(written.split()[0].strip("“”\"'。.：:") if written else "")


def _score(similarities: Vectors) -> float:
    nearest = np.sort(similarities)[::-1][:NEIGHBOURS]
    weights = np.array([2.0, *[1.0] * (len(nearest) - 1)])
    return float((nearest * weights).sum() / weights.sum())


class _Words:
    """Cosine over characters and pairs of characters, rare ones counting more."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = [Counter(_grams(text)) for text in texts]
        known = Counter(chain.from_iterable(counts))
        self._column = {gram: column for column, gram in enumerate(known)}
        self._weight = {gram: math.log(1 + len(texts) / occurs) for gram, occurs in known.items()}
        self._table = np.zeros((len(texts), max(1, len(known))), dtype=np.float32)
        for row, grams in enumerate(counts):
            for gram in grams:
                self._table[row, self._column[gram]] = self._weight[gram]
        norms = np.linalg.norm(self._table, axis=1, keepdims=True)
        self._table /= np.maximum(norms, 1e-9)

    def similarities(self, text: str) -> Vectors:
        vector = np.zeros(self._table.shape[1], dtype=np.float32)
        unknown = 0.0
        for gram in set(_grams(text)):
            if gram in self._column:
                vector[self._column[gram]] = self._weight[gram]
            else:
                unknown += math.log(1 + len(self._table)) ** 2 / 4
        norm = math.sqrt(float(vector @ vector) + unknown)
        similar: Vectors = np.clip(self._table @ vector / max(norm, 1e-9), 0.0, 1.0)
        return similar


def _grams(text: str) -> list[str]:
    return [*text, *(text[at : at + 2] for at in range(len(text) - 1))]


DESCRIPTIONS: Mapping[Behaviour, str] = {
    Behaviour.ANSWER: "问政策、规定、办事条件、材料、流程、金额",
    Behaviour.AUTHORITY_DECIDES: "要求替机关作出认定、批准、免罚，或者问钱到账没有",
    Behaviour.CONTACT: "问电话、地址、窗口、上班时间、联系人",
    Behaviour.ELIGIBILITY: "问自己符不符合条件、能不能领",
    Behaviour.DEADLINE: "问某个期限到哪一天为止、怎么数日子",
    Behaviour.APPEAL: "反映一个具体问题、投诉、要求解决",
    Behaviour.APPEAL_STATUS: "问自己提交过的诉求办到哪一步",
    Behaviour.OUTSIDE_REMIT: "与经营无关、归别的部门管的事",
    Behaviour.HUMAN: "要找人工、真人、工作人员",
    Behaviour.BOOKING: "要预约、上门、延时、帮办代办",
    Behaviour.CLOSING_DOWN: "不想干了、要关店、要注销",
    Behaviour.FAULT_OR_SUGGESTION: "平台打不开、报错、卡住，或者提改进建议",
    Behaviour.ANGER: "只是发火、骂人，没有说事",
    Behaviour.OFF_TOPIC: "闲聊、问候、与政策无关的话",
    Behaviour.PERSONAL_DATA: "只发来个人信息，或者要求凭它查询",
    Behaviour.WHY_ASK: "问为什么要问这些、谁能看到、存多久",
    Behaviour.STOP_OR_DELETE: "要求删除、导出自己的数据，或者别再发消息",
    Behaviour.WHAT_ARE_YOU: "问你是谁、是不是机器人",
}
