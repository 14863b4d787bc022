"""Options that several commands share, checked before anything is opened."""

from datetime import date
from typing import Annotated

import typer

from knowledge.documents import Audience

COUNTRY = "100000"


def region_code(value: str | None) -> str | None:
    """Six-digit code of a region given by name or code."""
    from knowledge import regions
    from knowledge.errors import UnknownRegion

    if value is None:
        return None
    try:
        return regions.resolve(value)
    except UnknownRegion as error:
        raise typer.BadParameter(str(error)) from error


def day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        message = f"“{value}”不是日期，请写成 2025-06-01 的样子"
        raise typer.BadParameter(message) from error


RegionOption = Annotated[
    str | None,
    typer.Option("--region", metavar="地区", callback=region_code, help="地区名称（如 武汉市），或六位区划代码"),
]
DayOption = Annotated[
    date | None, typer.Option("--on", metavar="日期", parser=day, help="按哪一天有效的规定， 如 2025-06-01； 默认今天")
]
AudienceOption = Annotated[Audience, typer.Option("--audience", metavar="public|staff", help="公众，还是工作人员")]
MaybeAudienceOption = Annotated[
    Audience | None,
    typer.Option(
        "--audience", metavar="public|staff", help="这些文件给公众看， 还是只给工作人员； 默认看文件自己怎么说"
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="结果用 JSON 输出，给程序用")]
