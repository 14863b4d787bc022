"""The dialogues as one page: how each class did, and what was said where a case failed."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from evals import plots
from evals.dialogue_cases import BEHAVIOURS, SAFETY

TEMPLATE = "dialogue_page.html.j2"


def render(values: Mapping[str, Any]) -> str:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    plot = Markup(by_class(values))  # noqa: S704  drawn by ourselves
    return environment.get_template(TEMPLATE).render(values=values, classes=BEHAVIOURS, plot=plot)


def by_class(values: Mapping[str, Any]) -> str:
    """Share of cases by class, the worst first; classes in which nothing may go wrong in another colour."""
    rows = {BEHAVIOURS[name]: (row["share"], row["low"], row["high"]) for name, row in values["by_class"].items()}
    colors = {BEHAVIOURS[name]: plots.ORANGE if name in SAFETY else plots.BLUE for name in values["by_class"]}
    return plots.horizontal_shares(rows, colors) if rows else ""
