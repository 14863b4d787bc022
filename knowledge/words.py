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
    folded, units = fold(text), set(grams(text))
    asked = sorted(dict.fromkeys(search_words(question)), key=lambda word: -len(word))
    found: list[str] = []
    for word in asked:
        chinese = _CJK_RUN.search(word) is not None
        if word in _ASKING or (chinese and len(word) < 2) or any(word in longer for longer in found):
            continue
        if word in folded if chinese else word in units:
            found.append(word)
    return found


def use(chosen: segmenter.Segmenter) -> None:
    """Cut words with this segmenter from now on, in the whole process."""
    global _chosen  # noqa: PLW0603  one dictionary per process; the index remembers its name
    _chosen = chosen


def segmenter_name() -> str:
    return _segmenter().name


_chosen: segmenter.Segmenter | None = None


def _segmenter() -> segmenter.Segmenter:
    return _chosen or _usual()


@functools.cache
def _usual() -> segmenter.Segmenter:
    return segmenter.choose(Path.home() / ".cache" / "xiaoer" / "jieba")
