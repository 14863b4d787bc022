"""How picked-up facts are counted: right, wrong, missed, made up."""

import json
from pathlib import Path
from typing import Any

import pytest

from evals import fact_pickup
from evals.errors import BadDataset, Missing
from knowledge.rules.engine import shipped


def written(folder: Path, name: str, *sentences: dict[str, Any]) -> Path:
    file = folder / f"{name}.jsonl"
    lines = [json.dumps({"id": str(number), "kind": "said", **one}) for number, one in enumerate(sentences)]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_right_wrong_missed_and_made_up_are_counted_apart(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        "sentences",
        {"text": "店里三个人干活", "facts": {"employees": 3}},
        {"text": "房租一个月三千", "facts": {"monthly_rent": 4000}},
        {"text": "今天天气好", "facts": {"entity": "企业"}},
        {"text": "我是个体户", "facts": {}},
    )
    values = fact_pickup.evaluate(shipped(), [file])
    assert {name: values[name] for name in ("said", "right", "wrong", "missed", "invented")} == {
        "said": 3,
        "right": 0.3333,
        "wrong": 1,
        "missed": 1,
        "invented": 1,
    }
    assert [case["id"] for case in values["cases"]] == ["1", "2", "3"]


def test_what_may_be_heard_is_neither_right_nor_made_up(tmp_path: Path) -> None:
    file = written(tmp_path, "sentences", {"text": "我是个体户", "facts": {}, "allowed": {"entity": "个体工商户"}})
    values = fact_pickup.evaluate(shipped(), [file])
    assert (values["said"], values["invented"]) == (0, 0)


def test_a_fact_of_one_policy_counts_only_in_a_set_that_knows_such_facts(tmp_path: Path) -> None:
    text = "招牌做了六个平方，店里三个人干活"
    shared = written(tmp_path, "shared", {"text": text, "facts": {"employees": 3}})
    every = written(
        tmp_path, "every", {"text": text, "facts": {"employees": 3}}, {"text": "", "facts": {"sign_area": 1}}
    )
    assert fact_pickup.evaluate(shipped(), [shared])["invented"] == 0
    assert fact_pickup.evaluate(shipped(), [every])["invented"] == 1


def test_an_answer_is_heard_with_its_question(tmp_path: Path) -> None:
    file = written(tmp_path, "sentences", {"text": "三个", "asked": "employees", "facts": {"employees": 3}})
    assert fact_pickup.evaluate(shipped(), [file])["right"] == 1


def test_several_sets_are_scored_together_and_each_apart_and_frozen_ones_show_no_sentence(tmp_path: Path) -> None:
    first = written(tmp_path, "first", {"text": "店里三个人干活", "facts": {"employees": 3}})
    second = written(tmp_path, "second", {"text": "今天天气好", "facts": {"entity": "企业"}})
    values = fact_pickup.evaluate(shipped(), [first, second], cases=False)
    assert (values["said"], values["right"]) == (2, 0.5)
    assert {name: one["right"] for name, one in values["by_file"].items()} == {"first": 1, "second": 0}
    assert "cases" not in values


def test_a_set_that_is_not_there_or_not_written_well_says_so(tmp_path: Path) -> None:
    with pytest.raises(Missing):
        fact_pickup.evaluate(shipped(), [tmp_path / "none.jsonl"])
    with pytest.raises(BadDataset):
        fact_pickup.evaluate(shipped(), [written(tmp_path, "bad", {"text": "我", "facts": {"nothing": 1}})])


def test_on_the_development_set_nothing_is_made_up() -> None:
    values = fact_pickup.evaluate(shipped(), fact_pickup.DEVELOPMENT)
    assert values["right"] >= 0.85
    assert (values["wrong"], values["invented"]) == (0, 0)
