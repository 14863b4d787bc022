"""The deciding sentences of a passage: whole sentences, short enough, and the ones that say what is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.flows.quoting import LONGEST_GOVERNED, LONGEST_QUOTE, deciding_ranges

FILLER = "各区应当加强组织领导，明确责任分工，健全工作机制，做好宣传引导，定期开展督促检查。"
DECIDING = "符合条件的个体工商户，一次性创业补贴标准为5000元。"
LONG = FILLER * 6 + DECIDING + FILLER * 6


def quoted(question: str, passage: str) -> str:
    return "……".join(passage[start:end] for start, end in deciding_ranges(question, passage))


def test_a_short_passage_is_quoted_whole() -> None:
    assert quoted("补贴多少", "第五条 补贴标准为5000元。") == "第五条 补贴标准为5000元。"


def test_of_a_long_passage_the_sentence_that_says_it_is_quoted() -> None:
    assert DECIDING in quoted("创业补贴标准是多少", LONG)


@pytest.mark.parametrize("passage", [DECIDING + FILLER * 12, FILLER * 12 + DECIDING, LONG])
def test_it_does_not_matter_where_the_sentence_stands(passage: str) -> None:
    assert DECIDING in quoted("创业补贴标准是多少", passage)


def test_a_quotation_is_no_longer_than_the_limit() -> None:
    assert len(quoted("创业补贴标准是多少", LONG)) <= LONGEST_QUOTE


def test_a_quotation_uses_the_room_it_has() -> None:
    assert len(quoted("创业补贴标准是多少", LONG)) > LONGEST_QUOTE - len(FILLER)


def test_a_single_sentence_longer_than_the_limit_is_quoted_whole() -> None:
    sentence = "各区，" * 100 + "。"
    assert quoted("各区", sentence) == sentence


def test_a_question_that_matches_nothing_gets_the_beginning() -> None:
    assert deciding_ranges("xyz", LONG)[0][0] == 0


def test_items_on_their_own_lines_are_sentences() -> None:
    passage = (
        "条件如下：\n"
        + "\n".join(f"（{n}）{FILLER[:-1]}" for n in "一二三四五六七八")
        + "\n（九）持有残疾证的，额外补贴2000元"
    )
    assert quoted("持有残疾证额外补贴", passage).endswith("（九）持有残疾证的，额外补贴2000元")


def test_a_passage_without_any_sentence_is_quoted_whole() -> None:
    assert deciding_ranges("补贴", "。" * 300) == [(0, 300)]


RETURNS = (
    "第九条 网店售出的货物，买主可以自收货之日起十日内退货，不用说明理由，但下列货物除外：\n（一）按买主要求订做的；\n"
    "（二）容易腐坏的鲜货；\n（三）已经拆封的音像制品和软件；\n（四）送到的报纸和期刊。\n除前款所列货物外，其他按照性质"
    "并经买主在下单时确认不宜退的货物，不适用前款规定。\n退回的货物应当完好，不得有使用痕迹，吊牌、包装、赠品应当一并退回。"
    "商户应当自收到退货之日起五日内退还货款，退货的运费由买主承担，双方另有约定的从其约定，平台有统一规则的按照规则执行。"
)
PENALTY = (
    "第十二条 有下列行为之一的，由主管部门责令停止使用，并处二万元以上二十万元以下罚款：\n（一）应当申请消防验收的店面，"
    "没有验收或者验收不合格，擅自投入使用的；\n（二）应当备案的店面没有备案，或者备案的内容与实际不一致的；\n（三）验收后经抽查"
    "不合格，不停止使用的；\n（四）公众聚集的场所没有取得许可，擅自营业，或者与承诺的内容不符的。\n核查发现场所的使用、营业情况与"
    "承诺的内容不符，经责令限期改正，逾期不整改或者整改后仍达不到要求的，依法撤销相应许可，并在公示平台上予以公告，公告期不少于十五日。"
)
INJURY = (
    "第八条 职工受到事故伤害的，所在单位应当自事故发生之日起三十日内向登记部门提出认定申请。遇有特殊情况，经登记部门同意，"
    "申请时限可以适当延长。\n单位没有按照前款规定提出申请的，职工本人或者其近亲属在事故发生之日起一年内，可以直接提出认定申请。"
    "\n按照本条第一款规定应当由上一级部门办理的事项，由店面所在地的区级部门先行收件，并在收件后一次性告知需要补正的全部内容，不得"
    "要求职工来回跑。\n单位没有在本条第一款规定的时限内提交申请的，在此期间发生的费用由单位负担。"
)


def test_the_sentence_that_introduces_the_items_stands_before_them() -> None:
    said = quoted("订做的货、鲜货能退吗", RETURNS)
    assert "但下列货物除外：" in said
    assert said.startswith("第九条")


def test_a_fine_is_quoted_with_the_conduct_that_it_is_for() -> None:
    assert "二万元以上二十万元以下罚款" in quoted("没有验收就擅自使用罚多少", PENALTY)


def test_the_time_of_ones_own_side_stands_before_the_time_of_the_other() -> None:
    said = quoted("职工出了事故几天内要提出认定申请", INJURY)
    assert "三十日内" in said
    assert "一年内" in said
    assert "可以适当延长" in said


def test_a_graver_case_is_quoted_with_the_ordinary_one() -> None:
    ordinary = "违反本规定处理个人资料的，由主管部门责令改正，给予警告；拒不改正的，处十万元以下罚款。"
    grave = "有前款规定的行为，情节严重的，由上级主管部门处一百万元以下罚款，并可以责令停业整顿，通报有关部门吊销执照。"
    said = quoted("情节严重的罚多少", f"第三条 {ordinary}\n{grave}\n{FILLER * 4}")
    assert ordinary in said
    assert grave in said


def test_what_takes_something_back_is_quoted_with_it() -> None:
    rule, exception = "店面租金按实际支付的五成给予补助。", "但店面为申请人本人或者其配偶所有的除外。"
    assert exception in quoted("租金补助几成", f"{FILLER * 5}{rule}{exception}{FILLER * 3}")


def test_a_quotation_never_begins_behind_a_semicolon() -> None:
    first = "对擅自占道经营的，责令限期改正；逾期不改的，处五百元以下罚款；情节严重的，处二千元以下罚款。"
    assert first in quoted("情节严重罚多少", f"{FILLER * 5}{first}{FILLER * 3}")


def test_an_item_far_down_a_long_list_is_shown_with_a_gap_that_can_be_seen() -> None:
    items = "".join(f"（{n}）{FILLER[:-1]}；\n" for n in "一二三四五六七八九")
    said = quoted("携带活禽的罚多少", f"第四条 有下列行为之一的，处三百元以下罚款：\n{items}（十）携带活禽进入市场的。")
    assert said.startswith("第四条 有下列行为之一的，处三百元以下罚款：")
    assert said.endswith("（十）携带活禽进入市场的。")
    assert "……" in said
    assert len(said) <= LONGEST_GOVERNED


PASSAGES = st.lists(
    st.text("各区补贴标准，、 １", min_size=1, max_size=120).map(lambda words: f"{words}。"), max_size=8
).map("".join)


@given(st.text("补贴标准多少？", max_size=12), PASSAGES)
def test_a_quotation_lies_within_its_passage(question: str, passage: str) -> None:
    ranges = deciding_ranges(question, passage)
    at = [place for one in ranges for place in one]
    assert ranges
    assert at == sorted(at)
    assert at[0] >= 0
    assert at[-1] <= len(passage)


@given(st.text("补贴标准多少？", max_size=12), PASSAGES)
def test_a_quotation_begins_and_ends_with_whole_sentences(question: str, passage: str) -> None:
    for start, end in deciding_ranges(question, passage):
        assert start == 0 or passage[start - 1] == "。"
        assert end == len(passage) or passage[end - 1] == "。"


@given(st.text("补贴标准多少？", max_size=12), PASSAGES)
def test_asking_again_gives_the_same_quotation(question: str, passage: str) -> None:
    assert deciding_ranges(question, passage) == deciding_ranges(question, passage)
