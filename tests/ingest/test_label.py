"""What a document says of itself; what it does not say is 待核, never guessed."""

from datetime import date

import pytest

from ingest.label import Hints
from knowledge.documents import Audience, Level, Link, LinkKind, Module
from tests.papers import document, labels

NOTICE = """关于印发《青禾市个体工商户服务办法》的通知
青政办〔2025〕3号
各区人民政府，市直各部门：
现将《青禾市个体工商户服务办法》印发给你们，请认真贯彻执行。
青禾市人民政府办公室
2025年3月1日
青禾市个体工商户服务办法
第一章 总则
第一条 为了服务个体工商户，根据《促进个体工商户发展条例》，制定本办法。
第二章 附则
第二条 本办法由市市场监督管理局负责解释。
第三条 本办法自2025年4月1日起施行，有效期5年。
"""
PLAIN = """青禾市个体工商户服务办法
第一条 为了服务个体工商户，制定本办法。
第二条 本办法自2025年4月1日起施行。
青禾市人民政府
2025年3月1日
"""
LAW = """中华人民共和国服务法
2005年4月29日 第十届全国人民代表大会常务委员会第二十一次会议通过
{amended}第一条 在中华人民共和国境内从事服务，适用本法。
第二条 本法自2005年11月1日起施行。
"""


def closing(clause: str) -> str:
    return PLAIN.replace("第二条 本办法自2025年4月1日起施行。", f"第二条 {clause}")


def titled(title: str) -> str:
    return PLAIN.replace("青禾市个体工商户服务办法", title)


def test_a_document_sent_with_a_notice_has_its_own_title() -> None:
    assert labels(NOTICE).title == "青禾市个体工商户服务办法"


def test_the_title_of_the_notice_is_an_alias() -> None:
    assert "关于印发《青禾市个体工商户服务办法》的通知" in labels(NOTICE).aliases


def test_a_notice_may_name_its_document_without_marks() -> None:
    text = NOTICE.replace(
        "关于印发《青禾市个体工商户服务办法》的通知", "市政府办公室关于印发青禾市个体工商户服务办法的通知"
    )
    assert labels(text).title == "青禾市个体工商户服务办法"


def test_a_document_without_a_notice_has_no_alias() -> None:
    assert labels(PLAIN).aliases == ()


def test_a_title_over_two_lines_is_one() -> None:
    text = PLAIN.replace("青禾市个体工商户服务办法\n", "青禾市个体工商户\n服务办法\n", 1)
    assert labels(text).title == "青禾市个体工商户服务办法"


def test_a_suffix_on_its_own_line_belongs_to_the_title() -> None:
    text = PLAIN.replace("青禾市个体工商户服务办法\n", "青禾市个体工商户服务办法\n（试行）\n", 1)
    assert labels(text).title == "青禾市个体工商户服务办法（试行）"


def test_a_notice_that_carries_nothing_is_the_document() -> None:
    text = "关于做好2025年度年报工作的通知\n各区市场监督管理局：\n请做好年报工作。\n青禾市市场监督管理局\n2025年3月1日"
    assert labels(text).title == "关于做好2025年度年报工作的通知"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("青政办〔2025〕3号", "青政办〔2025〕3号"),
        ("青政办[2025]3号", "青政办〔2025〕3号"),
        ("（青政办〔2025〕3号）", "青政办〔2025〕3号"),
        ("青 政 办〔2025〕3 号", "青政办〔2025〕3号"),
        ("青禾市人民政府公告2025年第3号", "青禾市人民政府公告2025年第3号"),
        ("青禾市人民政府公告 2025 年第 3 号", "青禾市人民政府公告2025年第3号"),
        ("青禾市人民政府令第12号", "青禾市人民政府令第12号"),
        ("青禾市人民政府令（第12号）", "青禾市人民政府令第12号"),
    ],
)
def test_a_document_number_is_read_in_every_form(written: str, number: str) -> None:
    assert labels(NOTICE.replace("青政办〔2025〕3号", written)).doc_number == number


