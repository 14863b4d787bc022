"""On which side of a number or a moment the sentence stands: 不超过 or 不低于, 以上 or 以下, 前 or 后, 内 or 后.

Catches a limit turned round at the same number, a limit dropped for its
contrary, and one word of an opposed pair in the place of the other (迁入地 for
迁出地). Cannot see a limit that was merely left out, nor opposites it does not list.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.particulars import Kind, Particular, agree

_UPPER_BEFORE = re.compile(r"(?<!不)不超过[^，。；、\d]{0,4}$|(?:控制在|限额)$")
_LOWER_BEFORE = re.compile(r"不低于[^，。；、\d]{0,4}$|(?<!不)(?:超过|多于|高于)\W?$")
_LOWER_AFTER = re.compile(r"^(?:\(含.{1,8}\))?[^，。；、\d]{0,3}以上")
_UPPER_AFTER = re.compile(r"^(?:\(含.{1,8}\))?[^，。；、\d]{0,3}(?:以下|以内)")
_BELOW_BEFORE = re.compile(r"(?:不满|未满|未达到?|不到)$")
_REACHED_BEFORE = re.compile(r"(?<![不未期届])满$")
_WITHIN_AFTER = re.compile(r"^(?:内|期间内|前|止前|以前)")
_BEYOND_AFTER = re.compile(r"^(?:后|外|以外)(?!的?公示|续)")
_SIDES = (
    ("至多", _UPPER_BEFORE, True),
    ("至多", _UPPER_AFTER, False),
    ("至多", _BELOW_BEFORE, True),
    ("至少", _LOWER_BEFORE, True),
    ("至少", _LOWER_AFTER, False),
    ("至少", _REACHED_BEFORE, True),
    ("之内", _WITHIN_AFTER, False),
    ("之后", _BEYOND_AFTER, False),
)
_CONTRARY = {"至多": "至少", "至少": "至多", "之内": "之后", "之后": "之内"}
_SIDED = frozenset({Kind.NUMBER, Kind.DATE, Kind.TIME})
_NEAR = 8
_OPPOSED = (
    ("增加", "减少"), ("提高", "降低"), ("迁入", "迁出"), ("全部", "部分"), ("上一", "下一"), ("当年", "次年"), ("当月", "次月"),
    ("上午", "下午"), ("书面", "口头"), ("同时", "只需"), ("需同时", "任一"), ("首月", "末月"), ("自愿", "强制"), ("线上", "线下"),
    ("一次性", "分次"), ("一次性", "分多次"), ("前", "后"), ("东", "西"), ("南", "北"), ("左", "右"), ("计入", "不计入"),
    ("高于", "低于"), ("入", "出"), ("上年", "下年"), ("明知", "不知"), ("优先", "最后"), ("公开", "保密"), ("按年", "按月"),
    ("按季", "按月"), ("按季", "按年"), ("按半年", "按月"), ("免费", "收费"), ("同等", "更优"), ("自行", "代为"), ("一项", "多项"),
    ("同意", "反对"), ("期满", "期内"), ("个人", "单位"), ("承担", "免除"), ("继续", "停止"), ("最低", "最高"), ("不超过", "不低于"), ("不超过", "可以超过"), ("不低于", "可以低于"),
)  # fmt: skip
_FROM = re.compile(r"(?:自|从|在)?([^，。；自从]{2,24}?)之日")
_CONTEXT = 2
_MARKS = re.compile(r"[^\w]+")


def turned(
    sentence: str, found: Sequence[Particular], passages: Sequence[tuple[str, Sequence[Particular]]]
) -> Iterator[str]:
    """Numbers whose limit stands nowhere in the plain passages but as its contrary."""
    for said in found:
        if said.kind not in _SIDED or not (own := sides(sentence, said)):
            continue
        known = [
            sides(text, one) for text, given in passages for one in given if one.kind is said.kind and agree(said, one)
        ]
        for side in own:
            if any(_CONTRARY[side] in other for other in known) and not any(side in other for other in known):
                yield sentence[max(0, said.start - 3) : said.end + 2]


def opposed(sentence: str, passages: Sequence[str]) -> Iterator[str]:
    """Words of the plain sentence in whose place the plain passages only have the opposite."""
    text, given = _MARKS.sub("|", sentence), [_MARKS.sub("|", passage) for passage in passages]
    for pair in _OPPOSED:
        for word, other in (pair, pair[::-1]):
            if other in word or word not in text:
                continue
            for match in re.finditer(re.escape(word), text):
                if not _stands(text, match, word, given) and _stands(text, match, other, given):
                    yield text[max(0, match.start() - _CONTEXT) : match.end() + _CONTEXT]


def begun(sentence: str, passages: Sequence[str]) -> Iterator[str]:
    """自…之日起 counted from a day that the plain passages do not count from."""
    counted = [match[1] for passage in passages for match in _FROM.finditer(passage)]
    for match in _FROM.finditer(sentence):
        words = match[1][-2 * _CONTEXT :]
        if counted and not any(
            words[place : place + _CONTEXT] in day for day in counted for place in range(len(words) - 1)
        ):
            yield match[0]


def _stands(text: str, match: re.Match[str], word: str, passages: Sequence[str]) -> bool:
    before = text[max(0, match.start() - _CONTEXT) : match.start()]
    after = text[match.end() : match.end() + _CONTEXT]
    near = [before + word] if len(before) == _CONTEXT else []
    if len(word) > 1 and len(after) == _CONTEXT:
        near.append(word + after)
    return any(words in passage for words in near for passage in passages)


def contrary(said: frozenset[str], given: frozenset[str]) -> bool:
    """Whether one of the sides said stands on the other side in what is given, and not on this one, too."""
    return any(_CONTRARY[side] in given and side not in given for side in said)


def sides(text: str, one: Particular) -> frozenset[str]:
    """至多, 至少, 之内, 之后: where a limit stands."""
    before, after = text[max(0, one.start - _NEAR) : one.start], text[one.end : one.end + _NEAR]
    return frozenset(side for side, pattern, ahead in _SIDES if pattern.search(before if ahead else after))
