"""The clause tree: 章 节 条 款 项, 一、（一）1.（1）, annexes, closing, signature, and what is no clause."""

import time

import pytest

from ingest.blocks import Prose
from knowledge.documents import ClauseKind
from tests.papers import clauses, outline, own_words, paragraphs, table

TITLE = "青禾市个体工商户服务办法\n"


def kinds(text: str) -> list[tuple[str, str]]:
    return [(clause.path, str(clause.kind)) for clause in clauses(text)[1]]


def parents(text: str) -> dict[str, str | None]:
    found = clauses(text)[1]
    paths = {clause.id: clause.path for clause in found}
    return {clause.path: paths.get(clause.parent_id or "") for clause in found}


CHAPTERS = (
    TITLE
    + """第一章 总则
第一条 为了服务个体工商户，制定本办法。
第二章 服务
第一节 登记
第二条 登记实行一次办结。
第二节 帮扶
第三条 帮扶分型分类进行。
第三章 附则
第四条 本办法自2025年1月1日起施行。"""
)


def test_chapters_sections_and_articles_stand_in_order() -> None:
    assert kinds(CHAPTERS)[1:] == [
        ("第一章", "chapter"),
        ("第一条", "article"),
        ("第二章", "chapter"),
        ("第二章第一节", "section"),
        ("第二条", "article"),
        ("第二章第二节", "section"),
        ("第三条", "article"),
        ("第三章", "chapter"),
        ("第四条", "article"),
    ]


def test_articles_lie_in_their_sections_and_chapters() -> None:
    assert parents(CHAPTERS) == {
        "标题": None,
        "第一章": None,
        "第一条": "第一章",
        "第二章": None,
        "第二章第一节": "第二章",
        "第二条": "第二章第一节",
        "第二章第二节": "第二章",
        "第三条": "第二章第二节",
        "第三章": None,
        "第四条": "第三章",
    }


def test_parts_of_a_code_contain_its_chapters() -> None:
    text = TITLE + "第一编 总则\n第一章 一般规定\n第一条 制定本法。\n第二编 物权\n第一章 一般规定\n第二条 适用本编。"
    assert outline(text) == ["第一编", "第一编第一章", "第一条", "第二编", "第二编第一章", "第二条"]


def test_a_heading_carries_its_words() -> None:
    assert [clause.heading for clause in clauses(CHAPTERS)[1] if clause.kind is ClauseKind.CHAPTER] == [
        "总则",
        "服务",
        "附则",
    ]


@pytest.mark.parametrize(
    ("written", "path"),
    [("第十条", "第十条"), ("第一百零二条", "第一百零二条"), ("第二条之一", "第二条之一"), ("第12条", "第12条")],
)
def test_an_article_is_cited_as_it_is_numbered(written: str, path: str) -> None:
    assert outline(TITLE + f"{written} 服务免费。") == [path]


def test_further_paragraphs_of_an_article_are_its_kuan() -> None:
    text = TITLE + "第一条 第一段话。\n第二段话。\n第三段话。\n第二条 另一条。"
    assert outline(text) == ["第一条", "第一条第二款", "第一条第三款", "第二条"]


def test_a_kuan_lies_in_its_article() -> None:
    assert parents(TITLE + "第一条 第一段话。\n第二段话。")["第一条第二款"] == "第一条"


ITEMS = (
    TITLE
    + """第五条 申请人应当符合下列条件：
（一）有固定的经营场所；
（二）已经登记。
（三）信用良好。
符合前款条件的，可以直接申请。
第六条 另行规定。"""
)


def test_items_of_an_article_are_its_xiang() -> None:
    assert outline(ITEMS) == [
        "第五条",
        "第五条第（一）项",
        "第五条第（二）项",
        "第五条第（三）项",
        "第五条第二款",
        "第六条",
    ]


def test_items_are_of_kind_item() -> None:
    assert dict(kinds(ITEMS))["第五条第（二）项"] == "item"


def test_a_paragraph_after_the_last_item_is_the_next_kuan() -> None:
    assert own_words(ITEMS)["第五条第二款"] == "符合前款条件的，可以直接申请。"


BETWEEN = ITEMS.replace("（二）已经登记。\n", "（二）已经登记。\n登记在外地的，应当先迁入。\n")


