"""Whether a sentence forbids, obliges or permits what its passage forbids, obliges or permits.

Compares each piece of the sentence with the pieces of the passages that
resemble it most: a negation that only one of them has, and another modal
before the same words, are problems. Cannot catch what turns the meaning round
without either (拒绝 for 同意), nor in a piece that resembles none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.support import pairs


class Mode(StrEnum):
    MUST = "必须"
    MAY = "可以"


_FACT = r"未(?![来成]|婚)|(?<![有])无(?![论障偿人线需权])|(?<![除])非(?![常遗物法税公])"
_NOT = re.compile(
    rf"不得|不予|无需|无权|免于|免予|免除?(?![费疫])|[拿领到受]不[到了]|不(?!超过|低于|满|[同仅但断论管动良妨少足够齐利]|合格|正当|可抗力)|{_FACT}"
)
_ONLY_FACT = re.compile(_FACT)
_EXCEPTION = re.compile(r"除外|(?<![清扣废解免])除(?=[^以此]{2,40}外)")
_LISTED_EXCEPTIONS = re.compile(
    r"下列[^。；]{0,12}(?:除外|不得|不适用)|(?:不得|不适用|不享受)[^。；]{0,12}下列|下列情形[^。；]{0,8}不适用"
)
_MODAL = re.compile(r"(?P<MUST>应当|(?<![必无急供])需要?(?![求无]))|(?P<MAY>(?<![只不])可以|准予)")
_YES = frozenset({"可以", "会", "有", "行", "能"})
_ONLY = re.compile(r"只可以|仅可以")
_FEE = re.compile(r"(?:收取|缴纳|支付|交)[^，。；]{0,6}?(?:费用|工本费|手续费|钱)")
_NO_FEE = re.compile(r"不收取[^，。；]{0,4}费|不收费")
_PROGRAMME = re.compile(r"探索|鼓励|支持|推动|推进|引导|倡导|研究(?!院|所|机构|生)|逐步|加快|完善")
_ENTITLES = re.compile(r"可以|准予|有权|享受|应当|给予|能")
_RESTRICTS = re.compile(r"只|仅|方可|不得|不超过|唯一")
_SPOKEN = re.compile(rf"{_NOT.pattern}|{_MODAL.pattern}|不超过|不低于|仍然?|仍予|予以|给予|继续|照样|同样|均|当然|直接")
_CONDITIONAL = re.compile(r"的$|^(?:如果|要是|若|凡|只要|一旦|假如|万一)")
_DEPENDS = re.compile(r"^(?:这?得|要|先|主要)?看(?!护|管|守|望)|^(?:分|有)[两三四几]种")
"""要看安全使用期: announces what follows."""
SHORT_ANSWER = 7
"""可以预约，… only answers the question."""
NEAR, FAR = 12, 24
"""Characters behind a negation and behind a modal that it governs."""
CONTEXT = 1.0
"""What pieces beside it weigh against the piece itself."""
_DATED = re.compile(r"[\d年月]+日?前?")
_PIECE = re.compile(
    r"(?:应当|可以|不得|不予|无需)?[^，,:]{1,4}?[^，,:]*?(?=[，,:]|(?<=[^，,:]{3}[^，,:只仅])(?:应当|可以|不得|不予|无需)|$)"
)
_UP_TO_MODAL = re.compile(r"[。；]|应当|可以")
RESEMBLES = 0.5
"""Share of a piece's pairs from which it speaks of the same."""
AS_GOOD = 0.7
"""Pieces that resemble nearly as much may be meant as well."""


