"""A later document that takes the place of the one most self-tests of the sample city rest on."""

from datetime import date

from tests.knowledge.rules.sampled import DOCUMENTS

OLD = "青政规〔2025〕2号"
NEW = "青政规〔2026〕9号"
OPENING = "qinghe_opening_subsidy"
VETERAN = {
    "entity": "个体工商户",
    "region": "青禾市",
    "first_business": "是",
    "founder_category": "退役军人",
    "operating_normally": "是",
    "opened_on": "2026-01-01",
    "registered_on": "2026-01-01",
    "zero_employment_family": "否",
}
"""Who had the subsidy under the old document."""
BEFORE, AFTER = date(2026, 10, 31), date(2026, 12, 1)
_SOURCE = DOCUMENTS / "03-qinghe-chuangye-fuchi-2025.md"


def replacement() -> str:
    """In force from 2026-11-01, with 9000元 where it said 8000元."""
    text = revised().replace(OLD, NEW).replace("青政规〔2022〕5号", OLD)
    return text.replace("2025年5月28日", "2026年10月20日").replace("2025年7月1日", "2026年11月1日")


def revised() -> str:
    """The same document with another sum in it."""
    return _SOURCE.read_text(encoding="utf-8").replace("8000元", "9000元")
