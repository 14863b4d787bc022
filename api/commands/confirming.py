"""`xiaoer links`: questions that staff confirm to be answered by a clause."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.opening import load_settings
from api.commands.options import JsonOption
from api.commands.screen import complain, put_json, results, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.links import Link

group = typer.Typer(help="已确认的问答链接：这样问，答案在哪一条。它们让以后的类似问法找得更准。", no_args_is_help=True)
Who = Annotated[str, typer.Option("--by", help="由谁确认（工号或科室， 不写姓名）")]


@group.command("list")
def list_links(json_output: JsonOption = False) -> None:
    """工作人员确认过的链接。"""
    from api.bootstrap import open_database
    from knowledge import links

    database = open_database(load_settings())
    try:
        with database.reading() as tx:
            known = links.confirmed(tx)
    finally:
        database.close()
    if json_output:
        put_json({"links": [_as_json(link) for link in known]})
    elif known:
        for link in known:
            results().print(f"{link.id}  {link.question} → 《{link.title}》{link.clause}")
    else:
        say("还没有工作人员确认的链接。增加一条：xiaoer links add 问题 文件标题 条款")


@group.command()
def add(question: str, title: str, clause: str, by: Who = "") -> None:
    """确认一条：问题、文件标题（不带书名号）、条款（如 第五条）。"""
    from knowledge.links import Hand, Link

    _take([Link(question.strip(), title.strip("《》 "), clause.strip(), None, Hand.STAFF)], by)


@group.command("import")
def import_links(file: Path, by: Who = "") -> None:
    """从 CSV 导入，表头：问题,文件,条款，可以再加一列 地区。"""
    from knowledge import links

    if not file.is_file():
        complain(f"没有文件 {file}")
        raise typer.Exit(2)
    _take(list(links.read(file, links.Hand.STAFF)), by)


@group.command()
def remove(ids: list[str]) -> None:
    """按编号删除（编号见 xiaoer links list）。"""
    from api.bootstrap import open_database
    from knowledge import links

    database = open_database(load_settings())
    try:
        with database.transaction() as tx:
            gone = links.remove(tx, ids)
    finally:
        database.close()
    if not gone:
        complain("没有这样的编号；编号见 xiaoer links list")
        raise typer.Exit(1)
    say(f"已删除 {gone} 条。", "green")


def _take(given: "Sequence[Link]", by: str) -> None:
    """All or, when a document is not here, all with a word about which."""
    from api.bootstrap import open_database
    from knowledge import links
    from knowledge.linked_places import places_of, resolve

    database = open_database(load_settings())
    try:
        with database.transaction() as tx:
            new = links.add(tx, given, at=datetime.now(UTC), by=by)
            places = places_of(tx, given, on=datetime.now(UTC).date())
    finally:
        database.close()
    say(f"收下 {new} 条，{len(given) - new} 条本来就有。运行中的服务几秒内开始使用。", "green")
    for link in given:
        if not resolve(link, places):
            say(f"现行文件里没有《{link.title}》{link.clause}，“{link.question}”先记着，文件收入后生效。", "yellow")


def _as_json(link: "Link") -> dict[str, str | None]:
    return {
        "id": link.id,
        "question": link.question,
        "title": link.title,
        "clause": link.clause,
        "region": link.region,
    }
