"""The state of the language model as `xiaoer model status` tells it: endpoint, switch, calls, tokens, cost."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from rich.table import Table

from api.bootstrap import CHINA, model_settings
from api.commands.screen import results
from api.settings import Settings
from assistant import model_calls, switches
from assistant.model_calls import KeptCall, Total
from assistant.switches import Switch
from knowledge.database import Database
from prompts import circuit
from prompts.accounting import Outcome, Price

LAST = 10
TODAY, MONTH = "今天", "30 天"
_OUTCOMES = {Outcome.COMPLETE: "完成", Outcome.STOPPED: "中途停下", Outcome.FAILED: "失败"}
_IN_JSON = {TODAY: "today", MONTH: "days_30"}


@dataclass(frozen=True, slots=True)
class Report:
    endpoint: str | None
    """Host and port only."""
    model: str | None
    is_on: bool
    is_pausing: bool
    """So many failures in a row, so recently, that a running service waits."""
    totals: Mapping[str, Sequence[Total]]
    last: Sequence[KeptCall]
    price: Price

    def to_json(self) -> dict[str, Any]:
        return {
            "configured": self.endpoint is not None,
            "endpoint": self.endpoint,
            "model": self.model,
            "on": self.is_on,
            "pausing": self.is_pausing,
            "totals": {
                _IN_JSON[period]: [asdict(total) | {"cost": self.cost(total)} for total in totals]
                for period, totals in self.totals.items()
            },
            "last": [{"at": kept.at.astimezone(CHINA).isoformat(), **asdict(kept.call)} for kept in self.last],
        }

    def cost(self, total: Total) -> float | None:
        return self.price.cost(total.tokens_in, total.tokens_out)


def read(settings: Settings, database: Database, *, now: datetime | None = None) -> Report:
    now = now or datetime.now(UTC)
    midnight = datetime.combine(now.astimezone(CHINA), time.min, CHINA)
    starts = {TODAY: midnight, MONTH: midnight - timedelta(days=29)}
    endpoint = model_settings(settings)
    with database.reading() as tx:
        last = model_calls.last(tx, LAST)
        return Report(
            endpoint.host if endpoint else None,
            endpoint.model if endpoint else None,
            switches.is_on(tx, Switch.MODEL),
            _is_pausing(last, now),
            {period: model_calls.totals(tx, since) for period, since in starts.items()},
            last,
            Price(settings.model_price_in, settings.model_price_out),
        )


def _is_pausing(last: Sequence[KeptCall], now: datetime) -> bool:
    """As the circuit of a running service has it: that one lives in another process."""
    recent = last[: circuit.FAILURES]
    failed = len(recent) == circuit.FAILURES and all(one.call.outcome is Outcome.FAILED for one in recent)
    return failed and now - recent[0].at < timedelta(seconds=circuit.PAUSE_SECONDS)


def show(report: Report) -> None:
    console = results()
    for table in (_state(report), _totals(report), _last(report.last)):
        console.print(table)


def _state(report: Report) -> Table:
    table = Table("项目", "情况", title="语言模型")
    table.add_row("接口", report.endpoint or "没有配置，回答摘录原文")
    table.add_row("模型", report.model or "—")
    table.add_row("开关", "启用" if report.is_on else "已停用（启用：xiaoer model on）")
    pausing = f"最近 {circuit.FAILURES} 次都失败，运行中的服务停 {circuit.PAUSE_SECONDS:g} 秒再试"
    table.add_row("熔断", pausing if report.is_pausing else "没有")
    return table


def _totals(report: Report) -> Table:
    table = Table(title="用量")
    for name in ("期间", "提示词", "模型", "调用", "失败", "没报用量", "读入", "写出", "平均秒", "费用（元）"):
        table.add_column(name, overflow="fold")
    for period, totals in report.totals.items():
        for total in totals:
            cost = report.cost(total)
            table.add_row(
                period,
                total.prompt_version,
                total.model,
                *(f"{count:,}" for count in (total.calls, total.failures, total.uncounted)),
                *(f"{count:,}" for count in (total.tokens_in, total.tokens_out)),
                f"{total.seconds / total.calls:.1f}",
                "没有设价格" if cost is None else f"{cost:.4f}",
            )
    return table


def _last(calls: Sequence[KeptCall]) -> Table:
    table = Table("时间", "提示词", "结果", "第一个字（秒）", "共（秒）", "读入", "写出", title="最近的调用")
    for kept in calls:
        call = kept.call
        first = "—" if call.first_piece_seconds is None else f"{call.first_piece_seconds:.2f}"
        table.add_row(
            f"{kept.at.astimezone(CHINA):%m-%d %H:%M:%S}",
            call.prompt_version,
            _OUTCOMES[call.outcome] + (f"：{call.reason}" if call.reason else ""),
            first,
            f"{call.seconds:.2f}",
            *("—" if count is None else f"{count:,}" for count in (call.tokens_in, call.tokens_out)),
        )
    return table
