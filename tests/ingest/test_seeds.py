"""The five real documents, against what a person reads in them (tests/expected/seeds.yaml)."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant import migrations
from ingest.assemble import assemble
from ingest.label import Hints
from ingest.labels_file import Overrides
from ingest.parsers import read
from knowledge import catalogue, regions, store
from knowledge.database import Database
from knowledge.documents import Audience, Clause, Document
from knowledge.errors import DocumentNotFound
from tests.papers import AROUND, NOW

EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "expected" / "seeds.yaml").read_text(encoding="utf-8")
)
MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(r"(?<!\d)\d{8}(?!\d)")
EMAIL = re.compile(r"[\w.]+@[\w.]+\w", re.ASCII)
PERSON_COLUMNS = {"联系人", "负责人"}
_HALF = str.maketrans({"（": "(", "）": ")", "，": ",", "：": ":", "；": ";"})
_MARK = re.compile(
    r"(?:第[一二三四五六七八九十百]+[章条]|附件\d?|[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\))"
)


def squeezed(text: str) -> str:
    """Without white space and Markdown marks, punctuation of half width: how seeds.yaml is compared."""
    return re.sub(r"[\s*#]+", "", text).translate(_HALF)


@pytest.fixture(scope="module")
def seeds(shared: Path) -> dict[str, Document]:
    return {name: assemble(read(shared / "seeds" / name), Overrides(), Hints(file_name=name)) for name in EXPECTED}


@pytest.fixture(scope="module")
def stored(seeds: dict[str, Document], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('seeds') / 'xiaoer.db'}")
    migrations.upgrade(database)
    for document in seeds.values():
        with database.transaction() as tx:
            store.save(tx, document, at=NOW)
    yield database
    database.close()


@pytest.fixture(params=EXPECTED, ids=lambda name: name[:3])
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def expected(name: str) -> dict[str, Any]:
    return EXPECTED[name]


@pytest.fixture
def document(name: str, seeds: dict[str, Document]) -> Document:
    return seeds[name]


def own(document: Document, clause: Clause) -> str:
    return document.text[clause.start : clause.own_end]


def numbered(document: Document) -> list[Clause]:
    return [clause for clause in document.clauses if clause.kind not in AROUND]


def test_the_title_is_that_of_the_document_proper(document: Document, expected: dict[str, Any]) -> None:
    assert document.labels.title == expected["title"]


def test_the_notice_that_carries_it_is_another_name_of_it(document: Document, expected: dict[str, Any]) -> None:
    assert {expected["notice_title"], *expected.get("notice_title_also", [])} & set(document.labels.aliases)


@pytest.mark.parametrize("field", ["doc_number", "level", "region", "kind", "audience"])
def test_a_label_is_what_a_person_reads(document: Document, expected: dict[str, Any], field: str) -> None:
    assert getattr(document.labels, field) == expected[field]


@pytest.mark.parametrize("field", ["issued", "printed", "effective_from"])
def test_a_date_is_what_a_person_reads(document: Document, expected: dict[str, Any], field: str) -> None:
    given = expected[field]
    assert getattr(document.labels, field) == (date.fromisoformat(given) if given else None)


def test_the_issuers_stand_in_the_order_of_the_signature(document: Document, expected: dict[str, Any]) -> None:
    assert list(document.labels.issuers) == expected["issuers"]


def test_what_the_text_does_not_determine_is_pending_and_nothing_else(
    document: Document, expected: dict[str, Any]
) -> None:
    assert set(document.labels.pending) == set(expected["pending"])


def test_the_tree_is_exactly_the_one_read_by_eye(document: Document, expected: dict[str, Any]) -> None:
    found = [(clause.path, str(clause.kind)) for clause in numbered(document)]
    assert found == [(node["path"], node["kind"]) for node in expected["tree"]]


def test_every_clause_begins_with_its_own_words(document: Document, expected: dict[str, Any]) -> None:
    words = {clause.path: _MARK.sub("", squeezed(own(document, clause)), count=1) for clause in numbered(document)}
    begins = {node["path"]: squeezed(node["begins"]) for node in expected["tree"]}
    assert {path: words.get(path, "")[: len(start)] for path, start in begins.items()} == begins


def test_unnumbered_paragraphs_belong_where_they_stand(document: Document, expected: dict[str, Any]) -> None:
    wanted = {loose["begins"]: loose["belongs_to"] for loose in expected["loose"]}
    assert {begins: home_of(document, begins) for begins in wanted} == wanted


def home_of(document: Document, begins: str) -> str | None:
    """Path of the clause in which a paragraph begins so; None for what stands around the clauses."""
    for clause in document.clauses:
        if any(squeezed(line).startswith(squeezed(begins)) for line in own(document, clause).splitlines()):
            return None if clause.kind in AROUND else clause.path
    return "nowhere"


def test_words_cut_by_line_and_page_breaks_are_whole_again(document: Document, expected: dict[str, Any]) -> None:
    whole = [squeezed(line) for line in [*document.text.splitlines(), document.labels.title, *document.labels.aliases]]
    broken = [word for word in expected["joined_words"] if not any(squeezed(word) in line for line in whole)]
    assert broken == []


def test_residue_and_notices_to_the_printer_are_in_no_passage(document: Document, expected: dict[str, Any]) -> None:
    left = [residue for residue in expected["gone"] if any(residue in passage.body for passage in document.passages)]
    assert left == []


def test_flattened_tables_have_their_rows_again(document: Document, expected: dict[str, Any]) -> None:
    assert [table_of(document, table["path"]) for table in expected["tables"]] == [
        (table["header"], table["filled_rows"]) for table in expected["tables"]
    ]


def table_of(document: Document, path: str) -> tuple[list[str], int]:
    """Header cells, and how many rows below it say something."""
    clause = next(clause for clause in document.clauses if clause.path == path)
    rows = [line.split("|") for line in document.text[clause.start : clause.end].splitlines() if "|" in line]
    filled = [row for row in rows[1:] if any(cell.strip() for cell in row)]
    return [cell.strip() for cell in rows[0]], len(filled)


@pytest.fixture
def public_words(document: Document, stored: Database) -> str:
    """All that the public can come to see of a document: its passages and its page."""
    passages = [passage.body for passage in document.passages if passage.audience is Audience.PUBLIC]
    prefixes = [passage.prefix for passage in document.passages if passage.audience is Audience.PUBLIC]
    with stored.reading() as tx:
        try:
            view = catalogue.view_document(tx, document.id, Audience.PUBLIC)
        except DocumentNotFound:
            return squeezed("".join([*passages, *prefixes]))
    page = [words for clause in view.clauses for words in (clause.heading, clause.text)]
    return squeezed("\n".join([*passages, *prefixes, *page]))


STAFF_ONLY = [(name, entry) for name, expected in EXPECTED.items() for entry in expected["staff_only"]]


@pytest.mark.parametrize(("name", "entry"), STAFF_ONLY, ids=[f"{n[:3]}-{e['what']}-{e['near']}" for n, e in STAFF_ONLY])
def test_the_public_never_sees_what_is_for_staff(
    name: str, entry: dict[str, str], shared: Path, public_words: str
) -> None:
    source = (shared / "seeds" / name).read_text(encoding="utf-8")
    secrets = [squeezed(secret) for secret in secrets_near(source, entry)]
    assert secrets, "the source has changed: nothing to hide was found in it"
    assert [len(secret) for secret in secrets if secret in public_words] == []


def secrets_near(source: str, entry: dict[str, str]) -> list[str]:
    """The values themselves, found in the source by means of their own: they are written nowhere in the project."""
    what = entry["what"]
    if what == "internal_url":
        return re.findall(r"\d+\.\d+\.\d+\.\d+:\d+|Zwzyg\d+|Admin/login", source)
    if what in {"name_list", "internal_list"}:
        return list_below(source, entry["path"])
    if "path" in entry and what == "person_contact":
        return persons_of(source, entry["path"])
    if "path" in entry:
        return [cell for row in rows_of(source, entry["path"]) for cell in row if MOBILE.fullmatch(cell)]
    line = next(line for line in source.splitlines() if entry["near"] in line)
    if what == "person_contact":
        return re.findall(r"(?:联系人[:：]|[;；])([\u4e00-\u9fff]{2,4})(?=[,，;；])", line) + LANDLINE.findall(line)
    return (MOBILE if what == "mobile" else EMAIL).findall(line)


def annex(source: str, path: str) -> str:
    following = f"附件{int(path[-1]) + 1}"
    return source.split(f"\n{path}\n")[1].split(f"\n{following}\n", maxsplit=1)[0]


def rows_of(source: str, path: str) -> list[list[str]]:
    groups = re.findall(r"(?:^\t.*\n)+", annex(source, path), re.MULTILINE)
    return [[cell.strip() for cell in group.splitlines()] for group in groups]


def persons_of(source: str, path: str) -> list[str]:
    header, *rows = rows_of(source, path)
    column = next(number for number, cell in enumerate(header) if cell in PERSON_COLUMNS)
    return [row[column] for row in rows if row[column]]


def list_below(source: str, path: str) -> list[str]:
    """Lines of a list of persons, or cells of an internal table, that say something."""
    if cells := [cell for row in rows_of(source, path)[1:] for cell in row if len(cell) > 4]:
        return cells
    return [line for line in annex(source, path).splitlines() if re.search(r"\S\s{2,}\S", line)]


def test_the_region_of_every_passage_is_that_of_its_document(document: Document) -> None:
    assert {passage.region for passage in document.passages} == {document.labels.region}


def test_every_region_is_in_the_table(document: Document) -> None:
    assert document.labels.region in regions.names()
