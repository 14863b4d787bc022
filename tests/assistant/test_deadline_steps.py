"""Which periods of a clause run from the same day, and which from the end of the one before."""

import pytest

from assistant.flows.deadline import CHAINED, steps


@pytest.mark.parametrize(
    ("clause", "chained"),
    [
        ("自受理之日起5个工作日内现场核查、8个工作日内作出决定，决定之日起2个工作日内发证。", [False, False, True]),
        ("自受理之日起5个工作日内审核后3个工作日内公示。", [False, True]),
        ("经营满6个月之日起12个月内提出。", [False, True]),
    ],
)
def test_a_list_of_periods_runs_from_one_day_and_a_new_event_begins_another(clause: str, chained: list[bool]) -> None:
    assert [words.startswith(CHAINED) for _, words in steps(clause)] == chained