def test_a_number_at_the_end_of_the_heading_is_its_own() -> None:
    text = PLAIN.replace("青禾市个体工商户服务办法\n", "青禾市个体工商户服务办法（青政规〔2025〕8号）\n", 1)
    assert labels(text).doc_number == "青政规〔2025〕8号"


@pytest.mark.parametrize(
    "above", ["青政规〔2025〕8号\n", "青禾市人民政府文件\n青政规〔2025〕8号\n", "青禾市人民政府令\n第8号\n"]
)
def test_letterhead_and_number_above_the_title_are_no_part_of_it(above: str) -> None:
    assert labels(above + PLAIN).title == "青禾市个体工商户服务办法"


def test_a_number_alone_above_the_title_is_its_own() -> None:
    assert labels("青禾市人民政府文件\n青政规〔2025〕8号\n" + PLAIN).doc_number == "青政规〔2025〕8号"


def test_a_number_alone_below_the_title_is_its_own() -> None:
    text = "关于做好2025年度年报工作的通知\n青政办〔2025〕3号\n各区市场监督管理局：\n请做好年报工作。\n青禾市市场监督管理局\n2025年3月1日"
    assert labels(text).doc_number == "青政办〔2025〕3号"


def test_the_number_of_a_document_that_is_only_cited_is_not_its_own() -> None:
    text = PLAIN.replace("为了服务个体工商户", "根据《发展措施》（青政规〔2024〕1号）")
    assert labels(text).doc_number is None


def test_an_order_of_the_state_council_is_a_number() -> None:
    text = LAW.replace(
        "2005年4月29日 第十届全国人民代表大会常务委员会第二十一次会议通过",
        "2005年4月29日 中华人民共和国国务院令第435号公布",
    )
    assert labels(text.format(amended="")).doc_number == "国务院令第435号"


def test_a_missing_number_is_pending() -> None:
    assert "doc_number" in labels(PLAIN).pending


def test_a_national_law_needs_no_number() -> None:
    assert "doc_number" not in labels(LAW.format(amended="")).pending


def test_the_issuer_is_who_signed_the_notice() -> None:
    assert labels(NOTICE).issuers == ("青禾市人民政府办公室",)


def test_the_issuer_is_who_signed_the_document() -> None:
    assert labels(PLAIN).issuers == ("青禾市人民政府",)


def test_several_issuers_stand_in_the_order_of_the_signature() -> None:
    text = PLAIN.replace("青禾市人民政府\n", "青禾市市场监督管理局  青禾市财政局\n青禾市商务局\n")
    assert labels(text).issuers == ("青禾市市场监督管理局", "青禾市财政局", "青禾市商务局")


def test_a_letterhead_names_the_issuer() -> None:
    text = "青禾市人民政府办公室文件\n" + NOTICE.replace("青禾市人民政府办公室\n2025年3月1日\n", "")
    assert labels(text).issuers == ("青禾市人民政府办公室",)


def test_the_printing_office_is_no_issuer() -> None:
    text = PLAIN + "青禾市人民政府办公室 2025年3月5日印发\n"
    assert labels(text).issuers == ("青禾市人民政府",)


def test_a_law_is_issued_by_the_congress_that_adopted_it() -> None:
    assert labels(LAW.format(amended="")).issuers == ("全国人民代表大会常务委员会",)


def test_both_high_courts_issue_their_common_interpretation() -> None:
    text = "最高人民法院、最高人民检察院关于办理案件适用法律若干问题的解释\n2013年5月2日 公布\n第一条 适用法律如下。"
    assert labels(text).issuers == ("最高人民法院", "最高人民检察院")


def test_an_unknown_issuer_is_pending() -> None:
    assert "issuers" in labels("服务办法\n第一条 服务免费。").pending


