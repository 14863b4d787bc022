"""Issued, printed, in force from and to: read from header, signature and final clauses."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.dates import DATE, add_years, of_match, parse_date
from knowledge.documents import Clause, ClauseKind
from knowledge.numbering import NUMERAL, to_int

_FROM = re.compile(rf"自\s*{DATE}\s*起(?:正式)?(?:施行|实施|执行|生效|试行)")
_FROM_ISSUE = re.compile(r"自(?P<event>印发|发布|公布|颁布|发文|下发)之日起(?:正式)?(?:施行|实施|执行|生效|试行)")
_HEADER_FROM = re.compile(rf"^{DATE}\s*(?:起)?(?:施行|实施)", re.MULTILINE)
_HEADER_EVENT = re.compile(rf"^{DATE}.*$", re.MULTILINE)
_DECIDED = re.compile(r"通过|公布|发布|修订|修正|批准|令第")
_PRINTED = re.compile(rf"{DATE}印发")
_UNTIL = re.compile(rf"(?:有效期(?:限)?(?:截?至|到)|执行(?:期限)?(?:截?至|到)|有效至|施行至)\s*{DATE}")
_YEARS = re.compile(rf"有效期(?:限)?为?\s*(?P<years>\d{{1,2}}|{NUMERAL})\s*年")
_FILE_DATE = re.compile(r"[（(](?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})[）)]")
_WEB_DATE = re.compile(
    r"(?:发布|发文|成文)(?:日期|时间)[：:]\s*(?P<year>\d{4})[-年/.](?P<month>\d{1,2})[-月/.](?P<day>\d{1,2})"
)
TAIL_CLAUSES = 6


@dataclass(frozen=True, slots=True)
class Dates:
    issued: date | None = None
    printed: date | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    start_uncertain: bool = False
    """The start rests on a date the document does not name exactly (自发布之日起)."""


def find_dates(text: str, clauses: Sequence[Clause], head: str, file_name: str) -> Dates:
    issued, printed = _issued(text, clauses, head, file_name)
    amended = _last_decision(head)
    closing = _closing(text, clauses)
    start, uncertain = _start(head, closing, issued, amended)
    if issued is None and amended is not None:
        issued = amended
    return Dates(issued, printed, start, _end(closing, start or issued), uncertain)


def _issued(text: str, clauses: Sequence[Clause], head: str, file_name: str) -> tuple[date | None, date | None]:
    """成文日期 from the notice's signature, the final signature, the header, else the file's name."""
    printed = next((of_match(match) for match in _PRINTED.finditer(text)), None)
    signed: date | None = None
    for kind in (ClauseKind.FRONT, ClauseKind.SIGNATURE):
        for clause in clauses:
            if clause.kind is not kind:
                continue
            lines = [line for line in text[clause.start : clause.own_end].splitlines() if "印发" not in line]
            found = [parse_date(line) for line in lines if re.fullmatch(rf"[（(]?{DATE}[）)]?", line.strip())]
            signed = signed or next((day for day in reversed(found) if day), None)
    decided = _last_decision(head)
    web = _WEB_DATE.search(text[:1500])
    named = _FILE_DATE.search(file_name)
    candidates = (
        signed,
        max(filter(None, [decided, of_match(named) if named else None]), default=None),
        of_match(web) if web else None,
    )
    return next((day for day in candidates if day), None), printed


def _last_decision(head: str) -> date | None:
    """Date of the last adoption, promulgation or amendment listed under a law's title."""
    days = [
        day
        for match in _HEADER_EVENT.finditer(head)
        if _DECIDED.search(match[0]) and len(match[0]) < 120 and (day := of_match(match))
    ]
    return max(days, default=None)


def _closing(text: str, clauses: Sequence[Clause]) -> str:
    """Words of the last clauses of the main text, where a document says when it takes effect."""
    main = []
    for clause in clauses:
        if clause.kind is ClauseKind.ANNEX:
            break
        if clause.kind not in {ClauseKind.FRONT, ClauseKind.TITLE, ClauseKind.CHAPTER}:
            main.append(clause)
    return "".join(text[clause.start : clause.own_end] for clause in main[-TAIL_CLAUSES:])


def _start(head: str, closing: str, issued: date | None, amended: date | None) -> tuple[date | None, bool]:
    """(first day in force, whether uncertain).

    A law amended after the date its last clause names is in force in this wording from its
    amendment, not from then; the text does not say the day, so it stays open.
    """
    known = max(filter(None, [issued, amended]), default=None)
    header = max((day for match in _HEADER_FROM.finditer(head) if (day := of_match(match))), default=None)
    if header and (known is None or header >= known):
        return header, False
    stated = max((day for match in _FROM.finditer(closing) if (day := of_match(match))), default=None)
    if stated and (known is None or stated >= known):
        return stated, False
    if stated is None and (match := _FROM_ISSUE.search(closing)):
        decisions = len([line for line in head.splitlines() if _HEADER_EVENT.match(line) and _DECIDED.search(line)])
        if decisions > 1:
            return None, True
        return known, match["event"] != "印发"
    if stated and amended is None and issued and stated < issued and (issued - stated).days <= 366:
        # A policy may apply from before its signature (自1月1日起执行, signed in March).
        return stated, False
    return None, True


def _end(closing: str, start: date | None) -> date | None:
    if match := _UNTIL.search(closing):
        return of_match(match)
    if start and (match := _YEARS.search(closing)):
        return add_years(start, to_int(match["years"])) - timedelta(days=1)
    return None