@dataclass(frozen=True, slots=True)
class Negation:
    words: frozenset[str]
    """Pairs it governs."""
    fact: bool
    """未 says what is not, 不得 and 无需 what need or may not be."""


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    content: frozenset[str]
    negated: frozenset[bool]
    """Both where an exception turns part of it round."""
    governed: tuple[Negation, ...]
    context: frozenset[str]
    """The content of its whole sentence."""
    modals: tuple[tuple[Mode, tuple[str, ...]], ...]
    """With the pairs behind each."""

    @property
    def conditional(self) -> bool:
        return bool(_CONDITIONAL.search(self.text))

    @property
    def forbids(self) -> bool:
        return any(not one.fact for one in self.governed)


def pieces(text: str) -> list[Piece]:
    """A plain text taken apart for comparing."""
    sentences = [match.span() for match in re.finditer(r"[^。；！？|]+", text)]
    excepted = _excepted(text, sentences)
    return [
        _piece(text, (start + match.start(), start + match.end()), text[start:end], excepted=(start, end) in excepted)
        for start, end in sentences
        for match in _PIECE.finditer(text[start:end])
    ]


def problems(sentence: str, given: Sequence[Piece]) -> Iterator[str]:
    """The words of a plain sentence that turn the meaning of its passages round."""
    yield from (words for _, words in findings(sentence, given))


def findings(sentence: str, given: Sequence[Piece]) -> Iterator[tuple[str, str]]:
    """The same; where nothing but a negation differs, which errs more often, with a name of its own."""
    mine = pieces(sentence)
    for number, said in enumerate(mine):
        if _DEPENDS.search(said.text):
            continue
        alike = _alike(said, given)
        if alike and not any(said.negated & piece.negated for piece in alike) and _differs(said, alike, given):
            yield ("elsewhere" if _as_many(mine, alike, given) else "differs"), said.text
        if _lost(said, alike):
            yield "", said.text
        if (number or len(said.text) > SHORT_ANSWER) and _contrary(said, given):
            yield "", said.text
        if _promises(said, given) or _charges(said, given):
            yield "", said.text
        if _ONLY.search(said.text) and not any(_RESTRICTS.search(piece.text) for piece in given):
            yield "", said.text


def _as_many(mine: Sequence[Piece], alike: Sequence[Piece], given: Sequence[Piece]) -> bool:
    """One of the sentences of the passages has as many negations: they may stand in another order."""
    count = sum(len(one.governed) for one in mine)
    return any(count == sum(len(one.governed) for one in given if one.context == piece.context) for piece in alike)


def _promises(said: Piece, given: Sequence[Piece]) -> bool:
    """可以享受 where the passages only say that something is encouraged or explored."""
    if not _ENTITLES.search(said.text) or _PROGRAMME.search(said.text):
        return False
    alike = _alike(said, given)
    return bool(alike) and all(_PROGRAMME.search(one.text) and not _ENTITLES.search(one.text) for one in alike)


def _charges(said: Piece, given: Sequence[Piece]) -> bool:
    """A fee where the passages only say that there is none."""
    asked = _FEE.search(said.text) and not _NOT.search(said.text)
    free = any(_NO_FEE.search(piece.text) for piece in given)
    return bool(asked) and free and not any(_FEE.search(piece.text) and not _NOT.search(piece.text) for piece in given)


def _lost(said: Piece, alike: Sequence[Piece]) -> bool:
    """可以 where all that resembles says 不得."""
    return (
        bool(said.modals)
        and not said.forbids
        and bool(alike)
        and all(piece.forbids and not piece.modals for piece in alike)
    )


def _differs(said: Piece, alike: Sequence[Piece], given: Sequence[Piece]) -> bool:
    """A negation of its own that the passages have nowhere before these words, or one of theirs that it lost."""
    if True in said.negated:
        return not any(
            _same_negation(mine, theirs) for mine in said.governed for piece in given for theirs in piece.governed
        )
    words = set(pairs(said.text))
    return any(words & theirs.words for piece in alike for theirs in piece.governed)


def _same_negation(mine: "Negation", theirs: "Negation") -> bool:
    return bool(mine.words & theirs.words) and (mine.fact or not theirs.fact)


