"""Whether a sentence leaves out the condition or the exception under which its passage says so.

A condition counts as said when the sentence, another sentence of the same
answer or the question has most of its words, and its numbers. Catches a clause
left out whole or by one of its parts joined by 并; cannot catch a condition
that its passage has in another sentence, nor a single adjective left out.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant import particulars
from assistant.particulars import Kind, Particular
from assistant.statements import CONCLUDES, Statement, governs
from assistant.support import FUNCTION_WORDS, pairs, segments

SAID = 0.5
"""Share of a condition's characters that must be somewhere in the answer or the question."""
SAID_WITH_NUMBER = 0.25
TAIL_SAID = 0.4
CASE_SAID = 0.9
PAIR, CLAUSE, LONG_CLAUSE = 2, 4, 6
_RELATIVE = re.compile(r"^(.{4,}的)[^的，]{2,8}$")
_ANNOUNCED = re.compile(r"[下所]列|以下情形|之一")
_EITHER = re.compile(r"或|等|之一|和|与|及(?!时)")
MEANT = 0.7
"""Cosine from which a condition was said in other words."""
LONGEST_GAP = 5
"""So many characters in a row that nobody said are a part left out."""
RESEMBLES = 0.45
AS_GOOD = 0.75
SAME_NUMBER, GOVERNED = 2, 0.25
"""What a number and what a pair of the conditions weigh against a pair of the statement."""
_ALSO = re.compile(r"并且?(?!列|处)|而?且|，|、(?=符合|具备|已|未|持有|取得)")
_OR = re.compile(r"或者?|、|以及|及其|和(?!解)")
_OPENING = re.compile(
    r"^(?:个体工商户|申请人|借款人|经营者|当事人|拟兑现对象|设置人|用人单位|提交人|市场主体|纳税人)?(?:属于|依照|按照|根据)?(?:取得.{2,8}后(?=.{4}))?"
)
"""Who asks is meant anyhow."""
_TIME_FRAME = re.compile(r"^自[^，]{2,12}之日起\d+[^，]{1,4}[内前]$")
_TAIL = re.compile(r"(?<=.)(?:有|需要|存在|遇到|被|致使).{2,}$")
_TAKEN_FOR_GRANTED = re.compile(r"^取得营业执照$|^符合(?:要求|条件|规定)的?$")
_QUALIFIER = re.compile(r"首次|(?<!不)仅(?!次)|新招|新开|定点|试用期|不可抗力|明知|故意|无正当理由|情节严重|同一时段")
_EXCEPTION_SAID = re.compile(r"除外|(?<![未无有])例外|除了|但|不过|另有|特殊|除.{1,20}外")
_NOT_HAN = re.compile(r"[^\u4e00-\u9fff]")


Close = Callable[[str, Sequence[str]], float]
"""How near in meaning a text is to the nearest of others."""


def never(*_: object) -> float:
    """Without an embedding only words count."""
    return 0.0


@dataclass(frozen=True, slots=True)
class Said:
    """The sentence and everything else that may bring a condition."""

    sentence: str
    all: str
    close: Close = never
    characters: frozenset[str] = frozenset()
    repeated: frozenset[str] = frozenset()
    """Pairs of the piece that repeats the statement: a condition can name its words again."""

    def beside(self, segment: str, statement: Statement) -> "Said":
        """Without the characters by which the sentence repeats the statement itself."""
        others = self.all.replace(segment, "")
        mine = frozenset(segment) - frozenset(statement.conclusion)
        return replace(self, characters=frozenset(others) | mine, repeated=frozenset(pairs(segment)))


def problems(said: Said, given: Sequence[Statement]) -> Iterator[str]:
    """Conditions of the statements the sentence repeats that nobody mentioned."""
    everywhere = frozenset(pairs(said.sentence))
    for segment in segments(said.sentence):
        alike = _alike(segment, everywhere, given)
        if CONCLUDES.search(segment):
            alike = [one for one in alike if not one.is_condition]
        missing = [list(_missing(said.beside(segment, one), one)) for one in alike if not one.is_condition]
        if missing and len(missing) == len(alike) and all(missing):
            yield min(missing, key=len)[0]


def _alike(segment: str, everywhere: frozenset[str], given: Sequence[Statement]) -> list[Statement]:
    """The statements or conditions this piece of the sentence most resembles."""
    content = frozenset(pairs(segment))
    if not content:
        return []
    numbers = frozenset(particular.value for particular in particulars.find(segment))
    scored = [(_score(content, numbers, everywhere, one), one) for one in given if one.content & content]
    best = max((score for score, _ in scored), default=0.0)
    if best < RESEMBLES * len(content):
        return []
    alike = [one for score, one in scored if score >= AS_GOOD * best]
    return [one for one in alike if numbers & one.numbers] or alike


def _score(
    content: frozenset[str], numbers: frozenset[tuple[str, ...]], everywhere: frozenset[str], one: Statement
) -> float:
    numbered, governed = len(numbers & one.numbers), len(everywhere & one.governing)
    return len(content & one.content) + SAME_NUMBER * numbered + GOVERNED * governed


