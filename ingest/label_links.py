"""Which other documents a document interprets, ends or changes, by title and 文号."""

import re
from collections.abc import Iterator, Sequence

from ingest.punctuation import fold_title
from knowledge.documents import Clause, ClauseKind, Link, LinkKind

_QUOTED = re.compile(
    r"《(?P<title>[^《》]*(?:[《〈][^《》〈〉]*[》〉][^《》]*)*)》(?:（(?P<number>[^（）]*?号)(?:[，、；][^（）]*)?）)?"
)
_ENDS = re.compile(r"同时废止|予以废止|即行废止|废止执行|不再执行|停止执行|同时失效|自行废止|相应废止")
_INTERPRETS = re.compile(
    r"(?:关于)?《(?P<title>.+?)》(?:的)?(?:政策)?(?:解读|问答|解释|说明)|(?P<bare>.+?)(?:的)?政策解读$"
)
_AMENDS = re.compile(r"关于修(?:改|订)[《〈]?(?P<title>.+?)[》〉]?的(?:决定|通知)")
_CHANGES = re.compile(r"(?:修改|调整|修订|变更|改)为|删[去除]|不再(?:执行|适用)")
_ITS_CLAUSE = re.compile(
    r"[的中]?(?:第[零〇一二三四五六七八九十百\d]{1,5}条|[一二三四五六七八九十]{1,3}、?（[一二三四五六七八九十]{1,3}）)"
)
"""Right behind a title: what befalls this clause does not befall the document."""
_TELLS = re.compile(r"解读|问答|答记者问|说明|新闻")
CLOSING_CLAUSES = 8


def find_links(title: str, text: str, clauses: Sequence[Clause]) -> Iterator[Link]:
    if match := _AMENDS.search(title):
        yield Link(LinkKind.AMENDS, fold_title(match["title"]))
    elif not title.startswith("最高人民") and (match := _INTERPRETS.search(title)):
        yield Link(LinkKind.INTERPRETS, fold_title(match["title"] or match["bare"].removeprefix("关于")))
    main = [clause for clause in clauses if clause.kind not in {ClauseKind.FRONT, ClauseKind.TITLE}]
    seen: set[str] = set()
    for clause in main[-CLOSING_CLAUSES:]:
        for sentence in re.split(r"[。；\n]", text[clause.start : clause.own_end]):
            if not _ENDS.search(sentence):
                continue
            for match in _QUOTED.finditer(sentence):
                for target in _names(match):
                    if target not in seen and not _ITS_CLAUSE.match(sentence, match.end()):
                        seen.add(target)
                        yield Link(LinkKind.SUPERSEDES, target)
    if not _TELLS.search(title):
        yield from _changed_clauses(text, main)


def _changed_clauses(text: str, main: Sequence[Clause]) -> Iterator[Link]:
    """将《办法》（文号）第五条的……调整为……: single clauses of others that the words of a document change or end."""
    body = text[main[0].start : max(one.end for one in main)] if main else ""
    seen: set[str] = set()
    for sentence in re.split(r"[。\n]", body):
        for match in _QUOTED.finditer(sentence):
            rest = sentence[match.end() :].partition("《")[0]
            if not _ITS_CLAUSE.match(rest) or not (_CHANGES.search(rest) or _ENDS.search(rest)):
                continue
            for target in _names(match):
                if target not in seen:
                    seen.add(target)
                    yield Link(LinkKind.AMENDS, target)


def _names(match: re.Match[str]) -> list[str]:
    """Title and 文号 as links keep them."""
    return [one for one in (fold_title(match["title"])[:400], (match["number"] or "")[:120]) if one]
