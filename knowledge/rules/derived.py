"""Derived facts: what follows from several answers by a clause, each a named function.

A function says None where the answers do not settle it, and must not change its
mind when more answers come (tests/knowledge/rules/test_derived.py).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType

from knowledge.rules.model import Fact
from knowledge.rules.values import FactType, Value

Facts = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Derived:
    fact: Fact
    needs: tuple[str, ...]
    clause: str
    compute: Callable[[Facts], Value | None]
    probes: Mapping[str, tuple[Value, ...]]
    """For each need, values on every side of every point where the function turns."""
    narrowed: Callable[[Facts], tuple[str, ...]] | None = None
    """The needs that still matter once some are known."""

    def wants(self, facts: Facts) -> list[str]:
        """Needs nobody gave that can change the result, in the order to ask."""
        names = self.needs if self.narrowed is None else self.narrowed(facts)
        return [name for name in names if name not in facts]


def ratio(part: str, whole: str) -> Callable[[Facts], Value | None]:
    """One number as a share of another; of nothing there is no share."""

    def compute(facts: Facts) -> Value | None:
        above, below = facts.get(part), facts.get(whole)
        if above is None or below is None or not below:
            return None
        return Decimal(str(above)) / Decimal(str(below))

    return compute


_WAN = Decimal(10**4)
SIZES = ("微型", "小型", "中型", "大型")
_PEOPLE, _REVENUE, _ASSETS = "employees", "annual_revenue", "total_assets"

# 工信部联企业〔2011〕300号 第四条（rules.md B2）：每一行是小型、中型、大型各从多少起；金额以万元计
_SIZE_TABLE: Mapping[str, Mapping[str, tuple[int, int, int]]] = MappingProxyType(
    {
        "农、林、牧、渔业": {_REVENUE: (50, 500, 20000)},
        "工业": {_PEOPLE: (20, 300, 1000), _REVENUE: (300, 2000, 40000)},
        "建筑业": {_REVENUE: (300, 6000, 80000), _ASSETS: (300, 5000, 80000)},
        "批发业": {_PEOPLE: (5, 20, 200), _REVENUE: (1000, 5000, 40000)},
        "零售业": {_PEOPLE: (10, 50, 300), _REVENUE: (100, 500, 20000)},
        "交通运输业": {_PEOPLE: (20, 300, 1000), _REVENUE: (200, 3000, 30000)},
        "仓储业": {_PEOPLE: (20, 100, 200), _REVENUE: (100, 1000, 30000)},
        "邮政业": {_PEOPLE: (20, 300, 1000), _REVENUE: (100, 2000, 30000)},
        "住宿业": {_PEOPLE: (10, 100, 300), _REVENUE: (100, 2000, 10000)},
        "餐饮业": {_PEOPLE: (10, 100, 300), _REVENUE: (100, 2000, 10000)},
        "信息传输业": {_PEOPLE: (10, 100, 2000), _REVENUE: (100, 1000, 100000)},
        "软件和信息技术服务业": {_PEOPLE: (10, 100, 300), _REVENUE: (50, 1000, 10000)},
        "房地产开发经营": {_REVENUE: (100, 1000, 200000), _ASSETS: (2000, 5000, 10000)},
        "物业管理": {_PEOPLE: (100, 300, 1000), _REVENUE: (500, 1000, 5000)},
        "租赁和商务服务业": {_PEOPLE: (10, 100, 300), _ASSETS: (100, 8000, 120000)},
        "其他行业": {_PEOPLE: (10, 100, 300)},
    }
)
INDUSTRIES = tuple(_SIZE_TABLE)


def enterprise_size(facts: Facts) -> Value | None:
    """The lowest class that any criterion of the industry gives; one criterion at the bottom settles it."""
    industry = facts.get("industry")
    if industry is None:
        return None
    levels = [_level(name, facts.get(name), bounds) for name, bounds in _SIZE_TABLE[str(industry)].items()]
    if 0 in levels:
        return SIZES[0]
    known = [level for level in levels if level is not None]
    return SIZES[min(known)] if len(known) == len(levels) else None


def _criteria(facts: Facts) -> tuple[str, ...]:
    """Only the figures the industry goes by; the industry comes first."""
    industry = facts.get("industry")
    return ("industry",) if industry is None else tuple(_SIZE_TABLE[str(industry)])


def _level(name: str, value: Value | None, bounds: tuple[int, int, int]) -> int | None:
    if value is None:
        return None
    unit = 1 if name == _PEOPLE else _WAN
    return sum(Decimal(str(value)) >= bound * unit for bound in bounds)


def _size_probes() -> dict[str, tuple[Value, ...]]:
    found: dict[str, set[Value]] = {_PEOPLE: set(), _REVENUE: set(), _ASSETS: set()}
    for criteria in _SIZE_TABLE.values():
        for name, bounds in criteria.items():
            for bound in bounds:
                found[name] |= {bound - 1, bound} if name == _PEOPLE else {bound * _WAN - 1, bound * _WAN}
    return {"industry": INDUSTRIES, **{name: tuple(sorted(values)) for name, values in found.items()}}


_MEASURES_OF_2025 = date(2025, 7, 1)


def registered_since_july_2025(facts: Facts) -> Value | None:
    """Open for an older shop: 第二十五条 lets it apply by the old standard, and says nothing of the new one."""
    day = facts.get("registered_on")
    return True if isinstance(day, date) and day >= _MEASURES_OF_2025 else None


def _fact(label: str, kind: FactType, options: tuple[str, ...] = ()) -> Fact:
    return Fact(type=kind, ask=f"{label}（由别的回答算出）", label=label, options=dict.fromkeys(options, ""))


DERIVED: Mapping[str, Derived] = MappingProxyType(
    {
        "registered_since_july_2025": Derived(
            _fact("2025年7月1日以后登记", FactType.YES_NO),
            ("registered_on",),
            "青政规〔2025〕2号《青禾市个体工商户创业扶持办法》第二十五条",
            registered_since_july_2025,
            {"registered_on": (_MEASURES_OF_2025 - timedelta(days=1), _MEASURES_OF_2025)},
        ),
        "enterprise_size": Derived(
            _fact("企业规模", FactType.CHOICE, SIZES[::-1]),
            ("industry", _PEOPLE, _REVENUE, _ASSETS),
            "工信部联企业〔2011〕300号《中小企业划型标准规定》第四条",
            enterprise_size,
            _size_probes(),
            _criteria,
        ),
        "disabled_ratio": Derived(
            _fact("安排残疾人就业比例", FactType.RATIO),
            ("disabled_employees", _PEOPLE),
            "《残疾人就业条例》第八条：不得低于本单位在职职工总数的1.5%，具体比例由省级政府规定",
            ratio("disabled_employees", _PEOPLE),
            {"disabled_employees": (0, 1, 2, 10), _PEOPLE: (1, 30, 31, 66, 67, 100, 200)},
        ),
        "layoff_rate": Derived(
            _fact("上年裁员率", FactType.RATIO),
            ("layoffs", "insured_employees"),
            "人社部发〔2026〕39号 一；文件没有写怎样计算，这里按裁员人数占参保人数估算",
            ratio("layoffs", "insured_employees"),
            {"layoffs": (0, 1, 2, 6, 7, 20), "insured_employees": (1, 10, 30, 31, 100)},
        ),
    }
)
