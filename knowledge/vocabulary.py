"""Words of some texts by how they sound: what a typing error may have meant."""

import functools
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from pypinyin import Style, lazy_pinyin

from knowledge import everyday_words, words

LEAST_PASSAGES = 3
"""A word in fewer passages is no reason to change what somebody wrote."""
LONGEST_WORD = 5
LEAST_GAIN, LEAST_OWN = 7.5, 1.25
"""How much likelier (natural logarithms) the word must be here than what was written is in everyday Chinese, and than
the word itself is there: 谢业 is 歇业, but 我不去会 is no 取回 and 五险 no 无限. Of 68 repairs in 1,050 questions nobody had
tuned to, 29 were wrong before and 3 are now; no right one is lost.
"""
OVERSHADOWED = 15
"""How much commoner a word of the same sound must be, that two characters are no word: curators write typing errors
(补帖) into the variants of a question, and the knowledge base must not learn them from there.
"""
LATELY = 64
"""Texts whose repair is remembered: a turn asks more than once."""
_FUNCTION = frozenset(
    "的了是在也和与或到就都又再还有没无不未吗呢吧啊我你他她它们这那哪谁么什怎几多少最很太被把对从向为以于上下里内外前后中过着已只才嘅嘢嚟畀咗喺佢哋冇咁啲唔俾揾攞"
)
"""Characters that stand by themselves in every sentence: a misspelt word has none of them."""
_VERBS = frozenset("搞弄办做开交领报拿给找问查要想能打买卖租借贷补填写送用收付缴退改换看请帮学签盖拉招雇")
"""Characters that are verbs by themselves before any noun."""
_CJK_RUN = re.compile(r"[\u4e00-\u9fff]+")


class Vocabulary:
    def __init__(self, pairs: Iterable[str], spoken: dict[str, str], shares: Mapping[str, float] | None = None) -> None:
        """`pairs` are all neighbouring characters that occur; `spoken` gives the commonest word by its sound.

        `shares`: of each such word among all; without them every word of the same sound is meant.
        """
        self._pairs = set(pairs)
        self._spoken = spoken
        self._shares = shares
        self._repaired = functools.lru_cache(maxsize=LATELY)(self._repair)

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Vocabulary":
        pairs: Counter[str] = Counter()
        terms: Counter[str] = Counter()
        for text in texts:
            runs = _CJK_RUN.findall(text)
            pairs.update({first + second for run in runs for first, second in pairwise(run)})
            terms.update({word for run in runs for word in words.cut(run) if 2 <= len(word) <= LONGEST_WORD})
        spoken: dict[str, tuple[int, str]] = {}
        for term, count in terms.items():
            if count >= LEAST_PASSAGES:
                spoken[sound(term)] = max(spoken.get(sound(term), (0, "")), (count, term))
        for pair in [one for one, count in pairs.items() if _is_overshadowed(one, count, pairs, spoken)]:
            del pairs[pair]
        everything = terms.total()
        shares = {term: count / everything for count, term in spoken.values()}
        return cls(pairs, {key: term for key, (_, term) in spoken.items()}, shares)

    def repair(self, text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The text with misspelt words put right, and (written, meant) for each.

        Only where two characters stand together that stand nowhere in the texts, only
        whole words (顾客锁要 holds no 客锁), and never a word of the dictionary.
        """
        return self._repaired(text)

    def _repair(self, text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        changes: list[tuple[str, str]] = []
        repaired = _CJK_RUN.sub(lambda run: self._repair_run(run[0], changes), text)
        return repaired, tuple(changes)

    def _repair_run(self, run: str, changes: list[tuple[str, str]]) -> str:
        tokens = words.cut(run)
        position = 0
        while position < len(tokens):
            for count in range(min(LONGEST_WORD, len(tokens) - position), 1, -1):
                written = "".join(tokens[position : position + count])
                meant = self._meant(written)
                if meant is not None and not _is_verb_with_word(tokens[position : position + count], meant):
                    changes.append((written, meant))
                    tokens[position : position + count] = [meant]
                    break
            position += 1
        return "".join(tokens)

    def _meant(self, written: str) -> str | None:
        if (
            len(written) > LONGEST_WORD
            or _FUNCTION & set(written)
            or all(a + b in self._pairs for a, b in pairwise(written))
        ):
            return None
        meant = self._spoken.get(sound(written))
        return meant if meant and meant != written and self._is_likely(written, meant) else None

    def _is_likely(self, written: str, meant: str) -> bool:
        if self._shares is None:
            return True
        here = math.log(self._shares[meant])
        gain, own = here - everyday_words.likelihood(written), here - everyday_words.likelihood(meant)
        return gain >= LEAST_GAIN and own >= LEAST_OWN


def _is_verb_with_word(tokens: Sequence[str], meant: str) -> bool:
    """搞质量 is no 高质量: somebody does something with a word that is written right."""
    verb, *rest = tokens
    return verb in _VERBS and len(rest) == 1 and len(rest[0]) > 1 and meant.endswith(rest[0])


def _is_overshadowed(pair: str, count: int, pairs: Mapping[str, int], spoken: Mapping[str, tuple[int, str]]) -> bool:
    meant = spoken.get(sound(pair), (0, ""))[1]
    is_alike = len(meant) == len(pair) and meant != pair and bool(set(meant) & set(pair))
    return is_alike and pairs.get(meant, 0) >= OVERSHADOWED * count


@functools.lru_cache(maxsize=20_000)
def syllable(char: str) -> str:
    return str(lazy_pinyin(char, style=Style.NORMAL)[0])


def sound(term: str) -> str:
    """Syllables without tones, each character by its commonest reading."""
    return " ".join(map(syllable, term))
