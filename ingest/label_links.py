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
                for target in filter(None, [fold_title(match["title"])[:400], (match["number"] or "")[:120]]):
                    if target not in seen:
                        seen.add(target)
                        yield Link(LinkKind.SUPERSEDES, target)
