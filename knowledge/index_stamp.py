"""What an index folder holds: written after the indexes, so that it never promises too much."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from knowledge.errors import IndexOutdated

FORMAT = 3
"""Raised whenever the indexes would be built otherwise from the same database."""

_FILE = "stamp.json"


@dataclass(frozen=True, slots=True)
class Model:
    """The embedding model of the vectors."""

    name: str
    fingerprint: str
    dimension: int


@dataclass(frozen=True, slots=True)
class Stamp:
    generation: int
    applied: int
    """Last change (changes.seq) that is in the indexes."""
    day: date
    """The day whose passages in force lie in the current shards."""
    segmenter: str
    model: Model | None
    """None: words only."""
    format: int = FORMAT


def read(folder: Path) -> Stamp | None:
    """None when nothing was ever built; IndexOutdated when the file makes no sense."""
    try:
        fields = json.loads((folder / _FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise IndexOutdated("索引的记录文件已损坏") from error
    try:
        model = Model(**fields.pop("model")) if fields["model"] else fields.pop("model")
        return Stamp(day=date.fromisoformat(fields.pop("day")), model=model, **fields)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise IndexOutdated("索引的记录文件已损坏") from error


def write(folder: Path, stamp: Stamp) -> None:
    """All or nothing, also when the machine stops in the middle."""
    fields = {**asdict(stamp), "day": stamp.day.isoformat()}
    partial = folder / f"{_FILE}.partial"
    with partial.open("w", encoding="utf-8") as stream:
        json.dump(fields, stream, ensure_ascii=False, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(folder / _FILE)
