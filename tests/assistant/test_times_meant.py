"""Which questions are about the rule of an earlier time, and which only tell a year of the person's own."""

from datetime import date

import pytest

from assistant.times_meant import time_meant

TODAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("said", "first", "last", "matter"),
    [
        ("2021年的时候租金补助是多少", (2021, 1, 1), (2021, 12, 31), "租金补助是多少"),
        ("2023年4月开铺的时候一次性补助多少钱", (2023, 4, 1), (2023, 4, 30), "一次性补助多少钱"),
        ("前年的租金补助给几个月", (2024, 1, 1), (2024, 12, 31), "租金补助给几个月"),
        ("去年下半年贷款利率多少", (2025, 7, 1), (2025, 12, 31), "贷款利率多少"),
        ("22年培训补助发几多", (2022, 1, 1), (2022, 12, 31), "培训补助发几多"),
        ("2023年补多少，现在补多少", (2023, 1, 1), (2023, 12, 31), "补多少"),
    ],
)
def test_a_year_of_a_rule_is_a_span_of_days(
    said: str, first: tuple[int, int, int], last: tuple[int, int, int], matter: str
) -> None:
    then = time_meant(said, TODAY)
    assert then is not None
    assert (then.first, then.last, then.matter) == (date(*first), date(*last), matter)


@pytest.mark.parametrize("said", ["以前租金补助是多少", "老办法里租金补助给多少", "当年租金补助怎么发"])
def test_before_has_no_days(said: str) -> None:
    then = time_meant(said, TODAY)
    assert then is not None
    assert then.last is None
    assert then.matter.startswith("租金补助")


@pytest.mark.parametrize(
    "said",
    [
        "我是2022年登记的店，现在能领多少",
        "2023年毕业的大学生开店补多少",
        "我去年招了两个人，能补多少",
        "我店2021年开到现在，怎么申请",
        "去年开的店能领多少",
        "2025年度年报几号截止",
        "2025年7月1日前登记的怎么办",
        "到2028年还能领多少",
        "以前我开过店，还算首次创办吗",
        "以前没报过年报，怎么补",
        "2024年10月被罚的，多久能修复",
        "经营24年了还能贷多少",
        "毕业2年内的高校毕业生补多少",
        "鄂市监质〔2022〕32号里写的几月底前完成",
    ],
)
def test_a_year_of_ones_own_or_of_now_is_no_earlier_rule(said: str) -> None:
    assert time_meant(said, TODAY) is None