@pytest.mark.parametrize(
    ("issuer", "region", "level"),
    [
        ("湖北省市场监督管理局", "420000", Level.PROVINCE),
        ("武汉市人民政府", "420100", Level.CITY),
        ("武汉市江岸区人民政府", "420102", Level.COUNTY),
        ("江岸区人民政府", "420102", Level.COUNTY),
        ("国务院", "100000", Level.NATIONAL),
        ("财政部", "100000", Level.NATIONAL),
        ("国家税务总局", "100000", Level.NATIONAL),
        ("上海市人民政府", "310000", Level.PROVINCE),
    ],
)
def test_region_and_level_are_those_of_the_issuer(issuer: str, region: str, level: Level) -> None:
    text = PLAIN.replace("青禾市人民政府", issuer).replace("青禾市", "")
    found = labels(text)
    assert (found.region, found.level) == (region, level)


def test_without_an_issuer_the_title_names_the_region() -> None:
    assert labels("武汉市服务办法\n第一条 服务免费。").region == "420100"


def test_what_the_caller_knows_fills_an_unknown_region() -> None:
    assert labels("服务办法\n第一条 服务免费。", hints=Hints(region="420100")).region == "420100"


def test_what_the_document_says_stands_before_what_the_caller_knows() -> None:
    assert labels("宜昌市服务办法\n第一条 服务免费。", hints=Hints(region="420100")).region == "420500"


def test_a_place_that_several_places_are_called_is_pending() -> None:
    assert "region" in labels("朝阳区服务办法\n第一条 服务免费。").pending


def test_the_caller_tells_which_of_several_places_is_meant() -> None:
    assert labels("朝阳区服务办法\n第一条 服务免费。", hints=Hints(region="110000")).region == "110105"


def test_an_unknown_region_is_pending() -> None:
    found = labels("服务办法\n第一条 服务免费。")
    assert (found.region, found.level, "region" in found.pending) == (None, None, True)


@pytest.mark.parametrize(
    ("title", "kind", "module"),
    [
        ("青禾市个体工商户服务办法", "规范性文件", Module.POLICY),
        ("青禾市个体工商户帮扶实施方案", "规范性文件", Module.POLICY),
        ("青禾市优化营商环境条例", "法规", Module.LAW),
        ("中华人民共和国公司法", "法规", Module.LAW),
        ("最高人民法院关于审理案件的解释", "司法解释", Module.LAW),
        ("《青禾市个体工商户服务办法》政策解读", "解读", Module.POLICY),
        ("青禾市办事指南", "指南", Module.POLICY),
    ],
)
def test_the_kind_shows_in_the_title(title: str, kind: str, module: Module) -> None:
    found = labels(titled(title))
    assert (found.kind, found.module) == (kind, module)


def test_a_kind_that_does_not_show_is_pending() -> None:
    text = "服务大厅搬家\n大厅周六搬家。\n请留意。"
    assert {"kind", "module"} <= set(labels(text).pending)


def test_the_date_of_the_signature_is_the_date_of_issue() -> None:
    assert labels(PLAIN).issued == date(2025, 3, 1)


def test_a_date_in_chinese_figures_is_read() -> None:
    assert labels(PLAIN.replace("2025年3月1日", "二〇二五年三月一日")).issued == date(2025, 3, 1)


def test_the_printing_date_is_not_the_date_of_issue() -> None:
    found = labels(PLAIN + "青禾市人民政府办公室 2025年3月5日印发\n")
    assert (found.issued, found.printed) == (date(2025, 3, 1), date(2025, 3, 5))


def test_a_date_that_does_not_exist_is_no_date() -> None:
    assert labels(PLAIN.replace("2025年3月1日", "2025年2月30日")).issued is None


def test_a_missing_date_is_pending() -> None:
    assert "issued" in labels("青禾市服务办法\n第一条 服务免费。").pending


def test_a_named_first_day_is_taken() -> None:
    found = labels(PLAIN)
    assert (found.effective_from, "effective_from" in found.pending) == (date(2025, 4, 1), False)


