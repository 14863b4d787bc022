"""How a clause is named: articles, the 一、（一）1. of notices, annexes; and which clauses of a document are meant."""

import pytest

from knowledge.clause_names import canonical, find_clause, matching, opening, reads, within

PATHS = [
    "引言",
    "一",
    "二",
    "二（一）",
    "二（三）",
    "三",
    "三（三）",
    "三（三）1",
    "第八条",
    "第八条第（一）项",
    "附件2·一",
    "FAQ-001",
]


@pytest.mark.parametrize(
    ("said", "clause"),
    [
        ("二（一）是什么意思", "二（一）"),
        ("三(四)讲啥", "三（四）"),
        ("二、（一）怎么说", "二（一）"),
        ("第二部分第（三）点", "二（三）"),
        ("第二部分讲什么", "二"),
        ("一、（一）1.说的是谁", "一（一）1"),
        ("第6条（一）", "第六条第（一）项"),
        ("第八条第一款第一项", "第八条第一款第（一）项"),
        ("第20条", "第二十条"),
        ("第三章讲什么", "第三章"),
        ("附件2·三（一）", "附件2·三（一）"),
        ("faq-001怎么答", "FAQ-001"),
    ],
)
def test_a_clause_is_named_as_a_document_cites_it(said: str, clause: str) -> None:
    assert find_clause(said) == clause


@pytest.mark.parametrize(
    "said", ["三个月内办结", "一对一服务", "分三（类）", "第一（批）名单", "两问：多少钱", "二十三号"]
)
def test_other_numbers_name_no_clause(said: str) -> None:
    assert find_clause(said) is None


@pytest.mark.parametrize(
    ("said", "clause"),
    [
        ("《办法》三是什么意思", "三"),
        ("《办法》（三）讲什么", "（三）"),
        ("《办法》附件2是什么", "附件2"),
        ("《办法（试行）》二、说的啥", "二"),
        ("《办法》三个月内办结吗", None),
        ("《办法》主要说了什么", None),
    ],
)
def test_behind_the_name_of_a_document_a_bare_number_names_a_clause(said: str, clause: str | None) -> None:
    assert find_clause(said, behind=said.index("》")) == clause


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("二（一）", {"二（一）"}),
        ("（三）", {"二（三）", "三（三）"}),
        ("三（3）", {"三（三）"}),
        ("三（三）2", {"三（三）"}),
        ("二（九）", set()),
        ("第八条第一款第（一）项", {"第八条第（一）项"}),
        ("第八条第二款", {"第八条"}),
        ("第九条", set()),
        ("引言", {"引言"}),
    ],
)
def test_a_name_means_the_clause_itself_or_the_one_it_must_lie_in(name: str, meant: set[str]) -> None:
    assert matching(PATHS, name) == meant


@pytest.mark.parametrize("path", [one for one in PATHS if one != "引言"])
def test_what_a_document_cites_means_itself(path: str) -> None:
    assert canonical(path) == path


@pytest.mark.parametrize(
    ("said", "before", "meant"),
    [
        ("（三）", "二（一）", "二（三）"),
        ("（三）", "二（一）1", "二（三）"),
        ("（三）", "第六条第（一）项", "第六条第（三）项"),
        ("三（二）", "二（一）", "三（二）"),
        ("（三）", "第六条", "（三）"),
    ],
)
def test_a_bare_number_stands_beside_the_clause_told_last(said: str, before: str, meant: str) -> None:
    assert within(said, before) == meant


def test_the_words_that_name_a_clause_are_found_at_the_beginning() -> None:
    assert [opening(one) for one in ("第六条呢", "（三）呢", "二(一)说什么", "多少钱")] == [
        "第六条",
        "（三）",
        "二(一)",
        "",
    ]


@pytest.mark.parametrize(
    "said", ["《办法》三（四）是什么意思？", "青市监规〔2024〕6号二（一）", "《办法》第五条怎么规定"]
)
def test_who_names_a_document_and_a_clause_wants_to_read_it(said: str) -> None:
    assert reads(said)


@pytest.mark.parametrize("said", ["《办法》三（四）的诉求编号查一下进度", "《办法》主要说了什么", "三（四）是什么意思"])
def test_who_asks_more_or_names_less_is_understood_by_the_other_words(said: str) -> None:
    assert not reads(said)
