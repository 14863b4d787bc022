"""Natural questions, and which of the clauses found for them answer: read and judged one by one.

Questions written without a look at the documents, as owners ask; a good two fifths are answered by nothing there is.
"""

import functools
import json
from dataclasses import dataclass

from assistant.answerability import NEAR
from evals.errors import BadDataset
from evals.questions import DATASETS, Expected
from knowledge.library import Finding

FILE = DATASETS / "development" / "judged.jsonl"


@dataclass(frozen=True, slots=True)
class Judged:
    question: str
    region: str
    fully: tuple[Expected, ...]
    partly: tuple[Expected, ...]

    def is_answered(self, finding: Finding) -> bool | None:
        """By one of the first clauses; None where they answer only in part, which is neither."""
        near = finding.results[:NEAR]
        if any(one.fits(found) for one in self.fully for found in near):
            return True
        return None if any(one.fits(found) for one in self.partly for found in near) else False


@functools.cache
def load() -> tuple[Judged, ...]:
    """Raises BadDataset naming file and line."""
    judged = []
    try:
        lines = FILE.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise BadDataset(FILE, str(error)) from error
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
            named = [(Expected(one["title"], one["clause"]), one["answers"]) for one in row["judged"]]
        except (KeyError, ValueError) as error:
            raise BadDataset(FILE, f"第 {number} 行：{error!r}") from error
        fully, partly = (tuple(one for one, how in named if how == wanted) for wanted in ("fully", "partly"))
        judged.append(Judged(row["question"], row["region"], fully, partly))
    return tuple(judged)
