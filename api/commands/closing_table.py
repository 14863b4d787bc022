"""The tables at the end of an ingest: how many, what failed and why, what a curator should look at."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.table import Table

from api.commands.screen import results
from ingest.errors import shown
from ingest.pipeline import Outcome, Report, Status
from knowledge.outdated_entries import Outdated

FIELD_NAMES = {
    "doc_number": "文号",
    "issuers": "发文机关",
    "region": "适用地区",
    "kind": "文种",
    "module": "栏目",
    "issued": "成文日期",
    "effective_from": "施行日期",
    "effective_to": "失效日期",
    "audience": "公开属性",
    "owner_department": "归口部门",
}
_MOST_ROWS = 30


def show(report: Report, resting: Sequence[Outdated] = (), self_tests: Sequence[tuple[str, str]] = ()) -> None:
    console = results()
    console.print(_counts(report))
    failed = [(_name(outcome), _reason(outcome)) for outcome in report.failed]
    pending = [(_name(outcome), fields(outcome.pending)) for outcome in report.outcomes if outcome.pending]
    findings = [(_name(outcome), "；".join(outcome.findings)) for outcome in report.outcomes if outcome.findings]
    if failed:
        console.print(_listing("没有收入的文件", "原因", failed, most=len(failed)))
    if pending:
        console.print(_listing("标签待核", "文件里没有写明，请在标签文件里补上", pending))
    if findings:
        console.print(_listing("请人工看一眼", "发现", findings))
    if resting:
        entries = [(f"{one.path} {shown(one.name)}".strip(), one.told()) for one in resting]
        console.print(_listing("依据变了的问答、事项和解读：不再用来作答", "原因", entries, first="问答、事项"))
    if self_tests:
        console.print(_listing("依据变了的自测：到那一天不再判断，请改规则", "原因", self_tests, first="自测"))


def fields(names: Iterable[str]) -> str:
    """Labels by the names that people know."""
    return "、".join(FIELD_NAMES.get(name, name) for name in names)


def _counts(report: Report) -> Table:
    table = Table(*[str(status) for status in Status], "共计", title=f"收入 {len(report.outcomes)} 个文件")
    table.add_row(*[str(report.count(status)) for status in Status], str(len(report.outcomes)))
    return table


def _listing(
    title: str, column: str, rows: Sequence[tuple[str, str]], *, most: int = _MOST_ROWS, first: str = "文件"
) -> Table:
    table = Table(title=f"{title}（{len(rows)}）", title_justify="left")
    table.add_column(first, overflow="fold", ratio=2)
    table.add_column(column, overflow="fold", ratio=3)
    for row in rows[:most]:
        table.add_row(*row)
    if len(rows) > most:
        table.add_row("…", f"另有 {len(rows) - most} 个，用 --json 看全部")
    return table


def _name(outcome: Outcome) -> str:
    return shown(Path(outcome.path).name)


def _reason(outcome: Outcome) -> str:
    """Without the name again, which stands in the column before."""
    return outcome.reason.removeprefix(f"{_name(outcome)}：")
