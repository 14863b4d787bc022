"""Rules of other places beside those of here: named where only they fit, and a way to the clause of here on the matter."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Elsewhere
from assistant.comparable_figures import figures
from assistant.flows import matter, same_matter
from assistant.flows.sourcing import Sourcing
from knowledge import regions, words
from knowledge.documents import ClauseKind
from knowledge.library import Finding, Found, Library, Question
from knowledge.spoken_grammar import plain

_REMEMBERED = re.compile(r"以前|之前|原来|原先|早先|从前|往年|记得|老办法|旧")
_HEARD = frozenset({"元", "%"})
"""Units of what somebody heard that others get."""
_NOT_WORDS = re.compile(r"[\W_]+")
MOST_ELSEWHERE = 2
MOST_LOOKED_AT = 10
MOST_COUNTERPARTS, LONGEST_COMPARED = 3, 150
SAME_NAME = 0.75
"""Share of a title that stands in the one of here."""
NO_RULES = frozenset({ClauseKind.FAQ, ClauseKind.UNIT})


@dataclass(frozen=True, slots=True)
class Evidence:
    """When what was found is enough to answer; set from measurements in `xiaoer evals`."""

    least_meaning: float = 0.52
    """Cosine below which nothing that resembles the question counts, where too few answered questions
    are known for a calibrated confidence (design.md 4: off-topic reached .43)."""
    least_words: float = 0.34
    """Share of the question's words that must occur, when words alone decide."""
    least_matched: int = 2
    sure_meaning: float = 0.65
    """Cosine below which the answer says that it shows the nearest rules, not necessarily the one asked for."""
    same_question: float = 0.93
    """Cosine from which a published question counts as the same one."""
    near: float = 0.06
    """A further source may score this much less than the first."""
    most_sources: int = 3
    sure_elsewhere: float = 0.58
    """Cosine from which a rule of another place is worth a word, or a question where the person is."""
    fits_better: float = 0.06
    """Where nothing here is sure, a rule of another region that is closer by this much shows that there is none here."""
    fits_much_better: float = 0.1
    """The same where something here seems sure."""
    clearly_nearer: float = 0.035
    """Cosine by which a rule of another place must be nearer than any of here to be named, where it is not sure."""
    same_matter: float = 0.72
    """Cosine of a clause of another place and one of here from which both are about one matter."""
    covers: float = 0.6
    """Share of what the question has in common with the clause of there that the one of here must have, too."""
    plainly_here: float = 0.72
    """Cosine of a clause from which other places are not looked at."""

    def resembles(self, question: Question, found: Found, finding: Finding) -> bool:
        if finding.by_words_alone:
            asked = len(_NOT_WORDS.sub("", question.text))
            covered = sum(len(word) for word in found.why.matched)
            return len(found.why.matched) >= self.least_matched and covered >= self.least_words * asked
        return found.why.meaning is not None and found.why.meaning >= self.least_meaning


WITH_TRAINED_ENCODER = Evidence(near=0.3, fits_better=0.12, fits_much_better=0.2, clearly_nearer=0.07)
"""Its scores lie further apart (the right clause among the sources .81 → .90 over questions of development,
regions .917 → .958)."""


