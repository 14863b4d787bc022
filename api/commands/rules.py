"""`xiaoer rules`: check the rulebook, look at a policy, try it on facts, draw its tree."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.opening import load_settings
from api.commands.options import DayOption, JsonOption, RegionOption
from api.commands.rules_screen import as_checked, as_listed, print_check, print_policy, print_result
from api.commands.screen import put_json, results, say

if TYPE_CHECKING:
    from knowledge.rules.check_findings import RulebookCheck
    from knowledge.rules.engine import Engine

group = typer.Typer(help="规则库：检查、查看、试算、画图。怎样写见 knowledge/rulebook/README.md", no_args_is_help=True)
PolicyId = Annotated[str, typer.Argument(metavar="编号", help="编号见 xiaoer rules list")]
Folder = Annotated[
    Path | None, typer.Option("--folder", metavar="文件夹", help="检查别处的规则库； 默认随程序的那一份")
]
FactsOption = Annotated[
    list[str] | None,
    typer.Option("--facts", metavar="名称=值", help="一项事实， 可以写几次： --facts entity=个体工商户"),
]
Out = Annotated[Path | None, typer.Option("--out", metavar="文件", help="写到这个文件； 默认写到屏幕")]


def _today() -> date:
    from api.bootstrap import today_in_china

    return today_in_china()


@group.command("check")
def check_rules(folder: Folder = None, json_output: JsonOption = False) -> None:
    """检查全部政策：写法、条件、原文、例子。有错时退出码是 1。"""
    found = _checked(folder)
    if json_output:
        put_json(as_checked(found))
    else:
        print_check(found)
    if found.errors:
        raise typer.Exit(1)


def _checked(folder: Path | None) -> "RulebookCheck":
    from functools import partial

    from api.bootstrap import open_database
    from knowledge.rules import current, load
    from knowledge.rules.check import check
    from knowledge.rules.quotes import state_of

    database = open_database(load_settings())
    try:
        with database.reading() as tx:
            return check(
                folder or load.FOLDER,
                today=_today(),
                quote_state=partial(state_of, tx),
                outdated=partial(current.outdated, tx),
            )
    finally:
        database.close()


def _beside_documents() -> "Engine":
    """The rulebook, knowing what the documents held here have put out of date."""
    from api.bootstrap import open_database
    from knowledge.rules import current

    database = open_database(load_settings())
    try:
        with database.reading() as tx:
            return current.engine_of(tx)
    finally:
        database.close()


@group.command("list")
def list_rules(region: RegionOption = None, json_output: JsonOption = False) -> None:
    """有哪些政策；指定地区时，列出对那里有效的（含上级的）。"""
    from knowledge.rules.engine import shipped

    engine = shipped()
    policies = [engine.book.policies[identity] for identity in engine.binding(region)]
    if json_output:
        put_json({"policies": [as_listed(policy) for policy in policies]})
        return
    for policy in policies:
        results().print(f"{policy.id}  {policy.title}" + ("（暂定，待核）" if policy.provisional else ""))


@group.command("show")
def show_rule(policy_id: PolicyId) -> None:
    """一项政策：给谁、条件、依据、问哪些问题。"""
    from knowledge.rules.engine import shipped

    engine = shipped()
    print_policy(engine.book.policy(policy_id), engine)


@group.command("test")
def try_rule(
    policy_id: PolicyId, facts: FactsOption = None, on: DayOption = None, json_output: JsonOption = False
) -> None:
    """用给出的事实试算一次：结果、逐条依据、还差什么。"""
    from knowledge.rules.result import result_of

    given: dict[str, object] = {}
    for one in facts or []:
        name, sign, value = one.partition("=")
        if not sign:
            raise typer.BadParameter(f"“{one}”要写成 名称=值")
        given[name.strip()] = value.strip()
    engine = _beside_documents()
    result = result_of(engine, policy_id, engine.read(given), on or _today())
    if json_output:
        put_json(result.to_json())
    else:
        print_result(result)


@group.command("draw")
def draw_rule(policy_id: PolicyId, out: Out = None, on: DayOption = None) -> None:
    """把一项政策的条件画成图（SVG）。"""
    from knowledge.rules.draw import draw
    from knowledge.rules.engine import shipped

    engine = shipped()
    decision = engine.decide(policy_id, {}, on or _today())
    picture = draw(decision.policy, decision.ruling or engine.rulings[policy_id][-1])
    if out is None:
        results().out(picture)
    else:
        out.write_text(picture, encoding="utf-8")
        say(f"已写到 {out}", "green")


@group.command("schema")
def schema() -> None:
    """一项政策的 JSON Schema，给编辑器用。"""
    from knowledge.rules.model import json_schema

    put_json(json_schema())
