"""`xiaoer serve` and `xiaoer start`: the service on its port."""

import errno
import socket
import time
from typing import TYPE_CHECKING, Annotated

import typer
from rich.panel import Panel
from rich.text import Text

from api.commands import answer_panel
from api.commands.asking import answer_one
from api.commands.opening import catch_up, load_settings, opened
from api.commands.screen import messages, say
from knowledge.documents import Audience

if TYPE_CHECKING:
    from api.bootstrap import Service
    from api.settings import Settings

FIRST_QUESTION = "青禾市开业补贴有多少钱？"
FIRST_REGION = "990100"

_STARTED = time.monotonic()
_REASONS = {
    errno.EADDRINUSE: "端口已被占用，可能小二已经在运行；或者换一个端口，如 --port {other}",
    errno.EACCES: "没有权限使用这个端口；请换一个 1024 以上的，如 --port 8000",
    errno.EADDRNOTAVAIL: "这台机器没有这个地址；请改 --host",
}

HostOption = Annotated[
    str | None, typer.Option("--host", metavar="地址", help="监听的地址； 默认 127.0.0.1， 只有本机能用")
]
PortOption = Annotated[
    int | None, typer.Option("--port", metavar="端口", min=1, max=65535, help="监听的端口； 默认 8000")
]


class CannotListen(Exception):
    def __init__(self, host: str, port: int, error: OSError) -> None:
        reason = _REASONS.get(error.errno or 0, f"{error.strerror}；请改 --host 或 --port")
        super().__init__(f"不能在 {host}:{port} 上提供服务：" + reason.format(other=port % 65535 + 1))
        self.host, self.port = host, port


def serve(host: HostOption = None, port: PortOption = None) -> None:
    """启动网页和接口服务。"""
    from api import app

    settings = _listening(load_settings(), host, port)
    _say_where(settings)
    app.serve(settings)


def start(host: HostOption = None, port: PortOption = None) -> None:
    """准备好一切并启动服务。

    取语义模型（取不到就只按字词检索）；知识库空着就装入示例；试答一个问题；然后提供服务。
    """
    from api import app

    settings = _listening(load_settings(), host, port)
    with opened(settings, own_indexes=True) as service:
        if service.no_model is not None:
            _warn_of_words_alone()
        _fill_when_empty(service)
        catch_up(service)
        _answer_first(service)
        _say_where(settings)
        app.run(service)


def _listening(settings: "Settings", host: str | None, port: int | None) -> "Settings":
    """The settings with what the command line says. Raises CannotListen before anything is loaded."""
    given = {name: value for name, value in {"host": host, "port": port}.items() if value is not None}
    settings = settings.model_copy(update=given)
    try:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        socket.create_server((settings.host, settings.port), family=family).close()
    except OSError as error:
        raise CannotListen(settings.host, settings.port, error) from error
    return settings


def _say_where(settings: "Settings") -> None:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    say(f"服务地址：http://{host}:{settings.port}（按 Ctrl-C 停止）", "bold green")


def _warn_of_words_alone() -> None:
    """The log has just said why."""
    text = (
        "没有语义模型，只按字词检索：换个说法的问题可能查不到，每个回答都会注明。\n"
        "联网后重新运行会再取一次；也可以把模型文件放进文件夹，用 XIAOER_MODEL_DIR 指定。"
    )
    messages().print(Panel(Text(text), title=Text("注意"), border_style="bold yellow"))


def _fill_when_empty(service: "Service") -> None:
    from api.bootstrap import sample_paths
    from ingest.pipeline import Options
    from knowledge.catalogue import count_documents

    with service.database.reading() as tx:
        if count_documents(tx):
            return
    report = service.ingest(sample_paths(), Options())
    said = f"知识库是空的，已装入随附的示例（虚构的青禾市，{len(report.outcomes)} 个文件）。"
    say(said + "用 xiaoer ingest 收入您自己的文件。", "cyan")


def _answer_first(service: "Service") -> None:
    say(f"试一个问题：{FIRST_QUESTION}")
    on = service.today()
    answer = answer_one(service, FIRST_QUESTION, region=FIRST_REGION, on=on, audience=Audience.PUBLIC)
    answer_panel.show(answer)
    say(f"从启动到第一个回答：{time.monotonic() - _STARTED:.1f} 秒")
