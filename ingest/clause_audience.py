"""Clauses of a public document that only staff may read: lists of persons, lists marked internal."""

import dataclasses
import re
from collections.abc import Sequence

from knowledge.documents import Audience, Clause, ClauseKind

_INTERNAL_USE = re.compile(r"内部(?:督办|考核|使用|掌握|资料|管理)|系统内部|仅供(?:内部|工作人员)|不对外公(?:开|布)")
_LIST_TITLE = re.compile(r"([\u4e00-\u9fff]{2,20}?(?:清单|名单|台账|名册|一览表))")
_PEOPLE = re.compile(r"名单|名册|通讯录|联系表|联络表")
_PEOPLE_FOR_THE_PUBLIC = re.compile(r"获奖|入选|认定|公示|表彰|拟")
_SHORTEST_NAME = 4


def mark_audience(text: str, clauses: Sequence[Clause], document: Audience) -> list[Clause]:
    """The clauses with their audience; below a staff-only annex everything is staff-only."""
    annexes = [clause for clause in clauses if clause.kind is ClauseKind.ANNEX]
    internal = _named_as_internal(text)
    closed = {annex.id: annex for annex in annexes if _is_closed(text, annex, internal)}
    marked = []
    for clause in clauses:
        inside = any(annex.start <= clause.start < annex.end for annex in closed.values())
        staff = document is Audience.STAFF or inside
        marked.append(dataclasses.replace(clause, audience=Audience.STAFF if staff else Audience.PUBLIC))
    return marked


def _named_as_internal(text: str) -> set[str]:
    """Names of lists that a sentence of the document calls internal."""
    names: set[str] = set()
    for sentence in re.split(r"[。；\n]", text):
        if _INTERNAL_USE.search(sentence):
            names.update(name[-12:] for name in _LIST_TITLE.findall(sentence))
    return names


def _is_closed(text: str, annex: Clause, internal: set[str]) -> bool:
    title = "".join(text[annex.start : annex.own_end].splitlines()[:3])
    if _PEOPLE.search(title) and not _PEOPLE_FOR_THE_PUBLIC.search(title):
        return True
    if _INTERNAL_USE.search(title):
        return True
    return any(_shares_ending(name, title) for name in internal)


def _shares_ending(name: str, title: str) -> bool:
    """重点项目清单 names the annex 2022年度质量品牌提升服务重点项目清单, 能力清单 does not."""
    core = name.removeprefix("年度").lstrip("的和")
    return len(core) > _SHORTEST_NAME and any(
        core[cut:] in title for cut in range(len(core) - _SHORTEST_NAME) if len(core) - cut > _SHORTEST_NAME
    )