class OtherPlaces:
    def __init__(self, library: Library, sourcing: Sourcing, evidence: Evidence) -> None:
        self._library, self._sourcing, self._evidence = library, sourcing, evidence

    def counterpart(self, question: Question, elsewhere: Finding) -> list[Found]:
        """The clause of here that says of the matter what the best rule of another place says there."""
        best = elsewhere.results[0] if elsewhere.results else None
        if best is None or (best.why.meaning or 0.0) < self._evidence.sure_elsewhere:
            return []
        shared = set(words.grams(question.text)) & set(words.grams(best.passage.body))
        alike = replace(question, text=_NOT_WORDS.sub("", best.passage.body)[:LONGEST_COMPARED])
        for one in self._library.like(alike, limit=MOST_COUNTERPARTS).results:
            covered = _weight(shared & set(words.grams(one.passage.body))) / max(_weight(shared), 1)
            same = (one.why.meaning or 0.0) >= self._evidence.same_matter and covered >= self._evidence.covers
            if same and one.passage.clause_kind not in NO_RULES:
                return [one]
        return []

    def others(self, question: Question, finding: Finding) -> tuple[Found, ...]:
        """Rules of other places that would answer, one a document; they are named, never quoted."""
        found: dict[str, Found] = {}
        for one in finding.results:
            is_near = one.why.meaning is None or one.why.meaning >= self._evidence.sure_elsewhere
            if one.passage.clause_kind not in NO_RULES and is_near and self._evidence.resembles(question, one, finding):
                found.setdefault(one.passage.document_id, one)
        return tuple(found.values())[:MOST_ELSEWHERE]

    def with_figure(self, question: Question, here: str, elsewhere: Callable[[], Finding]) -> list[Elsewhere]:
        """The document of another place that has the figure which somebody heard, where none of the clauses here has it."""
        said = {} if _REMEMBERED.search(question.text) else same_matter.said(plain(question.text))
        if not (heard := {one for one in said if one.unit in _HEARD}):
            return []
        of_here = figures(here)
        kept = heard - of_here.keys()
        if not {one.unit for one in kept} & {one.unit for one in of_here}:
            return []
        near = [one for one in elsewhere().results if (one.why.meaning or 1.0) >= self._evidence.least_meaning]
        for one in sorted(near, key=lambda found: found.passage.clause_kind is ClauseKind.SERVICE_ITEM):
            if (
                kept & figures(one.passage.body).keys()
                and "解读" not in one.passage.title
                and one.passage.clause_kind not in NO_RULES
            ):
                return [Elsewhere(one.passage.document_id, one.passage.title, one.passage.region)]
        return []

    def worth_naming(self, question: Question, found: Iterable[Found], known: Finding | None = None) -> list[Found]:
        """Of rules of other places those that surely are about the matter, or clearly nearer to it than any of here.

        What merely resembles it like everything else does helps nobody (development: 29 of 30 whose matter only
        another place rules are above, 11 of 12 that nobody rules below).
        `known` is what the library gives for here, where that is known.
        """
        here = (known or self._library.find(question)).results[:MOST_LOOKED_AT]
        better = ((here[0].why.meaning or 0.0) if here else 0.0) + self._evidence.clearly_nearer
        least = max(self._evidence.sure_elsewhere, min(self._evidence.sure_meaning, better))
        near = [
            one
            for one in found
            if one.why.meaning is None or one.why.meaning >= least or self._is_by_name(question, one, here)
        ]
        return [one for one in near if not self.is_another(question, [one])]

    def own_document(self, finding: Finding, there: Sequence[Elsewhere] = ()) -> Elsewhere | None:
        """The document that the question names, or that this place has on the matter that others have rules on.

        It is the one to be read further: no document of another place is held out beside it.
        """
        near, named = finding.results[:MOST_LOOKED_AT], finding.reference
        for one in (found.passage for found in near):
            is_named = one.title in named.titles or (named.number is not None and one.doc_number == named.number)
            is_of_here = one.region != regions.COUNTRY and one.clause_kind not in NO_RULES
            if is_named or (is_of_here and any(_is_counterpart(other.title, one.title) for other in there)):
                return Elsewhere(one.document_id, one.title, one.region)
        return None

    def _is_by_name(self, question: Question, there: Found, here: Sequence[Found]) -> bool:
        """Whether a matter is asked about by name that a rule of there has, and nothing near of here has."""
        asked, text = self._library.rewritten(question.text).repaired, "\n".join(map(matter.read, here))
        is_near = (there.why.meaning or 0.0) >= self._evidence.least_meaning
        return (
            is_near
            and matter.is_unsaid(asked, text, self._terms)
            and not matter.is_unsaid(asked, matter.read(there), self._terms)
        )

    def _terms(self, word: str) -> Sequence[str]:
        return self._library.terms(word)

    def is_another(self, question: Question, found: Sequence[Found]) -> bool:
        """Whether a benefit, fee or permit is asked about that none of these clauses names."""
        answers = [faq.answer for faq in self._sourcing.faqs(found).values()]
        repaired = self._library.rewritten(question.text).repaired
        return matter.is_another(question, repaired, [*map(matter.read, found), *answers], self._terms)

    def nearer(
        self, question: Question, found: Finding | None = None, there: Callable[[], Finding] | None = None
    ) -> list[Elsewhere]:
        """Documents of other places that are nearer to the question than what holds here.

        By a clause, or by a published question, which names the document it rests on.
        `found` and `there` are what the library gives for here and for there, where that is known.
        """
        found = found or self._library.find(question)
        here, finding = (
            found.results[:MOST_LOOKED_AT],
            there() if there else self._library.elsewhere(question, here=found),
        )
        least = max(self._evidence.least_meaning, (here[0].why.meaning or 0.0) if here else 0.0)
        near = [
            one
            for one in self.worth_naming(question, finding.results[:MOST_LOOKED_AT], found)
            if (one.why.meaning or 0.0) >= least or self._is_by_name(question, one, here)
        ]
        faqs = self._sourcing.faqs([one for one in near if one.passage.clause_kind == ClauseKind.FAQ])
        named: dict[tuple[str, str], Elsewhere] = {}
        for one in near:
            faq, passage = faqs.get(one.passage.clause_id), one.passage
            title = faq.basis_title if faq else passage.title
            if faq and any(_is_counterpart(title, own.passage.title) for own in here):
                continue  # a question is nearer to a question than any clause: no sign that here nothing is ruled
            if title and (faq or passage.clause_kind not in NO_RULES):
                named.setdefault((title, passage.region), Elsewhere(passage.document_id, title, passage.region))
        return list(named.values())[:MOST_ELSEWHERE]


def _is_counterpart(title: str, of_here: str) -> bool:
    """Two cities' papers of one name: 青禾市…实施方案 and 武汉市…实施方案."""
    there = set(words.grams(title))
    return _weight(there & set(words.grams(of_here))) >= SAME_NAME * max(_weight(there), 1)


def _weight(grams: Iterable[str]) -> int:
    """Pairs count more than single characters."""
    return sum(len(gram) * len(gram) for gram in grams)
