"""The signs of what was found for a question, read from its first clauses, the words of the index and the memory."""

from collections.abc import Callable, Sequence

from knowledge import words
from knowledge.catalogue import StoredPassage
from knowledge.documents import ClauseKind
from knowledge.embedding import Vectors
from knowledge.keyword_index import KeywordIndex
from knowledge.memory import Memory
from knowledge.rewriting import Rewritten
from knowledge.scope import Hit
from knowledge.signals import Covered, Near, Signals, longest, seen


def signs_of(
    first: Sequence[StoredPassage],
    asked: Rewritten,
    terms: Callable[[str], Sequence[str]],
    keywords: KeywordIndex,
    by_words: Sequence[Hit],
    scores: Sequence[float],
) -> Signals:
    """`terms`: what the law calls a word; `scores`: of all that were ranked, best first."""
    said = longest(words.telling(asked.meant))
    rarity = dict(zip(said, keywords.rarity(said), strict=True))
    covered = Covered(rarity, {word: terms(word) for word in said})
    return seen(covered, [words.folded(one.indexed_text) for one in first], by_words, scores)


def near(memory: Memory, alike: Vectors, first: Sequence[StoredPassage]) -> Near | None:
    """Whether the first clauses answer questions like this one; `alike` as the memory says."""
    entries = [one.body.partition("\n")[0] for one in first if one.clause_kind == ClauseKind.FAQ]
    return memory.near(alike, [one.id for one in first], entries)
