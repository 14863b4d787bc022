"""Which row of behaviour.md a message belongs to, learned from exemplars when the service starts.

Every exemplar votes for its class by how like it is to the message, in meaning and in words; the weights of the votes
are fitted (kernel ridge regression, a closed form: under a second for a thousand sentences), so that what many
classes have in common counts little. Questions with a known answer stand against all other classes. Words that hint
at a class add to its score. Without an embedding model the words vote alone.

A language model may settle what is close; it can choose only among the close classes, and is never asked about safety.
"""

import logging
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from assistant import requests, sharp
from assistant.behaviours import SAFETY, Behaviour
from assistant.descriptions import listed, named
from assistant.exemplars import Exemplar
from assistant.lessons import learned
from knowledge.clause_names import names_clause
from knowledge.embedding import Vectors
from knowledge.vector_cache import CachedEmbedding
from prompts.client import ChatModel
from prompts.errors import ModelUnavailable

LEAST = 0.14
"""Score below which a message is taken for a question about the rules."""
LEAST_OF_CHAT = 0.28
"""For small talk: half a question without its matter is like it, too."""
LEAST_OF_DANGER = 0.22
"""The same for the safety classes: their rules have spoken before."""
LEAST_OF_GRAVE = 0.25
"""And for those where silence would be worse than a needless word."""
GRAVE = frozenset({Behaviour.CRISIS, Behaviour.EMERGENCY, Behaviour.SECRECY})
SURELY_GRAVE = 0.42
"""Despair counts from here on, whatever else the message is like."""
CLEARLY = 0.4
"""From here on words leave a flow that waits for an answer."""
NOTHING_ASKED = -0.1
"""Who asks nothing is told no rules where something else is as likely."""
LEAST_BESIDE = 0.35
"""For what may stand beside anything else."""
BEYOND_DOUBT = {
    Behaviour.CRISIS: 0.5,
    Behaviour.EMERGENCY: 0.5,
    Behaviour.SECRECY: 0.5,
    Behaviour.FORBIDDEN: 0.55,
    Behaviour.FEE_OFFER: 0.55,
    Behaviour.CHEATING: 0.5,
    Behaviour.EXTRACTION: 0.5,
    Behaviour.STAFF_ONLY: 0.55,
}
"""Score from which a mere clause counts, or the answer to a question of ours; the gravest first."""
MOST_KEPT = 40
"""Texts whose ranking a thread remembers."""
CLOSE = 0.12
"""Candidates within it may be told apart by a language model."""
MOST_CANDIDATES = 4

_NUMBER = re.compile(r"〔20\d\d〕\s*\d+\s*号")
"""Who names a document or a clause asks what it says: no model is needed to see that."""

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
        self._lesson = learned(tuple(exemplars), tuple(background), embedding)
        self._embedding, self._model = embedding, model
        self._last = threading.local()  # one turn asks about the same words twice: for dangers, and for the flow

    def choose(self, text: str, *, without: Behaviour | None = None) -> Behaviour:
        """The class of one request; ANSWER where nothing else is plain."""
        ranked = [one for one in self.rank(text) if one.behaviour is not without]
        best = best_of(ranked)
        close = [one for one in ranked[:MOST_CANDIDATES] if ranked[0].score - one.score <= CLOSE]
        if best in SAFETY or len(close) < 2 or any(one.behaviour in SAFETY for one in close):
            return best
        return self._refined(text, close) or best

    def is_beyond_doubt(self, text: str, behaviour: Behaviour) -> bool:
        return any(
            one.behaviour is behaviour and one.score >= BEYOND_DOUBT.get(behaviour, 9.0) for one in self.rank(text)
        )

    def is_like(self, text: str, behaviour: Behaviour, least: float) -> bool:
        return any(one.behaviour is behaviour and one.score >= least for one in self.rank(text))

    def gravest(self, clauses: Sequence[str]) -> Behaviour | None:
        """The danger that one of the clauses of a message is in, beyond doubt."""
        best = [ranked[0] for ranked in self.rank_all(clauses)] if clauses else []
        found = {one.behaviour for one in best if one.score >= BEYOND_DOUBT.get(one.behaviour, 9.0)}
        return next((one for one in BEYOND_DOUBT if one in found), None)

    def is_near(self, texts: Sequence[str], behaviour: Behaviour) -> bool:
        """Whether one of the texts is about that, be it about something else, too."""
        return any(
            one.behaviour is behaviour and one.score >= LEAST_BESIDE
            for ranked in self.rank_all(texts)
            for one in ranked
        )

    def rank(self, text: str) -> list[Candidate]:
        """All classes, the likeliest first."""
        return self.rank_all([text])[0]

    def rank_all(self, texts: Sequence[str]) -> list[list[Candidate]]:
        """Of several texts at once: the model reads them together, and one turn asks more than once about the same."""
        known: dict[str, list[Candidate]] = getattr(self._last, "ranked", {})
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            if len(known) > MOST_KEPT:
                known = {text: ranked for text, ranked in known.items() if text in texts}
            known |= dict(zip(new, self._ranked_all(new), strict=True))
            self._last.ranked = known
        return [known[text] for text in texts]

    def _ranked_all(self, texts: Sequence[str]) -> list[list[Candidate]]:
        scores = self._lesson.scores(texts, self._embedding.model.encode(texts) if self._embedding else None)
        return [self._ranked(row, text) for row, text in zip(scores, texts, strict=True)]

    def rank_left_out(self, row: int, text: str) -> list[Candidate]:
        """What would have been ranked had the exemplar of that row not been there; for measurements."""
        return self._ranked(self._lesson.left_out[row], text)

    def _ranked(self, scores: Vectors, text: str) -> list[Candidate]:
        hints = sharp.hints(text)
        if plain := sharp.behaviour_of(text):
            hints[plain] = hints.get(plain, 0.0) + sharp.PLAIN_HINT
        if not requests.asks(text):
            hints[Behaviour.ANSWER] = NOTHING_ASKED
        found = [
            Candidate(one, float(score) + hints.get(one, 0.0))
            for one, score in zip(self._lesson.classes, scores, strict=True)
        ]
        return sorted(found, key=lambda one: (-one.score, one.behaviour.value))

    def _refined(self, text: str, close: Sequence[Candidate]) -> Behaviour | None:
        """What the language model says, where it names one of the candidates."""
        if self._model is None or not self._model.is_ready() or _NUMBER.search(text) or names_clause(text):
            return None
        candidates = [one.behaviour for one in close]
        try:
            written = "".join(self._model.stream("choose", {"candidates": listed(candidates), "message": text}))
        except ModelUnavailable as error:
            log.info("choosing without the language model: %s", error.reason)
            return None
        return named(written, candidates)


def best_of(ranked: Sequence[Candidate]) -> Behaviour:
    """The first class that is plain enough; a question about the rules where none is."""
    if any(one.behaviour is Behaviour.CRISIS and one.score >= SURELY_GRAVE for one in ranked):
        return Behaviour.CRISIS
    for one in ranked:
        if one.behaviour is Behaviour.ANSWER:
            break
        if one.score >= _least(one.behaviour):
            return one.behaviour
    return Behaviour.ANSWER


def _least(behaviour: Behaviour) -> float:
    if behaviour in SAFETY:
        return LEAST_OF_GRAVE if behaviour in GRAVE else LEAST_OF_DANGER
    return LEAST_OF_CHAT if behaviour is Behaviour.OFF_TOPIC else LEAST
