"""SIGKILL at any moment of an ingest: every document is its old or its new reading, and a rerun finishes."""

import random
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection as Pipe
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Table, func, select

from assistant import migrations
from ingest.assemble import assemble
from ingest.label import Hints
from ingest.labels_file import read_overrides
from ingest.parsers import read
from ingest.pipeline import ingest
from knowledge import store
from knowledge.database import Database
from knowledge.documents import Document
from knowledge.schema import changes, clauses, documents, faqs, links, passages, rows, sources, spans
from tests.conftest import ENGINES, AddressOf
from tests.papers import NOW, write

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows 没有 SIGKILL")

KILLS = 30
MOST_RUNS = 2 * KILLS
"""A run that ended before it was killed does not count; so many runs are tried in all."""
CHANGED, NEW, UNCHANGED = 6, 4, 1
ARTICLES = 25
PARTS = (clauses, spans, links, passages, faqs, rows)
COMPARED: dict[Table, tuple[str, ...]] = {
    clauses: ("id", "parent_id", "kind", "path", "heading", "start", "own_end", "end", "audience"),
    passages: ("id", "clause_id", "start", "end", "prefix", "body", "region", "audience"),
    faqs: ("clause_id", "question", "answer"),
}

Reading = tuple[Any, ...]
"""Everything stored of a document, as plain values that can be compared."""


def paper(number: int, version: int) -> str:
    """A regulation of which every article and the number of its articles change with the version."""
    articles = "".join(
        f"第{n}条 第{version}稿规定，各区应当做好第{n}项服务，电话13800138{n:03}。\n"
        for n in range(1, ARTICLES + version % 5)
    )
    title = f"青禾市第{'甲乙丙丁戊己庚辛壬癸子丑'[number]}号服务办法"
    return f"{title}\n{articles}第{ARTICLES + 9}条 本办法自2024年3月1日起施行。\n青禾市人民政府\n2024年2月1日\n"


def questions(version: int) -> str:
    lines = [f"F{n},第{n}问？,第{version}稿的第{n}答。,青禾市" for n in range(ARTICLES)]
    return "\n".join(["编号,问题,答案,地区", *lines])


def reading_of(document: Document) -> Reading:
    """What is stored of a document when its swap is complete."""
    parts = {clauses: document.clauses, passages: document.passages, faqs: document.faqs}
    return (
        document.text,
        *(
            sorted(tuple(getattr(part, name) for name in names) for part in parts[table])
            for table, names in COMPARED.items()
        ),
    )


def stored_reading(tx: Connection, document_id: str) -> Reading | None:
    text = tx.execute(select(documents.c.text).where(documents.c.id == document_id)).scalar_one_or_none()
    if text is None:
        return None
    found = [
        sorted(
            tuple(row)
            for row in tx.execute(select(*(table.c[name] for name in names)).where(table.c.document_id == document_id))
        )
        for table, names in COMPARED.items()
    ]
    return (text, *found)


def take_in(folder: Path, address: str, started: Pipe) -> None:
    """Runs in the process that is killed."""
    database = Database(address)
    started.send(True)
    ingest([folder], database, at=NOW, on_outcome=lambda _: started.send(True))
    database.close()


