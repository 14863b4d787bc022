"""One finding of `xiaoer doctor`."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    OK = "正常"
    ATTENTION = "注意"
    BROKEN = "有问题"


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    verdict: Verdict
    found: str
    way_out: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "verdict": self.verdict.name.lower(),
            "found": self.found,
            "way_out": self.way_out or None,
        }


def ok(name: str, found: str) -> Check:
    return Check(name, Verdict.OK, found)


def attention(name: str, found: str, way_out: str) -> Check:
    return Check(name, Verdict.ATTENTION, found, way_out)


def broken(name: str, found: str, way_out: str) -> Check:
    return Check(name, Verdict.BROKEN, found, way_out)
