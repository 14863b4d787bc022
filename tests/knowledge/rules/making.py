"""Policies of one test: conditions drawn by hypothesis, and small rulebooks written to a folder."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from knowledge.rules.conditions import AllOf, AnyOf, AtLeast, Comparison, Condition, Leaf, Not
from knowledge.rules.logic import Tree, compile_tree
from knowledge.rules.model import Fact
from knowledge.rules.values import FactType, Value

ON = date(2026, 6, 15)
FACTS: dict[str, Fact] = {
    "open": Fact(type=FactType.YES_NO, ask="开业了吗？", label="开业"),
    "insured": Fact(type=FactType.YES_NO, ask="参保了吗？", label="参保"),
    "people": Fact(type=FactType.WHOLE, ask="有多少人？", label="人数", unit="人", minimum=0),
    "sales": Fact(type=FactType.MONEY, ask="销售额多少？", label="销售额", minimum=0),
    "kind": Fact(type=FactType.CHOICE, ask="是哪一类？", label="类别", options={"甲": "", "乙": "", "丙": ""}),
    "since": Fact(type=FactType.DATE, ask="哪天开始的？", label="开始日期"),
}
VALUES: dict[str, st.SearchStrategy[Value]] = {
    "open": st.booleans(),
    "insured": st.booleans(),
    "people": st.integers(0, 12),
    "sales": st.integers(0, 1200).map(Decimal),
    "kind": st.sampled_from(["甲", "乙", "丙"]),
    "since": st.dates(date(2025, 1, 1), date(2026, 12, 31)),
}
TESTS: list[tuple[str, Comparison, st.SearchStrategy[Any]]] = [
    ("open", Comparison.TRUE, st.none()),
    ("insured", Comparison.FALSE, st.none()),
    ("people", Comparison.AT_MOST, st.integers(1, 10)),
    ("people", Comparison.MORE_THAN, st.integers(1, 10)),
    ("sales", Comparison.LESS_THAN, st.integers(1, 1000)),
    ("sales", Comparison.BETWEEN, st.integers(1, 500).map(lambda low: [low, low + 100])),
    ("kind", Comparison.EQUALS, st.sampled_from(["甲", "乙", "丙"])),
    ("kind", Comparison.NONE_OF, st.sampled_from([["甲"], ["甲", "乙"]])),
    ("since", Comparison.MONTHS_PASSED, st.integers(1, 12)),
    ("since", Comparison.WITHIN_DAYS, st.integers(1, 300)),
    ("since", Comparison.ON_OR_AFTER, st.sampled_from(["2025-07-01", "2026-03-31"])),
]


@st.composite
def leaves(draw: st.DrawFn) -> Condition:
    fact, test, values = draw(st.sampled_from(TESTS))
    return Leaf(fact=fact, test=test, value=draw(values), says="条件", basis="law")


def _at_least(inner: list[Condition]) -> st.SearchStrategy[Condition]:
    return st.integers(1, len(inner)).map(lambda count: AtLeast(at_least=count, of=inner))


def _joined(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(inner, min_size=2, max_size=3)
    return st.one_of(
        several.map(lambda parts: AllOf(all=parts)),
        several.map(lambda parts: AnyOf(any=parts)),
        several.flatmap(_at_least),
        inner.map(lambda part: Not.model_validate({"not": part})),
    )


conditions = st.recursive(leaves(), _joined, max_leaves=7)
trees: st.SearchStrategy[Tree] = conditions.map(lambda condition: compile_tree(condition, FACTS))
partial = st.fixed_dictionaries({}, optional=VALUES)
complete = st.fixed_dictionaries(VALUES)

SHARED = {
    "entity": {"type": "choice", "ask": "您是哪一类？", "label": "主体", "options": {"个体工商户": "", "企业": ""}},
    "region": {"type": "region", "ask": "在哪里登记？", "label": "登记地"},
    "staff": {"type": "whole", "ask": "有多少人？", "label": "人数", "unit": "人", "minimum": 0},
}


def policy(identity: str = "relief", **changes: Any) -> dict[str, Any]:
    """A sound policy of the least size, as its YAML says it."""
    facts = {"entity": "个体工商户"}
    cases: list[dict[str, Any]] = [
        {"name": "十人", "as_of": date(2026, 1, 1), "facts": {**facts, "staff": 10}, "expect": "met"},
        {"name": "十一人", "as_of": date(2026, 1, 1), "facts": {**facts, "staff": 11}, "expect": "not_met"},
        {"name": "企业", "as_of": date(2026, 1, 1), "facts": {"entity": "企业"}, "expect": "not_met"},
        {"name": "没说", "as_of": date(2026, 1, 1), "facts": facts, "expect": "unknown"},
        {"name": "前一天", "as_of": date(2025, 12, 31), "facts": facts, "expect": "not_yet"},
        {"name": "后一天", "as_of": date(2027, 1, 1), "facts": facts, "expect": "ended"},
    ]
    return {
        "id": identity,
        "title": "全国十人以下个体工商户减负",
        "short": "减负",
        "level": "国家",
        "region": "100000",
        "department": "示例部门",
        "summary": "十人以下的个体工商户可以减负。",
        "scope": {"entities": ["个体工商户"], "basis": "law"},
        "basis": {
            "law": {
                "document": "示例减负条例",
                "clause": "第三条",
                "quote": "十人以下的个体工商户减负。",
                "grade": "V法",
            }
        },
        "editions": [
            {
                "from": date(2026, 1, 1),
                "to": date(2026, 12, 31),
                "conditions": {"fact": "staff", "test": "at_most", "value": 10, "says": "不超过十人", "basis": "law"},
            }
        ],
        "cases": cases,
    } | changes


def write_book(folder: Path, *policies: dict[str, Any], gates: list[dict[str, Any]] | None = None) -> Path:
    """A rulebook folder with these policies."""
    parts = {
        "facts": {"facts": SHARED},
        "gates": {"gates": gates or []},
        "sayings": {"sayings": {}},
        **{str(one["id"]): one for one in policies},
    }
    for name, content in parts.items():
        text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder
