"""The closed list of tests: what each compares, what it says of a value on a day, and where its verdict turns.

A predicate answers True or False, and None where the value given does not settle it
(somebody in 青禾市, a rule of 南屏区).
"""

import calendar
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType

from knowledge import regions
from knowledge.rules.conditions import Comparison, Leaf
from knowledge.rules.model import Fact
from knowledge.rules.values import FactType, Unreadable, Value, read

Predicate = Callable[[Value, date], bool | None]

_NUMBERS = frozenset({FactType.WHOLE, FactType.MONEY, FactType.RATIO, FactType.PERIOD})
_DATES = frozenset({FactType.DATE})
_CHOICES = frozenset({FactType.CHOICE})
_MONTHS = frozenset({Comparison.MONTHS_PASSED, Comparison.WITHIN_MONTHS})
_DAYS = frozenset({Comparison.DAYS_PASSED, Comparison.WITHIN_DAYS})
_COUNTED = _MONTHS | _DAYS
LISTS = frozenset({Comparison.ONE_OF, Comparison.NONE_OF, Comparison.BETWEEN})

TYPES: Mapping[Comparison, frozenset[FactType]] = MappingProxyType(
    {
        Comparison.TRUE: frozenset({FactType.YES_NO}),
        Comparison.FALSE: frozenset({FactType.YES_NO}),
        Comparison.EQUALS: _CHOICES,
        Comparison.DIFFERS: _CHOICES,
        Comparison.ONE_OF: _CHOICES,
        Comparison.NONE_OF: _CHOICES,
        Comparison.LESS_THAN: _NUMBERS,
        Comparison.AT_MOST: _NUMBERS,
        Comparison.MORE_THAN: _NUMBERS,
        Comparison.AT_LEAST: _NUMBERS,
        Comparison.BETWEEN: _NUMBERS,
        Comparison.BEFORE: _DATES,
        Comparison.ON_OR_BEFORE: _DATES,
        Comparison.AFTER: _DATES,
        Comparison.ON_OR_AFTER: _DATES,
        Comparison.MONTHS_PASSED: _DATES,
        Comparison.WITHIN_MONTHS: _DATES,
        Comparison.DAYS_PASSED: _DATES,
        Comparison.WITHIN_DAYS: _DATES,
        Comparison.WITHIN: frozenset({FactType.REGION}),
    }
)
_STEP: Mapping[FactType, int | Decimal] = MappingProxyType(
    {FactType.WHOLE: 1, FactType.PERIOD: 1, FactType.MONEY: Decimal("0.01"), FactType.RATIO: Decimal("0.0001")}
)


@functools.lru_cache(maxsize=65_536)
def add_months(day: date, months: int) -> date:
    """The same day so many months on; the month's last day where there is no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def operands(leaf: Leaf, fact: Fact) -> list[Value]:
    """What the leaf compares with. Raises Unreadable where test, type and value do not go together."""
    if fact.type not in TYPES[leaf.test]:
        fitting = "、".join(test for test, types in TYPES.items() if fact.type in types)
        raise Unreadable(f"{leaf.test} 不能检验 {fact.type}；能用的是 {fitting}")
    if leaf.test in {Comparison.TRUE, Comparison.FALSE}:
        if leaf.value is not None:
            raise Unreadable(f"{leaf.test} 不写 value")
        return []
    if isinstance(leaf.value, list) != (leaf.test in LISTS):
        raise Unreadable(f"{leaf.test} 的 value 应是{'列表' if leaf.test in LISTS else '一个值'}")
    given = leaf.value if isinstance(leaf.value, list) else [leaf.value]
    if leaf.test in _COUNTED:
        return [read(FactType.WHOLE, one) for one in given]
    found = [read(fact.type, one, unit=fact.unit, options=tuple(fact.options)) for one in given]
    if leaf.test is Comparison.BETWEEN and (len(found) != 2 or found[0] > found[1]):  # type: ignore[operator]
        raise Unreadable("between 的 value 是 [小的, 大的]")
    return found


def predicate(leaf: Leaf, fact: Fact) -> Predicate:
    """What the leaf says of a value. Raises Unreadable."""
    return _MAKE[leaf.test](operands(leaf, fact))


def _in_set(wanted: Sequence[Value]) -> Predicate:
    among = frozenset(wanted)
    return lambda value, _: value in among


def _out_of_set(wanted: Sequence[Value]) -> Predicate:
    among = frozenset(wanted)
    return lambda value, _: value not in among


def _within(wanted: Sequence[Value]) -> Predicate:
    code = str(wanted[0])
    own = "" if code == regions.COUNTRY else code[:2] if code.endswith("0000") else code.removesuffix("00")
    above = frozenset(regions.chain(code)) - {code}

    def lies_within(value: Value, _: date) -> bool | None:
        place = str(value)
        if place.startswith(own):  # the same as regions.binds, ten times as fast
            return True
        return None if place in above else False

    return lies_within


def _compared(test: Comparison) -> Callable[[Sequence[Value]], Predicate]:
    """Numbers and dates with one bound; the values have the bound's type (values.read)."""

    def make(wanted: Sequence[Value]) -> Predicate:
        bound = wanted[0]
        compare: Mapping[Comparison, Predicate] = {
            Comparison.LESS_THAN: lambda value, _: value < bound,  # type: ignore[operator]
            Comparison.AT_MOST: lambda value, _: value <= bound,  # type: ignore[operator]
            Comparison.MORE_THAN: lambda value, _: value > bound,  # type: ignore[operator]
            Comparison.AT_LEAST: lambda value, _: value >= bound,  # type: ignore[operator]
        }
        return compare[_LIKE.get(test, test)]

    return make


