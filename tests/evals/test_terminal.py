"""What the measuring commands print for people."""

from typing import Any

import pytest

from evals.terminal import show

COUNTED = {f"figure_{number}": number for number in range(12)} | {"parts": {"find": {"p50": 37.5, "p95": 50.1}}}


def test_a_table_with_many_columns_is_turned_and_its_inner_tables_follow(capsys: pytest.CaptureFixture[str]) -> None:
    values: dict[str, Any] = {"by_regions": {"1": COUNTED, "10": COUNTED}}

    show(values, as_json=False, title="提问")

    printed = capsys.readouterr().out
    assert "figure_11" in printed
    assert "by_regions 10 parts" in printed
    assert "37.5" in printed
    assert "{" not in printed
