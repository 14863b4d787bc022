"""The rulebook says what is wrong with it by file and line."""

import json
from datetime import date
from pathlib import Path

import pytest

from knowledge.rules import load
from knowledge.rules.errors import BadRulebook, UnknownPolicy
from knowledge.rules.model import json_schema
from tests.knowledge.rules.making import policy, write_book


def complaints(folder: Path) -> list[str]:
    return [str(one) for one in load.read(folder)[1]]


def line_of(file: Path, words: str) -> int:
    lines = file.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if words in line)


def test_a_sound_rulebook_is_read_without_complaint(tmp_path: Path) -> None:
    book = load.load(write_book(tmp_path, policy()))
    assert list(book.policies) == ["relief"]
    with pytest.raises(UnknownPolicy, match="没有编号为“other”的政策"):
        book.policy("other")


def test_a_misspelt_key_is_named_with_its_line(tmp_path: Path) -> None:
    write_book(tmp_path, policy(sumary="写错"))
    expected = line_of(tmp_path / "relief.yaml", "sumary")
    assert complaints(tmp_path) == [f"relief.yaml 第 {expected} 行：sumary：没有这一项，是不是写错了名称"]


def test_a_wrong_test_deep_in_a_condition_is_named_with_its_line(tmp_path: Path) -> None:
    leaf = {"fact": "staff", "test": "atmost", "value": 10, "says": "不超过十人", "basis": "law"}
    edition = {"from": date(2026, 1, 1), "conditions": {"all": [{"any": [leaf]}]}}
    write_book(tmp_path, policy(editions=[edition]))
    expected = line_of(tmp_path / "relief.yaml", "atmost")
    assert [one.split("：")[0] for one in complaints(tmp_path)] == [f"relief.yaml 第 {expected} 行"]


def test_yaml_that_cannot_be_read_is_told_with_its_line(tmp_path: Path) -> None:
    write_book(tmp_path)
    (tmp_path / "broken.yaml").write_text("id: broken\ntitle: [一\n", encoding="utf-8")
    assert complaints(tmp_path)[0].startswith("broken.yaml 第 3 行：不是合格的 YAML")


def test_a_key_given_twice_is_not_silently_overwritten(tmp_path: Path) -> None:
    write_book(tmp_path, policy())
    file = tmp_path / "relief.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "short: 另一个\n", encoding="utf-8")
    assert any("short 写了两次" in one for one in complaints(tmp_path))


def test_a_retold_basis_must_not_claim_to_have_been_read(tmp_path: Path) -> None:
    law = {"document": "示例减负条例", "retold": "大意如此", "grade": "V法"}
    write_book(tmp_path, policy(basis={"law": law}))
    assert any("V法 是读过原文的" in one for one in complaints(tmp_path))


def test_what_is_from_memory_has_no_grade(tmp_path: Path) -> None:
    law = {"document": "示例减负条例", "retold": "大意如此", "grade": "R"}
    write_book(tmp_path, policy(basis={"law": law}))
    assert any("grade：只能是" in one for one in complaints(tmp_path))


def test_all_complaints_come_at_once(tmp_path: Path) -> None:
    write_book(tmp_path, policy(level="市"), policy("second", short=""), policy("third", region="12"))
    with pytest.raises(BadRulebook) as raised:
        load.load(tmp_path)
    assert {one.file for one in raised.value.complaints} >= {"relief.yaml", "third.yaml"}


def test_the_file_bears_the_name_of_its_policy(tmp_path: Path) -> None:
    write_book(tmp_path, policy())
    (tmp_path / "relief.yaml").rename(tmp_path / "other.yaml")
    assert any("文件名要和编号一样" in one for one in complaints(tmp_path))


def test_a_fact_stands_in_one_place_only(tmp_path: Path) -> None:
    own = {"staff": {"type": "whole", "ask": "有多少人？", "label": "人数", "unit": "人"}}
    write_book(tmp_path, policy(facts=own))
    assert any("事实 staff 别处已经有了" in one for one in complaints(tmp_path))


def test_the_published_schema_is_the_one_of_the_code() -> None:
    published = json.loads((load.FOLDER / "schema.json").read_text(encoding="utf-8"))
    assert published == json_schema(), "请运行 xiaoer rules schema > knowledge/rulebook/schema.json"
