"""A number must stand in the passage with what stands beside it in the sentence: row, cell, side, 每人 or 每月."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant import grounding, pairings, particulars
from assistant.evidence import Evidence
from assistant.particulars import plain
from assistant.wording import official
from tests.assistant.falsified import Said, passages, true_sentences

_FIGURE = re.compile(r"\d+(?:\.\d+)?")


def passage(words: str) -> str:
    return next(one for one in passages() if words in one)


SIZES = passage("批发业 | 从业人员")
MORE_SIZES = passage("其他未列明行业 | 从业人员")
JOBS = passage("招用高校毕业生社会保险补贴 | ")
MORE_JOBS = passage("岗前培训补贴 | ")
RENT = passage("补贴期限累计不超过24个月")
HIRING = (
    "某办法第七条\n招用人员满6个月的，按每招用1人1000元补贴，每户累计不超过10000元。\n场租按月补贴，每月最高800元。"
)


def accepted(sentence: str, cited: str) -> bool:
    return grounding.check(f"{sentence}[1]。", [cited], "").accepted


def wrong(sentence: str, *cited: str, question: str = "") -> list[str]:
    asked = particulars.find(official(plain(question)))
    return list(pairings.problems(official(plain(sentence)), [*map(Evidence.of, cited)], asked))


@pytest.mark.parametrize(
    ("cited", "sentence"),
    [
        (SIZES, "工业企业从业人员20人及以上且营业收入300万元及以上的，达到小型标准"),
        (SIZES, "零售业从业人员10人以下或者营业收入100万元以下的是微型"),
        (SIZES, "餐饮业和住宿业的小型标准都是10人及以上且100万元及以上"),
        (SIZES, "零售业小型是10人及以上且100万元及以上，工业小型是20人及以上且300万元及以上"),
        (SIZES, "工业从业人员20人及以上且不到300人、营业收入300万元及以上的是小型"),
        (MORE_SIZES, "软件和信息技术服务业小型是10人及以上且50万元及以上"),
        (JOBS, "灵活就业社会保险补贴每人每月最高600元，就业困难人员最长3年，高校毕业生最长2年"),
        (JOBS, "一次性吸纳就业补贴每人1000元，要缴纳社会保险费满3个月"),
        (MORE_JOBS, "就业见习补贴每人每月1500元，见习期满留用率达到50%的每人每月1800元"),
        (RENT, "场租补贴按实际支付租金的50%给予，每月最高800元，补贴期限累计不超过24个月"),
        (HIRING, "每招用1人补贴1000元，每户累计不超过10000元"),
    ],
)
def test_a_number_with_what_it_stands_beside_is_right(cited: str, sentence: str) -> None:
    assert wrong(sentence, cited) == []


@pytest.mark.parametrize(
    ("cited", "sentence"),
    [
        (SIZES, "工业企业从业人员10人及以上且营业收入300万元及以上的，达到小型标准"),
        (SIZES, "零售业从业人员20人及以上且营业收入100万元及以上的，达到小型标准"),
        (SIZES, "零售业小型是20人及以上且300万元及以上，工业小型是10人及以上且100万元及以上"),
        (SIZES, "工业小型企业的标准是从业人员300人及以上且营业收入300万元及以上"),
        (SIZES, "工业微型企业的标准是20人及以上或者300万元以下"),
        (SIZES, "批发业小型标准是从业人员10人及以上且营业收入1000万元及以上"),
        (JOBS, "一次性吸纳就业补贴每人900元，要缴纳社会保险费满3个月"),
        (JOBS, "灵活就业社会保险补贴每人每年最高600元"),
        (MORE_JOBS, "岗前培训补贴每人1500元"),
        (RENT, "场租补贴按实际支付租金的50%给予，每年最高800元，补贴期限累计不超过24个月"),
        (HIRING, "每招用1人补贴1000元，每人累计不超过10000元"),
    ],
)
def test_a_number_of_another_place_is_refused_though_the_passage_has_it(cited: str, sentence: str) -> None:
    assert set(_FIGURE.findall(sentence)) <= set(_FIGURE.findall(cited))
    assert not accepted(sentence, cited)


def test_what_another_cited_passage_says_beside_the_table_is_no_contradiction() -> None:
    rule = "某指南\n工业企业从业人员50人及以上的，应当设统计员。"
    sentence = "工业小型企业从业人员20人及以上，50人及以上的还应当设统计员"
    assert wrong(sentence, SIZES, rule) == []


def test_what_the_question_says_may_come_back() -> None:
    sentence = "工业企业有10人的，从业人员在20人以下，属于微型"
    assert wrong(sentence, SIZES)
    assert wrong(sentence, SIZES, question="我是工业企业，有10人，算什么型") == []


@given(st.sampled_from([one for one in true_sentences() if " | " in one.passage]), st.data())
def test_no_number_of_a_row_may_be_that_of_another_row(one: Said, data: st.DataObject) -> None:
    places = list(_FIGURE.finditer(one.sentence))
    assume(places)
    place = data.draw(st.sampled_from(places))
    others = sorted({*_FIGURE.findall(one.passage)} - {place[0]})
    assume(others)
    changed = one.sentence[: place.start()] + data.draw(st.sampled_from(others)) + one.sentence[place.end() :]
    assume("".join(changed.split()).rstrip("。；") not in "".join(one.passage.split()))
    assert not accepted(changed.rstrip("。；"), one.passage), changed
