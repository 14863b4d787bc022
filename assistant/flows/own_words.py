"""The words that a question brings itself, and whether clauses say them and tell the kind of thing that it asks for."""

import re
from collections.abc import Callable, Sequence

from assistant.flows import matter
from assistant.sought import sought, tells_particular, told_in
from knowledge import places, several, words
from knowledge.spoken_grammar import plain

LEAST_OF_WORD = 0.6
"""Share of a word's pairs of characters from which it counts as said: 程序 is no 小程序."""
ASKING = frozenset({"是否", "需要", "多少", "什么", "怎么", "最多", "最高", "可以", "要不要", "能不能"})
_REACHED = re.compile(r"(?<=..)(?:电话|号码|热线)$")
_ACTS = re.compile(
    r"补[办领]|延续|续期|换[证领]|变更|注销|恢复|修复|移出|延期|展期|转让|复核|复议|仲裁|补报|备案|认定|公示|拨付|追回|退还|歇业"
)
_ALIKE = {
    "补办": "补[办领发]|遗失|毁坏",
    "补领": "补[办领发]|遗失|毁坏",
    "续期": "延续|延长|届满",
    "延续": "续期|延长",
    "换证": "换[领发证]",
    "换领": "换[领发证]",
    "恢复": "移出|修复",
    "修复": "恢复|移出",
    "移出": "恢复|修复",
    "延期": "延长|展期|顺延",
    "展期": "延长|延期",
    "复议": "复核|异议",
    "复核": "异议|核查",
    "退还": "退回|追回|收回",
    "追回": "退还|退回|收回",
    "拨付": "兑现|发放|支付|兑付",
    "转让": "变更",
    "变更": "换[领发证]|转让",
}
"""In what other words clauses speak of an act."""
_NUMBERED = re.compile(r"[几一二三四五六七八九十两]")

Terms = Callable[[str], Sequence[str]]
"""What the documents call a colloquial word."""


def of(text: str) -> list[str]:
    """Those that say something of their own, long enough to be told from others."""
    cut = (_REACHED.sub("", word) for word in words.cut(plain(text)))
    told = (word for word in cut if len(word) > 1 and word not in ASKING)
    return [word for word in told if not several.names_nothing(word) and re.fullmatch(r"[\u4e00-\u9fff]+", word)]


def acts(text: str) -> list[str]:
    """补办, 延续: what is done to one and the same paper, each by a clause of its own."""
    return list(dict.fromkeys(_ACTS.findall(plain(text))))


def is_of_another_act(question: str, text: str, terms: Terms) -> bool:
    """补办要几天, and the clauses speak of 延续 only: nearly the thing, not the thing."""
    named = acts(question)
    is_there = any(re.search(_ALIKE.get(one, one), text) or is_said(one, text, terms) for one in named)
    return bool(named) and not is_there and bool(_ACTS.search(text))


def is_said(word: str, text: str, terms: Terms) -> bool:
    return matter.stands_in(word, text) >= LEAST_OF_WORD or any(term in text for term in terms(word))


def all_said(question: str, text: str, terms: Terms) -> bool:
    """分型结果啥时候复核: every word of the matter stands there, and beside them what is asked for, a time.

    One word alone is said of many a matter: then what is asked for must be plain, and there.
    """
    asked = plain(question)
    own = [word for word in of(question) if not _NUMBERED.search(word) and not places.named_in(word)]
    kinds = sought(asked)
    if not own or not told_in(kinds, text) or not all(is_said(word, text, terms) for word in own):
        return False
    return len(own) > 1 or bool(kinds) or tells_particular(asked, text)
