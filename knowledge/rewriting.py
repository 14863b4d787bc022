"""A question as written to a question as the knowledge base can find it.

Traditional and full-width characters, typing errors, colloquial words.
"""

import functools
import hashlib
import logging
from dataclasses import dataclass
from pathlib import Path

import opencc

from knowledge import index_feed
from knowledge.database import Database
from knowledge.synonyms import Synonyms
from knowledge.vocabulary import Vocabulary

log = logging.getLogger(__name__)

_HALF_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}


@dataclass(frozen=True, slots=True)
class Rewritten:
    original: str
    """In simplified characters."""
    repaired: str
    """Typing errors put right: what is searched by meaning.

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
    return Rewritten(question, question, (), ())


def rewrite(question: str, synonyms: Synonyms, vocabulary: Vocabulary | None) -> Rewritten:
    plain = simplified(question)
    repaired, repairs = vocabulary.repair(plain) if vocabulary else (plain, ())
    added = [term for terms in synonyms.find(repaired) for term in terms]
    return Rewritten(plain, repaired, tuple(dict.fromkeys(added)), repairs)


def simplified(text: str) -> str:
    """Traditional characters and full-width letters and digits as the documents write them."""
    return str(_to_simplified().convert(text.translate(_HALF_WIDTH)))


@functools.cache
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


class Rewriter:
    """Rewrites with the curated synonyms and with the words that the knowledge base uses now."""

    def __init__(self, database: Database, synonyms: Synonyms, cache_folder: Path) -> None:
        self._database, self._synonyms = database, synonyms
        address = hashlib.blake2b(str(database.engine.url).encode(), digest_size=8).hexdigest()
        self._file = cache_folder / "vocabulary" / f"{address}.json.gz"
        self._vocabulary = self._stored()

    def rewrite(self, question: str) -> Rewritten:
        return rewrite(question, self._synonyms, self._vocabulary)

    def refresh(self) -> None:
        """Learn the words of what was taken in since; costs seconds, so it is not done while somebody waits."""
        with self._database.reading() as tx:
            seq = index_feed.last_change(tx)
            if self._vocabulary is not None and self._vocabulary.seq == seq:
                return
            texts = [passage.text for passage in index_feed.all_passages(tx)]
        self._vocabulary = Vocabulary.of(texts, seq)
        try:
            self._vocabulary.write(self._file)
        except OSError as error:  # only a cache: the next start learns them again
            log.warning("words of the knowledge base not kept: %s", error)

    def _stored(self) -> Vocabulary | None:
        try:
            return Vocabulary.read(self._file)
        except (OSError, ValueError, KeyError, EOFError):
            return None
