"""`xiaoer model`: whether the language model is asked, whether it answers, what it cost."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from api.commands.opening import load_settings
from api.commands.options import JsonOption
from api.commands.screen import complain, put_json, say

if TYPE_CHECKING:
    from api.settings import Settings
    from knowledge.database import Database

NOT_CONFIGURED = "没有配置语言模型：请设置 XIAOER_MODEL_BASE_URL 和 XIAOER_MODEL_NAME，说明见 .env.example"

group = typer.Typer(help="语言模型：看状态和费用，停用，启用，试一试。", no_args_is_help=True)


@group.command()
def status(json_output: JsonOption = False) -> None:
    """接口、开关、最近的调用，今天和 30 天的用量与费用。"""
    from api.commands import model_report

    settings = load_settings()
    with _database(settings) as database:
        report = model_report.read(settings, database)
    if json_output:
        put_json(report.to_json())
    else:
        model_report.show(report)


@group.command()
def off() -> None:
    """停用语言模型；运行中的服务从下一个问题起只摘录原文，不必重启。"""
    _turn(on=False)
    say("语言模型已停用，回答摘录原文。重新启用：xiaoer model on", "green")


@group.command()
def on() -> None:
    """重新启用语言模型。"""
    _turn(on=True)
    say("语言模型已启用。", "green")


@group.command("try")
def try_out() -> None:
    """向接口发一个小问题，看通不通、多快；已经停用时也可以试。"""
    from api.bootstrap import model_settings, quiet_libraries
    from assistant.model_calls import Ledger
    from prompts.client import ChatModel

    settings = load_settings()
    endpoint = model_settings(settings)
    if endpoint is None:
        complain(NOT_CONFIGURED)
        raise typer.Exit(1)
    quiet_libraries()
    with _database(settings) as database:
        ledger = Ledger(database)
        model = ChatModel(endpoint, on_call=ledger.note)
        try:
            model.prepare()
            reply = model.stream("check", {})
            text = "".join(reply).strip()
        finally:
            model.close()
            ledger.write()
    first = f"{reply.first_piece_seconds:.2f} 秒见到第一个字，" if reply.first_piece_seconds is not None else ""
    say(f"接口 {endpoint.host}，模型 {endpoint.model}：通。{first}共 {reply.seconds:.2f} 秒。", "green")
    say(f"回答：{text[:40]}；{_counted(reply.tokens_in, reply.tokens_out)}")


def _counted(tokens_in: int | None, tokens_out: int | None) -> str:
    if tokens_in is None or tokens_out is None:
        return "接口不报用量"
    return f"读入 {tokens_in} 个 token，写出 {tokens_out} 个"


def _turn(*, on: bool) -> None:
    from datetime import UTC, datetime

    from assistant import switches
    from assistant.switches import Switch

    with _database(load_settings()) as database, database.transaction() as tx:
        switches.turn(tx, Switch.MODEL, on=on, at=datetime.now(UTC))


@contextmanager
def _database(settings: "Settings") -> "Iterator[Database]":
    from api.bootstrap import open_database

    database = open_database(settings)
    try:
        yield database
    finally:
        database.close()
