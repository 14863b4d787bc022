"""From settings to an open service, with what a person should see meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from api.commands import logs
from api.commands.screen import counting, downloading, say

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from api.bootstrap import Service
    from api.settings import Settings

_COMPLAINTS = {
    "int_parsing": "应是整数",
    "float_parsing": "应是数",
    "bool_parsing": "应是 true 或 false",
    "greater_than_equal": "不能小于 {ge}",
    "greater_than": "要大于 {gt}",
    "less_than_equal": "不能大于 {le}",
    "web_address": "应是 http:// 或 https:// 开头的网址",
    "rate": "应是“次数/时间”，如 120/minute；空着不限",
    "origins": "应是空格分开的来源，如 https://www.example.gov.cn，不带路径",
    "networks": "应是空格分开的 IP 地址或网段，如 10.0.0.0/8",
    "literal_error": "应是 {expected} 之一",
}
OWNED = "索引正由另一个 xiaoer 进程（通常是运行中的服务）使用，它会自己更新索引。"


class SettingsInvalid(Exception):
    def __init__(self, complaints: list[str]) -> None:
        super().__init__("设置有误：" + "；".join(complaints) + "。请改环境变量或 .env，说明见 .env.example")
        self.complaints = complaints


def load_settings() -> "Settings":
    """Settings of this installation, and the log in its home. Raises SettingsInvalid."""
    from pydantic import ValidationError

    from api.settings import Settings
    from knowledge.errors import UnknownRegion

    try:
        settings = Settings()
    except ValidationError as error:
        raise SettingsInvalid([_complaint(detail) for detail in error.errors()]) from error
    except UnknownRegion as error:
        raise SettingsInvalid([f"XIAOER_REGION：{error}"]) from error
    logs.configure(settings.home)
    return settings


def _complaint(detail: "ErrorDetails") -> str:
    name = "_".join(str(part) for part in detail["loc"]).upper()
    words = _COMPLAINTS.get(detail["type"], "不合格式").format(**detail.get("ctx", {})).replace(" or ", " 或 ")
    return f"XIAOER_{name} {words}，现在是 {str(detail['input'])[:60]!r}"


@contextmanager
def opened(
    settings: "Settings", *, own_indexes: bool = False, words_only: bool = False, quiet: bool = False
) -> "Iterator[Service]":
    """The service, closed at the end; a bar shows the weights being fetched."""
    from api.bootstrap import open_service

    with downloading("下载语义模型", quiet=quiet) as on_bytes:
        service = open_service(settings, own_indexes=own_indexes, words_only=words_only, on_bytes=on_bytes)
    try:
        yield service
    finally:
        service.close()


def catch_up(service: "Service", *, quiet: bool = False) -> None:
    """Bring the indexes up to date before they are asked."""
    with counting("更新索引", "段", quiet=quiet) as bar:
        service.catch_up(bar)


def update_indexes(settings: "Settings", *, words_only: bool = False, quiet: bool = False) -> bool:
    """Bring the indexes up to date after a change; False when another process owns them and will do it."""
    from knowledge.errors import IndexOwned

    try:
        _check_free(settings.index_folder)
        with opened(settings, own_indexes=True, words_only=words_only, quiet=quiet) as service:
            catch_up(service, quiet=quiet)
    except IndexOwned:
        say(OWNED, "cyan")
        return False
    return True


def _check_free(folder: Path) -> None:
    """Raise IndexOwned before the model is loaded for nothing."""
    from knowledge.index_lock import IndexLock

    with IndexLock(folder):
        pass
