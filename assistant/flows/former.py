"""Who speaks of a rule that is no longer in force: the old clause is looked up on its last day, and what took its place.

The old clause names the matter better than a half-remembered question: the new one is found with its words.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant import coverage
from assistant.comparable_figures import Figure, figures
from assistant.flows import same_matter
from assistant.flows.citing import BASIS, day
from assistant.means import Knowledge
from knowledge import catalogue, succession, words
from knowledge.documents import ClauseKind
from knowledge.library import Found
from knowledge.library import Question as Asked
from knowledge.succession import Ended

_REMEMBERS = re.compile(
    r"以前|之前(?:的|是|说|要|都|规定|给|补)|从前|早先|早些年|当年|当初|那时候?|那会儿|[前头早]几年|(?:规矩|规定|要求|说法|政策|办法|限制|条)[^，。？?]{0,4}还(?:在|有|算数?|管用)|前年|往年|原来|原先|原本|[老旧原](?:的|版)?(?:那[套个份版])?[^，。？?]{0,4}(?:办法|政策|规定|标准|文件|制度|规矩|要求|证|说法|政)"
    r"|记得|印象[里中]?|作废|废止|失效|过时|换成新|(?:20[12]\d|[12]\d)年?(?:的|那|版|出)[^，。]{0,8}(?:办法|规定|政策|文件|标准|版)|[〔\[(（]?20[012]\d[〕\])）]?年?\s*第?\d{1,3}号"
    r"|(?:变|改|涨|降|调|放宽|缩短|提高)(?:(?:了|过)(?:没|吗|么|不|咯|啦)|成|没(?:有)?[变改涨降调])|备案证[^，。]{0,6}还|还[^，。]{0,6}备案证|里(?:头|面)?[写说]的|依旧|依然|照旧|照样"
)
"""Words of who has an earlier state of things in mind."""
_DOUBTS = re.compile(r"(?:不是|不都是)[^，。？?]{1,18}(?:吗|(?<!什)么|嘛|[?？])")
_CHECKS = re.compile(
    r"听说|听人|都说|一直(?:是|都|要)|向来|去年|仍|还(?:是|要|得|按|算|能|可以|需要|只)|现在(?:呢|咋样|怎么样|咧)|新的?(?:还|也|又)?(?:是|要)"
    r"|是[^，。？?]{1,14}(?:吗|(?<!什)么|不)[?？]*$|(?:是|对|没错|没记错|错)吧|对不对|是不是|对[吗么嘛]|是这样|没错|(?:吧|噻|嘛)[?？。!！]*$|只(?:能|有|给|补|朴|要|够|管|算)"
)
"""And of who wants a figure confirmed: it counts where the old clause has that figure and the new one has not."""
_HEARD = re.compile(r"听说|听人|都说|[都人]讲")
_CLAIMS = re.compile(
    r"听说|听人|都说|记得|以前|之前|原来|只(?:能|有|给|补|朴|要|够|管|算|限)|非得|必须|要(?:等|满|够|开|干|交)"
)
"""And of who takes a figure for the rule: 只管两年内的, 要满十二个月."""
_FRAME = re.compile(
    r"以前|之前|从前|早先|当年|当初|那时候?|那会儿|[前头早]几年|前年|去年|往年|原来的?|原先的?|我?(?:记得|印象里|印象中)|听说|听人说|都说|如今|现在|目前|眼下|还是(?:这个数|这样|罢)?|变了?没有?|涨了?没有?|改了?没有?|咋?听说变了|(?:对吧|是吧|对不对|是不是|没记错吧|没错吧|是这样吗)|[吗么嘛吧噻罢]$"
)
_STILL = re.compile(r"还(?:能|可以|有效|管用|作数|算数|得行)|来得及|接着用|继续用|换证|换领|过渡|老证|旧证|备案证")
_TRANSITION = re.compile(r"原办法|原规定|原标准|换领|继续有效|同时废止|停止执行")
_LAST_CLAUSE = re.compile(r"自\d{4}年\d{1,2}月\d{1,2}日起施行")
BRIDGE = "施行前已经登记的，按照原办法规定的标准办理，原证继续有效，换领"
MOST_LOOKED_AT = 80
MOST_NOW = 2
OF_OLD_FIGURE = 0.3
"""What the figure of the old rule takes from a clause that is to say what holds instead."""
OF_OLD_WORDS = 1.0
"""What a clause gains that says all that the old one said; and all of it that was asked about."""
NEXT_OF_BEST = 0.85
LEAST_OF_BEST = 0.8
"""Share of the best score on its last day that an old clause must reach where no figure speaks for it."""
LEAST_WITH_FIGURE = 0.5
"""The same where a figure speaks for it, and nothing but the figure."""
LONGEST_MATTER = 120


@dataclass(frozen=True, slots=True)
class Former:
    """An old document, the figure of it that the person named, and the clauses that hold now."""

    ended: Ended
    figure: str
    clause: str
    now: Sequence[Found]

    def told(self) -> str:
        by = self.ended.by
        since = f"已于{day(by.since)}失效，由{by.name}取代" if by else f"有效到{day(self.ended.last_day)}，已经失效"
        figure = f"“{self.figure}”是原来的写法，出自{self.ended.name}{self.clause}；这份文件" if self.figure else f"原来的{self.ended.name}"  # fmt: skip
        return f"{figure}{since}。以现行的为准，现在是这样规定的："


class FormerRules:
    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def find(
        self,
        asked: Asked,
        *,
        remembers: bool = False,
        claimed: bool = False,
        of_two: bool = False,
        cited: Collection[str] = (),
    ) -> Former | None:
        """None where nothing old is meant; with `claimed`, where no outdated figure is claimed to hold.

        With `of_two` the message itself sets two editions against each other, with the figures of both.
        `cited`: the documents that were just cited; what they took the place of is meant first.
        """
        asked = replace(asked, text=self._knowledge.library.rewritten(asked.text).repaired)
        said = same_matter.said(asked.text)
        if claimed and not (said and (_DOUBTS.search(asked.text) or _CLAIMS.search(asked.text))):
            return None
        doubts = bool(said) and _DOUBTS.search(asked.text) is not None
        remembers = remembers or doubts or _REMEMBERS.search(same_matter.of_rules(asked.text)) is not None
        if said and not remembers and _HEARD.search(asked.text):
            remembers = claimed = True
        if not remembers and not (said and _CHECKS.search(asked.text)):
            return None
        matter = _FRAME.sub("", asked.text).strip("，,。？? ") or asked.text
        now = self._knowledge.library.find(replace(asked, text=matter), limit=MOST_LOOKED_AT).results
        for ended in sorted(self._ended(asked, now), key=lambda one: not (one.by and one.by.document in cited)):
            old = self._old_clause(asked, matter, ended, said, remembers=remembers)
            if old is None:
                continue
            new = self._new_clauses(asked, ended, old, now, said)
            rules = [one for one in new if one.passage.clause_kind != ClauseKind.FAQ] or new
            outdated = _outdated(said, old.passage.body, [one.passage.body for one in rules]) if rules else None
            if not new or (outdated is None and (claimed or not remembers or _shared(said, old.passage.body))):
                continue
            is_sure = is_named(ended, asked.text) or (of_two and _both(said, old.passage.body, rules[0].passage.body))
            if not is_sure and not self._is_same(matter, ended, (old, rules[0]), outdated, now):
                continue
            return Former(ended, said[outdated] if outdated else "", old.passage.clause, new)
        return None

    def _is_same(
        self, matter: str, ended: Ended, clauses: tuple[Found, Found], figure: Figure | None, now: Sequence[Found]
    ) -> bool:
        """Whether the message is about what the old clause is about, and the new document settles that now."""
        of_it = self._of_successor(ended, now)
        old, new = (one.passage for one in clauses)
        return same_matter.is_same(matter, old, new, figure, now, lambda one: one.passage.clause_id in of_it)

    def _of_successor(self, ended: Ended, now: Sequence[Found]) -> set[str]:
        """Clauses of the new document, of what explains it, and published answers that rest on it."""
        if ended.by is None:
            return set()
        names = {ended.by.title, ended.by.doc_number}
        with self._knowledge.database.reading() as tx:
            explained = succession.originals(tx, {one.passage.document_id for one in now})
            entries = [one.passage.clause_id for one in now if one.passage.clause_kind == ClauseKind.FAQ]
            faqs = catalogue.faqs_of(tx, entries)
        return {
            one.passage.clause_id
            for one in now
            if one.passage.document_id == ended.by.document
            or names & set(explained.get(one.passage.document_id, ()))
            or (one.passage.clause_id in faqs and faqs[one.passage.clause_id].basis_title == ended.by.title)
            or ended.by.title in one.passage.body
        }

    def _ended(self, asked: Asked, now: Sequence[Found]) -> Iterator[Ended]:
        """What the documents found took the place of, explanations counting as what they explain."""
        scope = self._knowledge.library.scope(asked)
        with self._knowledge.database.reading() as tx:
            named = succession.named_but_ended(tx, scope, asked.text)
            ids = list(dict.fromkeys(one.passage.document_id for one in now))
            before = [ended for ended, _ in succession.predecessors(tx, scope, ids)]
            explained = {name for names in succession.originals(tx, ids).values() for name in names}
            before += succession.replaced_by(tx, scope, explained)
        found = {one.document: one for one in [*named, *before] if one.by}
        yield from sorted(found.values(), key=lambda one: (one not in named, _first(ids, one)))

    def _old_clause(
        self, asked: Asked, matter: str, ended: Ended, said: dict[Figure, str], *, remembers: bool
    ) -> Found | None:
        then = replace(asked, text=matter, on=ended.last_day)
        results = self._knowledge.library.find(then, limit=MOST_LOOKED_AT).results
        own = [one for one in results if one.passage.document_id == ended.document]
        least = LEAST_WITH_FIGURE * results[0].score if results else 0.0
        near = (one for one in own if remembers or one.score >= least)
        with_figure = next((one for one in near if _shared(said, one.passage.body)), None)
        if with_figure is not None or not remembers:
            return with_figure
        if own and own[0].score >= LEAST_OF_BEST * results[0].score:
            return own[0]
        return self._with_figure(then, ended, said) if said else None

    def _with_figure(self, then: Asked, ended: Ended, said: dict[Figure, str]) -> Found | None:
        """Read in the old document itself: the clause with the figure that has most in common with the question."""
        scope = self._knowledge.library.scope(then)
        number = ended.doc_number
        with self._knowledge.database.reading() as tx:
            passages = catalogue.passages_of_clause(tx, scope, titles=[ended.title], number=number)
        asked = set(words.grams(then.text))
        fit = [one for one in passages if _shared(said, one.body)]
        best = max(fit, key=lambda one: len(asked & set(words.grams(one.body))), default=None)
        return Found(best, 0.0, BASIS) if best else None

    def _new_clauses(
        self, asked: Asked, ended: Ended, old: Found, now: Sequence[Found], said: dict[Figure, str]
    ) -> list[Found]:
        """Of what took its place: the clause most like the old one and the question; before it, how one led to the other."""
        by = ended.by.document if ended.by else ""
        body = re.sub(r"\s+", "", old.passage.body)[:LONGEST_MATTER]
        like_old = self._knowledge.library.like(replace(asked, text=body), limit=MOST_LOOKED_AT).results
        scores: dict[str, float] = {}
        of_it: dict[str, Found] = {}
        for one in [*now, *like_old]:
            if one.passage.document_id == by and one.passage.clause_kind != ClauseKind.FAQ:
                clause = one.passage.clause_id
                of_it.setdefault(clause, one)
                scores[clause] = scores.get(clause, 0.0) + one.score
        among = coverage.known(one.passage.body for one in of_it.values())
        told = set(words.grams(old.passage.body))
        meant = told & set(words.grams(asked.text))
        for clause, one in of_it.items():
            scores[clause] += OF_OLD_WORDS * coverage.covered(told, one.passage.body, among)
            scores[clause] += OF_OLD_WORDS * coverage.covered(meant, one.passage.body, among)
            scores[clause] -= OF_OLD_FIGURE if _shared(said, one.passage.body) else 0.0
        best = sorted(of_it.values(), key=lambda one: -scores[one.passage.clause_id])[:1]
        own = [one for one in now if one.passage.document_id == by and one.passage.clause_kind != ClauseKind.FAQ]
        if _STILL.search(asked.text) and (bridge := self._bridge(asked, by)):
            best = [bridge, *(best if figures(asked.text) else [])]
        elif entry := self._entry(ended, now):
            best = [entry, *best]
        elif own and now and own[0].score >= LEAST_OF_BEST * now[0].score:
            best = [*best, *(one for one in own[:2] if one.score >= NEXT_OF_BEST * own[0].score)]
        chosen = list({one.passage.clause_id: one for one in best}.values())[:MOST_NOW]
        return [*chosen, *self._repeal(asked, ended)] if is_named(ended, asked.text) else chosen

    def _repeal(self, asked: Asked, ended: Ended) -> list[Found]:
        """The clause that repeals a document which the person names."""
        repeals = f"自施行之日起，{ended.name}同时废止"
        found = self._knowledge.library.like(replace(asked, text=repeals), limit=MOST_LOOKED_AT).results
        by = ended.by.document if ended.by else ""
        return [one for one in found if one.passage.document_id == by and "废止" in one.passage.body][:1]

    def _bridge(self, asked: Asked, by: str) -> Found | None:
        """How the new document deals with what began under the old one."""
        found = self._knowledge.library.find(
            replace(asked, text=f"{asked.text}，{BRIDGE}"), limit=MOST_LOOKED_AT
        ).results
        own = (one for one in found if one.passage.document_id == by and _TRANSITION.search(one.passage.body))
        return next((one for one in own if not _LAST_CLAUSE.search(one.passage.body)), None)

    def _entry(self, ended: Ended, now: Sequence[Found]) -> Found | None:
        """The published answer to the question, where it rests on the new document."""
        if not now or now[0].passage.clause_kind != ClauseKind.FAQ or ended.by is None:
            return None
        with self._knowledge.database.reading() as tx:
            faq = catalogue.faqs_of(tx, [now[0].passage.clause_id]).get(now[0].passage.clause_id)
        return now[0] if faq and faq.basis_title == ended.by.title and faq.basis_clause else None


def is_named(ended: Ended, text: str) -> bool:
    """By its number or its title: 青市监〔2019〕21号, 备案管理暂行规定."""
    number = re.sub(r"\D", "", ended.doc_number or "")
    return bool(number and number in re.sub(r"\D", "", text)) or ended.title.strip("《》") in text


def _outdated(said: Collection[Figure], old: str, new: Sequence[str]) -> Figure | None:
    """The first figure that was said, stands in the old clause and no more in the new one; what holds now has another."""
    then, now = figures(old), figures(new[0])
    units = {figure.unit for figure in figures("\n".join(new))}
    return next((one for one in said if one in then and one not in now and one.unit in units), None)


def _both(said: Collection[Figure], old: str, new: str) -> bool:
    """Whether one figure stands only in the old clause and another of its kind only in the new one."""
    then, now = figures(old).keys(), figures(new).keys()
    return any(one.unit == other.unit for one in said if one in then - now for other in said if other in now - then)


def _shared(said: Collection[Figure], body: str) -> bool:
    """Whether a figure that was said stands there."""
    return bool(set(said) & figures(body).keys())


def _first(ids: Sequence[str], one: Ended) -> int:
    by = one.by.document if one.by else ""
    return ids.index(by) if by in ids else len(ids)
