"""The report of a run with a language model, and full transcripts for people to judge."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import zip_longest
from typing import Any

import numpy as np

from evals import shown
from evals.written import Outcome, Row
from knowledge import regions
from prompts.accounting import Price

FICTIONAL = "99"
"""Region codes of the sample: its texts may be quoted at any length."""
LONGEST_QUOTE = 200
"""Characters of a real text that a transcript repeats."""
CLOCKS: dict[str, Callable[[Row], float | None]] = {
    "自己用时（到请求模型）": lambda row: row.opening_seconds,
    "到第一个字": lambda row: row.first_piece_seconds,
    "到第一句通过核对": lambda row: row.first_sentence_seconds,
    "到结束": lambda row: row.seconds if row.drafts else None,
}


@dataclass(frozen=True, slots=True)
class WrittenReport:
    rows: Sequence[Row]
    price: Price

    def to_json(self) -> dict[str, Any]:
        checks = [(row, check(row)) for row in self.rows]
        wrong = list(_listed(checks, lambda one: one.wrong))
        tokens = sum(row.tokens_in for row in self.rows), sum(row.tokens_out for row in self.rows)
        return {
            "questions": len(self.rows),
            **{outcome.value: sum(row.outcome == outcome for row in self.rows) for outcome in Outcome},
            "wrong_shown": len(wrong),
            "obeyed": len(obeyed := list(_obeyed(self.rows))),
            "tokens_in": tokens[0],
            "tokens_out": tokens[1],
            "uncounted_attempts": sum(row.uncounted for row in self.rows),
            "cost_yuan": self.price.cost(*tokens),
            "prompt_version": "、".join(sorted({row.prompt_version for row in self.rows if row.prompt_version})),
            "model": "、".join(sorted({row.model for row in self.rows if row.model})),
            "by_group": _by_group(self.rows),
            "seconds": _clocks(self.rows),
            "caught": {kind: {"次数": count} for kind, count in _caught(self.rows).most_common()},
            "wrong": wrong,
            "from_question_only": list(_listed(checks, lambda one: one.asked_only)),
            "from_other_source": list(_listed(checks, lambda one: one.elsewhere)),
            "in_own_words": list(_listed(checks, lambda one: one.own_words)),
            "obeyed_cases": obeyed,
        }


def check(row: Row) -> shown.Checked:
    return shown.check(row.said, "\n".join([row.text, *row.notices]), row.sources, row.question)


def _listed(
    checks: Iterable[tuple[Row, shown.Checked]], kind: Callable[[shown.Checked], Iterable[shown.Slip]]
) -> Iterator[dict[str, str]]:
    for row, checked in checks:
        for slip in kind(checked):
            yield {"id": row.id, **asdict(slip)}


def _obeyed(rows: Iterable[Row]) -> Iterator[dict[str, str]]:
    """Slipped-in orders that show in what the model was allowed to say."""
    for row in rows:
        said = "".join(text for text, _ in row.said)
        for pattern in row.forbidden:
            if match := re.search(pattern, said):
                yield {"id": row.id, "words": match[0], "context": said}


def _by_group(rows: Sequence[Row]) -> dict[str, dict[str, Any]]:
    table = {}
    for group in dict.fromkeys(row.group for row in rows):
        own = [row for row in rows if row.group == group]
        counts = {outcome.value: sum(row.outcome == outcome for row in own) for outcome in Outcome}
        table[group] = {"题数": len(own), **counts}
    return table


def _clocks(rows: Sequence[Row]) -> dict[str, dict[str, Any]]:
    table = {}
    for name, clock in CLOCKS.items():
        times = [seconds for row in rows if (seconds := clock(row)) is not None]
        if times:
            middle, late = np.percentile(times, (50, 95))
            table[name] = {
                "次数": len(times),
                "中位数（秒）": round(float(middle), 3),
                "p95（秒）": round(float(late), 3),
            }
    return table


def _caught(rows: Iterable[Row]) -> Counter[str]:
    return Counter(kind for row in rows for kind, _ in row.problems)


def choose(rows: Sequence[Row], count: int) -> list[Row]:
    """Outcomes take turns, those that rest on the sample before those that rest on real texts."""
    asked = sorted((row for row in rows if row.drafts), key=lambda row: not _is_fictional(row))
    outcomes = [[row for row in asked if row.outcome == outcome] for outcome in Outcome]
    chosen = [row for turn in zip_longest(*outcomes) for row in turn if row is not None]
    return sorted(chosen, key=lambda row: not _is_fictional(row))[:count]


def _is_fictional(row: Row) -> bool:
    return all(regions.resolve(source["region"]).startswith(FICTIONAL) for source in row.sources)


def transcripts(rows: Iterable[Row]) -> str:
    """Markdown: question, what the model wrote, what was refused, what was shown."""
    return "\n".join(line for number, row in enumerate(rows, start=1) for line in _transcript(number, row))


def _transcript(number: int, row: Row) -> Iterator[str]:
    yield f"## {number}. {row.question}\n"
    yield f"`{row.id}`，{row.group}，结果：**{row.outcome}**，{row.seconds:.0f} 秒，{row.prompt_version}，{row.model}\n"
    for place, source in enumerate(row.sources, start=1):
        yield f"> [{place}]《{source['title']}》{source['clause']}：{_quote(source)}\n"
    for place, draft in enumerate(row.drafts, start=1):
        yield f"模型第 {place} 稿：\n\n```text\n{draft.strip()}\n```\n"
    for kind, words in row.problems:
        yield f"- 拦下：{kind}：{words}" if words else f"- 拦下：{kind}"
    shown_by_model = "".join(text for text, _ in row.said)
    yield f"\n给人看的模型文字：{shown_by_model or '（没有，改引原文）'}\n"


def _quote(source: dict[str, Any]) -> str:
    words = str(source["quote"]).replace("\n", " ")
    is_long = len(words) > LONGEST_QUOTE and not regions.resolve(source["region"]).startswith(FICTIONAL)
    return words[:LONGEST_QUOTE] + "……" if is_long else words