def _missing(said: Said, statement: Statement) -> Iterator[str]:
    for condition in statement.conditions:
        said_as = _is_said if governs(condition) or condition in statement.text else _background_said
        yield from (part for part in _parts(condition) if not said_as(said, part))
    if (
        statement.choices
        and not _ANNOUNCED.search(said.sentence)
        and not any(_all_said(said, choice) for choice in statement.choices)
    ):
        yield statement.choices[0]
    for consent in statement.passed:
        if not any(word in said.all for word in (consent[-2:],)):
            yield consent
    for exception in statement.exceptions:
        if not _EXCEPTION_SAID.search(said.all) and not _excepted(said, exception, statement):
            yield exception
    yield from (word for word in _QUALIFIER.findall(statement.text) if word not in said.all and word != "仅")


def _excepted(said: Said, exception: str, statement: Statement) -> bool:
    """The answer speaks of the exception, or of one of its cases."""
    known = frozenset(statement.text + "".join(statement.conditions))
    new = [char for char in _bare(exception) if char not in known]
    cases = [one for one in re.split(r"[，、]|或者", exception) if len(_bare(one)) > 3]
    covered = sum(char in said.characters for char in new) / len(new) if new else 1.0
    return covered >= SAID or any(_covered(said, one) >= CASE_SAID for one in cases)


def _all_said(said: Said, condition: str) -> bool:
    return all(_is_said(said, part) for part in _parts(condition))


def _parts(condition: str) -> list[str]:
    relative = _RELATIVE.match(condition)
    condition = relative[1] if relative else condition
    clauses = [one for part in _ALSO.split(condition) for one in (part.split("、") if _both(part) else [part])]
    return [part for part in clauses if len(_bare(part)) > 1 and not _TAKEN_FOR_GRANTED.search(part)]


def _is_said(said: Said, part: str) -> bool:
    return _qualified(said, part) and (
        _one_said(said, part) or any(_choice_said(said, part, one) for one in _choices(part)) or _meant(said, part)
    )


def _background_said(said: Said, part: str) -> bool:
    """What stands before a …的 without being one matters by its qualifiers and numbers only."""
    return _qualified(said, part) and _numbers_said(said, part)


def _qualified(said: Said, part: str) -> bool:
    return all(word in said.all for word in _QUALIFIER.findall(part))


def _meant(said: Said, part: str) -> bool:
    """Said in other words, as the embedding hears it."""
    return (
        not _numbers(part)
        and said.close(
            part.removesuffix("的"), [one for one in segments(said.all) if len(one) > 3 and not CONCLUDES.search(one)]
        )
        >= MEANT
    )


def _choices(part: str) -> list[str]:
    found = [one for one in _OR.split(part) if len(_bare(one)) > 1]
    return found if len(found) > 1 and not _both(part) else []


def _both(part: str) -> bool:
    """初次违法、危害后果轻微: two clauses of some length, without 或者 or 等, are both meant."""
    clauses = part.split("、")
    lengths = [len(_bare(one)) for one in clauses]
    return (
        len(clauses) == PAIR
        and not _EITHER.search(part)
        and "第" not in part
        and min(lengths) >= CLAUSE
        and LONG_CLAUSE <= max(lengths) <= PAIR * min(lengths)
    )


def _choice_said(said: Said, part: str, choice: str) -> bool:
    """本人、配偶或者子女所有: one of them will do, but what all share comes last."""
    tail = _TAIL.search(part)
    return _one_said(said, choice) and (not tail or _covered(said, tail[0]) >= TAIL_SAID)


def _one_said(said: Said, part: str) -> bool:
    part = _OPENING.sub("", part)
    if not _numbers_said(said, part):
        return False
    if _TIME_FRAME.match(part):
        return True
    least = SAID_WITH_NUMBER if _numbers(part) else SAID
    return _covered(said, part) >= least and _gap(said, part) < LONGEST_GAP


def _numbers(part: str) -> list[Particular]:
    return [one for one in particulars.find(part) if one.kind in {Kind.NUMBER, Kind.DATE} and not one.weak]


def _numbers_said(said: Said, part: str) -> bool:
    """One of several is enough: 一年以上不满三年."""
    numbers = _numbers(part)
    known = particulars.find(said.all)
    return not numbers or any(particulars.agree(given, one) for one in numbers for given in known)


def _covered(said: Said, part: str) -> float:
    marks = _marks(said, part)
    return marks.count("0") / len(marks) if marks else 1.0


def _gap(said: Said, part: str) -> int:
    """The longest run of characters that nobody said."""
    return max(map(len, _marks(said, part).split("0")), default=0)


def _marks(said: Said, part: str) -> str:
    """0 for each character of content that somebody said, 1 for each that nobody did."""
    bare = _bare(part)
    again = {
        place + step for place in range(len(bare) - 1) for step in (0, 1) if bare[place : place + 2] in said.repeated
    }
    return "".join("0" if char in said.characters or place in again else "1" for place, char in enumerate(bare))


def _bare(text: str) -> str:
    return _NOT_HAN.sub("", FUNCTION_WORDS.sub("", text))
