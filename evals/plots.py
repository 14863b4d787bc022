"""Plots of the report as SVG whose text the browser draws, so that Chinese is readable without fonts of our own.

Text is placed by hand: matplotlib would measure it with a font that has no Chinese.
"""

import io
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

BLUE, ORANGE, GREEN, GREY, RED = "#2563a8", "#c2571a", "#2f7d4f", "#9aa3ad", "#b3261e"
WIDTH = 4.6
"""Inches: drawn at 328 pixels, the width of a small screen, the words stay as large as small print."""
STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "xiaoer",
    "font.family": "sans-serif",
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GREY,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#e3e6ea",
    "legend.frameon": False,
}
_GROUP_ID = re.compile(r'(<g) id="[^"]*"')


class Drawing:
    """One plot in the making, and then its SVG."""

    def __init__(self) -> None:
        self.svg = ""


@contextmanager
def drawing(height: float = 2.9, *, left: float = 0.14, top: float = 0.97) -> Iterator[tuple[Drawing, Axes]]:
    made = Drawing()
    with warnings.catch_warnings(), mpl.rc_context(STYLE):
        warnings.simplefilter("ignore")  # it complains of Chinese that its own font lacks; the browser draws it
        figure = Figure(figsize=(WIDTH, height))
        bottom = 0.35 / height
        axes = figure.add_axes((left, bottom, 0.95 - left, top - bottom))
        yield made, axes
        made.svg = _svg(figure)


def _svg(figure: Figure) -> str:
    stream = io.StringIO()
    figure.savefig(stream, format="svg", transparent=True, metadata={"Date": None})
    drawn = stream.getvalue()
    drawn = _GROUP_ID.sub(r"\1", drawn[drawn.index("<svg") :])
    return re.sub(r' (?:width|height)="[\d.]+pt"', "", drawn, count=2)


def grouped_bars(rows: Mapping[str, Mapping[str, float]], colors: Sequence[str] = (BLUE, GREEN, GREY)) -> str:
    """One group a row, one bar a column; all are shares."""
    columns = list(dict.fromkeys(column for row in rows.values() for column in row))
    width = 0.8 / len(columns)
    with drawing(top=0.9) as (made, axes):
        for number, column in enumerate(columns):
            places = [place + (number - (len(columns) - 1) / 2) * width for place in range(len(rows))]
            heights = [row.get(column, 0.0) for row in rows.values()]
            axes.bar(places, heights, width * 0.92, color=colors[number % len(colors)], label=column)
            for place, height in zip(places, heights, strict=True):
                axes.text(place, height + 0.01, f"{height:.0%}".rstrip("%"), ha="center", fontsize=8)
        axes.set_xticks(range(len(rows)), list(rows))
        axes.grid(visible=False, axis="x")
        _in_percent(axes)
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 0.97), ncols=len(columns), fontsize=9)
    return made.svg


def horizontal_shares(
    rows: Mapping[str, tuple[float, float, float]], colors: Mapping[str, str], *, least: float = 0.0
) -> str:
    """Share, low and high by name; the interval as a whisker."""
    with drawing(0.75 + 0.25 * len(rows), left=0.34) as (made, axes):
        names = list(reversed(list(rows)))
        for place, name in enumerate(names):
            share, low, high = rows[name]
            axes.barh(place, share - least, 0.66, left=least, color=colors.get(name, BLUE))
            axes.plot([low, high], [place, place], color="#333333", linewidth=1)
        axes.set_yticks(range(len(names)), names)
        axes.set_xlim(least, 1.005)
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
        axes.grid(visible=False, axis="y")
    return made.svg


def histogram(
    sets: Mapping[str, Sequence[float]], lines: Mapping[str, float], colors: Sequence[str] = (GREEN, ORANGE)
) -> str:
    """Shares of each set by score; thresholds as lines."""
    everything = [value for values in sets.values() for value in values]
    edges = np.linspace(min(everything, default=0.0), max(everything, default=1.0) + 1e-9, 31).tolist()
    with drawing() as (made, axes):
        for (name, values), color in zip(sets.items(), colors, strict=False):
            weights = np.full(len(values), 1 / max(1, len(values)))
            axes.hist(values, bins=edges, weights=weights, alpha=0.6, label=f"{name}（{len(values)}）", color=color)
        for (name, value), style in zip(lines.items(), ("--", ":"), strict=False):
            axes.axvline(value, color=RED, linestyle=style, linewidth=1.3, label=f"{name} {value:.2f}")
        axes.yaxis.set_major_formatter(lambda value, _: f"{100 * value:.3g}%")
        axes.legend(loc="upper left", fontsize=9)
        axes.margins(y=0.35)
    return made.svg


def roc(curves: Mapping[str, tuple[Sequence[float], Sequence[float]]]) -> str:
    """Positive and negative scores by name."""
    with drawing(3.6) as (made, axes):
        axes.plot([0, 1], [0, 1], color=GREY, linestyle=":", linewidth=1)
        for (name, (positive, negative)), color in zip(curves.items(), (BLUE, ORANGE, GREEN, RED, GREY), strict=False):
            wrong, right = roc_points(positive, negative)
            axes.plot(wrong, right, color=color, label=name, linewidth=1.6)
        _in_percent(axes)
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
        axes.legend(loc="lower right", fontsize=9)
    return made.svg


def roc_points(positive: Sequence[float], negative: Sequence[float]) -> tuple[list[float], list[float]]:
    """(share of negatives, share of positives) at or above each score, from none to all."""
    high, low = np.sort(positive), np.sort(negative)
    thresholds = np.unique(np.concatenate([high, low]))[::-1]
    right = 1 - np.searchsorted(high, thresholds, "left") / max(1, high.size)
    wrong = 1 - np.searchsorted(low, thresholds, "left") / max(1, low.size)
    return [0.0, *wrong.tolist()], [0.0, *right.tolist()]


def lines(series: Mapping[str, Mapping[float, float]], unit: str) -> str:
    """Over a logarithmic axis."""
    with drawing() as (made, axes):
        for (name, points), color in zip(series.items(), (BLUE, ORANGE, GREEN, GREY), strict=False):
            axes.plot(list(points), list(points.values()), marker="o", label=name, color=color)
        ticks = sorted({place for points in series.values() for place in points})
        axes.set_xscale("log")
        axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
        axes.minorticks_off()
        axes.set_ylim(bottom=0)
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:g} {unit}")
        axes.legend(loc="upper left", fontsize=9)
        axes.margins(y=0.3)
    return made.svg


def _in_percent(axes: Axes) -> None:
    axes.set_ylim(0, 1.08)
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1.0])
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
