"""Typing errors put right before a message is classified: 信西 means 信息. What is quoted, kept or drafted stays as written."""

from collections.abc import Callable, Iterable

from knowledge.vocabulary import Vocabulary


class Spelling:
    """First by the words of the knowledge base, then by those of conversations."""

    def __init__(self, known: Iterable[str], documents: Callable[[str], str]) -> None:
        """`documents` repairs by the words of the documents."""
        self._vocabulary, self._documents = Vocabulary.of(known), documents

    def repaired(self, text: str) -> str:
        return self._vocabulary.repair(self._documents(text))[0]