def test_from_the_day_of_issue_needs_the_date_of_issue() -> None:
    found = labels("青禾市服务办法\n第一条 服务免费。\n第二条 本办法自发布之日起施行。")
    assert (found.effective_from, "effective_from" in found.pending) == (None, True)


def test_from_the_day_of_printing_and_signature_is_certain() -> None:
    found = labels(closing("本办法自印发之日起施行。"))
    assert (found.effective_from, "effective_from" in found.pending) == (date(2025, 3, 1), False)


def test_from_the_day_of_publication_is_kept_for_a_curator() -> None:
    found = labels(closing("本办法自公布之日起施行。"))
    assert (found.effective_from, "effective_from" in found.pending) == (date(2025, 3, 1), True)


def test_a_policy_may_apply_from_before_its_signature() -> None:
    assert labels(closing("本办法自2025年1月1日起执行。")).effective_from == date(2025, 1, 1)


def test_a_document_that_names_no_first_day_is_pending() -> None:
    found = labels(closing("本办法由市政府负责解释。"))
    assert (found.effective_from, "effective_from" in found.pending) == (None, True)


def test_an_amended_law_is_not_in_force_in_its_new_wording_from_its_first_day() -> None:
    amended = "2018年10月26日 第十三届全国人民代表大会常务委员会第六次会议修正\n"
    found = labels(LAW.format(amended=amended))
    assert (found.effective_from, "effective_from" in found.pending) == (None, True)


def test_an_amended_law_is_dated_by_its_last_amendment() -> None:
    amended = "2018年10月26日 第十三届全国人民代表大会常务委员会第六次会议修正\n"
    assert labels(LAW.format(amended=amended)).issued == date(2018, 10, 26)


def test_the_first_wording_of_a_law_is_in_force_from_its_first_day() -> None:
    assert labels(LAW.format(amended="")).effective_from == date(2005, 11, 1)


def test_a_first_day_in_the_header_is_taken() -> None:
    text = LAW.format(amended="2006年1月1日 施行\n").replace("\n第二条 本法自2005年11月1日起施行。", "")
    assert labels(text).effective_from == date(2006, 1, 1)


@pytest.mark.parametrize(
    ("clause", "last_day"),
    [
        ("本办法自2025年4月1日起施行，有效期5年。", date(2030, 3, 31)),
        ("本办法自2025年4月1日起施行，有效期为两年。", date(2027, 3, 31)),
        ("本办法自2025年4月1日起施行，有效期至2027年12月31日。", date(2027, 12, 31)),
        ("本办法自2024年2月29日起施行，有效期1年。", date(2025, 2, 27)),
        ("本办法自2025年4月1日起施行。", None),
    ],
)
def test_the_last_day_is_what_the_document_says(clause: str, last_day: date | None) -> None:
    assert labels(closing(clause).replace("2025年3月1日", "2024年2月1日")).effective_to == last_day


def test_a_trial_document_is_reviewed_after_two_years() -> None:
    assert labels(titled("青禾市个体工商户服务办法（试行）")).review_on == date(2027, 3, 31)


def test_a_trial_document_does_not_end_by_itself() -> None:
    assert labels(titled("青禾市个体工商户服务办法（试行）")).effective_to is None


def test_other_documents_have_no_day_of_review() -> None:
    assert labels(PLAIN).review_on is None


def test_a_document_is_public_unless_it_says_otherwise() -> None:
    assert labels(PLAIN).audience is Audience.PUBLIC


def test_a_document_given_out_on_request_is_for_staff_until_a_curator_releases_it() -> None:
    found = labels(PLAIN + "（此件依申请公开）\n")
    assert (found.audience, "audience" in found.pending) == (Audience.STAFF, True)


def test_a_document_given_out_to_everybody_is_public() -> None:
    assert labels(PLAIN + "（此件公开发布）\n").audience is Audience.PUBLIC


