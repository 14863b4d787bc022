"""Properties of every document: nothing lost, nothing twice, offsets point at their own words, in every format."""

import csv
import io
import itertools
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
from reportlab.pdfgen import canvas  # type: ignore[import-untyped]

from ingest.assemble import assemble
from ingest.blocks import Block, BlockKind, Prose, Sheet
from ingest.errors import NoContent
from ingest.label import Hints
from ingest.labels_file import Overrides
from ingest.parsers import read
from ingest.passages import MAX_CHARACTERS, SHORT_CHARACTERS
from knowledge.documents import ClauseKind, Document, redact

NUMERALS = ("一", "二", "三", "四", "五", "十", "十一", "二十", "一百零二")
NOT_INDEXED = {ClauseKind.FRONT, ClauseKind.TITLE, ClauseKind.SIGNATURE}
OUTLINE = {ClauseKind.CHAPTER, ClauseKind.SECTION, ClauseKind.PART, ClauseKind.ANNEX}


def lines_of(*forms: str, words: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Lines made of a form, a numeral and words: 第{n}条 {words}."""
    return st.builds(
        lambda form, numeral, rest: form.format(n=numeral, words=rest),
        st.sampled_from(forms),
        st.sampled_from(NUMERALS),
        words,
    )


WORDS = st.text("各区应当服务个体工商户，。；：、（）“”〈〉《》 的办理机制登记１２", max_size=60)
LONG = st.builds(
    lambda part, count: part * count,
    st.sampled_from(["各区应当服务，", "无标点", "服务免费。", "电话13800138000，"]),
    st.integers(20, 300),
)
PRIVATE = st.sampled_from(["电话13800138000。", "联系人：王某，85633057。", "http://10.1.2.3:9092/login", "a@b.cn"])
LINE = st.one_of(
    lines_of("第{n}条 {words}", "第{n}条{words}", "**第{n}条** {words}", words=WORDS),
    lines_of(
        "第{n}章 {words}",
        "第{n}节 {words}",
        "第{n}编 总则",
        "## 第{n}章 {words}",
        words=st.sampled_from(["总则", "服务", ""]),
    ),
    lines_of("{n}、{words}", "（{n}）{words}", "({n}){words}", words=WORDS),
    st.builds("{}.{}".format, st.integers(1, 12), WORDS),
    st.builds("附件{}\n{}".format, st.sampled_from(["", "1", "2", "一"]), WORDS),
    st.sampled_from(
        [
            "附件：1.名单",
            "青禾市人民政府",
            "2025年3月1日",
            "二〇二五年三月一日",
            "目录",
            "— 3 —",
            "作者：甲 点击：4",
            "",
            "  ",
            "　　",
        ]
    ),
    st.builds("\t{}".format, WORDS),
    WORDS,
    LONG,
    PRIVATE,
    st.text(max_size=30),
)
KINDS = st.sampled_from([BlockKind.LINE, BlockKind.LINE, BlockKind.PARAGRAPH])


def block(kind: BlockKind, text: str, page: int | None, heading: bool) -> Block:
    return Block(kind, text.replace("\n", " ") if kind is BlockKind.LINE else text, page, heading=heading)


def row(cells: Sequence[str]) -> Block:
    return Block(BlockKind.ROW, " | ".join(cells), cells=tuple(cells))


BLOCKS = st.lists(
    st.one_of(
        st.builds(block, KINDS, LINE, st.none() | st.integers(1, 9), st.booleans()),
        st.builds(row, st.lists(WORDS, min_size=1, max_size=4)),
    ),
    max_size=30,
)
FRONT = st.lists(
    st.sampled_from(
        [
            "关于印发《青禾市服务办法》的通知",
            "青政办〔2025〕3号",
            "各区人民政府：",
            "青禾市人民政府",
            "2025年3月1日",
            "青禾市服务办法",
            "（试行）",
        ]
    ),
    max_size=6,
).map(lambda texts: [Block(BlockKind.PARAGRAPH, text) for text in texts])


def try_assemble(blocks: Sequence[Block]) -> Document | None:
    try:
        return assemble(Prose(blocks, format="txt"), Overrides(region="420100"), Hints(file_name="a.txt"))
    except NoContent:
        return None


DOCUMENTS = (
    st.builds(lambda front, rest: [*front, *rest], FRONT, BLOCKS)
    .map(try_assemble)
    .filter(lambda found: found is not None)
)
many = settings(max_examples=25)


@many
@given(DOCUMENTS)
def test_the_clauses_joined_are_the_text(found: Document) -> None:
    assert "".join(found.text[clause.start : clause.own_end] for clause in found.clauses) == found.text


@many
@given(DOCUMENTS)
def test_every_clause_says_something(found: Document) -> None:
    assert [clause.path for clause in found.clauses if not found.text[clause.start : clause.own_end].strip()] == []


@many
@given(DOCUMENTS)
def test_the_ranges_of_a_clause_are_ordered(found: Document) -> None:
    assert all(0 <= one.start < one.own_end <= one.end <= len(found.text) for one in found.clauses)


@many
@given(DOCUMENTS)
def test_children_lie_within_their_parents(found: Document) -> None:
    by_id = {clause.id: clause for clause in found.clauses}
    families = [(by_id[one.parent_id], one) for one in found.clauses if one.parent_id is not None]
    assert all(parent.own_end <= one.start < one.end <= parent.end for parent, one in families)


@many
@given(DOCUMENTS)
def test_a_clause_ends_where_its_last_descendant_ends(found: Document) -> None:
    ends = {
        clause.id: max([clause.own_end, *(one.end for one in found.clauses if one.parent_id == clause.id)])
        for clause in found.clauses
    }
    assert {clause.id: clause.end for clause in found.clauses} == ends


@many
@given(DOCUMENTS)
def test_no_two_clauses_or_passages_share_an_id(found: Document) -> None:
    ids = [*(clause.id for clause in found.clauses), *(passage.id for passage in found.passages)]
    assert len(set(ids)) == len(ids)


@many
@given(st.builds(lambda front, rest: [*front, *rest], FRONT, BLOCKS))
def test_reading_again_gives_the_same(blocks: list[Block]) -> None:
    assert try_assemble(blocks) == try_assemble(blocks)


@many
@given(DOCUMENTS)
def test_a_passage_says_what_stands_at_its_offsets_less_what_is_hidden(found: Document) -> None:
    shown = [redact(found.text, found.spans, start=one.start, end=one.end).strip() for one in found.passages]
    assert [passage.body for passage in found.passages] == shown


@many
@given(DOCUMENTS)
def test_a_passage_belongs_to_a_clause_around_it(found: Document) -> None:
    by_id = {clause.id: clause for clause in found.clauses}
    assert all(by_id[one.clause_id].start <= one.start < one.end <= by_id[one.clause_id].end for one in found.passages)


@many
@given(DOCUMENTS)
def test_every_word_of_an_indexed_clause_is_in_a_passage(found: Document) -> None:
    covered = {place for passage in found.passages for place in range(passage.start, passage.end)}
    left = {
        clause.path
        for clause in found.clauses
        if clause.kind not in NOT_INDEXED and not is_bare_heading(found, clause.id)
        if any(
            place not in covered and not found.text[place].isspace() for place in range(clause.start, clause.own_end)
        )
    }
    assert left == set()


def is_bare_heading(found: Document, identity: str) -> bool:
    """A heading stands in the prefix of what lies below it, so it needs no passage of its own."""
    clause = next(one for one in found.clauses if one.id == identity)
    own = found.text[clause.start : clause.own_end].strip()
    return clause.kind in OUTLINE and "\n" not in own and len(own) <= 40


@many
@given(DOCUMENTS)
def test_no_word_is_in_two_passages(found: Document) -> None:
    ordered = sorted(found.passages, key=lambda passage: passage.start)
    assert all(one.end <= other.start for one, other in itertools.pairwise(ordered))


@many
@given(DOCUMENTS)
def test_every_passage_fits_the_model(found: Document) -> None:
    assert max((one.end - one.start for one in found.passages), default=0) <= MAX_CHARACTERS + SHORT_CHARACTERS


@many
@given(DOCUMENTS)
def test_what_is_hidden_is_in_no_passage(found: Document) -> None:
    secrets = ("13800138000", "85633057", "10.1.2.3", "a@b.cn")
    shown = {one.id: one.body + one.prefix.removeprefix(found.labels.title) for one in found.passages}
    assert [identity for identity, words in shown.items() if any(secret in words for secret in secrets)] == []


PAPER = (
    "青禾市个体工商户服务办法",
    "第一章 总则",
    "第一条 为了服务个体工商户，制定本办法。",
    "第二条 申请人应当符合下列条件：",
    "（一）有固定的经营场所；",
    "（二）已经登记。",
    "符合条件的，当场办结。",
    "第二章 附则",
    "第三条 本办法自2025年4月1日起施行。",
    "青禾市人民政府",
    "2025年3月1日",
)
PATHS = ["第一章", "第一条", "第二条", "第二条第（一）项", "第二条第（二）项", "第二条第二款", "第二章", "第三条"]
ROWS = (
    ("编号", "问题", "答案", "地区"),
    ("F1", "怎么办执照？", "网上申请。", "青禾市"),
    ("F2", "要多少钱？", "免费。", "青禾市"),
)


def as_text(file: Path) -> None:
    file.write_text("\n".join(PAPER), encoding="utf-8")


def as_old_text(file: Path) -> None:
    file.write_bytes("\r\n".join(PAPER).encode("gb18030"))


def as_markdown(file: Path) -> None:
    file.write_text(
        "# " + "\n\n".join(PAPER).replace("第一章", "## 第一章").replace("第二章", "## 第二章"), encoding="utf-8"
    )


def as_html(file: Path) -> None:
    title, *rest = PAPER
    body = "".join(f"<p>　　{line}</p>" for line in rest)
    file.write_text(f"<html><body><nav>首页</nav><h1>{title}</h1>{body}</body></html>", encoding="utf-8")


def as_docx(file: Path) -> None:
    paper = docx.Document()
    for line in PAPER:
        paper.add_paragraph(line)
    paper.save(str(file))


def as_pdf(file: Path) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    page = canvas.Canvas(str(file))
    for start in range(0, len(PAPER), 6):
        page.setFont("STSong-Light", 12)
        for number, line in enumerate(PAPER[start : start + 6]):
            page.drawString(72, 780 - 30 * number, line)
        page.showPage()
    page.save()


def as_csv(file: Path) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerows(ROWS)
    file.write_text(stream.getvalue(), encoding="utf-8-sig")


def as_xlsx(file: Path) -> None:
    book = openpyxl.Workbook()
    for cells in ROWS:
        book.worksheets[0].append(cells)
    book.save(file)
    book.close()


PROSE: dict[str, Callable[[Path], None]] = {
    "a.txt": as_text,
    "old.txt": as_old_text,
    "a.md": as_markdown,
    "a.html": as_html,
    "a.docx": as_docx,
    "a.pdf": as_pdf,
}
SHEETS: dict[str, Callable[[Path], None]] = {"a.csv": as_csv, "a.xlsx": as_xlsx}
FORMATS = {**PROSE, **SHEETS}


@pytest.fixture(scope="module")
def read_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    folder = tmp_path_factory.mktemp("formats")
    found = {}
    for name, write in FORMATS.items():
        write(folder / name)
        found[name] = assemble(read(folder / name), Overrides(), Hints(file_name=name))
    return found


@pytest.mark.parametrize("name", PROSE)
def test_a_document_has_the_same_clauses_in_every_format(read_files: dict[str, Document], name: str) -> None:
    found = read_files[name]
    around = {ClauseKind.TITLE, ClauseKind.SIGNATURE, ClauseKind.FRONT}
    assert [clause.path for clause in found.clauses if clause.kind not in around] == PATHS


@pytest.mark.parametrize("name", PROSE)
def test_a_document_has_the_same_text_in_every_format(read_files: dict[str, Document], name: str) -> None:
    assert read_files[name].text == "".join(f"{line}\n" for line in PAPER)


@pytest.mark.parametrize("name", PROSE)
def test_offsets_of_a_clause_point_at_its_own_words(read_files: dict[str, Document], name: str) -> None:
    found = read_files[name]
    words = {clause.path: found.text[clause.start : clause.own_end].strip() for clause in found.clauses}
    assert (words["第二条第（二）项"], words["第二条第二款"]) == ("（二）已经登记。", "符合条件的，当场办结。")


@pytest.mark.parametrize("name", SHEETS)
def test_offsets_of_a_row_point_at_its_own_words(read_files: dict[str, Document], name: str) -> None:
    found = read_files[name]
    second = found.clauses[1]
    assert found.text[second.start : second.own_end] == "要多少钱？\n免费。\n"


@pytest.mark.parametrize("name", FORMATS)
def test_clauses_give_back_the_text_in_every_format(read_files: dict[str, Document], name: str) -> None:
    found = read_files[name]
    assert "".join(found.text[clause.start : clause.own_end] for clause in found.clauses) == found.text


@pytest.mark.parametrize("name", FORMATS)
def test_offsets_of_a_passage_point_at_its_own_words(read_files: dict[str, Document], name: str) -> None:
    found = read_files[name]
    assert [one.body for one in found.passages] == [found.text[one.start : one.end].strip() for one in found.passages]


def test_a_clause_of_a_pdf_knows_its_page(read_files: dict[str, Document]) -> None:
    pages = {clause.path: clause.page for clause in read_files["a.pdf"].clauses}
    assert (pages["第一条"], pages["第三条"]) == (1, 2)


CELLS = st.text("怎么办执照？网上申请。13800 ｜;\n", max_size=40)


@settings(max_examples=100)
@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=6))
def test_no_row_of_a_sheet_loses_a_word(rows: list[tuple[str, str, str]]) -> None:
    try:
        found = assemble(Sheet(("问题", "答案", "相似问法"), rows, format="csv"), Overrides(), Hints(file_name="a.csv"))
    except NoContent:
        return
    assert "".join(found.text[clause.start : clause.own_end] for clause in found.clauses) == found.text