@dataclass(slots=True)
class Shelf:
    """A folder of files whose contents change from round to round, and the store they go into."""

    folder: Path
    address: str
    context: ForkServerContext
    database: Database = field(init=False)
    version: int = 0
    seconds_per_file: float = 0.0
    expected: dict[str, Reading] = field(default_factory=dict)
    """The new reading of every document, by id."""
    before: dict[str, Reading | None] = field(default_factory=dict)
    """What was stored of it when the round began."""
    before_changes: int = 0

    def __post_init__(self) -> None:
        self.database = Database(self.address)
        migrations.upgrade(self.database)

    def files(self) -> dict[str, str]:
        regulations = {f"{number:02}.md": paper(number, self.version) for number in range(CHANGED + NEW)}
        fixed = {f"{CHANGED + NEW:02}.md": paper(CHANGED + NEW, 0)} if UNCHANGED else {}
        return {**regulations, **fixed, "faq.csv": questions(self.version)}

    def begin(self) -> None:
        """The files of a new round; some of the documents are not in the store yet."""
        self.version += 1
        self.expected = {}
        for name, text in self.files().items():
            file = write(self.folder, name, text)
            document = assemble(read(file), read_overrides(file), Hints(file_name=name, path=str(file.absolute())))
            self.expected[document.id] = reading_of(document)
            if CHANGED <= int(name[:2] if name[:2].isdigit() else 0) < CHANGED + NEW:
                with self.database.transaction() as tx:
                    store.remove(tx, document.id)
        with self.database.reading() as tx:
            self.before = {identity: stored_reading(tx, identity) for identity in self.expected}
            self.before_changes = tx.execute(select(func.coalesce(func.max(changes.c.seq), 0))).scalar_one()

    def run(self, *, kill_after: float | None) -> tuple[bool, float]:
        """Whether the run was killed before its end, and the seconds it took.

        `kill_after` counts files, and parts of one: 3.5 kills in the middle of the fourth. Counting
        seconds from the start would miss the middle on a machine that is busy with other things.
        """
        told, started = self.context.Pipe(duplex=False)
        process = self.context.Process(target=take_in, args=(self.folder, self.address, started))
        process.start()
        started.close()
        told.recv()
        began = time.perf_counter()
        if kill_after is None:
            process.join()
        else:
            for _ in range(int(kill_after)):
                told.recv()
            process.join(kill_after % 1 * self.seconds_per_file)
        process.kill()
        process.join()
        told.close()
        killed = process.exitcode == -signal.SIGKILL
        process.close()
        return killed, time.perf_counter() - began

    def finish(self) -> None:
        ingest([self.folder], self.database, at=NOW)

    def broken(self) -> list[str]:
        """Documents that are neither their old nor their new reading, and rows of no document."""
        with self.database.reading() as tx:
            now = {identity: stored_reading(tx, identity) for identity in self.expected}
            logged = set(tx.execute(select(changes.c.document_id).where(changes.c.seq > self.before_changes)).scalars())
            orphans = [f"{table.name} without a document" for table in (*PARTS, sources) if has_orphans(tx, table)]
            unrecorded = set(now) - set(tx.execute(select(sources.c.document_id)).scalars())
        half = [f"half: {one}" for one, found in now.items() if found not in (self.before[one], self.expected[one])]
        new = {one for one, found in now.items() if found == self.expected[one] != self.before[one]}
        silent = [f"new, but no change is logged: {one}" for one in new - logged]
        nameless = [f"in the store, but of no file: {one}" for one in unrecorded if now[one] is not None]
        return [*half, *orphans, *silent, *nameless]

    def unfinished(self) -> list[str]:
        with self.database.reading() as tx:
            return [one for one, wanted in self.expected.items() if stored_reading(tx, one) != wanted]

    def mixed(self) -> bool:
        """Whether some documents are old and some are new."""
        with self.database.reading() as tx:
            new = [
                stored_reading(tx, one) == self.expected[one]
                for one in self.expected
                if self.before[one] != self.expected[one]
            ]
        return any(new) and not all(new)


def has_orphans(tx: Connection, table: Table) -> bool:
    known = select(documents.c.id)
    return tx.execute(select(table.c.document_id).where(table.c.document_id.not_in(known)).limit(1)).first() is not None


@dataclass(frozen=True, slots=True)
class Kills:
    """What was seen after each of the kills."""

    broken: list[str]
    unfinished: list[str]
    killed: int
    mixed: int


@pytest.fixture(scope="module", params=ENGINES)
def kills(
    request: pytest.FixtureRequest, address_of: AddressOf, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Kills]:
    context = get_context("forkserver")
    context.set_forkserver_preload(["pytest", "psycopg", __name__])
    shelf = Shelf(tmp_path_factory.mktemp("kill"), address_of(request.param), context)
    shelf.begin()
    shelf.finish()
    yield kill_at_random_moments(shelf)
    shelf.database.close()


def kill_at_random_moments(shelf: Shelf) -> Kills:
    random_moments = random.Random(20260701)
    shelf.begin()
    files = len(shelf.files())
    _, whole_run = shelf.run(kill_after=None)
    shelf.seconds_per_file = whole_run / files
    broken, unfinished, killed, mixed = [], [], 0, 0
    for run in range(MOST_RUNS):
        if killed == KILLS:
            break
        shelf.begin()
        moment = files * ((run % KILLS) + random_moments.random()) / KILLS
        was_killed, _ = shelf.run(kill_after=moment)
        if was_killed:
            killed += 1
            mixed += shelf.mixed()
        broken += shelf.broken()
        shelf.finish()
        unfinished += shelf.unfinished()
    return Kills(broken, unfinished, killed, mixed)


def test_no_document_is_ever_half(kills: Kills) -> None:
    assert kills.broken == []


def test_a_rerun_finishes(kills: Kills) -> None:
    assert kills.unfinished == []


def test_the_ingest_was_killed_often_enough_to_tell(kills: Kills) -> None:
    assert kills.killed == KILLS


def test_kills_fell_between_documents_too(kills: Kills) -> None:
    assert kills.mixed >= KILLS // 5
