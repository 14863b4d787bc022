"""Which row of behaviour.md a message belongs to, learned from exemplars when the service starts.

Every exemplar votes for its class by how like it is to the message, in meaning and in words; the weights of the votes
are fitted (kernel ridge regression, a closed form: under a second for a thousand sentences), so that what many
classes have in common counts little. Questions with a known answer stand against all other classes. Words that hint
at a class add to its score. Without an embedding model the words vote alone.

A language model may settle what is close; it can choose only among the close classes, and is never asked about safety.
"""

import functools
import logging
import math
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import cast

import numpy as np

from assistant import sharp
from assistant.behaviours import SAFETY, Behaviour
from assistant.exemplars import Exemplar
from assistant.safety import folded
from knowledge.embedding import Vectors
from knowledge.vector_cache import CachedEmbedding
from knowledge.vocabulary import sound
from prompts.client import ChatModel
from prompts.errors import ModelUnavailable

WORDS_SHARE = 0.3
"""Weight of the words beside the meaning."""
SHARPNESS = 1.5
"""Power of the cosines: above 1, what is far apart counts less."""
RIDGE = 0.3
BACKGROUND_WEIGHT = 0.2
"""Of a known question beside an exemplar written for the purpose."""
LEAST = 0.26
"""Score below which a message is taken for a question about the rules."""
LEAST_OF_DANGER = 0.42
"""The same for the safety classes: their rules have spoken before."""
LEAST_OF_GRAVE = 0.34
"""And for those where silence would be worse than a needless word."""
GRAVE = frozenset({Behaviour.CRISIS, Behaviour.SECRECY})
CLOSE = 0.12
"""Candidates within it may be told apart by a language model."""
MOST_CANDIDATES = 4

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Candidate:
    behaviour: Behaviour
    score: float


class Chooser:
    def __init__(
        self,
        exemplars: Sequence[Exemplar],
        background: Sequence[str] = (),
        embedding: CachedEmbedding | None = None,
        model: ChatModel | None = None,
    ) -> None:
        """`background`: questions about the rules. They and the exemplars are encoded once, and kept;

        what people write is encoded by the bare model, and not kept.
        """
        texts = [*(one.text for one in exemplars), *background]
        labels = [*(one.behaviour for one in exemplars), *([Behaviour.ANSWER] * len(background))]
        self._classes = sorted(set(labels))
        self._embedding, self._model = embedding, model
        self._last = threading.local()  # one turn asks about the same words twice: for dangers, and for the flow
        self._words = _Words([folded(text) for text in texts])
        self._meanings = _Meanings(embedding.encode(texts)) if embedding else None
        weights = np.array([*([1.0] * len(exemplars)), *([BACKGROUND_WEIGHT] * len(background))], dtype=np.float32)
        wanted = np.array([[label is one for one in self._classes] for label in labels], dtype=np.float32)
        kernel = self._mixed(self._words.kernel, self._meanings.kernel if self._meanings else None)
        self._system: Vectors = (kernel + RIDGE * np.diag(1 / weights)).astype(np.float32)
        self._wanted: Vectors = wanted
        self._votes: Vectors = np.linalg.solve(self._system, wanted)

    def choose(self, text: str) -> Behaviour:
        """The class of one request; ANSWER where nothing else is plain."""
        known = getattr(self._last, "chosen", None)
        if known is None or known[0] != text:
            known = self._last.chosen = (text, self._chosen(text))
        return cast("Behaviour", known[1])

    def _chosen(self, text: str) -> Behaviour:
        plain = sharp.behaviour_of(text)
        if plain is not None:
            return plain
        ranked = self.rank(text)
        best = best_of(ranked)
        close = [one for one in ranked[:MOST_CANDIDATES] if ranked[0].score - one.score <= CLOSE]
        if best in SAFETY or len(close) < 2 or any(one.behaviour in SAFETY for one in close):
            return best
        return self._refined(text, close) or best

    def rank(self, text: str) -> list[Candidate]:
        """All classes, the likeliest first."""
        words = self._words.similarities(folded(text))
        meaning = None
        if self._meanings is not None and self._embedding is not None:
            meaning = self._meanings.similarities(self._embedding.model.encode([text])[0])
        return self._ranked(self._mixed(words, meaning) @ self._votes, text)

    def rank_left_out(self, row: int, text: str) -> list[Candidate]:
        """What would have been ranked had the exemplar of that row not been there; for measurements."""
        return self._ranked(self._left_out[row], text)

    @functools.cached_property
    def _left_out(self) -> Vectors:
        """The scores of every exemplar by all others, without fitting once for each (Allen's PRESS)."""
        diagonal = np.diag(np.linalg.inv(self._system))
        left_out: Vectors = (self._wanted - self._votes / diagonal[:, None]).astype(np.float32)
        return left_out

    def _ranked(self, scores: Vectors, text: str) -> list[Candidate]:
        hints = sharp.hints(text)
        found = [
            Candidate(one, float(score) + hints.get(one, 0.0)) for one, score in zip(self._classes, scores, strict=True)
        ]
        return sorted(found, key=lambda one: (-one.score, one.behaviour.value))

    def _mixed(self, words: Vectors, meaning: Vectors | None) -> Vectors:
        return words if meaning is None else (1 - WORDS_SHARE) * meaning + WORDS_SHARE * words

    def _refined(self, text: str, close: Sequence[Candidate]) -> Behaviour | None:
        """What the language model says, where it names one of the candidates."""
        if self._model is None or not self._model.is_ready():
            return None
        names = {one.behaviour.value: one.behaviour for one in close}
        listed = "\n".join(f"{name}：{DESCRIPTIONS.get(behaviour, '')}" for name, behaviour in names.items())
        try:
            written = "".join(self._model.stream("choose", {"candidates": listed, "message": text})).split()
        except ModelUnavailable as error:
            log.info("choosing without the language model: %s", error.reason)
            return None
        return names.get(written[0].strip("“”\"'。.：:")) if written else None


