"""The `xiaoer` command: what it offers, and the edge where errors become one line and an exit code."""

import logging
import os
import sys
from collections.abc import Sequence
from typing import TextIO

import typer

from api.commands import (
    asking,
    confirming,
    conversations,
    doctor,
    keeping,
    language_model,
    logs,
    measuring,
    rules,
    serving,
    taking_in,
)
from api.commands.chinese import mistake, speak
from api.commands.opening import SettingsInvalid
from api.commands.screen import complain, say
from assistant.errors import AssistantError
from evals.errors import EvaluationError
from ingest.errors import IngestError
from knowledge.errors import KnowledgeError
from prompts.errors import PromptsError

INTERRUPTED = 130
KNOWN = (
    KnowledgeError,
    IngestError,
    EvaluationError,
    AssistantError,
    PromptsError,
    SettingsInvalid,
    serving.CannotListen,
)
"""Their messages say what is wrong and the way out."""

app = typer.Typer(
    help="小二：把政策条款讲给个体工商户听。回答都有出处，没有依据就说没有。",
    epilog="数据放在 XIAOER_HOME（默认 ./data），设置见 .env.example。",
    add_completion=False,
    no_args_is_help=True,
)
app.command()(serving.start)
app.command()(serving.serve)
app.command()(asking.ask)
app.command()(taking_in.ingest)
app.command()(keeping.reindex)
app.command()(keeping.remove)
app.command()(doctor.doctor)
app.add_typer(language_model.group, name="model")
app.add_typer(confirming.group, name="links")
app.add_typer(conversations.group, name="conversations")
app.add_typer(rules.group, name="rules")
app.command(context_settings=measuring.HANDED_ON, add_help_option=False)(measuring.evals)
app.command(context_settings=measuring.HANDED_ON, add_help_option=False)(measuring.bench)

log = logging.getLogger(logs.EDGE)


def run(arguments: Sequence[str]) -> int:
    """Run one command; the exit code."""
    command = typer.main.get_command(app)
    speak(command)
    try:
        code = command.main(arguments, prog_name="xiaoer", standalone_mode=False)
    except typer.Abort:
        complain("已取消。")
        return 1
    except typer.TyperException as error:
        if message := error.format_message():
            complain(f"{mistake(message)}。用法见 xiaoer --help")
        return error.exit_code
    except KNOWN as error:
        log.info("%s", error)
        complain(str(error))
        return 1
    except KeyboardInterrupt:
        return _interrupted()
    except BrokenPipeError:
        sys.stdout = _nowhere()
        return 1
    except OSError as error:
        log.exception("the command failed")
        complain(f"读写失败：{error.strerror or error}" + (f"（{error.filename}）" if error.filename else ""))
        return 1
    except Exception as error:  # the edge of the command: nobody should have to read a traceback
        log.critical("the command failed", exc_info=True)
        complain(_unexpected(error))
        return 1
    return _interrupted() if code == INTERRUPTED else code if isinstance(code, int) else 0


def _interrupted() -> int:
    say("已停止。已经做完的都在，再运行一次会接着做。", "yellow")
    return INTERRUPTED


def _unexpected(error: Exception) -> str:
    file = logs.file()
    where = f"详情见 {file}" if file else str(error)
    return f"程序出错（{type(error).__name__}），{where}"


def _nowhere() -> TextIO:
    """For what Python flushes at its end, when nobody reads any more."""
    from pathlib import Path

    return Path("/dev/null").open("w", encoding="utf-8")


def main() -> None:
    # As for the encoder (design.md 4): on busy cores a second thread is waited for, longer than it helps.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
