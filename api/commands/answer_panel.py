"""An answer on the screen: the words, the sources with why they were found, and what one must know."""

from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from api.commands.screen import results
from assistant.answer import Answer, Source
from knowledge import regions


def show(answer: Answer) -> None:
    console = results()
    place = f"{regions.name(answer.region)} · {answer.on.isoformat()}"
    colour = "green" if answer.answered else "yellow"
    console.print(Panel(Text(answer.text), title=Text("回答"), subtitle=Text(place), border_style=colour))
    if answer.sources:
        console.print(_table(answer))
    for notice in answer.notices:
        console.print(Text(f"注意：{notice}", style="yellow"))


def _table(answer: Answer) -> Table:
    table = Table(title="出处", title_justify="left")
    table.add_column("")
    for name, share in (("文件", 4), ("条款", 2), ("地区", 1), ("有效期", 2), ("为什么找到", 4)):
        table.add_column(name, overflow="fold", ratio=share)
    for number, source in enumerate(answer.sources, start=1):
        table.add_row(
            str(number), _document(source), source.clause, regions.name(source.region), source.dates, source.why
        )
    return table


def _document(source: Source) -> str:
    number = f"（{source.doc_number}）" if source.doc_number else ""
    return f"《{source.title}》{number}"
