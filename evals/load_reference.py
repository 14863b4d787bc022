"""What the machine gives at best at that moment: the bare encoder and one bare query, beside the figures under load."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select

from evals.stopwatch import Stopwatch
from evals.workspace import Workspace
from knowledge.database import Database
from knowledge.schema import passages

TIMES = 50


def reference(workspace: Workspace, home: Path, texts: Sequence[str]) -> dict[str, Any]:
    watch, embedding = Stopwatch(), workspace.open_embedding()
    database = Database(f"sqlite:///{home / 'xiaoer.db'}")
    try:
        with database.reading() as tx:
            first = tx.execute(select(passages.c.id).limit(1)).scalar_one()
        for text in texts[:TIMES]:
            if embedding:
                with watch.part("bare_encoder"):
                    embedding.model.encode([text])
            with watch.part("bare_query"), database.reading() as tx:
                tx.execute(select(passages.c.body).where(passages.c.id == first)).one()
    finally:
        database.close()
        if embedding:
            embedding.close()
    return {name: quantiles.to_json() for name, quantiles in watch.quantiles().items()}
