"""Whom the rules of a place are for: the clause on their scope, for somebody at home elsewhere who asks whether they may."""

import re
from collections.abc import Sequence

from assistant.answer import Source
from assistant.facts import without_former
from assistant.flows.citing import BASIS
from assistant.means import Knowledge
from assistant.turn import Turn
from knowledge import catalogue, places, regions
from knowledge.documents import TABLE_ROWS, ClauseKind
from knowledge.library import Found
from knowledge.library import Question as Asked
from knowledge.spoken_grammar import plain

_MAY_I = re.compile(
    r"(?:能不能|可不可以|能否|可否|有没有|能|可以|得|行)[^，。？?]{0,8}(?:报|领|拿|申|享|补|贷|办|用|算|份|轮)[^，。？?]{0,4}(?:吗|不|么|没|[?？]|$)"
    r"|(?:报|领|拿|申请|享受|补)(?:得了|得到)?(?:不|吗|么)|有(?:没有)?(?:我|俺|咱)的?份|够(?:不够)?格|算不算|管不管|认不认|行不行|可以不|中不中"
)
_SCOPE = re.compile(r"适用(?:于|本)|不适用|适用范围")
_AT_HOME = re.compile(
    r"(?:执照|登记|注册|户口|户籍|总店|公司|店)[^，。？?]{0,6}(?:在|是|属)|在[^，。？?]{2,6}(?:登记|注册|办的照|开的店)"
)
"""Says where somebody's business is registered."""
_WHO = re.compile(r"登记|行政区域|户籍|经营")


def asks_whether(text: str) -> bool:
    """Whether somebody asks if they may have it."""
    return _MAY_I.search(plain(text)) is not None


def is_from_elsewhere(turn: Turn, asked: Asked) -> bool:
    """Whether the message, or the conversation, has somebody at home where the rules asked about are not made."""
    if turn.place and turn.state.region and turn.place not in regions.chain(turn.state.region):
        return True
    here = regions.chain(asked.region)
    named = places.named_in(without_former(turn.text), near=asked.region)
    return _AT_HOME.search(turn.text) is not None and any(
        code not in here and asked.region not in regions.chain(code) for code in named
    )


def clause_on(knowledge: Knowledge, asked: Asked, sources: Sequence[Source]) -> Found | None:
    """The clause on the scope of the first document cited that has one."""
    told = {source.clause_id for source in sources}
    titles = list(dict.fromkeys(source.title for source in sources if source.clause_id))
    scope = knowledge.library.scope(asked)
    for title in titles:
        with knowledge.database.reading() as tx:
            found = catalogue.passages_of_clause(tx, scope, titles=[title])
        for one in found:
            is_rule = one.clause_kind not in TABLE_ROWS and one.clause_kind != ClauseKind.FAQ
            if is_rule and one.clause_id not in told and _SCOPE.search(one.body) and _WHO.search(one.body):
                return Found(one, 0.0, BASIS)
    return None
