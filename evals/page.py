"""The report as one page that needs nothing beside it: figures, plots, and the worst cases to read."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from evals import dialogue_page, plots
from evals.bars import Values, at
from evals.grounding import Group, group_of
from evals.wording import STYLES, named

TEMPLATE = "report.html.j2"
MOST_SHOWN = 40
"""Worst cases of a kind on the page; the JSON has all."""


def render(values: Values) -> str:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["named"] = named
    template = environment.get_template(TEMPLATE)
    return template.render(values=values, figures=figures(values), most=MOST_SHOWN, unmet=_unmet(values))


def _unmet(values: Values) -> int:
    return sum(not bar["met"] for bar in values["bars"])


def figures(values: Values) -> list[tuple[str, str, Markup]]:
    """Title, what it shows, SVG; only of what was measured."""
    made = [
        ("各种说法找到正确条款的比例", "柱上数字是百分比", _by_style(values)),
        ("作答把握：有依据与没有依据的题", "虚线左边拒答；阈值在另一半题上选", _confidence(values)),
        ("STARD：条文在与不在时的把握", "同一道题，拿走它的条文以后分数应当降低", _withheld(values)),
        ("ROC：没有依据的题答了多少，有依据的题答了多少", "横轴不该答而答，纵轴该答且答", _roc(values)),
        ("依据核查：各类改错被拦下的比例", "细线是 95% 区间；绿色是意思类（80% 为及格）", _by_kind(values)),
        ("对话：每一类里整行做到的比例", "细线是 95% 区间；橙色的类要 100%，其余 85%", _dialogues(values)),
        ("地区多了，一个问题慢不慢", "横轴是有自己规定的城市数", _by_regions(values)),
    ]
    return [(title, note, Markup(svg)) for title, note, svg in made if svg]  # noqa: S704  drawn by ourselves


def _by_style(values: Values) -> str:
    found = at(values, "questions/by_style") or {}
    rows = {style: found[style] for style in STYLES if style in found}
    shown = {"前十": "first@10", "前三": "first@3", "第一": "first@1"}
    return plots.grouped_bars(
        {named(style): {label: row[key] for label, key in reversed(shown.items())} for style, row in rows.items()}
    )


def _confidence(values: Values) -> str:
    scores = values["refusal"]["scores"]
    sets = {"有依据": scores["answerable"], "没有依据": scores["unanswerable"]}
    return plots.histogram(sets, {"阈值": values["refusal"]["threshold"]})


def _withheld(values: Values) -> str:
    scores = at(values, "withheld/scores")
    return (
        plots.histogram({"条文在": scores["with_articles"], "条文不在": scores["without_articles"]}, {})
        if scores
        else ""
    )


def _roc(values: Values) -> str:
    scores: Mapping[str, Sequence[float]] = values["refusal"]["scores"]
    curves = {f"自有题（{values['refusal']['auroc']['value']:.2f}）": (scores["answerable"], scores["unanswerable"])}
    if stard := at(values, "withheld/scores"):
        name = f"STARD 拿走条文（{values['withheld']['auroc']['value']:.2f}）"
        curves[name] = (stard["with_articles"], stard["without_articles"])
    return plots.roc(curves)


def _by_kind(values: Values) -> str:
    found: Mapping[str, Mapping[str, float]] = values["grounding"]["by_kind"]
    rows = dict(sorted(found.items(), key=lambda row: (group_of(row[0]) is Group.MEANING, row[1]["share"])))
    shares = {named(kind): (row["share"], row["low"], row["high"]) for kind, row in rows.items()}
    colors = {named(kind): plots.GREEN if group_of(kind) is Group.MEANING else plots.BLUE for kind in rows}
    return plots.horizontal_shares(shares, colors)


def _dialogues(values: Values) -> str:
    found = at(values, "dialogues")
    return dialogue_page.by_class(found) if found else ""


def _by_regions(values: Values) -> str:
    stores: Mapping[str, Any] | None = at(values, "speed_by_regions")
    if not stores:
        return ""
    parts = {
        "找条款 p50": ("find", "p50_ms"),
        "找条款 p95": ("find", "p95_ms"),
        "裸编码器 p50": ("bare_encoder", "p50_ms"),
    }
    return plots.lines(
        {
            label: {float(regions): store["parts"][part][quantile] for regions, store in stores.items()}
            for label, (part, quantile) in parts.items()
        },
        "毫秒",
    )