def _contrary(said: Piece, given: Sequence[Piece]) -> bool:
    """A modal before words that in the passages stand behind the other one only."""
    for mode, rest in said.modals:
        known = [
            (other, len(set(rest) & set(words)))
            for piece in given
            for other, words in piece.modals
            if rest[:1] and rest[0] in words
        ]
        most = max((count for _, count in known), default=0)
        if known and not any(other is mode for other, count in known if count >= AS_GOOD * most):
            return True
    return False


def _piece(text: str, place: tuple[int, int], context: str, *, excepted: bool) -> Piece:
    words = text[slice(*place)]
    negations = tuple(_negation(text, place, one) for one in _NOT.finditer(words))
    modals = tuple(
        (Mode[one.lastgroup or ""], tuple(pairs(_DATED.sub("", _sentence_part(text[place[0] + one.end() :][:FAR])))))
        for one in _MODAL.finditer(words)
    )
    either = (excepted and not negations) or _one_of_two(words)
    negated = frozenset({True, False}) if either else frozenset({bool(negations)})
    return Piece(words, _content(words), negated, negations, _content(context), modals)


def _one_of_two(words: str) -> bool:
    """未发生债权债务或者已将债权债务清偿: said of one alternative, not of the other."""
    first, link, second = words.partition("或者")
    return bool(link) and bool(_NOT.search(first)) != bool(_NOT.search(second))


def _negation(text: str, place: tuple[int, int], one: re.Match[str]) -> Negation:
    start, end = place[0] + one.end(), place[1]
    governed = pairs(_UP_TO_MODAL.split(text[start : min(start + NEAR, end)], maxsplit=1)[0])
    behind = governed or pairs(_UP_TO_MODAL.split(text[start : start + NEAR], maxsplit=1)[0])
    return Negation(frozenset(behind), bool(_ONLY_FACT.fullmatch(one[0])))


def _sentence_part(text: str) -> str:
    return re.split(r"[。；！？|]", text, maxsplit=1)[0]


def _excepted(text: str, sentences: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Sentences that an exception turns round: its own, the one before a 但…除外, all items behind 下列…除外."""
    if _LISTED_EXCEPTIONS.search(text):
        return set(sentences)
    found = set()
    for number, (start, end) in enumerate(sentences):
        if _EXCEPTION.search(text[start:end]):
            found |= {(start, end), *(sentences[max(0, number - 1) : number] if text[start] == "但" else [])}
    return found


def _content(text: str) -> frozenset[str]:
    return frozenset(pairs(_SPOKEN.sub(" ", text)))


def _alike(said: Piece, given: Sequence[Piece]) -> list[Piece]:
    """Those that share most with what was said, if they share enough."""
    shared = [len(said.content & piece.content) for piece in given]
    if max(shared, default=0) < max(1, RESEMBLES * len(said.content), min(2, len(said.content))):
        return []
    beside = said.context - said.content
    scores = [
        count + CONTEXT * len(beside & piece.context)
        if count >= RESEMBLES * AS_GOOD * len(said.content) and count
        else 0
        for piece, count in zip(given, shared, strict=True)
    ]
    found = [piece for piece, score in zip(given, scores, strict=True) if score >= AS_GOOD * max(scores)]
    return [piece for piece in found if piece.conditional == said.conditional]


def answers_otherwise(answer: str, rest: str) -> Iterator[str]:
    """可以 before nothing but prohibitions, 不得 before none."""
    found = [piece for piece in pieces(rest) if not piece.conditional]
    if answer in _YES and found and all(piece.forbids and not piece.modals for piece in found):
        yield f"{answer}，{rest[:10]}"
    obliged = any(mode is Mode.MUST for piece in found for mode, _ in piece.modals)
    if (
        answer == "不得"
        and not obliged
        and not any(True in piece.negated for piece in found)
        and not _RESTRICTS.search(rest)
    ):
        yield f"{answer}，{rest[:10]}"
