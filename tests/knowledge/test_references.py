"""What a question names exactly: a document by title or 文号, and a clause of it."""

import pytest

from knowledge.references import Names, Reference, find_reference

KNOWN = [
    ("中华人民共和国公司法", None),
    ("促进个体工商户发展条例", "国务院令第755号"),
    ("青禾市个体工商户创业扶持办法", "青政规〔2025〕2号"),
    ("青禾市小餐饮食品经营许可办理规定（试行）", "青市监规〔2024〕6号"),
    ("青禾市政府公告办法", "公告2024年第3号"),
    ("意见", None),
]


def found(question: str) -> Reference:
    return find_reference(question, [Names(KNOWN)])


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("《促进个体工商户发展条例》讲了什么", "促进个体工商户发展条例"),
        ("促进个体工商户发展条例讲了什么", "促进个体工商户发展条例"),
        ("公司法第五条", "中华人民共和国公司法"),
        ("《公司法》第五条", "中华人民共和国公司法"),
        ("中华人民共和国公司法第五条", "中华人民共和国公司法"),
        ("青禾市小餐饮食品经营许可办理规定怎么说", "青禾市小餐饮食品经营许可办理规定（试行）"),
    ],
)
def test_a_document_is_named_by_its_title(question: str, title: str) -> None:
    assert found(question).titles == (title,)


@pytest.mark.parametrize("question", ["开公司要什么条件", "有什么意见", "《不存在的办法》讲了什么"])
def test_other_words_name_no_document(question: str) -> None:
    assert not found(question)


def test_of_overlapping_titles_the_longest_counts() -> None:
    known = [("服务办法", None), ("青禾市服务办法", None)]
    assert find_reference("青禾市服务办法第三条", [Names(known)]).titles == ("青禾市服务办法",)


def test_all_versions_of_a_title_are_named() -> None:
    known = [("青禾市服务办法", None), ("青禾市服务办法（试行）", None)]
    assert find_reference("青禾市服务办法第三条", [Names(known)]).titles == ("青禾市服务办法", "青禾市服务办法（试行）")


def test_two_documents_in_one_question_are_both_named() -> None:
    assert len(found("公司法和《促进个体工商户发展条例》有什么不同").titles) == 2


@pytest.mark.parametrize(
    "written",
    ["青政规〔2025〕2号", "青政规[2025]2号", "青政规（2025）2号", "请问青政规〔2025〕2号", "青政规【2025】2 号"],
)
def test_a_document_is_named_by_its_number(written: str) -> None:
    assert found(f"{written}规定了什么").number == "青政规〔2025〕2号"


@pytest.mark.parametrize(
    ("question", "number"),
    [("国务院令第755号是什么", "国务院令第755号"), ("公告2024年第3号是什么", "公告2024年第3号")],
)
def test_orders_and_announcements_are_named_by_their_numbers(question: str, number: str) -> None:
    assert found(question).number == number


def test_an_order_is_named_without_the_word_for_its_ordinal() -> None:
    assert found("国务院令755号是什么").number == "国务院令第755号"


def test_a_number_of_no_known_document_names_nothing() -> None:
    assert not found("青政规〔1999〕9号规定了什么")


@pytest.mark.parametrize(
    ("written", "clause"),
    [("第五条", "第五条"), ("第5条", "第五条"), ("第一百零二条", "第一百零二条"), ("第102条", "第一百零二条")],
)
def test_a_clause_is_named_by_its_number(written: str, clause: str) -> None:
    assert found(f"公司法{written}说什么").clause == clause


def test_a_clause_alone_names_nothing() -> None:
    assert not found("第五条说什么")


def test_a_document_without_a_clause_names_the_whole() -> None:
    assert found("公司法说什么").clause is None


def test_of_numbers_that_fit_the_longest_counts() -> None:
    known = [Names([("甲", "政规〔2025〕2号")]), Names([("乙", "青政规〔2025〕2号"), ("丙", "规〔2025〕2号")])]
    assert find_reference("请问青政规〔2025〕2号", known).number == "青政规〔2025〕2号"


def test_a_title_at_the_very_end_is_named() -> None:
    assert found("请看中华人民共和国公司法").titles == ("中华人民共和国公司法",)
