"""The independent check of what was shown: facts that no shown source carries."""

from typing import Any

import pytest

from evals import shown

SOURCE: dict[str, Any] = {
    "title": "青禾市个体工商户创业扶持办法",
    "doc_number": "青政规〔2025〕2号",
    "clause": "第六条",
    "effective_from": "2025-07-01",
    "effective_to": None,
    "quote": "申请人应当于2025年6月30日前提出，每户八千元，在30日内办结，咨询0717-1234567。",
}
OTHER = SOURCE | {"clause": "第九条", "quote": "每户每年不超过500元。"}
QUESTION = "我2024年开的店能拿多少？"


def check(sentence: str, cited: tuple[int, ...] = (1,)) -> shown.Checked:
    return shown.check([(sentence, cited)], sentence, [SOURCE, OTHER], QUESTION)


@pytest.mark.parametrize(
    "sentence",
    [
        "每户8000元[1]。",
        "6月30日前提出[1]。",
        "第六条规定30日内办结[1]。",
        "青政规[2025]2号[1]。",
        "电话07171234567[1]。",
    ],
)
def test_what_the_cited_source_says_is_right_in_any_writing(sentence: str) -> None:
    assert check(sentence) == shown.Checked((), (), ())


@pytest.mark.parametrize(
    "sentence",
    [
        "每户8500元[1]。",
        "7月30日前提出[1]。",
        "2026年6月30日前提出[1]。",
        "30个工作日内办结[1]。",
        "第七条规定[1]。",
        "青政规〔2025〕3号[1]。",
        "电话0717-1234568[1]。",
        "见www.example.com[1]。",
        "百分之八[1]。",
    ],
)
def test_one_wrong_fact_is_listed(sentence: str) -> None:
    assert len(check(sentence).wrong) == 1


def test_a_fact_of_another_source_is_reported_apart() -> None:
    checked = check("每年不超过500元[1]。")
    assert (len(checked.wrong), len(checked.elsewhere)) == (0, 1)


def test_a_fact_of_the_question_alone_is_reported_apart() -> None:
    checked = check("2024年开的店可以申请[1]。")
    assert (len(checked.wrong), len(checked.asked_only)) == (0, 1)


def test_our_own_words_around_it_are_reported_apart() -> None:
    said = "每户8000元[1]。"
    checked = shown.check([(said, (1,))], f"{said}\n拨打12345，或者在99日内再来。", [SOURCE], QUESTION)
    assert (checked.wrong, [slip.words for slip in checked.own_words]) == ((), ["99日"])


def test_numbers_of_lists_and_citations_are_no_facts() -> None:
    text = "查到的规定：\n3. “每户八千元”\n   [3]《青禾市个体工商户创业扶持办法》第六条"
    assert shown.check([], text, [SOURCE], QUESTION).own_words == ()


def test_a_heading_that_repeats_the_question_is_not_the_model_s() -> None:
    assert check(f"一、{QUESTION}\n每户8000元[1]。") == shown.Checked((), (), ())
