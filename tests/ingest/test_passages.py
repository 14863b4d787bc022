"""What is indexed: no passage too long, none without its clause, nothing of a clause left out, nothing hidden shown."""

from datetime import date

import pytest

from ingest.passages import MAX_CHARACTERS, PREFIX_CHARACTERS, SHORT_CHARACTERS
from knowledge.documents import MASK, Audience, Document, Passage
from tests.papers import document

TITLE = "青禾市个体工商户服务办法\n"
LONGEST = MAX_CHARACTERS + SHORT_CHARACTERS
SENTENCE = "各区市场监督管理部门应当建立健全个体工商户诉求的受理办理反馈和监督机制。"


def passages(text: str) -> list[Passage]:
    return list(document(TITLE + text).passages)


def clause_of(found: Document, passage: Passage) -> str:
    return next(clause.path for clause in found.clauses if clause.id == passage.clause_id)


def cited(text: str) -> list[str]:
    found = document(TITLE + text)
    return [clause_of(found, passage) for passage in found.passages]


def test_a_short_article_is_one_passage() -> None:
    assert cited("第一条 服务免费。\n第二条 另行规定。") == ["第一条", "第二条"]


def test_a_short_article_is_indexed_with_its_items() -> None:
    assert [passage.body for passage in passages("第一条 条件如下：\n（一）有场所；\n（二）有执照。")] == [
        "第一条 条件如下：\n（一）有场所；\n（二）有执照。"
    ]


def test_a_passage_over_several_clauses_is_cited_as_their_article() -> None:
    assert cited("第一条 条件如下：\n（一）有场所；\n（二）有执照。") == ["第一条"]


LONG_ITEMS = "第一条 条件如下：\n" + "\n".join(f"（{number}）{SENTENCE * 6}" for number in "一二三四")


def test_a_long_article_is_cut_at_its_items() -> None:
    assert cited(LONG_ITEMS) == ["第一条", "第一条第（二）项", "第一条第（三）项", "第一条第（四）项"]


LONG_PARAGRAPH = "第一条 " + SENTENCE * 40


def test_a_long_paragraph_is_cut_at_sentences() -> None:
    assert all(passage.body.endswith("。") for passage in passages(LONG_PARAGRAPH))


def test_all_parts_of_a_long_paragraph_are_cited_as_it() -> None:
    assert set(cited(LONG_PARAGRAPH)) == {"第一条"}


@pytest.mark.parametrize(
    "text", [LONG_ITEMS, LONG_PARAGRAPH, "第一条 " + "无标点" * 900, "第一条 甲。\n" + SENTENCE * 30]
)
def test_no_passage_is_too_long_for_the_model(text: str) -> None:
    assert max(passage.end - passage.start for passage in passages(text)) <= LONGEST


@pytest.mark.parametrize("text", [LONG_ITEMS, LONG_PARAGRAPH, "第一条 " + "无标点" * 900])
def test_nothing_of_a_long_article_is_left_out(text: str) -> None:
    assert "".join(passage.body for passage in passages(text)).replace("\n", "") == text.replace("\n", "")


def test_the_first_part_carries_title_and_chapter() -> None:
    assert passages("第一章 总则\n第一条 服务免费。")[0].prefix == "青禾市个体工商户服务办法 第一章 总则"


def test_a_later_part_also_carries_the_first_words_of_its_article() -> None:
    assert passages(LONG_ITEMS)[2].prefix == "青禾市个体工商户服务办法 第一条 条件如下："


def test_the_prefix_is_bounded() -> None:
    text = "第一章 " + "很长的章名" * 20 + "\n第一节 " + "很长的节名" * 20 + "\n第一条 服务免费。"
    assert len(passages(text)[0].prefix) <= PREFIX_CHARACTERS


@pytest.mark.parametrize("words", ["青禾市个体工商户服务办法", "各区人民政府", "2025年3月1日"])
def test_letterhead_title_and_signature_are_no_passages(words: str) -> None:
    text = (
        "关于印发《青禾市个体工商户服务办法》的通知\n青政办〔2025〕3号\n各区人民政府：\n现印发给你们。\n青禾市政府\n2025年3月1日\n"
        + TITLE
        + "第一条 服务免费。\n青禾市政府\n2025年3月1日"
    )
    assert not any(words in passage.body for passage in document(text).passages)


def test_a_bare_heading_is_no_passage() -> None:
    assert cited("第一章 总则\n第一条 服务免费。") == ["第一条"]


def test_a_heading_with_a_sentence_is_a_passage() -> None:
    assert cited("一、总体要求\n坚持统筹推进。\n二、任务\n（一）服务免费。\n（二）另行规定。")[0] == "一"


def test_the_preamble_is_found_like_a_clause() -> None:
    assert cited("为了服务个体工商户，制定本办法。\n第一条 服务免费。") == ["引言", "第一条"]


def test_personal_data_is_masked() -> None:
    assert passages("第一条 请拨打13800138000。")[0].body == f"第一条 请拨打{MASK}。"


def test_personal_data_in_the_first_words_of_a_long_article_is_masked_in_every_part() -> None:
    text = "第一条 请拨打13800138000，条件如下：\n" + "\n".join(f"（{number}）{SENTENCE * 6}" for number in "一二三四")
    assert not any("13800138000" in passage.indexed_text for passage in passages(text))


def test_personal_data_in_a_heading_is_masked_in_what_lies_below() -> None:
    text = "一、咨询电话13800138000\n（一）服务免费。\n（二）另行规定。"
    assert not any("13800138000" in passage.indexed_text for passage in passages(text))


def test_offsets_count_in_the_text_with_its_personal_data() -> None:
    found = document(TITLE + "第一条 请拨打13800138000。\n第二条 服务免费。")
    last = found.passages[-1]
    assert found.text[last.start : last.end] == "第二条 服务免费。\n"


def test_a_number_cut_by_the_end_of_a_passage_is_masked_in_both() -> None:
    text = "第一条 " + "无标点" * 138 + "13800138000" + "无标点" * 300
    assert not any("0013" in passage.body or "1380" in passage.body for passage in passages(text))


def test_passages_of_a_staff_annex_are_for_staff() -> None:
    found = document(
        TITLE + "第一条 服务免费。\n附件1\n领导小组名单\n组长 王某负责全面工作。\n附件2\n办事流程\n先取号后办理。"
    )
    assert [(clause_of(found, passage), passage.audience) for passage in found.passages] == [
        ("第一条", Audience.PUBLIC),
        ("附件1", Audience.STAFF),
        ("附件2", Audience.PUBLIC),
    ]


def test_passages_of_a_document_follow_its_dates() -> None:
    own = passages("第一条 本办法自2025年4月1日起施行。")[0]
    assert (own.effective_from, own.effective_to) == (None, None)


def test_a_passage_is_named_after_the_clause_it_is_cited_as() -> None:
    found = document(TITLE + LONG_ITEMS)
    assert [passage.id.rsplit("~", 1)[0] for passage in found.passages] == [
        passage.clause_id for passage in found.passages
    ]


def test_passages_of_a_document_without_a_region_are_nobody_s() -> None:
    found = document("服务办法\n第一条 服务免费。")
    assert {passage.region for passage in found.passages} == {""}


def test_a_document_keeps_its_dates_beside_its_passages() -> None:
    assert document(TITLE + "第一条 服务免费。\n第二条 本办法自2025年4月1日起施行。").labels.valid_from == date(
        2025, 4, 1
    )
