"""The tantivy index: what it finds, in which order, and for whom."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from knowledge.documents import Audience
from knowledge.errors import IndexOutdated, KnowledgeError
from knowledge.keyword_index import KeywordEntry, KeywordIndex
from knowledge.scope import Scope

TODAY = date(2026, 7, 1)
HERE = Scope(("420100",), (Audience.PUBLIC,), TODAY, TODAY)


def entry(
    id: str,
    text: str,
    *,
    region: str = "420100",
    audience: Audience = Audience.PUBLIC,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> KeywordEntry:
    return KeywordEntry(id, region, audience, valid_from, valid_to, text)


@pytest.fixture
def index(tmp_path: Path) -> KeywordIndex:
    index = KeywordIndex.create(tmp_path / "words")
    index.replace("loans", [entry("loan", "创业担保贷款最高30万元"), entry("tax", "个体工商户减半征收个人所得税")])
    index.replace("else", [entry("staff", "创业担保贷款内部审核口径", audience=Audience.STAFF)])
    index.commit()
    return index


def ids(index: KeywordIndex, question: str, scope: Scope = HERE, k: int = 10) -> list[str]:
    return [hit.id for hit in index.search(question, scope, k)]


def test_the_passage_with_the_words_comes_first(index: KeywordIndex) -> None:
    assert ids(index, "创业贷款能贷多少")[0] == "loan"
    assert ids(index, "所得税怎么征收")[0] == "tax"


def test_nothing_in_common_finds_nothing(index: KeywordIndex) -> None:
    assert ids(index, "xyz") == []
    assert ids(index, "？！") == []
    assert ids(index, "") == []


def test_staff_passages_are_for_staff(index: KeywordIndex) -> None:
    staff = Scope(("420100",), (Audience.PUBLIC, Audience.STAFF), TODAY, TODAY)
    assert ids(index, "创业担保贷款") == ["loan"]
    assert set(ids(index, "创业担保贷款", staff)) == {"loan", "staff"}


def test_other_regions_stay_out(index: KeywordIndex) -> None:
    assert ids(index, "创业担保贷款", Scope(("430100",), (Audience.PUBLIC,), TODAY, TODAY)) == []


@pytest.mark.parametrize(
    ("on", "found"),
    [
        (date(2025, 12, 31), ["always"]),
        (date(2026, 1, 1), ["always", "year"]),
        (date(2026, 12, 31), ["always", "year"]),
        (date(2027, 1, 1), ["always"]),
    ],
)
def test_both_ends_of_validity_count_and_open_ends_never_exclude(tmp_path: Path, on: date, found: list[str]) -> None:
    index = KeywordIndex.create(tmp_path / "dated")
    year = entry("year", "房租补贴", valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31))
    index.replace("d", [year, entry("always", "房租补贴")])
    index.commit()
    scope = Scope(("420100",), (Audience.PUBLIC,), on, TODAY)
    assert sorted(ids(index, "房租补贴", scope)) == found
    assert sorted(index.ids(scope)) == found


def test_the_scope_does_not_change_the_score(index: KeywordIndex) -> None:
    wide = Scope(("420100", "420000", "100000"), (Audience.PUBLIC, Audience.STAFF), date(2020, 1, 1), TODAY)
    narrow_score = index.search("减半征收", HERE, 1)[0].score
    assert index.search("减半征收", wide, 1)[0].score == pytest.approx(narrow_score)


def test_what_a_later_commit_brings_from_elsewhere_hidden_or_ended_stays_out(tmp_path: Path) -> None:
    index = KeywordIndex.create(tmp_path / "words")
    index.replace("here", [entry("here", "创业担保贷款")])
    index.commit()
    assert ids(index, "创业担保贷款") == ["here"]
    later = [
        entry("elsewhere", "创业担保贷款", region="420200"),
        entry("hidden", "创业担保贷款", audience=Audience.STAFF),
        entry("ended", "创业担保贷款", valid_to=date(2026, 6, 30)),
        entry("to come", "创业担保贷款", valid_from=date(2026, 7, 2)),
    ]
    for number, one in enumerate(later):
        index.replace(f"later {number}", [one])
        index.commit()
        assert ids(index, "创业担保贷款") == ["here"]


def test_replacing_a_document_leaves_nothing_of_the_old(index: KeywordIndex) -> None:
    index.replace("loans", [entry("new", "稳岗返还")])
    index.commit()
    assert ids(index, "担保贷款") == []
    assert ids(index, "稳岗返还") == ["new"]
    assert index.ids(document_id="loans") == ["new"]
    assert index.count() == 2


def test_nothing_is_seen_before_the_commit(index: KeywordIndex) -> None:
    index.replace("loans", [])
    assert index.count() == 3
    index.close()
    assert index.count() == 3


def test_clear_empties_it(index: KeywordIndex) -> None:
    index.clear()
    index.commit()
    assert index.count() == 0
    assert index.ids() == []


def test_another_process_sees_a_commit_without_reopening(index: KeywordIndex, tmp_path: Path) -> None:
    script = (
        "import sys; from datetime import date; from pathlib import Path;"
        "from tests.knowledge.test_keyword_index import HERE, ids; from knowledge.keyword_index import KeywordIndex\n"
        "index = KeywordIndex(Path(sys.argv[1])); print(ids(index, '稳岗返还'), flush=True)\n"
        "sys.stdin.readline(); print(ids(index, '稳岗返还'), flush=True)"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "words")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdin
        assert reader.stdout
        assert reader.stdout.readline().strip() == "[]"
        index.replace("new", [entry("new", "稳岗返还")])
        index.commit()
        reader.stdin.write("\n")
        reader.stdin.flush()
        assert reader.stdout.readline().strip() == "['new']"


def test_a_second_writer_is_told_to_wait(index: KeywordIndex, tmp_path: Path) -> None:
    index.replace("a", [])
    with pytest.raises(KnowledgeError, match="另一个进程"):
        KeywordIndex(tmp_path / "words").replace("b", [])
    index.commit()
    KeywordIndex(tmp_path / "words").replace("b", [])


def test_a_missing_index_says_so(tmp_path: Path) -> None:
    with pytest.raises(IndexOutdated, match="没有字词索引"):
        KeywordIndex(tmp_path / "nowhere")
    assert KeywordIndex.open_or_none(tmp_path / "nowhere") is None


@pytest.mark.usefixtures("index")
@pytest.mark.parametrize("broken", ["meta.json", "*.term", "*.store"])
def test_a_damaged_index_says_so(tmp_path: Path, broken: str) -> None:
    for file in (tmp_path / "words").glob(broken):
        file.write_bytes(b"{")
    with pytest.raises(IndexOutdated, match="已损坏"):
        KeywordIndex(tmp_path / "words").search("贷款", HERE, 5)
