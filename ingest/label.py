"""What a document says of itself: title, 文号, issuers, level, region, dates, audience, links.

What the text does not determine stays None and is listed in `pending` (待核); nothing is guessed.
"""

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.clean import Normalised
from ingest.label_dates import Dates, find_dates
from ingest.label_issuers import find_issuers, find_region
from ingest.label_links import find_links
from ingest.review import review_date
from ingest.title import Heading
from knowledge import regions
from knowledge.documents import Audience, Clause, ClauseKind, Labels, Level, Module

_NUMBER = re.compile(r"(?<![\u4e00-\u9fff《“])([\u4e00-\u9fff]{2,16}〔\d{4}〕\d{1,5}号)")
_ORDER = re.compile(
    r"((?:中华人民共和国)?[\u4e00-\u9fff]{2,20}?(?:令|公告))\s*[（(]?(?:(\d{4})\s*年)?\s*第?\s*(\d{1,5})\s*号"
)
_JUDICIAL = re.compile(r"(法释〔\d{4}〕\d+号)")
_ON_REQUEST = re.compile(r"此件依申请公开|依申请公开）")
_INTERNAL = re.compile(r"内部(?:资料|文件|使用|掌握)|仅供(?:内部|工作人员)|不予公开|不对外公开")
_INTERPRETER = re.compile(
    r"由(?P<owner>[\u4e00-\u9fff、]{2,40}?)负责(?:本(?:规范|办法|规定|细则|方案|措施|条例|制度)的?)?解释|(?:解释权)归(?P<owner2>[\u4e00-\u9fff]{2,30}?)所有"
)
_KINDS = (
    (re.compile(r"解读$|政策解读|问答$"), "解读"),
    (re.compile(r"解释(?:（.+）)?$|最高人民法院"), "司法解释"),
    (re.compile(r"(?<!办)法$|(?<!办)法（.+）$|条例(?:$|（)|条例实施细则$|编$|总则$"), "法规"),
    (re.compile(r"指南$|须知$"), "指南"),
    (re.compile(r"办法|方案|意见|规定|细则|规范|制度|措施|通知|规程|标准|决定|公告|批复|命令"), "规范性文件"),
)
_MODULES = {
    "解读": Module.POLICY,
    "司法解释": Module.LAW,
    "法规": Module.LAW,
    "指南": Module.POLICY,
    "规范性文件": Module.POLICY,
}


@dataclass(frozen=True, slots=True)
class Hints:
    """What the caller knows beside the text: --region, --audience, the file's name."""

    region: str | None = None
    audience: Audience | None = None
    file_name: str = ""
    path: str = ""
    """Where the file lies: two tables of one name in two folders are two documents."""


def label(document: Normalised, heading: Heading, clauses: Sequence[Clause], hints: Hints) -> Labels:
    head = _part(document.text, clauses, {ClauseKind.FRONT, ClauseKind.TITLE, ClauseKind.PREAMBLE})
    top = _part(document.text, clauses, {ClauseKind.FRONT, ClauseKind.TITLE})
    tail = _part(document.text, clauses, {ClauseKind.SIGNATURE})
    below = "".join(f"{line.text}\n" for line in document.lines[heading.end : heading.end + 2])
    issuers = find_issuers(heading, top, head, tail)
    region = find_region(heading.title, issuers, hints.region, document.text)
    dates = find_dates(document.text, clauses, head, hints.file_name)
    audience, audience_pending = _audience(top + tail, document.text[:600], hints)
    kind = next((name for pattern, name in _KINDS if pattern.search(heading.title)), None)
    labels = Labels(
        title=heading.title,
        part=heading.part,
        aliases=tuple(filter(None, [heading.notice_title, heading.part and f"{heading.title} {heading.part}"])),
        region=region,
        level=regions.level(region) if region else None,
        kind=kind,
        module=_MODULES.get(kind or ""),
        doc_number=find_number(top + below, head),
        issuers=tuple(issuers),
        issued=dates.issued,
        printed=dates.printed,
        effective_from=dates.effective_from,
        effective_to=dates.effective_to,
        review_on=review_date(heading.title, dates.effective_from or dates.issued),
        audience=audience,
        owner_department=_owner(document.text, issuers),
        links=tuple(find_links(heading.title, document.text, clauses)),
    )
    return dataclasses.replace(labels, pending=_pending(labels, dates, audience_pending=audience_pending))


def find_number(top: str, head: str) -> str | None:
    """The document's own 文号: alone on a line, at the end of a heading, or of its promulgation."""
    for line in top.splitlines():
        compact = line.replace(" ", "")
        if match := re.fullmatch(r"[（(]?([\u4e00-\u9fff]{2,16}〔\d{4}〕\d{1,5}号)[）)]?", compact):
            return match[1]
        if match := re.search(r"（([\u4e00-\u9fff]{2,16}〔\d{4}〕\d{1,5}号)）$", compact):
            return match[1]
    if match := _JUDICIAL.search(top + head):
        return match[1]
    orders = [match for line in head.splitlines() if len(line) < 80 for match in _ORDER.finditer(line)]
    if orders:
        name, year, number = orders[-1].groups()
        name = name.removeprefix("中华人民共和国")
        return f"{name}{year}年第{number}号" if year else f"{name}第{number}号"
    return None


def _part(text: str, clauses: Sequence[Clause], kinds: set[ClauseKind]) -> str:
    return "".join(text[clause.start : clause.own_end] for clause in clauses if clause.kind in kinds)


def _audience(edges: str, beginning: str, hints: Hints) -> tuple[Audience, bool]:
    """Audience, and whether a curator still has to decide it (design.md 13)."""
    if hints.audience is not None:
        return hints.audience, False
    if _ON_REQUEST.search(edges):
        return Audience.STAFF, True
    return (Audience.STAFF if _INTERNAL.search(edges) or _INTERNAL.search(beginning) else Audience.PUBLIC), False


def _owner(text: str, issuers: Sequence[str]) -> str | None:
    if match := _INTERPRETER.search(text):
        return match["owner"] or match["owner2"]
    return issuers[0] if len(issuers) == 1 else None


def _pending(labels: Labels, dates: Dates, *, audience_pending: bool) -> tuple[str, ...]:
    national_law = labels.level is Level.NATIONAL and labels.kind in {"法规", "司法解释"}
    checks = {
        "doc_number": labels.doc_number is None and not national_law,
        "issuers": not labels.issuers,
        "region": labels.region is None,
        "kind": labels.kind is None,
        "module": labels.module is None,
        "issued": labels.issued is None,
        "effective_from": labels.effective_from is None or dates.start_uncertain,
        "audience": audience_pending,
    }
    return tuple(name for name, waiting in checks.items() if waiting)
