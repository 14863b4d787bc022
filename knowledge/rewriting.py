"""A question as written to a question as the knowledge base can find it.

Traditional and full-width characters, typing errors, colloquial words.
"""

import functools
import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge import index_feed
from knowledge.characters import simplified
from knowledge.database import Database
from knowledge.proofreading import Proofreader, Said
from knowledge.spoken_grammar import plain
from knowledge.synonyms import Synonyms
from knowledge.vocabulary import LATELY

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rewritten:
    original: str
    """In simplified characters."""
    repaired: str
    """Typing errors put right."""
    meant: str
    """The same with the grammar of dialects in plain words: what is searched by meaning (the right clause among the
    first three for 322 of 342 spoken questions of development, 320 as they were written).

    Legal terms for colloquial words change nothing there (R@3 .525 against .522 over the
    variants of the sample's FAQ), and would cost a second run of the encoder.
    """
    added: tuple[str, ...]
    """Legal terms for the colloquial words: they help the search by words (R@3 .492 → .525)."""
    repairs: tuple[tuple[str, str], ...]
    """(written, meant) of every typing error."""

    @property
    def for_words(self) -> str:
        """What was written stays: a wrong repair costs little."""
        return " ".join([self.original, *(meant for _, meant in self.repairs), *self.added])


def unchanged(question: str) -> Rewritten:
    return Rewritten(question, question, question, (), ())


def rewrite(question: str, synonyms: Synonyms, proofreader: Proofreader | None) -> Rewritten:
    original = simplified(question)
    repaired, _ = _repaired(original, proofreader)
    meant, repairs = _repaired(plain(original), proofreader)
    added = [term for text in dict.fromkeys((meant, repaired)) for terms in synonyms.find(text) for term in terms]
    return Rewritten(original, repaired, meant, tuple(dict.fromkeys(added)), repairs)


def _repaired(text: str, proofreader: Proofreader | None) -> tuple[str, tuple[tuple[str, str], ...]]:
    return proofreader.repair(text) if proofreader else (text, ())


class Rewriter:
    """Rewrites with the curated synonyms and with the words that the knowledge base uses now."""

    def __init__(
        self, database: Database, synonyms: Synonyms, cache_folder: Path, questions: Sequence[str] = ()
    ) -> None:
        """`questions`: as people ask, known to have an answer."""
        self._database, self._synonyms, self._questions = database, synonyms, questions
        address = hashlib.blake2b(str(database.engine.url).encode(), digest_size=8).hexdigest()
        self._file = cache_folder / "vocabulary" / f"{address}.json.gz"
        self._proofreader = self._stored()
        self._rewritten = functools.lru_cache(maxsize=LATELY)(self._rewrite)

    def rewrite(self, question: str) -> Rewritten:
        return self._rewritten(question)

    def _rewrite(self, question: str) -> Rewritten:
        return rewrite(question, self._synonyms, self._proofreader)

    def terms(self, word: str) -> tuple[str, ...]:
        """What the law calls it."""
        return tuple(term for terms in self._synonyms.find(word) for term in terms)

    def refresh(self) -> None:
        """Learn the words of what was taken in since; costs seconds, so it is not done while somebody waits."""
        known = hashlib.blake2b("\n".join(self._questions).encode(), digest_size=8).hexdigest()
        before = self._proofreader
        with self._database.reading() as tx:
            seq = index_feed.last_change(tx)
            if before is not None and (before.seq, before.known) == (seq, known):
                return
            texts = [passage.text for passage in index_feed.all_passages(tx)]
        is_known = before is not None and before.known == known
        asked = before.questions if before and is_known else Said.of(map(simplified, self._questions))
        self._proofreader = Proofreader(Said.of(texts), asked, seq, known)
        self._rewritten.cache_clear()
        try:
            self._proofreader.write(self._file)
        except OSError as error:  # only a cache: the next start learns them again
            log.warning("words of the knowledge base not kept: %s", error)

    def _stored(self) -> Proofreader | None:
        try:
            return Proofreader.read(self._file)
        except (OSError, ValueError, KeyError, EOFError):
            return None
