"""What the flows work with: opened once, shared by all conversations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answer import Source
from assistant.flows.answer import AnswerFlow
from knowledge.database import Database
from knowledge.documents import Audience
from knowledge.library import Library
from knowledge.library import Question as Asked
from knowledge.rules import current
from knowledge.rules.engine import Engine
from knowledge.vector_cache import CachedEmbedding
from prompts.client import ChatModel


@dataclass(frozen=True, slots=True)
class Knowledge:
    database: Database
    library: Library
    answers: AnswerFlow
    embedding: CachedEmbedding | None = None
    model: ChatModel | None = None

    def rules(self) -> Engine:
        """The rulebook, knowing which of its bases the documents held have ended or changed."""
        with self.database.reading() as tx:
            return current.engine_of(tx)

    def quotes(self, text: str, region: str, on: date, *, most: int = 1) -> Sequence[str]:
        """Quotes with their citation for a flow's own words; none where the documents say nothing about it."""
        answer = self.answers.answer(Asked(text, region, on, Audience.PUBLIC))
        if answer.confidence is not None and answer.confidence < LEAST_SURE:
            return ()
        rules_first = sorted(answer.sources, key=lambda source: FAQ in source.title)
        return [quoted(one) for one in rules_first[:most]]


def quoted(source: Source) -> str:
    return f"“{source.quote}”（《{source.title.strip('《》')}》{source.clause}）"


LEAST_SURE = 0.5
FAQ = "常见问答"
