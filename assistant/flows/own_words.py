"""The words that a question brings itself, and whether clauses say them and tell the kind of thing that it asks for."""

import re
from collections.abc import Callable, Sequence

from assistant.flows import matter
from assistant.sought import offered, sought, tells_particular
from knowledge import places, several, words
from knowledge.spoken_grammar import plain

LEAST_OF_WORD = 0.6
"""Share of a word's pairs of characters from which it counts as said: 程序 is no 小程序."""
ASKING = frozenset({"是否", "需要", "多少", "什么", "怎么", "最多", "最高", "可以", "要不要", "能不能"})
_REACHED = re.compile(r"(?<=..)(?:电话|号码|热线)$")
_NUMBERED = re.compile(r"[几一二三四五六七八九十两]")

Terms = Callable[[str], Sequence[str]]
"""What the documents call a colloquial word."""


def of(text: str) -> list[str]:
    """Those that say something of their own, long enough to be told from others."""
    cut = (_REACHED.sub("", word) for word in words.cut(plain(text)))
    told = (word for word in cut if len(word) > 1 and word not in ASKING)
    return [word for word in told if not several.names_nothing(word) and re.fullmatch(r"[\u4e00-\u9fff]+", word)]


def is_said(word: str, text: str, terms: Terms) -> bool:
    return matter.stands_in(word, text) >= LEAST_OF_WORD or any(term in text for term in terms(word))


def all_said(question: str, text: str, terms: Terms) -> bool:
    """分型结果啥时候复核: every word of the matter stands there, and beside them what is asked for, a time.

    One word alone is said of many a matter: then what is asked for must be plain, and there.
    """
    asked = plain(question)
    own = [word for word in of(question) if not _NUMBERED.search(word) and not places.named_in(word)]
    kinds = sought(asked)
    if not own or not kinds <= offered(kinds, text) or not all(is_said(word, text, terms) for word in own):
        return False
    return len(own) > 1 or bool(kinds) or tells_particular(asked, text)