def test_a_paragraph_between_two_items_belongs_to_the_first_of_them() -> None:
    assert own_words(BETWEEN)["第五条第（二）项"] == "（二）已经登记。\n登记在外地的，应当先迁入。"


def test_a_paragraph_between_two_items_is_no_clause_of_its_own() -> None:
    assert outline(BETWEEN) == outline(ITEMS)


def test_points_below_an_item_have_a_path_of_their_own() -> None:
    text = TITLE + "第五条 条件如下：\n（一）材料：\n1.申请书；\n2.身份证明。\n（二）场所。"
    assert outline(text) == ["第五条", "第五条第（一）项", "第五条第（一）项1", "第五条第（一）项2", "第五条第（二）项"]


PLAN = """青禾市个体工商户帮扶实施方案
为了帮扶个体工商户，制定本方案。
一、总体要求
坚持统筹推进。
二、重点任务
（一）分型帮扶。按照经营状况分型。
1.生存型
（1）减免租金
2.成长型
（二）分类培育。按照特色分类。
三、工作要求
各区抓好落实。"""


def test_a_plan_is_numbered_in_its_own_way() -> None:
    assert kinds(PLAN) == [
        ("标题", "title"),
        ("引言", "preamble"),
        ("一", "part"),
        ("二", "part"),
        ("二（一）", "section_item"),
        ("二（一）1", "point"),
        ("二（一）1（1）", "point"),
        ("二（一）2", "point"),
        ("二（二）", "section_item"),
        ("三", "part"),
    ]


def test_unnumbered_words_below_a_heading_belong_to_it() -> None:
    assert own_words(PLAN)["一"] == "一、总体要求\n坚持统筹推进。"


def test_what_stands_before_the_first_number_is_the_preamble() -> None:
    assert own_words(PLAN)["引言"] == "为了帮扶个体工商户，制定本方案。"


@pytest.mark.parametrize(
    "reference",
    [
        "第二条规定的条件，由市级部门核实。",
        "第二条第一款所列材料应当齐全。",
        "第二条所称个体工商户，是指登记的经营者。",
        "第二条、第三条的情形除外。",
        "第二条至第四条的规定同样适用。",
        "第二条和第三条同时适用。",
        "第二条中的期限以工作日计算。",
        "第二条的规定不适用于外地。",
    ],
)
def test_a_paragraph_that_refers_to_an_article_opens_none(reference: str) -> None:
    assert outline(TITLE + f"第五条 服务免费。\n{reference}\n第六条 另行规定。") == ["第五条", "第五条第二款", "第六条"]


def test_a_decimal_number_opens_no_point() -> None:
    assert outline(TITLE + "第五条 补贴如下。\n1.5倍以内的部分给予补贴。") == ["第五条", "第五条第二款"]


@pytest.mark.parametrize("text", ["（试行）期间由市级部门解释。", "（7月1日）前完成。", "一是加强领导。"])
def test_words_in_brackets_and_counted_reasons_are_no_numbers(text: str) -> None:
    assert outline(TITLE + f"第五条 服务免费。\n{text}") == ["第五条", "第五条第二款"]


CONTENTS = TITLE + "目录\n第一章 总则\n第二章 服务\n" + CHAPTERS.removeprefix(TITLE).replace("第三章 附则\n", "")


def test_a_table_of_contents_opens_no_chapters() -> None:
    assert outline(CONTENTS) == [
        "第一章",
        "第一条",
        "第二章",
        "第二章第一节",
        "第二条",
        "第二章第二节",
        "第三条",
        "第四条",
    ]


def test_the_words_of_a_table_of_contents_are_kept() -> None:
    assert own_words(CONTENTS)["引言"] == "目录\n第一章 总则\n第二章 服务"


ANNEXES = (
    PLAN
    + """
附件：1.领导小组名单
2.任务分工表
青禾市市场监督管理局
2025年3月1日
附件1
领导小组名单
一、组长
张某
附件2
任务分工表
说明：按季度报送。"""
)


def test_annexes_follow_the_signature() -> None:
    assert [clause.path for clause in clauses(ANNEXES)[1]][-4:] == ["落款", "附件1", "附件1·一", "附件2"]


