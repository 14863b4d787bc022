"""`xiaoer rules check` finds what a curator got wrong."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge.rules.check import check
from knowledge.rules.check_findings import QuoteState, Weight
from tests.knowledge.rules.making import policy, write_book

TODAY = date(2026, 6, 1)


def leaf(fact: str = "staff", test: str = "at_most", value: Any = 10, says: str = "不超过十人") -> dict[str, Any]:
    return {"fact": fact, "test": test, "value": value, "says": says, "basis": "law"}


def edition(conditions: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"from": date(2026, 1, 1), "to": date(2026, 12, 31), "conditions": conditions} | changes


def errors(folder: Path, **changes: Any) -> list[str]:
    found = check(write_book(folder, policy(**changes)), today=TODAY)
    return [str(one) for one in found.errors]


def test_a_sound_policy_passes(tmp_path: Path) -> None:
    found = check(write_book(tmp_path, policy()), today=TODAY)
    assert not found.errors
    assert (found.policies[0].cases, found.policies[0].failed) == (6, 0)


@pytest.mark.parametrize(
    ("conditions", "complaint"),
    [
        (leaf(fact="people"), "没有事实 people"),
        (leaf(test="within", value="990100"), "within 不能检验 whole"),
        (leaf(value="很多"), "整数"),
        (leaf(test="between", value=[10, 1]), "between 的 value 是 [小的, 大的]"),
        (leaf() | {"basis": "other"}, "basis 里没有 other"),
        ({"all": [leaf(), leaf(test="more_than", value=20)]}, "怎么回答都不会符合"),
        ({"any": [leaf(), leaf(test="more_than")]}, "怎么回答都符合"),
        ({"at_least": 3, "of": [leaf(), leaf(value=5)]}, "不能至少 3 个"),
    ],
)
def test_a_condition_that_makes_no_sense_is_found(tmp_path: Path, conditions: dict[str, Any], complaint: str) -> None:
    assert any(complaint in one for one in errors(tmp_path, editions=[edition(conditions)]))


def test_a_condition_that_could_be_left_out_is_remarked(tmp_path: Path) -> None:
    conditions = {"any": [leaf(), leaf(value=5, says="不超过五人")]}
    found = check(write_book(tmp_path, policy(editions=[edition(conditions)])), today=TODAY)
    assert any("“不超过五人”是多余的" in str(one.complaint) for one in found.policies[0].findings)


def test_a_worked_case_that_comes_out_otherwise_is_found(tmp_path: Path) -> None:
    editions = [edition(leaf(test="less_than"))]
    assert any("例子“十人”：应是 met，算出来是 not_met" in one for one in errors(tmp_path, editions=editions))


def test_editions_neither_overlap_nor_leave_a_gap(tmp_path: Path) -> None:
    later = edition(leaf(), to=None) | {"from": date(2026, 12, 1)}
    assert any("和上一版重叠" in one for one in errors(tmp_path, editions=[edition(leaf()), later]))
    later["from"] = date(2027, 2, 1)
    assert any("有空档" in one for one in errors(tmp_path, editions=[edition(leaf()), later]))


def test_an_edition_that_ran_out_is_remarked(tmp_path: Path) -> None:
    found = check(write_book(tmp_path, policy()), today=date(2027, 1, 1))
    remarks = [one for each in found.policies for one in each.findings if one.weight is Weight.REMARK]
    assert any("到期" in one.complaint.reason for one in remarks)


def test_a_title_names_the_region_and_no_text_has_a_telephone(tmp_path: Path) -> None:
    assert any("标题要以行政区划" in one for one in errors(tmp_path, title="个体工商户减负"))
    assert any("不能写电话" in one for one in errors(tmp_path, apply_at="请打 0000-0000000"))


def test_fewer_than_six_worked_cases_are_too_few(tmp_path: Path) -> None:
    assert any("例子只有 2 个" in one for one in errors(tmp_path, cases=policy()["cases"][:2]))


@pytest.mark.parametrize("formula", ["staff ** 2", "__import__('os')", "open", "staff + entity", "max()"])
def test_a_formula_that_is_not_on_the_list_is_refused(tmp_path: Path, formula: str) -> None:
    benefit = {"label": "补贴", "kind": "rate", "says": "按人数", "basis": "law", "formula": formula}
    assert errors(tmp_path, editions=[edition(leaf(), benefits=[benefit])])


def test_a_quote_that_is_not_word_for_word_is_an_error(tmp_path: Path) -> None:
    found = check(write_book(tmp_path, policy()), today=TODAY, quote_state=lambda _: QuoteState.MISMATCHED)
    assert found.total(QuoteState.MISMATCHED) == 1
    assert any("没有这句原文" in one.reason for one in found.errors)


def test_one_broken_policy_does_not_hide_the_others(tmp_path: Path) -> None:
    broken = policy("broken", editions=[edition(leaf(fact="people"))])
    found = check(write_book(tmp_path, policy(), broken), today=TODAY)
    assert {one.policy: one.cases for one in found.policies} == {"relief": 6, "broken": 0}