def test_an_internal_paper_is_for_staff() -> None:
    found = labels("内部资料 注意保存\n" + PLAIN)
    assert (found.audience, "audience" in found.pending) == (Audience.STAFF, False)


def test_a_public_document_may_speak_of_given_out_on_request() -> None:
    text = PLAIN.replace("为了服务个体工商户", "政府信息可以依申请公开，为了服务个体工商户")
    assert labels(text).audience is Audience.PUBLIC


def test_the_caller_decides_the_audience() -> None:
    found = labels(PLAIN + "（此件依申请公开）\n", hints=Hints(audience=Audience.PUBLIC))
    assert (found.audience, "audience" in found.pending) == (Audience.PUBLIC, False)


def test_who_interprets_a_document_owns_it() -> None:
    assert labels(NOTICE).owner_department == "市市场监督管理局"


def test_the_only_issuer_owns_a_document_that_names_no_other() -> None:
    assert labels(PLAIN).owner_department == "青禾市人民政府"


def links(text: str) -> set[Link]:
    return set(labels(text).links)


def test_a_document_ends_what_it_says_it_ends() -> None:
    text = closing("本办法自2025年4月1日起施行。《青禾市旧办法》（青政办〔2019〕5号）同时废止。")
    assert links(text) == {Link(LinkKind.SUPERSEDES, "青禾市旧办法"), Link(LinkKind.SUPERSEDES, "青政办〔2019〕5号")}


def test_a_document_may_end_several() -> None:
    text = closing("本办法自2025年4月1日起施行，《甲市甲办法》《乙市乙办法》同时废止。")
    assert {link.target for link in links(text)} == {"甲市甲办法", "乙市乙办法"}


def test_a_document_ends_nothing_it_only_cites() -> None:
    assert links(closing("本办法与《青禾市旧办法》一并执行，自2025年4月1日起施行。")) == set()


def test_an_explanation_interprets_its_document() -> None:
    text = "《青禾市个体工商户服务办法》政策解读\n一、制定背景\n为了服务。\n二、主要内容\n免费。"
    assert links(text) == {Link(LinkKind.INTERPRETS, "青禾市个体工商户服务办法")}


def test_a_decision_amends_its_document() -> None:
    text = titled("青禾市人民政府关于修改《青禾市个体工商户服务办法》的决定")
    assert Link(LinkKind.AMENDS, "青禾市个体工商户服务办法") in links(text)


def test_an_annex_of_persons_is_for_staff_inside_a_public_document() -> None:
    found = document(PLAIN + "附件1\n领导小组名单\n组长 王某\n附件2\n申请表\n填写说明。\n")
    assert {clause.path: clause.audience for clause in found.clauses if clause.path.startswith("附件")} == {
        "附件1": Audience.STAFF,
        "附件2": Audience.PUBLIC,
    }


def test_a_list_of_winners_is_public() -> None:
    found = document(PLAIN + "附件1\n获奖名单\n甲店\n")
    assert found.clauses[-1].audience is Audience.PUBLIC


def test_a_list_that_the_text_calls_internal_is_for_staff() -> None:
    text = PLAIN.replace("第二条 ", "第二条 年度重点项目清单仅作为系统内部督办依据。")
    found = document(text + "附件1\n2025年度重点项目清单\n甲项目\n")
    assert found.clauses[-1].audience is Audience.STAFF


def test_two_versions_are_one_family() -> None:
    earlier = document(PLAIN)
    later = document(PLAIN.replace("2025年", "2026年"))
    assert earlier.family == later.family


def test_two_versions_are_two_documents() -> None:
    earlier = document(PLAIN)
    later = document(PLAIN.replace("2025年", "2026年"))
    assert earlier.id != later.id


def test_the_same_title_in_another_place_is_another_family() -> None:
    here, there = document(titled("服务办法")), document(titled("服务办法").replace("青禾市", "武汉市"))
    assert here.family != there.family
