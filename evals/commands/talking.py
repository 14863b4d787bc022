"""`xiaoer bench conversations`: many conversations at once with a real server."""

from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import Progress

from evals.terminal import AsJson, errors, show, ticking, workspace_of

if TYPE_CHECKING:
    from evals.terminal import Tick
    from evals.workspace import Workspace


def conversations_command(  # noqa: PLR0913, PLR0917  the options of a command
    context: typer.Context,
    streams: Annotated[int, typer.Option(min=1, help="同时打开多少个事件流")] = 500,
    rate: Annotated[float, typer.Option(min=0.1, help="每秒提多少个问题")] = 50.0,
    seconds: Annotated[float, typer.Option(min=1, help="提多少秒")] = 20.0,
    disconnects: Annotated[int, typer.Option(min=0, help="强行断线多少次")] = 1_000,
    first_token_ms: Annotated[float, typer.Option(min=0, help="模型多少毫秒说出第一个词")] = 20.0,
    token_ms: Annotated[float, typer.Option(min=0, help="以后每个词隔多少毫秒")] = 0.0,
    words_only: Annotated[bool, typer.Option("--words-only", help="不用语义模型，只按字词检索")] = False,
    as_json: AsJson = False,
) -> None:
    """大量对话同时进行：没有语言模型和有语言模型各一次；速度、内存、断线重连漏没漏。"""
    import asyncio

    from evals.conversation_load import Plan

    plan = Plan(streams, rate, seconds, disconnects, first_token_ms, token_ms)
    with Progress(console=errors) as progress:
        values = asyncio.run(_measured(workspace_of(context), plan, words_only=words_only, tick=ticking(progress)))
    show(values, as_json=as_json, title="对话")


async def _measured(workspace: "Workspace", plan: Any, *, words_only: bool, tick: "Tick") -> dict[str, Any]:
    from evals import questions
    from evals.conversation_load import measure
    from evals.load_reference import reference
    from evals.load_server import load_server
    from evals.paced_model import paced_model
    from evals.speed import load_average

    texts = [case.question for case in questions.load("development/questions_sample")]
    found: dict[str, Any] = {"load_average": round(load_average(), 2)}
    async with load_server(plan.streams, None, words_only=words_only) as server:
        found["without_model"] = await measure(server, plan, texts, lambda *at: tick(f"无模型：{at[0]}", *at[1:]))
        found["reference"] = reference(workspace, server.home, texts)
    async with (
        paced_model(plan.first_token_ms / 1_000, plan.token_ms / 1_000) as model,
        load_server(plan.streams, model, words_only=words_only) as server,
    ):
        found["with_model"] = await measure(server, plan, texts, lambda *at: tick(f"有模型：{at[0]}", *at[1:]))
        found["with_model"]["model_requests"] = model.requests
    return found
