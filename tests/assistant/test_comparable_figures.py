"""Figures as people say them and as documents write them come to one form."""

import pytest

from assistant.comparable_figures import figures

ALIKE = (
    ("场租补贴是半年领一回吗", "每6个月申领一次"),
    ("开店补五千", "一次性开业补贴5000元"),
    ("补三千五", "补贴3500元"),
    ("给我1万2", "12000元"),
    ("省里30w", "最高30万元"),
    ("租金补四成", "按租金的40%"),
    ("超过四十平的", "使用面积在40平方米以下"),
    ("两年内", "24个月"),
    ("公示七天", "公示7日"),
    ("两礼拜", "14日"),
    ("十月三十一号", "10月31日"),
    ("一年半", "18个月"),
)


@pytest.mark.parametrize(("said", "written"), ALIKE)
def test_a_figure_said_is_the_figure_written(said: str, written: str) -> None:
    assert figures(said).keys() & figures(written).keys()


@pytest.mark.parametrize("text", ["2024年的规定", "第六条怎么说", "青政规〔2025〕2号", "我家三口人的店", "一个小店"])
def test_years_clauses_and_articles_are_no_sums(text: str) -> None:
    assert all(one.unit != "元" for one in figures(text))