def test_the_list_of_annexes_opens_no_clause() -> None:
    assert own_words(ANNEXES)["落款"].startswith("附件：1.领导小组名单\n2.任务分工表\n青禾市市场监督管理局")


def test_numbers_inside_an_annex_are_cited_with_the_annex() -> None:
    assert parents(ANNEXES)["附件1·一"] == "附件1"


def test_words_below_an_annex_belong_to_it() -> None:
    assert own_words(ANNEXES)["附件2"] == "附件2\n任务分工表\n说明：按季度报送。"


def test_an_annex_without_a_number_is_an_annex() -> None:
    assert outline(TITLE + "第一条 见附件。\n附件\n申请表") == ["第一条", "附件"]


def test_the_signature_is_no_kuan_of_the_last_article() -> None:
    text = TITLE + "第一条 本办法自发布之日起施行。\n青禾市人民政府办公室\n2025年3月1日"
    assert kinds(text)[-1] == ("落款", "signature")


def test_a_contact_line_is_no_kuan_of_the_last_article() -> None:
    assert outline(TITLE + "第一条 本办法自发布之日起施行。\n联系人：李某，电话12345678。") == ["第一条"]


def test_words_after_a_list_of_short_items_close_the_document() -> None:
    text = PLAN.replace(
        "三、工作要求\n各区抓好落实。", "三、工作要求\n（一）加强领导。\n（二）加强宣传。\n各区要及时总结经验。"
    )
    text = text.replace("1.生存型\n（1）减免租金\n2.成长型\n", "")
    assert own_words(text)["结语"] == "各区要及时总结经验。"


def test_the_notice_that_carries_a_document_stands_before_its_title() -> None:
    text = (
        "关于印发《青禾市个体工商户服务办法》的通知\n青政办〔2025〕3号\n各区人民政府：\n现将办法印发给你们。\n"
        "青禾市人民政府办公室\n2025年3月1日\n" + CHAPTERS
    )
    assert [kind for _, kind in kinds(text)][:3] == ["front", "title", "chapter"]


def test_a_document_without_numbers_has_its_paragraphs_as_clauses() -> None:
    text = "青禾市服务大厅公告\n大厅周六照常办公。\n请提前预约。\n青禾市政务服务中心\n2025年3月1日"
    assert kinds(text)[1:] == [("第一段", "paragraph"), ("第二段", "paragraph"), ("落款", "signature")]


def test_a_path_that_occurs_twice_gives_two_ids() -> None:
    found = clauses(TITLE + "第一条 甲。\n第一条 乙。")[1]
    assert [clause.id for clause in found[1:]] == ["d/第一条", "d/第一条#2"]


def test_rows_of_a_table_belong_to_the_clause_above() -> None:
    blocks = [
        *paragraphs("青禾市个体工商户服务办法", "第一条 标准如下：").blocks,
        *table(("档次", "金额"), ("一档", "1000元")),
    ]
    assert own_words(Prose(blocks, format="docx"))["第一条"] == "第一条 标准如下：\n档次 | 金额\n一档 | 1000元"


def test_a_number_in_a_table_cell_opens_no_clause() -> None:
    blocks = [
        *paragraphs("青禾市个体工商户服务办法", "第一条 标准如下：").blocks,
        *table(("第二条 甲", "乙"), ("一、丙", "丁")),
    ]
    assert outline(Prose(blocks, format="docx")) == ["第一条"]


def test_items_directly_below_a_chapter_of_a_plan_are_not_items_of_an_earlier_article() -> None:
    assert outline(TITLE + "第一条 甲。\n第二章 服务\n（一）登记。") == ["第一条", "第二章", "（一）"]


def seconds_to_split(paragraphs_of_one_article: int) -> float:
    text = TITLE + "第一条 服务如下。\n" + "服务免费。\n" * paragraphs_of_one_article
    began = time.process_time()
    clauses(text)
    return time.process_time() - began


def test_an_article_of_four_times_the_length_takes_about_four_times_as_long() -> None:
    seconds_to_split(10)
    assert seconds_to_split(700) < 9 * seconds_to_split(175) + 0.1


def test_a_document_may_have_more_paragraphs_than_chinese_numerals_reach() -> None:
    text = TITLE + "服务免费。\n" * 10_001
    assert len(outline(text)) == 10_001