def best_of(ranked: Sequence[Candidate]) -> Behaviour:
    """The first class that is plain enough; a question about the rules where none is."""
    for one in ranked:
        if one.behaviour is Behaviour.ANSWER:
            break
        least = LEAST_OF_GRAVE if one.behaviour in GRAVE else LEAST_OF_DANGER if one.behaviour in SAFETY else LEAST
        if one.score >= least:
            return one.behaviour
    return Behaviour.ANSWER


class _Meanings:
    """Cosines of what is left when the mean of all sentences is taken away: plain ones are all alike."""

    def __init__(self, vectors: Vectors) -> None:
        self._mean = vectors.mean(axis=0)
        self._table = self._centred(vectors)

    @property
    def kernel(self) -> Vectors:
        return _sharpened(self._table @ self._table.T)

    def similarities(self, vector: Vectors) -> Vectors:
        return _sharpened(self._table @ self._centred(vector[None, :])[0])

    def _centred(self, vectors: Vectors) -> Vectors:
        moved = vectors - self._mean
        centred: Vectors = moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9)
        return centred


def _sharpened(cosines: Vectors) -> Vectors:
    sharpened: Vectors = (np.sign(cosines) * np.abs(cosines) ** SHARPNESS).astype(np.float32)
    return sharpened


class _Words:
    """Cosine over characters, pairs of characters and their sounds, rare ones counting more."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = [set(_grams(text)) for text in texts]
        known = Counter(chain.from_iterable(counts))
        kept = [gram for gram, occurs in known.items() if occurs > 1]
        self._column = {gram: column for column, gram in enumerate(kept)}
        self._weight = np.array([math.log(1 + len(texts) / known[gram]) for gram in kept], dtype=np.float32)
        self._rarest = math.log(1 + len(texts))
        self.table: Vectors = np.zeros((len(texts), len(kept)), dtype=np.float32)
        for row, grams in enumerate(counts):
            columns = [self._column[gram] for gram in grams if gram in self._column]
            self.table[row, columns] = self._weight[columns] / self._length(columns, len(grams) - len(columns))

    @property
    def kernel(self) -> Vectors:
        kernel: Vectors = self.table @ self.table.T
        return kernel

    def similarities(self, text: str) -> Vectors:
        grams = set(_grams(text))
        columns = [self._column[gram] for gram in grams if gram in self._column]
        weights = self._weight[columns] / self._length(columns, len(grams) - len(columns))
        similar: Vectors = (self.table[:, columns] @ weights).astype(np.float32)
        return similar

    def _length(self, columns: Sequence[int], unknown: int) -> float:
        return math.sqrt(float((self._weight[columns] ** 2).sum()) + unknown * self._rarest**2 / 4) or 1.0


def _grams(text: str) -> list[str]:
    """Characters, pairs of them, and how the pairs sound: 信西 is like 信息."""
    pairs = [text[at : at + 2] for at in range(len(text) - 1)]
    return [*text, *pairs, *map(sound, pairs)]


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
