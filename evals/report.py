"""The report: the figures, the bars, one page to read and the JSON beside it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from evals import measuring, page
from evals.bars import bars
from evals.errors import BadDataset
from evals.terminal import Tick
from evals.workspace import Workspace

HTML, JSON = "report.html", "report.json"


@dataclass(frozen=True, slots=True)
class Written:
    html: Path
    json: Path
    values: dict[str, Any]


def write(
    workspace: Workspace, folder: Path, tick: Tick, *, day: date, fast: bool = False, benches: Sequence[Path] = ()
) -> Written:
    """`day` is that of measuring; `benches` are files with what `xiaoer bench questions --json` printed."""
    values = {**measuring.measure(workspace, tick, fast=fast), **speeds(benches)}
    values["about"]["measured_on"] = day.isoformat()
    values["bars"] = [bar.to_json() for bar in bars(values)]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / JSON).write_text(json.dumps(values, ensure_ascii=False, indent=1), encoding="utf-8")
    (folder / HTML).write_text(page.render(values), encoding="utf-8")
    return Written(folder / HTML, folder / JSON, values)


def speeds(files: Sequence[Path]) -> dict[str, Any]:
    """Of one store, and of several by the number of their regions."""
    values: dict[str, Any] = {}
    for file in files:
        try:
            read = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise BadDataset(file, str(error)) from error
        values |= {"speed_by_regions": read["by_regions"]} if "by_regions" in read else {"speed": read}
    return values
