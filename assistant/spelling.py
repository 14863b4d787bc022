"""Typing errors put right before a message is classified: 信西 means 信息. What is quoted, kept or drafted stays as written."""

import functools
from collections.abc import Callable, Iterable

from knowledge.vocabulary import Vocabulary, sound


class Spelling:
    """First by the words of the knowledge base, then by those of conversations."""

    def __init__(self, known: Iterable[str], documents: Callable[[str], str]) -> None:
        """`documents` repairs by the words of the documents."""
        self._vocabulary, self._documents = Vocabulary.of(known), documents

    def repaired(self, text: str) -> str:
        return self._vocabulary.repair(self._documents(text))[0]


class Sounds:
    """Words that are also heard where they are written with other characters of the same sound: 收洪包 is 收红包."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = tuple((word, sound(word)) for word in known)

    def heard(self, text: str) -> str:
        """The text with those words as they are meant."""
        said = _sound(text) if self._known else ""
        for word, spoken in self._known:
            if spoken in said:
                for at in range(len(text) - len(word) + 1):
                    if _sound(text[at : at + len(word)]) == spoken:
                        text = text[:at] + word + text[at + len(word) :]
        return text


_sound = functools.lru_cache(maxsize=256)(sound)
"""The rules of all classes listen to the same words."""
