"""Conditions of a policy as written in YAML: all, any, not, at least k of n, and leaves from a closed list of tests."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag


class Strict(BaseModel):
    """What stands in a rulebook file: nothing unknown, nothing changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Comparison(StrEnum):
    """The closed list. Richer logic is a derived fact: a named Python function with its clause."""

    TRUE = "is_true"
    FALSE = "is_false"
    EQUALS = "equals"
    DIFFERS = "differs"
    ONE_OF = "one_of"
    NONE_OF = "none_of"
    LESS_THAN = "less_than"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    AT_LEAST = "at_least"
    BETWEEN = "between"
    """Both ends included."""
    BEFORE = "before"
    ON_OR_BEFORE = "on_or_before"
    AFTER = "after"
    ON_OR_AFTER = "on_or_after"
    MONTHS_PASSED = "months_passed"
    """So many months since the date, or more, on the day of the verdict."""
    WITHIN_MONTHS = "within_months"
    """Not more than so many months since the date."""
    DAYS_PASSED = "days_passed"
    WITHIN_DAYS = "within_days"
    WITHIN = "within"
    """The place lies in that region."""


Scalar = bool | int | float | str | date
Written = Scalar | list[Scalar] | None


class Leaf(Strict):
    """One condition on one fact."""

    fact: str = Field(description="事实的名称：facts.yaml、本文件 facts 或派生事实")
    test: Comparison = Field(description="检验方式，只有列出的这些")
    value: Written = Field(default=None, description="比较的对象；is_true、is_false 不写")
    says: str = Field(min_length=2, description="这个条件的白话，写成肯定句：月销售额低于10万元")
    basis: str = Field(description="依据的代号，见 basis")
    advice: str | None = Field(default=None, description="没满足时可以怎样做")


class AllOf(Strict):
    all: list[Condition] = Field(min_length=1)
    says: str | None = None


class AnyOf(Strict):
    any: list[Condition] = Field(min_length=1)
    says: str | None = None


class Not(Strict):
    not_: Condition = Field(alias="not")
    says: str | None = None


class AtLeast(Strict):
    at_least: int = Field(ge=1, description="至少满足几个")
    of: list[Condition] = Field(min_length=2)
    says: str | None = None


def _kind(value: Any) -> str | None:
    """Which form it is, by the key that only this form has."""
    for key, form in (("fact", "leaf"), ("all", "all"), ("any", "any"), ("not", "not"), ("of", "at_least")):
        if (key in value) if isinstance(value, dict) else hasattr(value, "not_" if key == "not" else key):
            return form
    return None


Condition = Annotated[
    Annotated[Leaf, Tag("leaf")]
    | Annotated[AllOf, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")]
    | Annotated[AtLeast, Tag("at_least")],
    Discriminator(
        _kind,
        custom_error_type="condition",
        custom_error_message="条件要写成 fact（一项检验）、all、any、not 或 at_least/of",
    ),
]

FORMS = frozenset[Literal["leaf", "all", "any", "not", "at_least"]]({"leaf", "all", "any", "not", "at_least"})
for _form in (AllOf, AnyOf, Not, AtLeast):
    _form.model_rebuild()
