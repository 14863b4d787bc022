"""Documents and answers as the public gets them, for the JSON interface and the pages alike."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection

from api.bootstrap import Service
from api.coverage import place
from api.errors import ClauseNotFound, StaffOnly
from api.models import (
    Ask,
    ClauseDetail,
    ClauseItem,
    DocumentDetail,
    DocumentItem,
    DocumentList,
    Pending,
    Related,
    Version,
)
from assistant.answer import Answer
from assistant.flows.answer import NO_REGION
from assistant.means import Knowledge
from assistant.overviews.overviews import Overviews
from assistant.telling import Event, Final, answer_of
from knowledge import catalogue, regions
from knowledge.catalogue import DocumentSummary, DocumentView, StoredClause, StoredFaq, StoredPassage
from knowledge.documents import Audience, ClauseKind, LinkKind, Module
from knowledge.errors import DocumentNotFound, IndexOutdated
from knowledge.library import Question
from knowledge.numbering import normalise_number
from knowledge.scope import in_force

LABELS = {
    "title": "标题",
    "doc_number": "文号",
    "issuers": "发文机关",
    "region": "适用地区",
    "level": "层级",
    "kind": "种类",
    "module": "栏目",
    "issued": "成文日期",
    "effective_from": "施行日期",
    "effective_to": "失效日期",
    "audience": "公开属性",
    "owner_department": "解释部门",
}
MOST_CLAUSES, LOOKED_AT = 8, 30
MOST_IN_A_SITEMAP = 40_000
RELATIONS = {LinkKind.INTERPRETS: "解读", LinkKind.SUPERSEDES: "废止", LinkKind.AMENDS: "修改"}
NAMING = {LinkKind.INTERPRETS: "解读本文件", LinkKind.SUPERSEDES: "废止本文件", LinkKind.AMENDS: "修改本文件"}


@dataclass(frozen=True, slots=True)
class Filters:
    region: str | None = None
    """Name or code; documents of this place and of everything above it."""
    module: Module | None = None
    words: str | None = None
    page: int = 1
    size: int = 20


def answer(service: Service, ask: Ask) -> Answer:
    return answer_of(answer_stream(service, ask))


def answer_stream(service: Service, ask: Ask) -> Generator[Event, None, None]:
    """Over HTTP the reader is always the public; staff sign in with a later issue."""
    if ask.audience is not Audience.PUBLIC:
        raise StaffOnly
    region = regions.resolve(ask.region) if ask.region else service.settings.region
    question = Question(ask.question, region or regions.COUNTRY, ask.on or service.today(), Audience.PUBLIC)
    whole = Overviews(Knowledge(service.database, service.library, service.answers)).of(question)
    if whole is not None:
        yield Final(replace(whole, notices=[] if region else [NO_REGION]))
        return
    yield from service.answers.answer_stream(question, region_given=region is not None)


def listed(service: Service, filters: Filters) -> DocumentList:
    today = service.today()
    with service.database.reading() as tx:
        found, total = catalogue.list_documents(
            tx,
            Audience.PUBLIC,
            regions=regions.chain(regions.resolve(filters.region)) if filters.region else None,
            module=filters.module,
            words=normalise_number(filters.words) if filters.words else None,
            limit=filters.size,
            offset=(filters.page - 1) * filters.size,
        )
    items = [DocumentItem(**_labels(summary, today)) for summary in found]
    return DocumentList(items=items, total=total, page=filters.page, size=filters.size)


def document(service: Service, document_id: str, on: date | None = None) -> DocumentDetail:
    day = on or service.today()
    with service.database.reading() as tx:
        view = _view(tx, document_id)
        entries = catalogue.faqs_of(tx, [one.id for one in view.clauses if one.kind == ClauseKind.FAQ])
        related = [_related(tx, kind, target, document_id) for kind, target in view.links]
        naming = [
            Related(relation=NAMING[LinkKind(kind)], target=one.title, document=one.id)
            for kind, one in catalogue.documents_naming(tx, view.summary, Audience.PUBLIC)
        ]
        ended_by = view.summary.ended_by if _is_public(tx, view) else None
    return DocumentDetail(
        **_labels(view.summary, day),
        aliases=list(view.aliases),
        on=day,
        ended_by=ended_by,
        versions=[Version(**_version(version, day)) for version in view.versions],
        related=related,
        named_by=naming,
        clauses=_clauses(view.clauses, entries),
    )


def clause(service: Service, document_id: str, path: str) -> ClauseDetail:
    with service.database.reading() as tx:
        view = _view(tx, document_id)
        entries = catalogue.faqs_of(tx, [one.id for one in view.clauses if one.kind == ClauseKind.FAQ])
    clauses = _clauses(view.clauses, entries)
    wanted = next((one for one in clauses if one.anchor == path.strip("/")), None)
    if wanted is None:
        raise ClauseNotFound(path)
    inside, parts = {wanted.id}, []
    for one in clauses:  # parents stand before their children
        if one.parent_id in inside:
            inside.add(one.id)
            parts.append(one)
    return ClauseDetail(document=DocumentItem(**_labels(view.summary, service.today())), clause=wanted, parts=parts)


def public_documents(tx: Connection) -> list[str]:
    """Numbers of everything the public may read, newest first, as many as a sitemap holds."""
    found, _ = catalogue.list_documents(tx, Audience.PUBLIC, limit=MOST_IN_A_SITEMAP)
    return [one.id for one in found]


@dataclass(frozen=True, slots=True)
class Nested:
    """A clause with the paragraphs and items that belong to it: who is led to it sees all of it marked."""

    clause: ClauseItem
    inside: list["Nested"]


_HOLDS = frozenset({"article", "paragraph", "item", "part", "section_item", "point"})


def nested(clauses: Sequence[ClauseItem]) -> list[Nested]:
    """Chapters and titles stay beside what follows them."""
    known, top = dict[str, Nested](), list[Nested]()
    for one in clauses:
        node = known[one.id] = Nested(one, [])
        above = known.get(one.parent_id or "")
        (above.inside if above and above.clause.kind in _HOLDS else top).append(node)
    return top


@dataclass(frozen=True, slots=True)
class Mention:
    """A clause that words were found in, as a list of results shows it."""

    document: str
    title: str
    clause: str
    anchor: str
    words: str
    region: str
    """Its name."""


def mentioned(service: Service, words: str, region: str | None, module: Module | None = None) -> list[Mention]:
    """Clauses in force that the words find, whatever their document is called; none while there is no index.

    Without a region the places are searched that have most to say about it.
    """
    question = Question(words, regions.resolve(region) if region else regions.COUNTRY, service.today())
    try:
        found = list(service.library.find(question, limit=LOOKED_AT).results)
        if region is None:
            found += service.library.elsewhere(question, limit=LOOKED_AT).results
    except IndexOutdated:
        return []
    best = sorted(found, key=lambda one: -one.score)
    chosen = [one.passage for one in best if module is None or one.passage.module == module][:MOST_CLAUSES]
    with service.database.reading() as tx:
        entries = catalogue.faqs_of(tx, [one.clause_id for one in chosen])
    return [_mention(one, entries.get(one.clause_id)) for one in chosen]


def _mention(passage: StoredPassage, entry: StoredFaq | None) -> Mention:
    """Of a published answer the question and the answer, not one of the wordings it is found by."""
    named = f"《{passage.title.strip('《》')}》{passage.clause}"
    return Mention(
        passage.document_id,
        entry.question if entry else named,
        "常见问答" if entry else "",
        passage.clause_id.partition("/")[2],
        entry.answer if entry else passage.body,
        regions.name(passage.region),
    )


def _view(tx: Connection, document_id: str) -> DocumentView:
    if not document_id.isascii() or not document_id.isalnum():
        raise DocumentNotFound(document_id[:40])
    return catalogue.view_document(tx, document_id, Audience.PUBLIC)


def _is_public(tx: Connection, view: DocumentView) -> bool:
    """Whether the document that ended this one may be named."""
    ended_by = view.summary.ended_by
    if ended_by is None or any(version.id == ended_by for version in view.versions):
        return True
    try:
        catalogue.view_document(tx, ended_by, Audience.PUBLIC)
    except DocumentNotFound:
        return False
    return True


def _related(tx: Connection, kind: str, target: str, by: str) -> Related:
    found, _ = catalogue.list_documents(tx, Audience.PUBLIC, words=target, limit=20)
    exact = [one.id for one in found if target in (one.title, one.doc_number)]
    if kind == LinkKind.INTERPRETS:  # of several versions the one that is explained
        exact = [one for one in exact if _is_explained(tx, one, by)]
    return Related(
        relation=RELATIONS.get(LinkKind(kind), "相关"), target=target, document=exact[0] if len(exact) == 1 else None
    )


def _is_explained(tx: Connection, document_id: str, by: str) -> bool:
    named = catalogue.view_document(tx, document_id, Audience.PUBLIC).summary
    return by in [one.id for _, one in catalogue.documents_naming(tx, named, Audience.PUBLIC)]


def _labels(summary: DocumentSummary, on: date) -> dict[str, Any]:
    return {
        **_version(summary, on),
        "region": place(summary.region) if summary.region else None,
        "level": summary.level,
        "issuers": list(summary.issuers),
        "kind": summary.kind,
        "module": summary.module,
        "review_on": summary.review_on,
        "owner_department": summary.owner_department,
        "pending": [Pending(field=name, name=LABELS.get(name, name)) for name in summary.pending],
    }


def _version(summary: DocumentSummary, on: date) -> dict[str, Any]:
    return {
        "id": summary.id,
        "title": summary.title,
        "doc_number": summary.doc_number,
        "issued": summary.issued,
        "effective_from": summary.effective_from,
        "effective_to": summary.valid_to,
        "in_force": in_force(summary.valid_from, summary.valid_to, on=on),
        "status": status(summary, on),
    }


def status(summary: DocumentSummary, on: date) -> str:
    """Whether it may be relied on that day, in words."""
    if summary.valid_to is not None and summary.valid_to < on:
        return "已失效"
    if summary.module == Module.NEWS:
        return "新闻，不设效力"
    if summary.valid_from is not None and summary.valid_from > on:
        return "尚未施行"
    return "有效，施行日期待核" if "effective_from" in summary.pending else "现行有效"


def _clauses(stored: tuple[StoredClause, ...], entries: Mapping[str, StoredFaq]) -> list[ClauseItem]:
    depths: dict[str, int] = {}
    for one in stored:
        depths[one.id] = depths.get(one.parent_id, -1) + 1 if one.parent_id else 0
    return [
        ClauseItem(
            id=one.id,
            path=one.path,
            parent_id=one.parent_id if one.parent_id in depths else None,
            depth=depths[one.id],
            kind=one.kind,
            heading=one.heading,
            text=_without_variants(one.text, entries[one.id]) if one.id in entries else one.text,
            page=one.page,
        )
        for one in stored
    ]


def _without_variants(text: str, entry: StoredFaq) -> str:
    """Dialect and typing errors that lead to an entry are for finding it, not for reading."""
    return "\n".join(line for line in text.split("\n") if line not in entry.variants)
