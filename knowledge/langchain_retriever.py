"""The knowledge base as a LangChain retriever, for chains of others; langchain_core is loaded with this module only.

What it gives obeys the same borders as an answer: rules of the region and above it,
in force on the day, and only words that the audience may read.
"""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import AfterValidator, ConfigDict, Field

from knowledge import dates_in_force, regions
from knowledge.documents import Audience
from knowledge.library import Finding, Found, Library, Question
from knowledge.scope import in_force


class PolicyRetriever(BaseRetriever):
    """Clauses that may answer a question, best first, one Document a clause.

    It holds nothing, so make a new one for each region and reader. Fields cannot be
    changed afterwards: nobody becomes staff by assignment. Raises UnknownRegion.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True, frozen=True, extra="forbid")

    library: Library = Field(repr=False, exclude=True)
    today: Callable[[], date] = Field(repr=False, exclude=True)
    region: Annotated[str, AfterValidator(regions.resolve)] = regions.COUNTRY
    """Name or six-digit code of the place where the person is."""
    audience: Audience = Audience.PUBLIC
    on: date | None = None
    """The day the rules must be in force; None: the day of each question."""
    limit: int = Field(default=5, ge=1, le=50)

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002  LangChain hands it over
    ) -> list[Document]:
        """Blocks; LangChain runs it in a thread for ainvoke and abatch."""
        if not query.strip():
            return []
        question = Question(query, self.region, self.on or self.today(), self.audience)
        finding = self.library.find(question, limit=self.limit)
        readable = self.library.read(question, finding.results)
        return [_document(found, words, question.on, finding) for found, words in readable]


def _document(found: Found, words: str, on: date, finding: Finding) -> Document:
    return Document(id=found.passage.clause_id, page_content=words, metadata=_metadata(found, on, finding))


def _metadata(found: Found, on: date, finding: Finding) -> dict[str, Any]:
    """The names of `sources` in the JSON contract; nothing that JSON cannot hold."""
    passage, why = found.passage, found.why
    return {
        "document": passage.document_id,
        "title": passage.title,
        "doc_number": passage.doc_number,
        "clause": passage.clause,
        "clause_id": passage.clause_id,
        "region": regions.name(passage.region),
        "effective_from": started.isoformat() if (started := dates_in_force.start(passage)) else None,
        "effective_to": passage.valid_to.isoformat() if passage.valid_to else None,
        "dates": dates_in_force.dates(passage),
        "on": on.isoformat(),
        "in_force": in_force(passage.valid_from, passage.valid_to, on=on),
        "pending": list(passage.pending),
        "audience": passage.audience.value,
        "score": round(found.score, 4),
        "why": {"meaning": why.meaning, "words": why.words, "matched": list(why.matched), "named": why.named},
        "by_words_alone": finding.by_words_alone,
    }
