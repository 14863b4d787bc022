"""A clause that a named document does not have: said plainly, never answered by what merely comes near it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.flows.citing import BASIS
from assistant.flows.looking_up import Topic
from assistant.flows.replies import WAYS_ON, Reply, quoted
from assistant.flows.sourcing import Shown, Sourcing
from knowledge import absent_clauses, catalogue, clause_names, several
from knowledge.absent_clauses import Absent
from knowledge.database import Database
from knowledge.library import Found, Library
from knowledge.references import around_clause, short_names

NEAREST_OF_IT = "这份文件里和您问的最接近的"
NOT_THAT_ONE = f"{NEAREST_OF_IT}（不是您说的那一条）："
MOST_NEAR, MOST_MEANT = 2, 3
LEAST_OF_BEST = 0.8
Standing = Callable[[Topic, Sequence[Shown]], list[str]]
_QUOTED_CLAUSE = re.compile(r"《(?P<name>[^《》]{4,80})》(?:（[^（）]{1,40}）)?[的里中，,\s]{0,2}第")
_SAYS = re.compile(
    r"^(?:请问|那|和|、)+|(?:到底|具体|都|是|怎么|咋|如何)*(?:说|讲|写|规定|要求|指)(?:的|了)?(?:是|些|的是)*(?:什么|啥|哪些)?(?:内容|意思)?|(?:是)?(?:什么|啥)(?:意思|内容)|[吗呢吧啊呀的了？?。！!，,：:\s《》]+"
)


class AbsentClauses:
    def __init__(self, library: Library, database: Database, sourcing: Sourcing) -> None:
        self._library, self._database, self._sourcing = library, database, sourcing

    def reply(self, topic: Topic, first: int, standing: Standing) -> Reply | None:
        """None where every clause named is there, or none is named."""
        text, reference = topic.question.text, topic.finding.reference
        if not reference:
            return self._of_no_document(topic, first) or self._of_another_name(topic, first)
        with self._database.reading() as tx:
            scope = self._library.scope(topic.question)
            absent = absent_clauses.absent_clause(tx, scope, text, reference)
            if absent is None:
                return None
            clause = reference.clause or ""
            others = absent_clauses.others_having(tx, scope, absent, clause) if clause else []
        ways_on = (f"您是不是想问：\n· 《{others[0]}》{clause}怎么规定",) if len(others) == 1 else ()
        near = self._near(topic, absent)
        shown = self._sourcing.show(topic.question, near, topic.finding, self._sourcing.faqs(near)) if near else []
        lines = [absent.told(), *standing(topic, shown)]
        if not shown:
            lead = "\n".join([*lines, "请核对文件名和条款号，或者直接说您想问的事。"])
            return Reply(text, lead, lead, first, ways_on=ways_on)
        found = quoted(topic.question, NOT_THAT_ONE, shown, first, lines, None)
        return replace(found, is_open=True, ways_on=ways_on)

    def _of_no_document(self, topic: Topic, first: int) -> Reply | None:
        """第五条说什么, and nothing before it: nearly every document has one."""
        text = topic.question.text
        clause = clause_names.find_clause(text) if clause_names.stands_alone(text) else None
        if clause is None:
            return None
        with self._database.reading() as tx:
            having = absent_clauses.documents_having(tx, self._library.scope(topic.question), clause)
        lead = f"您问的是哪份文件的{clause}？每份文件都有自己的编号，我不能替您猜；请带上文件的名字再问一次。"
        ways_on = ("例如：", *(f"· 《{title}》{clause}怎么规定" for title in having)) if having else ()
        return Reply(text, lead, lead, first, ways_on=ways_on)

    def _of_another_name(self, topic: Topic, first: int) -> Reply | None:
        """《暂行规定》第五条: of documents by no such name; those that have it in their names may be meant."""
        text = topic.question.text
        match = _QUOTED_CLAUSE.search(text)
        clause = clause_names.find_clause(text, behind=match.end("name") + 1) if match else None
        if match is None or clause is None:
            return None
        with self._database.reading() as tx:
            titles = absent_clauses.named_alike(tx, self._library.scope(topic.question), match["name"])
        if titles is None:
            return None
        if len(titles) == 1:
            return self._of_the_one_meant(topic, first, match["name"], titles[0])
        lead = f"收录的文件里没有叫《{match['name']}》的，它的{clause}怎么写的我不能凭猜测作答。"
        maybe = [f"· 《{title}》{clause}怎么规定" for title in titles[:MOST_MEANT]]
        ways_on = ("您是不是想问：", *maybe) if maybe else (WAYS_ON,)
        return Reply(text, lead, lead, first, ways_on=ways_on)

    def _of_the_one_meant(self, topic: Topic, first: int, name: str, title: str) -> Reply | None:
        """Half a name that only one document has in its own: its clause, with the whole name said before."""
        question = replace(topic.question, text=topic.question.text.replace(f"《{name}》", f"《{title}》"))
        whole = replace(topic, question=question, finding=self._library.find(question))
        if not whole.finding.reference or name in short_names(whole.finding.reference):
            return None
        meant = f"名字对得上“{name}”的只有《{title}》。"
        if (absent := self.reply(whole, first, lambda *_: [])) is not None:
            return replace(
                absent, question=topic.question.text, lead=f"{meant}{absent.lead}", text=f"{meant}{absent.text}"
            )
        named = [one for one in whole.finding.results if one.why.named][:MOST_NEAR]
        if not named:
            return None
        shown = self._sourcing.show(question, named, whole.finding, self._sourcing.faqs(named))
        return quoted(topic.question, f"{meant}查到的规定：", shown, first, (), None)

    def _near(self, topic: Topic, absent: Absent) -> list[Found]:
        """The clause that it would stand in; else what in this document fits the rest of the question."""
        question = topic.question
        if absent.above:
            with self._database.reading() as tx:
                scope = self._library.scope(question)
                within = catalogue.passages_of_clause(
                    tx, scope, titles=[absent.title], number=absent.doc_number, clause=absent.above
                )
            whole = (one for one in within if clause_names.canonical(one.clause) == absent.above)
            return [Found(one, 1.0, BASIS) for one in whole if one.document_id == absent.document_id][:1]
        about = self._rest(topic)
        if not about:
            return []
        found = self._library.find(replace(question, text=f"《{absent.title}》{about}")).results
        of_it = [one for one in found if one.passage.document_id == absent.document_id]
        return [one for one in of_it if one.score >= LEAST_OF_BEST * of_it[0].score][:MOST_NEAR]

    def _rest(self, topic: Topic) -> str:
        """What is asked besides the name of the clause; empty for 说什么."""
        around = around_clause(topic.question.text, topic.finding.reference)
        said = _SAYS.sub("", around[1]) if around else ""
        return said if several.subject(said) else ""
