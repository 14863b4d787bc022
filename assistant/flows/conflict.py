"""Two documents that seem to say different things: both shown, which governs and why, and a note for the owner."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant import hierarchy
from assistant.behaviours import Behaviour
from assistant.comparable_figures import figures
from assistant.flows import same_matter
from assistant.flows.citing import BASIS
from assistant.flows.conflict_pairs import JudgedSides, pair_of
from assistant.flows.former import FormerRules
from assistant.flows.rules import RulesFlow, replied
from assistant.hierarchy import Standing
from assistant.judging import judge_of
from assistant.means import Knowledge
from assistant.opposed import opposed
from assistant.parties import Side, explains, parties
from assistant.turn import Spoken, Turn
from knowledge import catalogue
from knowledge.catalogue import StoredPassage
from knowledge.documents import TABLE_ROWS, ClauseKind
from knowledge.library import Found
from knowledge.library import Question as Asked
from knowledge.spoken_grammar import plain
from knowledge.succession import named

_FRAME = re.compile(
    r"(?:到底|究竟)?(?:该|应该|要)?(?:我)?(?:听|以|照|按|依|信|看)(?:着|照)?(?:谁|哪[个份边家头]?|什么)(?:的|个)?(?:文件|规定|说法)?(?:为准|执行|来|办|走|去申请|才对)?"
    r"|(?:到底|究竟)?(?:哪|谁)[个份边家]?(?:的|文件|规定)?(?:才)?(?:算数|作数|管用|为准|说了算|有效|大|对)|作数的是哪个"
    r"|(?:国家|省|市|区|县)(?:里|头|上|级|政府|文件|规定)*(?:说|讲|写|规定|定|要求|给)?(?:的是)?|(?:两|二)[个份边](?:文件|说法|规定)?|文件|规定|冲突|矛盾|打架|不一样|不一致|有出入|对不上|相反|咋办|怎么办"
)
MOST_COMPARED = 30
LONGEST_MATTER = 120
MOST_ADDED = 1
OF_A_FIGURE = 0.3
"""What a figure of the message adds to a clause that has it."""
LEAST_ABOUT = 0.3
"""Of what the best clause says of the message, what one that leaves room for others must say of it."""
ONE_SIDE = "只查到一边的规定，另一边的原文没有收录，没法逐字对照。"
_EDITIONS = re.compile(
    r"同名|同一?个?(?:名字?|标题|题目)(?!称|单|额|义)|[老旧原](?:的)?(?:办法|规定|版|文件|标准|政策)[^。？?]*(?:新|现行|20[12]\d)|20[12]\d年?[^。？?]{0,16}20[12]\d"
)
"""Two editions of one document."""
LONGEST = 40
_AGAINST_TOLD = re.compile(r"^(?:可是?|但是?|不过|然而|而且?|那为什么|那咋|那怎么)(?![以能])")
"""What sets itself against the answer just given."""
PRINCIPLE = "一般这样定：上级规定高于下级规定；同级的，后施行的优先；解读和问答以文件原文为准。"


class ConflictFlow:
    def __init__(self, knowledge: Knowledge, rules: RulesFlow) -> None:
        self._knowledge, self._rules, self._former = knowledge, rules, FormerRules(knowledge)
        judge = judge_of(knowledge.model)
        self._sides = JudgedSides(judge) if judge else None

    def respond(self, turn: Turn) -> Spoken:
        turn = turn.about(plain(turn.text))
        asked = _asked(turn)
        sides = parties(turn.text, asked.region).sides
        two_editions = _EDITIONS.search(turn.text) is not None
        may_be_old = (len(sides) < 2 or two_editions) and bool(figures(turn.text))
        # of two who speak now neither needs to be old
        remembers = two_editions or not opposed(turn.text, asked.region)
        former = self._former.find(asked, remembers=remembers, of_two=two_editions) if may_be_old else None
        if former and former.figure:
            answer = self._knowledge.answers.of(asked, former.now)
            yield from replied(turn, answer, behaviour=Behaviour.CONFLICT, before=f"{former.told()}\n{PRINCIPLE}")
            return
        ranked = self._ranked(asked)
        if explains not in sides:
            ranked = [one for one in ranked if not explains(one.passage)]
        about = _about(asked.text, ranked)
        judged = self._judged(turn, about, sides)
        pair = self._by_words(turn, about, sides) if judged is None else judged
        if not pair or (len(pair) == 1 and (two_editions or not sides)):
            yield from self._rules.respond(turn)
            return
        if len(pair) == 1:
            answer = self._knowledge.answers.of(asked, pair, "查到的规定：")
            yield from replied(turn, answer, before=f"{ONE_SIDE}{PRINCIPLE}")
            return
        more = _with_figures_said(asked.text, pair, ranked) if judged is None else []
        answer = self._knowledge.answers.of(asked, [*pair, *more], "两边的原文：")
        before = "\n".join(filter(None, [_ruling([one.passage for one in pair]), PRINCIPLE]))
        yield from replied(turn, answer, behaviour=Behaviour.CONFLICT, before=before)

    def _by_words(self, turn: Turn, about: Sequence[Found], sides: Sequence[Side]) -> list[Found]:
        asked = _asked(turn)
        return self._with_cited(turn, about, sides) or self._beside(asked, pair_of(about, sides, asked.text), sides)

    def _judged(self, turn: Turn, about: Sequence[Found], sides: Sequence[Side]) -> list[Found] | None:
        """As a model that may judge chooses them; None where there is none. What was just told needs no choosing."""
        asked = _asked(turn)
        if self._sides is None or not about:
            return None
        pair = self._with_cited(turn, about, sides)
        if not pair:
            chosen = self._sides.pair(about, sides, asked.text)
            if chosen is None or len(chosen) != 1:
                return chosen
            pair = self._beside(asked, chosen, sides)
        others = self._sides.about(pair[1:], asked.text)
        return None if others is None else [pair[0], *others]

    def _with_cited(self, turn: Turn, ranked: Sequence[Found], sides: Sequence[Side]) -> list[Found]:
        """可市里的办法说二十天: against the clause that was just told, where the message itself names no other side."""
        exchange = turn.state.last_exchange
        if exchange is None or not exchange.sources:
            return []
        told = str(exchange.sources[0].get("clause_id", ""))
        if len(turn.text) > LONGEST or not _AGAINST_TOLD.search(turn.text):
            return []
        with self._knowledge.database.reading() as tx:
            title, clause = str(exchange.sources[0].get("title", "")), str(exchange.sources[0].get("clause", ""))
            scope = self._knowledge.library.scope(_asked(turn))
            passages = catalogue.passages_of_clause(tx, scope, titles=[title], clause=clause)
        first = next((Found(one, 0.0, BASIS) for one in passages if one.clause_id == told), None)
        if first is None or first.passage.clause_kind == ClauseKind.FAQ:
            return []
        others = [one for one in ranked if one.passage.document_id != first.passage.document_id]
        said = [one for one in others if any(side(one.passage) for side in sides)] or others
        return [first, said[0]] if said else []

    def _beside(self, asked: Asked, pair: Sequence[Found], sides: Sequence[Side]) -> list[Found]:
        """What the first clause is held against is found by its words: the other side says it of the same matter."""
        if len(pair) != 1:
            return list(pair)
        first = pair[0]
        body = re.sub(r"\s+", "", first.passage.body)[:LONGEST_MATTER]
        alike = self._knowledge.library.like(replace(asked, text=body), limit=MOST_COMPARED).results
        other_sides = [side for side in sides if not side(first.passage)] or [_other_than(first.passage)]
        for one in alike:
            if one.passage.clause_kind not in TABLE_ROWS and one.passage.document_id != first.passage.document_id and any(side(one.passage) for side in other_sides):  # fmt: skip
                return [first, one]
        return [first]

    def _ranked(self, asked: Asked) -> list[Found]:
        """Clauses by the whole message and by the matter alone, those with its figures first."""
        matter = _FRAME.sub("", asked.text).strip("，,。？?、 ") or asked.text
        said = figures(asked.text)
        found: dict[str, Found] = {}
        scores: dict[str, float] = {}
        for text in dict.fromkeys((asked.text, matter)):
            for one in self._knowledge.library.find(replace(asked, text=text), limit=MOST_COMPARED).results:
                if one.passage.clause_kind in TABLE_ROWS:
                    continue
                clause = one.passage.clause_id
                found.setdefault(clause, one)
                scores[clause] = scores.get(clause, 0.0) + one.score
        for clause, one in found.items():
            scores[clause] += OF_A_FIGURE if said.keys() & figures(one.passage.body).keys() else 0.0
        return [replace(found[clause], score=scores[clause]) for clause in sorted(found, key=lambda one: -scores[one])]


def _asked(turn: Turn) -> Asked:
    return Asked(turn.text, turn.region_or_country, turn.today, turn.audience)


def _about(text: str, ranked: Sequence[Found]) -> list[Found]:
    """Without those that leave room for whatever others say, and say nothing of the matter themselves."""
    among = [one.passage for one in ranked]
    said, known = same_matter.shares(_FRAME.sub(" ", text), among, among), figures(text).keys()
    least = LEAST_ABOUT * max(said, default=0.0)
    return [
        one
        for one, share in zip(ranked, said, strict=True)
        if share >= least or known & figures(one.passage.body).keys() or not hierarchy.leaves_room(one.passage.body)
    ]


def _with_figures_said(asked: str, pair: Sequence[Found], ranked: Sequence[Found]) -> list[Found]:
    """再给2000: the clause of the same document that has the figure, where the one that was chosen has it not."""
    shown = "\n".join(one.passage.body for one in pair)
    missing = figures(asked).keys() - figures(shown).keys()
    documents = {one.passage.document_id for one in pair}
    of_them = (one for one in ranked if one.passage.document_id in documents)
    return [one for one in of_them if missing & figures(one.passage.body).keys()][:MOST_ADDED]


def _other_than(passage: StoredPassage) -> Side:
    """The text that is explained, or what another place says."""
    return _is_original if explains(passage) else lambda other: other.region != passage.region


def _is_original(passage: StoredPassage) -> bool:
    return not explains(passage)


def _explained(first: StoredPassage, second: StoredPassage) -> bool:
    return explains(first) != explains(second)


def _ruling(pair: Sequence[StoredPassage]) -> str:
    if len(pair) < 2:
        return ""
    first, second = pair
    ruled = hierarchy.governs(
        Standing(first.title, first.kind, first.region, first.valid_from),
        Standing(second.title, second.kind, second.region, second.valid_from),
    )
    if ruled is None:
        return "从文件本身看不出以哪一份为准，请向主管部门核实。"
    is_first, reason = ruled
    high, low = (first, second) if is_first else (second, first)
    if hierarchy.leaves_room(high.body):
        return f"{named(high.title, high.doc_number)}给下级留了余地，在它的范围内按{named(low.title, low.doc_number)}执行；超出范围的，以上级的为准。"
    apart = (
        "两份管的不是同一件事的，各按各的办；"
        if first.region == second.region and not _explained(first, second)
        else ""
    )
    return f"{apart}两份文件对同一件事写得不一样的，以{named(high.title, high.doc_number)}为准（{reason}）。"
