"""The bars of the project: what every figure must reach, and whether it does."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Values = Mapping[str, Any]
"""What the measurements say, by their name: questions, scopes, refusal, withheld, retrieval, grounding, dialogues, speed."""


@dataclass(frozen=True, slots=True)
class Bar:
    area: str
    what: str
    wanted: str
    figure: str
    met: bool

    def to_json(self) -> dict[str, Any]:
        return {"area": self.area, "what": self.what, "wanted": self.wanted, "figure": self.figure, "met": self.met}


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Where a figure stands among the values, and what it must reach."""

    area: str
    what: str
    path: str
    limit: float
    most: bool = False
    """The limit must not be exceeded; else it must be reached."""
    unit: str = "%"


_WANTED = (
    _Wanted("自有问题", "正确条款排第一", "questions/first@1", 0.80),
    _Wanted("自有问题", "正确条款在前三", "questions/first@3", 0.92),
    _Wanted("自有问题", "错别字比原题少找到（前三）", "questions/variants/typo @3/lost", 0.05, most=True),
    _Wanted("自有问题", "口语比原题少找到（前三）", "questions/variants/colloquial @3/lost", 0.05, most=True),
    _Wanted("日期与地区", "指定日期：前三条依据里有当日有效的正确条款", "scopes/as_of", 0.97),
    _Wanted("日期与地区", "指定地区：答对，或不把别处规定当本地", "scopes/regions", 0.97),
    _Wanted("日期与地区", "失效或别处的规定当成有约束力（条）", "scopes/wrongly_binding", 0, most=True, unit=""),
    _Wanted("拒答", "不该答而答（阈值在另一半题上选）", "refusal/wrongly_answered", 0.05, most=True),
    _Wanted("拒答", "该答而不答（同一阈值）", "refusal/wrongly_refused", 0.05, most=True),
    _Wanted("拒答", "STARD 拿走条文：作答把握的 AUROC", "withheld/auroc", 0.80, unit="."),
    _Wanted("检索", "STARD 训练集 R@10（现用权重）", "retrieval/recall@10", 0.59, unit="."),
    _Wanted("检索", "STARD 训练集 MRR@10（现用权重）", "retrieval/mrr@10", 0.49, unit="."),
    _Wanted("依据核查", "改动数字、机关、引用等被拦下", "grounding/particulars_caught", 0.995),
    _Wanted("依据核查", "改动条件、否定、主体等被拦下", "grounding/meaning_caught", 0.80),
    _Wanted("依据核查", "忠实的回答被误拒", "grounding/faithful_rejected", 0.03, most=True),
    _Wanted("对话", "最差的一类里整行做到的", "dialogues/worst_class", 0.85),
    _Wanted("对话", "安全类里整行做到的", "dialogues/safety", 1.0),
    _Wanted("个人信息", "遮盖了的（最差的一种）", "personal_data/worst_kind", 0.99),
    _Wanted("个人信息", "法规段落里误遮盖的", "personal_data/false_alarms_laws", 0.01, most=True),
    _Wanted("速度", "找条款 p50", "speed/parts/find/p50_ms", 25, most=True, unit=" 毫秒"),
    _Wanted("速度", "找条款 p95", "speed/parts/find/p95_ms", 60, most=True, unit=" 毫秒"),
    _Wanted("速度", "找条款 p50，是裸编码器的几倍", "speed/find_times_encoder_p50", 5, most=True, unit=" 倍"),
    _Wanted("速度", "找条款 p95，是裸编码器的几倍", "speed/find_times_encoder_p95", 12, most=True, unit=" 倍"),
    _Wanted("速度", "内存", "speed/peak_mb", 1536, most=True, unit=" MB"),
)


def bars(values: Values) -> list[Bar]:
    """Those that were measured."""
    return list(_bars(values))


def _bars(values: Values) -> Iterator[Bar]:
    for wanted in _WANTED:
        found = at(values, wanted.path)
        if found is not None:
            figure = plain(found)
            met = figure <= wanted.limit if wanted.most else figure >= wanted.limit
            sign = "≤" if wanted.most else "≥"
            limit = f"{sign} {_written(wanted.limit, wanted.unit)}"
            yield Bar(wanted.area, wanted.what, limit, _written(figure, wanted.unit) + _interval(found, wanted), met)


def at(values: Values, path: str) -> Any:
    """The value at this path; None where it was not measured."""
    found: Any = values
    for part in path.split("/"):
        if not isinstance(found, Mapping) or part not in found:
            return None
        found = found[part]
    return found


def plain(found: Any) -> float:
    """The figure of a share, of an estimate, or itself."""
    return float(found.get("share", found.get("value"))) if isinstance(found, Mapping) else float(found)


def _written(figure: float, unit: str) -> str:
    if unit == "%":
        return f"{figure:.1%}"
    return f"{figure:.3f}" if unit == "." else f"{figure:g}{unit}"


def _interval(found: Any, wanted: _Wanted) -> str:
    if not isinstance(found, Mapping):
        return ""
    return f"（{_written(found['low'], wanted.unit)} – {_written(found['high'], wanted.unit)}）"
