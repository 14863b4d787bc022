"""Words about a draft that lies before the person: put in their place, added, or the end of it."""

import pytest

from assistant import drafts

DRAFT = "北街的路灯坏了半个月。希望尽快修好"


@pytest.mark.parametrize(
    ("said", "draft"),
    [
        ("不对，不是北街，是南街", "南街的路灯坏了半个月。希望尽快修好"),
        ("写错了，不是半个月是一个月", "北街的路灯坏了一个月。希望尽快修好"),
        ("把北街改成南街", "南街的路灯坏了半个月。希望尽快修好"),
        ("把“希望尽快修好”这句删掉", "北街的路灯坏了半个月"),
        ("晚上客人都不敢来", "北街的路灯坏了半个月。希望尽快修好。晚上客人都不敢来"),
        ("不是钱的事，是态度问题", "北街的路灯坏了半个月。希望尽快修好。不是钱的事，是态度问题"),
        ("重新写：门口积水", "门口积水"),
        ("重写", ""),
    ],
)
def test_a_correction_takes_the_place_of_what_was_wrong(said: str, draft: str) -> None:
    assert drafts.changed(DRAFT, said) == draft