_LIKE = {
    Comparison.BEFORE: Comparison.LESS_THAN,
    Comparison.ON_OR_BEFORE: Comparison.AT_MOST,
    Comparison.AFTER: Comparison.MORE_THAN,
    Comparison.ON_OR_AFTER: Comparison.AT_LEAST,
}


def _between(wanted: Sequence[Value]) -> Predicate:
    low, high = wanted
    return lambda value, _: low <= value <= high  # type: ignore[operator]


def _counted(test: Comparison) -> Callable[[Sequence[Value]], Predicate]:
    def make(wanted: Sequence[Value]) -> Predicate:
        count = int(str(wanted[0]))
        if test in {Comparison.MONTHS_PASSED, Comparison.DAYS_PASSED}:
            return lambda value, on: turns(test, count, value) <= on
        return lambda value, on: on <= turns(test, count, value)

    return make


def turns(test: Comparison, count: int, value: Value) -> date:
    """The first day a period has passed, the last day one is still within it."""
    if not isinstance(value, date):
        raise TypeError(value)
    return add_months(value, count) if test in _MONTHS else value + timedelta(days=count)


_MAKE: Mapping[Comparison, Callable[[Sequence[Value]], Predicate]] = MappingProxyType(
    {
        Comparison.TRUE: lambda _: lambda value, _on: value is True,
        Comparison.FALSE: lambda _: lambda value, _on: value is False,
        Comparison.EQUALS: _in_set,
        Comparison.ONE_OF: _in_set,
        Comparison.DIFFERS: _out_of_set,
        Comparison.NONE_OF: _out_of_set,
        Comparison.BETWEEN: _between,
        Comparison.WITHIN: _within,
        **{
            test: _compared(test)
            for test in (Comparison.LESS_THAN, Comparison.AT_MOST, Comparison.MORE_THAN, Comparison.AT_LEAST, *_LIKE)
        },
        **{test: _counted(test) for test in _COUNTED},
    }
)


def probes(fact: Fact, leaves: Iterable[Leaf], on: date) -> list[Value]:
    """Values on every side of every point where one of the leaves turns: together they stand for all values."""
    if fact.type is FactType.YES_NO:
        return [True, False]
    if fact.type is FactType.CHOICE:
        return list(fact.options)
    found: set[Value] = set()
    for leaf in leaves:
        found.update(_around(leaf, fact, on))
    low = None if fact.minimum is None else read(fact.type, fact.minimum, unit=fact.unit)
    high = None if fact.maximum is None else read(fact.type, fact.maximum, unit=fact.unit)
    kept = [
        value
        for value in found
        if (low is None or value >= low) and (high is None or value <= high)  # type: ignore[operator]
    ]
    return sorted(kept, key=_order) or [_any(fact, on)]


def _order(value: Value) -> tuple[str, object]:
    return ("", value) if isinstance(value, (int, Decimal)) else (type(value).__name__, value)


def _any(fact: Fact, on: date) -> Value:
    if fact.type is FactType.DATE:
        return on
    if fact.type is FactType.REGION:
        return regions.COUNTRY
    return read(fact.type, fact.minimum if fact.minimum is not None else 1, unit=fact.unit)


def _around(leaf: Leaf, fact: Fact, on: date) -> Iterator[Value]:
    for wanted in operands(leaf, fact):
        if leaf.test in _COUNTED:
            yield from _days_around(leaf.test, int(str(wanted)), on)
        elif isinstance(wanted, date):
            yield from (wanted + timedelta(days=step) for step in (-1, 0, 1))
        elif fact.type is FactType.REGION:
            yield wanted
            yield _elsewhere(str(wanted))
        elif isinstance(wanted, (int, Decimal)):
            step = _STEP[fact.type]
            yield from (wanted - step, wanted, wanted + step)


def _days_around(test: Comparison, count: int, on: date) -> Iterator[date]:
    """Months end on different days: a few days around the turn hold it."""
    middle = add_months(on, -count) if test in _MONTHS else on - timedelta(days=count)
    yield from (middle + timedelta(days=step) for step in range(-4, 5))


def _elsewhere(code: str) -> str:
    return next(other for other in regions.names() if other != regions.COUNTRY and other[:2] != code[:2])
