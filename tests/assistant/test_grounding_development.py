"""What grounding catches and lets pass of the development set: bars below the measured figures, to see a step back.

Overlap alone decides here, as on a machine without weights; docs/measurements.md has the figures with the embedding.
"""

import functools
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest

from assistant import grounding
from assistant.grounding import Checker, ProblemKind
from evals.grounding_cases import Case, cases, faithful
from knowledge.embedding import Vectors
from tests.assistant.mutated import mutated

LEAST_CAUGHT = {
    **dict.fromkeys(("数字", "金额", "比例", "日期", "期限", "电话", "地址", "文号", "条款号", "机关", "引用"), 0.995),
    "否定": 0.81,
    "主体": 0.83,
    "情态": 0.92,
    "漏例外": 0.78,
    "漏条件": 0.56,
    "扩大": 0.58,
}
MOST_REFUSED = 0.08
RENT = "某办法第九条\n创业人员租用经营场所的，每月补贴800元。经营场所为父母所有的，不给予补贴。"


@functools.cache
def accepted(case: Case) -> bool:
    return grounding.check(case.answer, case.passages, case.question).accepted


@pytest.mark.parametrize("kind", LEAST_CAUGHT)
def test_of_falsified_answers_enough_are_caught(kind: str) -> None:
    falsified = [case for case in cases() if case.kind == kind]
    missed = [case.answer for case in falsified if accepted(case)]
    assert falsified
    assert len(missed) <= (1 - LEAST_CAUGHT[kind]) * len(falsified), missed


def test_of_faithful_answers_few_are_refused() -> None:
    refused = [case.answer for case in faithful() if not accepted(case)]
    assert len(faithful()) >= 250
    assert len(refused) <= MOST_REFUSED * len(faithful()), refused


def test_facts_and_citations_changed_by_script_are_caught() -> None:
    missed = [case.answer for case in mutated() if accepted(case)]
    assert Counter(case.kind for case in mutated()).keys() >= {"期限", "金额", "比例", "日期", "单位", "引用"}
    assert len(missed) <= 0.005 * len(mutated()), missed


def test_a_condition_the_question_asks_about_weighs_less() -> None:
    passage = "某办法第三条\n经营场所停业的，应当在15日内拆除招牌。\n享受补贴的，应当每年报告。"

    def held(close: float) -> dict[str, float]:
        def similar(texts: Sequence[str]) -> Vectors:
            asked, case = np.array([1.0, 0.0, 0.0]), np.array([close, (1 - close**2) ** 0.5, 0.0])
            other = np.array([0.0, 0.0, 1.0])
            rows = [asked if "关张" in text else case if "停业" in text else other for text in texts]
            return np.array(rows, dtype=np.float32)

        (found,) = Checker([passage], "关张以后要拆吗", similar).weighed("应当在15日内拆除招牌[1]。") or []
        return found

    assert held(0.68)["unasked"] == 0.0 < held(0.1)["unasked"]


def test_a_negation_more_in_a_copied_clause_is_a_sign_of_its_own() -> None:
    passage = "某办法第三条\n智能快递柜的场地提供方未收取场地使用费的，不得向收件人收取费用。"
    (turned,) = (
        Checker([passage], "").weighed("智能快递柜的场地提供方收取场地使用费的，不得向收件人收取费用[1]。") or []
    )
    (kept,) = Checker([passage], "").weighed("场地提供方未收取场地使用费的，不能向收件人收取费用[1]。") or []
    assert turned["copy_denied"] > 0.8
    assert kept["copy_denied"] == 0.0


def test_twelve_months_are_a_year_and_no_other_number_is() -> None:
    passage = "某办法第三条\n登记失业人员正常经营满12个月的，给予补贴6000元。"
    for span, accepted_ in (("一年", True), ("1年", True), ("2年", False), ("12年", False), ("1个月", False)):
        said = f"登记失业人员正常经营满{span}的，给予补贴6000元[1]。"
        assert grounding.check(said, [passage], "开店有补贴吗").accepted is accepted_, span


def test_what_the_state_only_encourages_is_not_told_as_a_right() -> None:
    passage = "某条例第二十六条\n积极探索支持个体工商户购买保险的财税政策保障机制，鼓励保险机构提供适合的产品。"
    for said in ("个体工商户可以享受购买保险的财税政策保障机制[1]。", "可以购买保险的财税政策保障机制[1]。"):
        assert not grounding.check(said, [passage], "买保险有补贴吗").accepted
    assert grounding.check(
        "积极探索支持个体工商户购买保险的财税政策保障机制[1]。", [passage], "买保险有补贴吗"
    ).accepted


def test_a_condition_of_the_question_need_not_be_repeated() -> None:
    assert not Checker([RENT], "有补贴吗").check("每月补贴800元[1]。").accepted
    assert Checker([RENT], "创业人员租用经营场所有补贴吗").check("每月补贴800元[1]。").accepted


def test_a_condition_said_in_an_accepted_sentence_need_not_be_repeated() -> None:
    passage = "某办法第九条\n毕业不满两年的学生首次开店的，给予补贴。\n本条所称开店，每店补贴800元。"
    checker = Checker([passage], "有补贴吗")
    (first, second) = grounding.split("毕业不满两年的学生首次开店的，给予补贴[1]。给予补贴[1]。")
    assert {problem.kind for problem in checker.problems(second)} == {ProblemKind.DROPPED}
    assert checker.problems(first) == ()
    assert checker.problems(second) == ()


def test_a_refused_sentence_lends_no_condition() -> None:
    checker = Checker([RENT], "有补贴吗")
    (wrong, right) = grounding.split("创业人员租用经营场所的，每月补贴900元[1]。每月补贴800元[1]。")
    assert checker.problems(wrong)
    assert checker.problems(right)


def test_words_of_its_own_are_accepted_when_the_embedding_hears_the_same() -> None:
    sentence = "做买卖的人在外头租了屋子做经营，月月都能得到补贴钱[1]。"

    def same(texts: Sequence[str]) -> Vectors:
        return np.ones((len(texts), 1), dtype=np.float32)

    kinds = {problem.kind for problem in Checker([RENT], "租铺面能拿多少").check(sentence).problems}
    heard = {problem.kind for problem in Checker([RENT], "租铺面能拿多少", same).check(sentence).problems}
    assert ProblemKind.UNSUPPORTED in kinds
    assert ProblemKind.UNSUPPORTED not in heard


@pytest.mark.parametrize(("line", "kept"), [("12345", True), ("0000-55500112", False), ("13800000002", False)])
def test_of_phones_only_public_lines_pass(line: str, kept: bool) -> None:
    checked = grounding.check(f"可以拨打{line}咨询[1]。", [f"某办法\n可以拨打{line}咨询。"], "打什么电话")
    assert (ProblemKind.CONTACT not in {problem.kind for problem in checked.problems}) is kept


def test_half_a_sentence_and_a_bare_answer_belong_to_what_follows() -> None:
    (one,) = grounding.split("不能。父母的房子，不给予补贴；其他的，给予补贴[1]。")
    assert one.text == "不能。父母的房子，不给予补贴；其他的，给予补贴。"
    assert one.ends_cited


def test_a_bare_answer_must_agree_with_what_follows() -> None:
    assert grounding.check("不能。经营场所为父母所有的，不给予补贴[1]。", [RENT], "能补吗").accepted
    assert not grounding.check("可以。经营场所为父母所有的，不给予补贴[1]。", [RENT], "能补吗").accepted
