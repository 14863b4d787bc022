"""Text to what the keyword index stores: characters, pairs of characters, and words (design.md 3)."""

import functools
import re
import unicodedata
from itertools import pairwise
from pathlib import Path

from knowledge import segmenter

_CJK = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_WHOLE = rf"\d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?|\d+\.\d+|[^\W_{_CJK}]+"
_UNITS = re.compile(rf"{_WHOLE}|[{_CJK}%‰]")
_RUNS = re.compile(rf"(?:[{_CJK}%‰]+|{_WHOLE})+")
_CJK_RUN = re.compile(rf"[{_CJK}]+")
_BETWEEN_WORDS = re.compile(r"[\W_]+")

PASSAGES_KEPT = 2_000
"""Folded, 2 MB."""
_ASKING = frozenset(
    re.findall(
        r"\w+",
        "什么 怎么 怎样 如何 哪些 哪里 哪个 多少 多久 几个 为什么 是否 是不是 有没有 能不能 可以 可不可以 怎么办"
        " 需要 应该 请问 想问 咨询 一下 我们 你们 他们 这个 那个 的话 如果 还是 以及 或者",
    )
)
"""Words that every question has: they explain nothing."""


def fold(text: str) -> str:
    """Full-width to half-width, capitals to small letters."""
    return unicodedata.normalize("NFKC", text).lower()


@functools.lru_cache(maxsize=PASSAGES_KEPT)
def folded(passage: str) -> str:
    """The same of a passage, kept: questions come back to the same ones."""
    return fold(passage)


def grams(text: str) -> list[str]:
    """Single characters and neighbouring pairs; Latin words and numbers count as one character.

    100万元 gives 100, 万, 元, 100万, 万元: found by the amount and by its unit.
    """
    found: list[str] = []
    for run in _RUNS.findall(fold(text)):
        units = list(run) if _CJK_RUN.fullmatch(run) else [unit.replace(",", "") for unit in _UNITS.findall(run)]
        found += units
        found += [first + second for first, second in pairwise(units)]
    return found


def search_words(text: str) -> list[str]:
    """Words of the dictionary, long ones also in their parts (jieba's search mode)."""
    # Punctuation goes first: the two segmenters differ only on 25-30 and qq.com.
    spaced = _BETWEEN_WORDS.sub(" ", fold(text))
    return [word for word in _segmenter().cut_for_search(spaced) if not word.isspace()]


def cut(text: str) -> list[str]:
    """Words of the dictionary, each character once."""
    return list(_segmenter().cut(text))


def matched(question: str, text: str) -> list[str]:
    """Words of the question that occur in the text, longest first, none inside another."""
    said = folded(text)
    units: set[str] | None = None
    found: list[str] = []
    for word, chinese in _asked(question):
        if any(word in longer for longer in found):
            continue
        if not chinese and units is None:
            units = set(grams(text))
        if word in said if chinese else word in (units or ()):
            found.append(word)
    return found


def telling(question: str) -> list[str]:
    """Words of a question that say what it is about, longest first, each once."""
    return [word for word, _ in _asked(question)]


@functools.lru_cache(maxsize=8)
def _asked(question: str) -> tuple[tuple[str, bool], ...]:
    """Telling words of a question, longest first, and whether each is Chinese; the same for all that was found."""
    longest_first = sorted(dict.fromkeys(search_words(question)), key=lambda word: -len(word))
    words = ((word, _CJK_RUN.search(word) is not None) for word in longest_first if word not in _ASKING)
    return tuple((word, chinese) for word, chinese in words if not chinese or len(word) > 1)


def use(chosen: segmenter.Segmenter) -> None:
    """Cut words with this segmenter from now on, in the whole process."""
    global _chosen  # noqa: PLW0603  one dictionary per process; the index remembers its name
    _chosen = chosen
    _asked.cache_clear()


def segmenter_name() -> str:
    return _segmenter().name


_chosen: segmenter.Segmenter | None = None


def _segmenter() -> segmenter.Segmenter:
    return _chosen or _usual()


@functools.cache
def _usual() -> segmenter.Segmenter:
    return segmenter.choose(Path.home() / ".cache" / "xiaoer" / "jieba")
