"""GB/T 2260: the chain of a place, names and their ambiguity, and the fictional places of the sample."""

import pytest

from knowledge import regions
from knowledge.documents import Level
from knowledge.errors import UnknownRegion


@pytest.mark.parametrize(
    ("code", "chain"),
    [
        ("100000", ["100000"]),
        ("420000", ["420000", "100000"]),
        ("420100", ["420100", "420000", "100000"]),
        ("420102", ["420102", "420100", "420000", "100000"]),
        ("110105", ["110105", "110000", "100000"]),  # a district of a 直辖市 has no city above it
        ("310000", ["310000", "100000"]),
        ("429004", ["429004", "420000", "100000"]),  # 仙桃: administered by the province itself
        ("469001", ["469001", "460000", "100000"]),  # 五指山
        ("659001", ["659001", "650000", "100000"]),  # 石河子
        ("150783", ["150783", "150700", "150000", "100000"]),
        ("990102", ["990102", "990100", "990000", "100000"]),
    ],
)
def test_a_place_is_bound_by_itself_and_all_above_it(code: str, chain: list[str]) -> None:
    assert regions.chain(code) == chain


def test_every_chain_ends_with_the_country() -> None:
    assert [code for code in regions.names() if regions.chain(code)[-1] != regions.COUNTRY] == []


def test_every_county_lies_in_a_city_or_in_a_province_that_has_none_above_it() -> None:
    alone = {code[:4] for code in regions.names() if not code.endswith("00") and f"{code[:4]}00" not in regions.names()}
    municipalities = {"1101", "1201", "3101", "5001", "5002"}
    assert alone - {"4190", "4290", "4690", "6590"} == municipalities


def test_every_link_of_a_chain_is_in_the_table() -> None:
    known = {*regions.names(), regions.COUNTRY}
    assert [code for code in regions.names() if not set(regions.chain(code)) <= known] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("420100", "420100"),
        ("武汉市", "420100"),
        ("武汉", "420100"),
        ("湖北", "420000"),
        ("湖北省武汉市", "420100"),
        ("湖北省武汉市江岸区", "420102"),
        (" 武汉市 ", "420100"),
        ("北京", "110000"),
        ("北京市朝阳区", "110105"),
        ("北京市东城区", "110101"),
        ("石家庄市", "130100"),
        ("内蒙古", "150000"),
        ("广西", "450000"),
        ("新疆", "650000"),
        ("仙桃市", "429004"),
        ("湖北省仙桃市", "429004"),
        ("扎兰屯", "150783"),
        ("国家", "100000"),
        ("吉林省", "220000"),
        ("吉林市", "220200"),
        ("青禾市", "990100"),
        ("云岭省青禾市南屏区", "990102"),
    ],
)
def test_a_place_is_known_by_code_name_or_full_name(text: str, code: str) -> None:
    assert regions.resolve(text) == code


@pytest.mark.parametrize("text", ["", "不存在市", "999999", "武汉市不存在区"])
def test_an_unknown_place_is_refused(text: str) -> None:
    with pytest.raises(UnknownRegion, match="认不出"):
        regions.resolve(text)


def test_a_name_that_several_places_bear_is_refused_with_all_of_them() -> None:
    with pytest.raises(UnknownRegion) as refused:
        regions.resolve("朝阳区")
    assert set(refused.value.candidates) == {"北京市朝阳区", "吉林省长春市朝阳区"}


def test_a_short_name_that_several_places_bear_is_refused() -> None:
    with pytest.raises(UnknownRegion, match="同名"):
        regions.resolve("吉林")


def test_every_place_is_known_by_its_full_name() -> None:
    full: dict[str, list[str]] = {}
    for code in regions.names():
        full.setdefault(regions.full_name(code), []).append(code)
    assert {name: codes for name, codes in full.items() if len(codes) > 1} == {}


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("420102", "湖北省武汉市江岸区"),
        ("110105", "北京市朝阳区"),
        ("100000", "全国"),
        ("990102", "云岭省青禾市南屏区"),
    ],
)
def test_a_full_name_begins_with_the_province(code: str, name: str) -> None:
    assert regions.full_name(code) == name


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("湖北省", "湖北"),
        ("武汉市", "武汉"),
        ("广西壮族自治区", "广西"),
        ("香港特别行政区", "香港"),
        ("通州区", "通州"),
        ("城区", "城区"),
    ],
)
def test_a_short_name_leaves_out_the_kind_of_place(name: str, short: str) -> None:
    assert regions.short_name(name) == short


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("100000", Level.NATIONAL),
        ("420000", Level.PROVINCE),
        ("310000", Level.PROVINCE),
        ("420100", Level.CITY),
        ("420102", Level.COUNTY),
        ("150783", Level.COUNTY),
    ],
)
def test_the_level_shows_in_the_code(code: str, level: Level) -> None:
    assert regions.level(code) is level


@pytest.mark.parametrize(
    ("rule", "place", "binds"),
    [
        ("100000", "420102", True),
        ("420000", "420102", True),
        ("420100", "420102", True),
        ("420102", "420102", True),
        ("420102", "420100", False),
        ("420500", "420100", False),
        ("430000", "420100", False),
    ],
)
def test_a_rule_binds_its_own_place_and_all_below(rule: str, place: str, binds: bool) -> None:
    assert regions.binds(rule, place) is binds


def test_an_unknown_code_is_shown_as_it_is() -> None:
    assert regions.name("000001") == "000001"


def test_no_region_is_shown_as_pending() -> None:
    assert regions.name(None) == "待核"
