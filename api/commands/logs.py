"""Where the log goes: all of it into XIAOER_HOME/logs, warnings in one line to stderr."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from api.commands.screen import say

EDGE = "api.command_line"
"""What is logged there has its own line on the screen already."""

_BYTES = 5 * 2**20
_KEPT = 3
_OURS = ("api", "assistant", "evals", "ingest", "knowledge", "prompts")


class _OneLine(logging.Handler):
    """A warning as a person may read it; the traceback is in the file."""

    def emit(self, record: logging.LogRecord) -> None:
        say(record.getMessage(), "yellow")


_handlers: list[logging.Handler] = []


def configure(home: Path) -> None:
    """Once a run; a second call puts the log elsewhere."""
    root = logging.getLogger()
    for handler in _handlers:
        root.removeHandler(handler)
        handler.close()
    _handlers[:] = [_to_screen(), *_to_file(home / "logs")]
    for handler in _handlers:
        root.addHandler(handler)
    for name in _OURS:
        logging.getLogger(name).setLevel(logging.INFO)


def file() -> Path | None:
    """The file that holds the log, once there is one."""
    return next((Path(h.baseFilename) for h in _handlers if isinstance(h, RotatingFileHandler)), None)


def _to_screen() -> logging.Handler:
    handler = _OneLine()
    handler.setLevel(logging.WARNING)
    handler.addFilter(lambda record: record.name != EDGE)
    return handler


def _to_file(folder: Path) -> list[logging.Handler]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        say(f"日志写不进 {folder}（{error.strerror}），本次不记日志", "yellow")
        return []
    handler = RotatingFileHandler(
        folder / "xiaoer.log", maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8", errors="replace", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(process)d %(name)s %(message)s"))
    return [handler]
