"""`xiaoer ask`: one question, or a file of them, answered from the clauses."""

import sys
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.opening import catch_up, load_settings, opened
from api.commands.options import COUNTRY, AudienceOption, DayOption, JsonOption, RegionOption
from api.commands.screen import put_json, say
from knowledge.documents import Audience

if TYPE_CHECKING:
    from api.bootstrap import Service
    from assistant.answer import Answer

Text = Annotated[str | None, typer.Argument(metavar="问题", show_default=False, help="要问的话，放在引号里")]
File = Annotated[
    Path | None,
    typer.Option("--file", metavar="文件", help="一行一个问题， 逐行输出 JSON； - 是标准输入； 空行跳过"),
]


def ask(
    question: Text = None,
    region: RegionOption = None,
    on: DayOption = None,
    audience: AudienceOption = Audience.PUBLIC,
    json_output: JsonOption = False,
    file: File = None,
) -> None:
    """提一个问题，给出带出处的回答。

    没有依据就不回答（JSON 里 answered 为 false），这也是正常结果，退出码为 0。
    """
    lines = _lines(question, file)
    settings = load_settings()
    quiet = json_output or file is not None
    place = region or settings.region
    with opened(settings, quiet=quiet) as service:
        catch_up(service, quiet=quiet)
        _warn_when_empty(service)
        for line in lines:
            answer = answer_one(service, line, region=place, on=on, audience=audience)
            if quiet:
                put_json(answer.to_json())
            else:
                from api.commands.answer_panel import show

                show(answer)


def answer_one(service: "Service", text: str, *, region: str | None, on: date | None, audience: Audience) -> "Answer":
    """Without a region only what holds in the whole country is asked, and the answer says so."""
    from knowledge.library import Question

    asked = Question(text, region or COUNTRY, on or service.today(), audience)
    return service.answers.answer(asked, region_given=region is not None)


def _lines(question: str | None, file: Path | None) -> Iterator[str]:
    if question is not None and file is None:
        return _one(question)
    if question is not None or file is None:
        message = "请写一个问题，或用 --file 给出问题文件（两者只用一个）"
        raise typer.BadParameter(message, param_hint="问题")
    if str(file) != "-" and not file.is_file():
        message = f"没有文件 {file}"
        raise typer.BadParameter(message, param_hint="--file")
    return _each(file)


def _one(question: str) -> Iterator[str]:
    text = question.encode(errors="replace").decode().strip()
    if not text:
        message = "问题是空的"
        raise typer.BadParameter(message, param_hint="问题")
    return iter([text])


def _each(file: Path) -> Iterator[str]:
    """As they come: the other end of a pipe may wait for an answer before it asks again."""
    with nullcontext(sys.stdin.buffer) if str(file) == "-" else file.open("rb") as stream:
        for line in stream:
            if text := _decoded(line).lstrip("\ufeff").strip():
                yield text


def _decoded(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("gb18030", errors="replace")


def _warn_when_empty(service: "Service") -> None:
    from knowledge.catalogue import count_documents

    with service.database.reading() as tx:
        if count_documents(tx) == 0:
            say("知识库还是空的：先用 xiaoer ingest 收入文件，或运行 xiaoer start 装入示例。", "yellow")
