"""Passages by their words: BM25 over characters, pairs and dictionary words, in tantivy (design.md 3).

One process writes, any number read: a reader notices a commit at its next search.
"""

import contextlib
import math
import shutil
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import tantivy
from tantivy import FieldType, Occur, Query

from knowledge import words
from knowledge.documents import Audience
from knowledge.errors import IndexOutdated, KnowledgeError
from knowledge.scope import Hit, Scope

WORDS_WEIGHT = 0.4
"""Of dictionary words beside characters and pairs; R@10 .514 → .519 against .7 on STARD's training split."""

MOST_TERMS = 512
"""Distinct terms of one question: a pasted page must not cost seconds."""

COUNTRY_NAME = "中华人民共和国"
"""Before the name of every law it tells nothing apart, and makes every passage longer."""

NO_START, NO_END = 0, 999_999_999
_WRITER_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class KeywordEntry:
    id: str
    region: str
    audience: Audience
    valid_from: date | None
    valid_to: date | None
    text: str


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("document", "region", "audience"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("grams", "words"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in ("valid_from", "valid_to"):
        builder.add_integer_field(name, indexed=True, fast=True)
    return builder.build()


class KeywordIndex:
    def __init__(self, folder: Path) -> None:
        """Open what is there; IndexOutdated when it is missing or cannot be read."""
        self._folder = folder
        self._schema = _schema()
        self._lock = threading.RLock()
        self._writer: tantivy.IndexWriter | None = None
        self._seen: tuple[int, int, int] | None = None
        self._opened: _Opened | None = None
        if not (folder / "meta.json").is_file():
            raise IndexOutdated("没有字词索引")
        try:
            self._index = tantivy.Index(self._schema, path=str(folder))
            self._index.config_reader("manual")
            self._open()
        except (ValueError, OSError) as error:
            raise IndexOutdated("字词索引已损坏") from error

    @classmethod
    def create(cls, folder: Path) -> "KeywordIndex":
        """A new and empty index, in place of whatever the folder held."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        tantivy.Index(_schema(), path=str(folder))
        return cls(folder)

    @classmethod
    def open_or_none(cls, folder: Path) -> "KeywordIndex | None":
        try:
            return cls(folder)
        except KnowledgeError:
            return None

    def replace(self, document_id: str, entries: Sequence[KeywordEntry]) -> None:
        """Everything of this document is these entries now; seen after commit()."""
        with self._lock:
            writer = self._open_writer()
            writer.delete_documents_by_term("document", document_id)
            for entry in entries:
                writer.add_document(_document(document_id, entry))

    def clear(self) -> None:
        """Seen after commit()."""
        with self._lock:
            self._open_writer().delete_all_documents()

    def commit(self) -> None:
        with self._lock:
            if self._writer is None:
                return
            writer, self._writer = self._writer, None
            try:
                writer.commit()
                writer.wait_merging_threads()  # also gives the writer's lock back
            except (ValueError, OSError) as error:
                raise IndexOutdated(f"字词索引写不进去：{error}") from error

    def close(self) -> None:
        """Give up what was not committed."""
        with self._lock:
            if self._writer is not None:
                writer, self._writer = self._writer, None
                writer.rollback()
                writer.wait_merging_threads()

    def search(self, question: str, scope: Scope, k: int) -> list[Hit]:
        """Best first, at most k; the scope decides what may be found and never how it scores."""
        return self._found(self._asked(question), scope, k)

    def search_rare(self, question: str, scope: Scope, k: int, *, most_held: int) -> list[Hit]:
        """As search(), among passages with a rare pair of characters or word of the question: at most `most_held`.

        Takes as long as these are frequent, however large the index is.
        """
        searcher, left = self._open().searcher, most_held
        pairs = [("grams", token) for token in words.grams(question) if len(token) > 1]
        known = dict.fromkeys([*pairs, *(("words", word) for word in words.telling(question))])
        rarest = sorted((int(searcher.doc_freq(field, token)), field, token) for field, token in known)
        rare: list[Query] = []
        for held, field, token in rarest:
            if held and (held <= left or not rare):
                rare += self._terms(field, [token], 0.0)
                left -= held
        among = [(Occur.Must, Query.boolean_query([(Occur.Should, term) for term in rare]))] if rare else []
        return self._found(self._asked(question), scope, k, among) if rare else []

    def _asked(self, question: str) -> list[Query]:
        terms = [*self._terms("grams", words.grams(question), 1.0)]
        return terms + self._terms("words", words.search_words(question), WORDS_WEIGHT)

    def _found(
        self, terms: Sequence[Query], scope: Scope, k: int, among: Sequence[tuple[Occur, Query]] = ()
    ) -> list[Hit]:
        if not terms or k <= 0:
            return []
        asked = Query.boolean_query([(Occur.Should, term) for term in terms])
        opened = self._open()
        filters = self._filters(opened, scope)
        query = Query.boolean_query([*among, (Occur.Should if among else Occur.Must, asked), *filters])
        found = opened.searcher.search(query, k, count=False)
        return [Hit(opened.id_of(address), float(score)) for score, address in found.hits]

    def ids(self, scope: Scope | None = None, *, document_id: str | None = None) -> list[str]:
        """Ids in the index, of a scope or of a document if asked, in no order."""
        opened = self._open()
        clauses = [(Occur.Must, Query.all_query()), *(self._filters(opened, scope) if scope else [])]
        if document_id is not None:
            clauses.append((Occur.Must, Query.term_query(self._schema, "document", document_id, "basic")))
        most = max(1, opened.searcher.num_docs)
        found = opened.searcher.search(Query.boolean_query(clauses), most, count=False)
        return [opened.id_of(address) for _, address in found.hits]

    def rarity(self, asked: Sequence[str]) -> list[float]:
        """Of dictionary words: how much each tells passages apart (idf as in BM25)."""
        searcher = self._open().searcher
        held = [int(searcher.doc_freq("words", word)) for word in asked]
        return [math.log(1 + (searcher.num_docs - count + 0.5) / (count + 0.5)) for count in held]

    def count(self) -> int:
        return int(self._open().searcher.num_docs)

    def _terms(self, field: str, tokens: Sequence[str], weight: float) -> list[Query]:
        """Each once: a word that the question repeats is not asked for more (R@10 .508 → .512)."""
        distinct = list(dict.fromkeys(tokens))[:MOST_TERMS]
        return [Query.boost_query(Query.term_query(self._schema, field, token, "freq"), weight) for token in distinct]

    def _filters(self, opened: "_Opened", scope: Scope) -> list[tuple[Occur, Query]]:
        """Those that leave anything out: at 150,000 passages that all bind here the others take half of a search.

        Few passages are ended or hidden: to leave those out is sooner done than to ask for all the others.
        """
        day = scope.on.toordinal()
        places = [Query.term_query(self._schema, "region", region, "basic") for region in scope.regions]
        hidden = [audience.value for audience in Audience if audience not in scope.audiences]
        left_out = {
            f"only for {hidden}": Query.term_set_query(self._schema, "audience", hidden),
            f"not yet on {day}": Query.range_query(self._schema, "valid_from", FieldType.Integer, lower_bound=day + 1),
            f"no more on {day}": Query.range_query(self._schema, "valid_to", FieldType.Integer, upper_bound=day - 1),
        }
        filters = [(Occur.MustNot, query) for name, query in left_out.items() if opened.holds(name, query)]
        within = Query.boolean_query([(Occur.Should, place) for place in places])
        elsewhere = Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, within)])
        if opened.holds(f"elsewhere than {sorted(scope.regions)}", elsewhere):
            filters.append((Occur.Must, Query.const_score_query(within, 0.0)))
        return filters

    def _open(self) -> "_Opened":
        """The newest commit, also when another process made it."""
        with self._lock:
            with contextlib.suppress(FileNotFoundError):  # a newer generation took its place: this stays readable
                status = (self._folder / "meta.json").stat()
                seen = (status.st_mtime_ns, status.st_size, status.st_ino)
                if seen != self._seen:
                    self._index.reload()
                    self._seen, self._opened = seen, None
            self._opened = self._opened or _Opened(self._index.searcher())
            return self._opened

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            try:
                self._writer = self._index.writer(_WRITER_BYTES, 1)
            except ValueError as error:
                raise KnowledgeError(f"字词索引 {self._folder} 正由另一个进程写入，请稍后再试") from error
        return self._writer


def _document(document_id: str, entry: KeywordEntry) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text("id", entry.id)
    document.add_text("document", document_id)
    document.add_text("region", entry.region)
    document.add_text("audience", entry.audience.value)
    text = entry.text.replace(COUNTRY_NAME, "")
    document.add_text("grams", " ".join(words.grams(text)))
    document.add_text("words", " ".join(words.search_words(text)))
    document.add_integer("valid_from", NO_START if entry.valid_from is None else entry.valid_from.toordinal())
    document.add_integer("valid_to", NO_END if entry.valid_to is None else entry.valid_to.toordinal())
    return document


class _Opened:
    """One commit. Passages keep their addresses in it, so that an id is read out once."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self.searcher = searcher
        self._ids: dict[tuple[int, int], str] = {}
        self._held: dict[str, bool] = {}

    def holds(self, name: str, query: Query) -> bool:
        """Whether it finds any passage, looked up once: regions and days are few."""
        if name not in self._held:
            self._held[name] = bool(self.searcher.search(query, 1, count=False).hits)
        return self._held[name]

    def id_of(self, address: tantivy.DocAddress) -> str:
        place = address.segment_ord, address.doc
        known = self._ids.get(place)
        if known is None:
            known = self._ids[place] = str(self.searcher.doc(address).get_first("id"))
        return known
