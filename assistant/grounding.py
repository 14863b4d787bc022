"""Whether a text says nothing but what the passages it cites say (design.md 6).

Needs no model: what was written is checked sentence by sentence, by the
citations, the particulars, the wording and the negations. In doubt it refuses:
a refused text costs an answer in quotations, an accepted one is believed.
Where a model may verify (assistant.verifying), it decides what is in doubt;
what is certain stays refused.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant import bounds, conditions, contacts, modality, particulars, roles, scope, signals, trust
from assistant.citations import REFUSAL, Sentence, answered, is_refusal, split
from assistant.conditions import Said
from assistant.evidence import Evidence
from assistant.particulars import Kind, Particular, plain
from assistant.problems import Checked, Problem, ProblemKind
from assistant.signals import Held
from assistant.slots import fit, slots_of
from assistant.support import Meaning, Similarity, share
from assistant.verifying import Verifier
from assistant.wording import legal_terms, official

__all__ = ["Checked", "Checker", "Problem", "ProblemKind", "Sentence", "check", "is_refusal", "split"]

LEAST_SUPPORT = 0.5
"""Share of a sentence's pairs of content characters that its passages must have. Measured on the sample: copies
1.0, faithful wordings .56 to 1.0, sentences under a citation drawn at random .26 or less in 95 of 100."""
LEAST_WITH_MEANING = 0.15
CLOSE = 0.66
"""The same when a sentence of the passages is that close in meaning (cosine). On the development set sentences under
the other citation of their answer still fail in 197 of 199; below .72 nothing else changes."""
LEAST_BETTER = 0.25
"""An uncited passage that carries so much more is the one that should have been cited."""
LEAST_PART = 0.2
"""The same for each single citation of a sentence that has several: a citation that carries nothing misleads."""
LEAST_ADDED = 0.1
"""And what it must add to the others when they alone have all particulars."""
ECHO_FIT = 6
"""A number of the question that stands where the passage says another one is no echo but a contradiction."""
_SURELY = 8
"""How much better another authority must fit than the one that was named."""
COUNT = "数"
"""A number without a unit can stand for any."""
_ECHOED = frozenset({Kind.NUMBER, Kind.DATE})


_UNCHECKABLE = frozenset({ProblemKind.UNCITED, ProblemKind.UNKNOWN_CITATION})


_PLACE = re.compile(r"[省市区县州盟旗乡镇国村]$|[^和及与、并]$")
_SENTENCE_BEFORE = re.compile(
    r"(?:^|[。；！？:|)]|第[一二三四五六七八九十百]+条(?:之[一二三])?)(?:[(][一二三四五六七八九十\d]+[)]|\d{1,2}[.、])?$"
)
_INSTRUCTION = re.compile(
    r"忽略.{0,8}(?:指令|规则|规定|要求|提示|内容)|系统提示|提示词|system\s*prompt|ignore\s+(?:all|any|previous|the)|<\||</?[a-z]|\|im_"
    r"|你现在是|您现在是|扮演|越狱|开发者模式|管理员模式",
    re.IGNORECASE,
)


def check(text: str, passages: Sequence[str], question: str) -> Checked:
    """Check a text whose citations [n] count the passages from 1."""
    return Checker(passages, question).check(text)


class Checker:
    """Holds what a text may rest on; checks it whole, or sentence by sentence while it is still being written.

    Remembers the sentences it accepted: a condition said once need not be said again.
    """

    def __init__(
        self,
        passages: Sequence[str],
        question: str,
        similarity: Similarity | None = None,
        verifier: Verifier | None = None,
    ) -> None:
        self._passages, self._asked_in, self._verifier = passages, question, verifier
        self._evidence = [Evidence.of(passage) for passage in passages]
        self._question = official(plain(question))
        self._terms = official(legal_terms(plain(question)))
        self._asked = particulars.find(self._question)
        self._meaning = Meaning(similarity) if similarity else None
        self._accepted: list[Sentence] = []

    def check(self, text: str) -> Checked:
        if is_refusal(text):
            return _refused(ProblemKind.REFUSED, REFUSAL)
        sentences = tuple(split(text))
        if not sentences:
            return _refused(ProblemKind.EMPTY, "")
        found = [self._problems(one, sentences, sentences[:row]) for row, one in enumerate(sentences)]
        problems = tuple(problem for each in found for problem in each)
        return Checked(accepted=not problems, sentences=sentences, problems=problems)

    def problems(self, sentence: Sentence) -> tuple[Problem, ...]:
        """Nothing when the sentence may be shown behind those accepted before."""
        found = self._problems(sentence, self._accepted, self._accepted)
        if not found:
            self._accepted.append(sentence)
        return found

    def weighed(self, text: str) -> list[dict[str, float]] | None:
        """The signals of each sentence that is not a copy, for fitting; None where no weights are asked."""
        sentences = tuple(split(text))
        found = []
        for sentence in sentences:
            context = self._context(sentence, sentences)
            if any(_certain(sentence, context)):
                return None
            cited, words = _cited(sentence, context), official(answered(plain(sentence.text))[1])
            if not any(_copied(words, one.body) for one in cited):
                found.append(signals.signals(_held(words, cited, context, list(_doubts(words, cited, context)))))
        return found

    def _problems(
        self, sentence: Sentence, beside: Sequence[Sentence], before: Sequence[Sentence]
    ) -> tuple[Problem, ...]:
        context = self._context(sentence, beside)
        found = tuple(_problems(sentence, context))
        if self._verifier is None or _is_uncheckable(found) or _copies(sentence, context):
            return found
        cited = [self._passages[number - 1] for number in sentence.citations]
        return self._verifier.decide(found, sentence.text, cited, self._asked_in, [one.text for one in before])

    def _context(self, sentence: Sentence, beside: Sequence[Sentence]) -> "Context":
        said = (official(plain(one.text)) for one in beside)
        words = "，".join([self._question, *said, self._terms, legal_terms(plain(sentence.text))])
        return Context(self._evidence, self._question, self._asked, words, self._meaning)


def _refused(kind: ProblemKind, words: str) -> Checked:
    return Checked(accepted=False, sentences=(), problems=(Problem(kind, words),))


@dataclass(frozen=True, slots=True)
class Context:
    """What a sentence is held against."""

    evidence: Sequence[Evidence]
    question: str
    asked: Sequence[Particular]
    beside: str
    """The question and the other sentences of the answer: what they say need not be said again."""
    meaning: Meaning | None


def _problems(sentence: Sentence, context: Context) -> Iterator[Problem]:
    certain = list(_certain(sentence, context))
    yield from certain
    if not _is_uncheckable(certain) and not _copies(sentence, context):
        yield from _reworded(official(answered(plain(sentence.text))[1]), _cited(sentence, context), context)


def _certain(sentence: Sentence, context: Context) -> Iterator[Problem]:
    """What refuses a sentence whatever else speaks for it."""
    if _INSTRUCTION.search(sentence.text):
        yield Problem(ProblemKind.INSTRUCTION, sentence.text[:20])
    if not sentence.ends_cited:
        yield Problem(ProblemKind.UNCITED, sentence.text[:20])
        return
    evidence = context.evidence
    if unknown := [number for number in sentence.citations if not 1 <= number <= len(evidence)]:
        yield Problem(ProblemKind.UNKNOWN_CITATION, "".join(f"[{number}]" for number in unknown))
        return
    cited = _cited(sentence, context)
    answer, rest = answered(plain(sentence.text))
    text = official(rest)
    yield from _particulars(text, cited, context.asked)
    yield from _useless(sentence, text, cited)
    yield from _told(ProblemKind.CONTACT, contacts.problems(particulars.find(text)))
    yield from _told(ProblemKind.REVERSED, modality.answers_otherwise(official(answer), text))
    if not any(_copied(text, one.body) for one in cited):
        uncited = [one for number, one in enumerate(evidence, start=1) if number not in sentence.citations]
        yield from _unsupported(sentence, text, cited, uncited, context.meaning)
        yield from _foreign(text, cited, context.question)
        known = [slot for one in cited for slot in one.roles]
        yield from _told(ProblemKind.SWAPPED, roles.foreign_levels(text, known, context.question))
        yield from _told(ProblemKind.MISPLACED, bounds.begun(text, [one.text for one in cited]))


def _cited(sentence: Sentence, context: Context) -> list[Evidence]:
    return [context.evidence[number - 1] for number in sentence.citations]


def _is_uncheckable(found: Iterable[Problem]) -> bool:
    return any(one.kind in _UNCHECKABLE for one in found)


def _copies(sentence: Sentence, context: Context) -> bool:
    text = official(answered(plain(sentence.text))[1])
    return any(_copied(text, one.body) for one in _cited(sentence, context))


def _reworded(text: str, cited: Sequence[Evidence], context: Context) -> Iterator[Problem]:
    """What can go wrong when a sentence is not a copy."""
    found = list(_doubts(text, cited, context))
    weights = trust.load(with_meaning=context.meaning is not None)
    weighed = signals.signals(_held(text, cited, context, found))
    if weights.refuses(weighed):
        yield from found or [Problem(ProblemKind[weights.kind(weighed)], text)]


def _doubts(text: str, cited: Sequence[Evidence], context: Context) -> Iterator[Problem]:
    """What the rules find; they are right more often than not."""
    passages = [one.text for one in cited]
    said = Said(text, f"{text}，{context.beside}", _close(context))
    known = [slot for one in cited for slot in one.roles]
    yield from _told(ProblemKind.SWAPPED, roles.problems(text, known, context.question))
    yield from _told(ProblemKind.WIDENED, scope.problems(text, passages, context.question))
    yield from _told(ProblemKind.DROPPED, conditions.problems(said, [one for each in cited for one in each.statements]))
    yield from _reversed(text, [piece for one in cited for piece in one.pieces])
    given = [(one.text, [slot.filling for slot in one.slots]) for one in cited]
    yield from _told(ProblemKind.REVERSED, bounds.turned(text, particulars.find(text), given))
    yield from _told(ProblemKind.REVERSED, bounds.opposed(text, passages))


def _held(text: str, cited: Sequence[Evidence], context: Context, found: Sequence[Problem]) -> Held:
    return Held(
        text,
        f"{text}，{context.beside}",
        context.question,
        [source for one in cited for source in one.sources],
        "。".join(one.text for one in cited),
        _close(context),
        Counter(one.rule or one.kind.name.lower() for one in found),
        [one.words for one in found if one.kind is ProblemKind.DROPPED],
        roles.displaced(text, [slot for one in cited for slot in one.roles]),
    )


def _close(context: Context) -> conditions.Close:
    return context.meaning.closest if context.meaning else conditions.never


def _reversed(text: str, given: Sequence[modality.Piece]) -> Iterator[Problem]:
    for rule, words in dict.fromkeys(modality.findings(text, given)):
        yield Problem(ProblemKind.REVERSED, words, rule)


def _told(kind: ProblemKind, words: Iterable[str]) -> Iterator[Problem]:
    yield from (Problem(kind, one) for one in dict.fromkeys(words))


def _unsupported(
    sentence: Sentence, text: str, cited: Sequence[Evidence], uncited: Sequence[Evidence], meaning: Meaning | None
) -> Iterator[Problem]:
    if not _supported(text, cited, meaning):
        yield Problem(ProblemKind.UNSUPPORTED, sentence.text[:40])
    if any(_share(text, [one]) >= _share(text, cited) + LEAST_BETTER for one in uncited):
        yield Problem(ProblemKind.UNSUPPORTED, "另一条资料才这样说")


def _supported(text: str, cited: Sequence[Evidence], meaning: Meaning | None) -> bool:
    """By the words they share; where these do not decide, by meaning."""
    shared = _share(text, cited)
    if shared >= LEAST_SUPPORT or meaning is None or shared < LEAST_WITH_MEANING:
        return shared >= LEAST_SUPPORT
    return meaning.closest(text, [part for one in cited for part in one.parts]) >= CLOSE


def _particulars(text: str, cited: Sequence[Evidence], asked: Sequence[Particular]) -> Iterator[Problem]:
    given = [slot for one in cited for slot in one.slots]
    for slot in slots_of(text, particulars.find(text)):
        said = slot.filling
        if said.weak:
            continue
        rivals = [other for other in given if said.group in (other.filling.group, COUNT)]
        found = fit(slot, rivals, lambda one, other: _agree(one, other, cited))
        if found.agreeing < 0 and not (found.other < ECHO_FIT and _echoes(said, asked, text, cited)):
            yield Problem(ProblemKind.PARTICULAR, f"{said.kind.value}“{said.words}”")
        elif (
            found.contradicts
            and found.agreeing >= 0
            and not (_is_doubtful(said) and found.other < _SURELY + found.agreeing)
        ):
            yield Problem(ProblemKind.MISPLACED, f"“{said.words}”处资料写的是“{found.other_filling}”")


def _is_doubtful(said: Particular) -> bool:
    """Where a name begins is guessed, so its place says less."""
    return said.kind is Kind.AUTHORITY


def _foreign(text: str, cited: Sequence[Evidence], question: str) -> Iterator[Problem]:
    """Places that neither the cited passages nor the question name."""
    for match in particulars.places(text):
        if not any(match in known for known in (question, *(one.text for one in cited))):
            yield Problem(ProblemKind.PARTICULAR, f"地名“{match}”")


def _agree(said: Particular, given: Particular, cited: Sequence[Evidence]) -> bool:
    if not particulars.agree(said, given):
        return False
    if said.kind is Kind.AUTHORITY and len(said.value[0]) > len(given.value[0]):
        place = said.value[0].removesuffix(given.value[0])  # 青禾市 + 财政局: the passage must speak of that place
        return not _PLACE.search(place) or any(place in one.text for one in cited)
    return True


def _echoes(said: Particular, asked: Sequence[Particular], text: str, cited: Sequence[Evidence]) -> bool:
    """A number of the question may come back in a sentence that one passage alone supports."""
    echoed = said.kind in _ECHOED and any(particulars.agree(said, one) for one in asked)
    return echoed and any(_share(text, [one]) >= LEAST_SUPPORT for one in cited)


def _useless(sentence: Sentence, text: str, cited: Sequence[Evidence]) -> Iterator[Problem]:
    for number, one in zip(sentence.citations, cited, strict=True):
        others = [other for other in cited if other is not one]
        if others and (_share(text, [one]) < LEAST_PART or _adds_nothing(text, one, others)):
            yield Problem(ProblemKind.USELESS_CITATION, f"[{number}]")


def _adds_nothing(text: str, one: Evidence, others: Sequence[Evidence]) -> bool:
    """It lacks a particular of the sentence, and the others carry the sentence without it."""
    return (
        bool(_missing(text, [one]))
        and not _missing(text, others)
        and _share(text, others) >= _share(text, [one, *others]) - LEAST_ADDED
    )


def _missing(text: str, cited: Sequence[Evidence]) -> list[Particular]:
    given = [slot.filling for one in cited for slot in one.slots]
    return [
        said
        for said in particulars.find(text)
        if not said.weak and not any(_agree(said, known, cited) for known in given)
    ]


def _share(text: str, cited: Sequence[Evidence]) -> float:
    return share(text, [one.pairs for one in cited])


def _copied(text: str, passage: str) -> bool:
    """Word for word, a whole sentence: no condition of it can be lost."""
    words = text.strip("。！？；，,;:!? ")
    start = passage.find(words)
    while words and start >= 0:
        before, after = passage[:start], passage[start + len(words) :]
        if _SENTENCE_BEFORE.search(before) and re.match(r"[。；！？:|]|$", after):
            return True
        start = passage.find(words, start + 1)
    return False
