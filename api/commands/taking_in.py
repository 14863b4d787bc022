"""`xiaoer ingest`: files into the knowledge base, then the indexes brought up to date."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands.opening import load_settings, update_indexes
from api.commands.options import JsonOption, MaybeAudienceOption, RegionOption
from api.commands.screen import complain, counting, put_json

if TYPE_CHECKING:
    from api.settings import Settings
    from ingest.pipeline import Options, Outcome, Report
    from knowledge.outdated_entries import Outdated
    from knowledge.rules.model import Policy
    from knowledge.rules.outdated import OutdatedBasis

Paths = Annotated[
    list[Path],
    typer.Argument(
        metavar="路径", help="文件或文件夹： txt md html docx xlsx csv pdf， 装了 ocr 扩展还有 png jpg tif bmp"
    ),
]
WordsOnly = Annotated[bool, typer.Option("--words-only", help="只建字词索引， 不算向量； 以后用 xiaoer reindex 补上")]


def ingest(
    paths: Paths,
    region: RegionOption = None,
    audience: MaybeAudienceOption = None,
    words_only: WordsOnly = False,
    json_output: JsonOption = False,
) -> None:
    """把文件收入知识库，并更新索引。

    文件夹连同下层一起读；没有变化的文件不重复处理。文件旁的 <文件名>.labels.yaml 可以改正标签。
    有文件收不进来时，原因列在最后的表里，退出码为 1，其余文件照常收入。
    """
    from ingest.pipeline import Options, find_files

    files = list(find_files(paths))
    if not files:
        complain("没有找到可以收入的文件。请核对路径，以及文件的后缀；支持的格式见 xiaoer ingest --help")
        raise typer.Exit(2)
    settings = load_settings()
    report = _take_in(settings, files, Options(region, audience), quiet=json_output)
    update_indexes(settings, words_only=words_only, quiet=json_output)
    resting, stale = _resting(settings, report), _self_tests(settings, report)
    if json_output:
        put_json(_as_json(report, resting, stale))
    else:
        from api.commands.closing_table import show

        show(report, resting, [(policy.short, one.told()) for policy, one in stale])
    raise typer.Exit(1 if report.failed else 0)


def _take_in(settings: "Settings", files: Sequence[Path], options: "Options", *, quiet: bool) -> "Report":
    """SQL first: beside a running service this is all there is to do."""
    from api.bootstrap import open_database
    from ingest import pipeline
    from ingest.errors import shown

    database = open_database(settings)
    try:
        with counting("收入文件", "份", quiet=quiet) as bar:
            done = 0

            def on_outcome(outcome: "Outcome") -> None:
                nonlocal done
                done += 1
                bar(done, len(files), f"收入文件 {shown(Path(outcome.path).name)[:40]}")

            bar(0, len(files))
            return pipeline.ingest(files, database, at=datetime.now(UTC), options=options, on_outcome=on_outcome)
    finally:
        database.close()


def _resting(settings: "Settings", report: "Report") -> "list[Outdated]":
    """Published answers, items and explanations that a document taken in just now has put out of date."""
    from api.bootstrap import open_database, today_in_china
    from knowledge.outdated_entries import outdated

    taken = {outcome.document_id for outcome in report.outcomes}
    database = open_database(settings)
    try:
        with database.reading() as tx:
            return [one for one in outdated(tx, today_in_china()).values() if one.is_due_to(taken)]
    finally:
        database.close()


def _self_tests(settings: "Settings", report: "Report") -> "list[tuple[Policy, OutdatedBasis]]":
    """Self-tests that rest on what a document taken in just now ends or changes, today or later."""
    from api.bootstrap import open_database, today_in_china
    from knowledge.rules import current
    from knowledge.rules.engine import shipped

    taken = {outcome.document_id for outcome in report.outcomes}
    database, engine, today = open_database(settings), shipped(), today_in_china()
    try:
        with database.reading() as tx:
            found = current.outdated(tx, engine)
    finally:
        database.close()
    coming = {one: [spell for spell in spells if _is_due(spell, taken, today)] for one, spells in found.items()}
    return [(engine.book.policies[one], spells[0]) for one, spells in coming.items() if spells]


def _is_due(spell: "OutdatedBasis", taken: set[str], today: date) -> bool:
    is_past = spell.until is not None and spell.until < today
    return not is_past and spell.by is not None and spell.by.document in taken


def _as_json(
    report: "Report", resting: "Sequence[Outdated]", stale: "Sequence[tuple[Policy, OutdatedBasis]]"
) -> dict[str, Any]:
    from ingest.pipeline import Status

    return {
        "files": [_file(outcome) for outcome in report.outcomes],
        "outdated": [{"entry": one.path or one.clause_id, "name": one.name, "why": one.told()} for one in resting],
        "self_tests": [{"policy": policy.id, "title": policy.title} | one.to_json() for policy, one in stale],
        "counts": {status.name.lower(): report.count(status) for status in Status},
    }


def _file(outcome: "Outcome") -> dict[str, Any]:
    return {
        "path": outcome.path,
        "status": outcome.status.name.lower(),
        "document": outcome.document_id or None,
        "title": outcome.title or None,
        "clauses": outcome.clauses,
        "pending": list(outcome.pending),
        "findings": list(outcome.findings),
        "reason": outcome.reason or None,
    }
