"""A real server process with the sample in it, for load: started, watched, stopped."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

from evals.errors import Missing
from evals.paced_model import PacedModel
from evals.speed import START_LIMIT_SECONDS, free_port, memory
from evals.wire import Wire

_TICKS = os.sysconf("SC_CLK_TCK")
WITHOUT_LIMITS = {f"XIAOER_RATE_{name}": "" for name in ("ADDRESS", "SESSION", "START")}


@dataclass(frozen=True, slots=True)
class LoadServer:
    port: int
    pid: int
    home: Path
    tokens: Callable[[], int]
    """That the model has sent so far."""

    def memory(self) -> float:
        """MB, resident."""
        return memory(self.pid)[0]

    def cpu_seconds(self) -> float:
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS


@contextlib.asynccontextmanager
async def load_server(streams: int, model: PacedModel | None, *, words_only: bool) -> AsyncIterator[LoadServer]:
    """On an empty home; with words only, as on a machine without the embedding model."""
    with tempfile.TemporaryDirectory(prefix="xiaoer-load-") as folder:
        port = free_port()
        environment = {
            **os.environ,
            **WITHOUT_LIMITS,
            "XIAOER_HOME": f"{folder}/home",
            "XIAOER_DATABASE_URL": "",
            "XIAOER_PORT": str(port),
            "XIAOER_MOST_STREAMS": str(streams + 100),
            "XIAOER_MOST_WAITING": "2000",
            "XIAOER_MODEL_BASE_URL": model.base_url if model else "",
            "XIAOER_MODEL_NAME": "paced" if model else "",
        }
        if words_only:
            environment |= {"XIAOER_CACHE": f"{folder}/cache", "XIAOER_OFFLINE": "true"}
        command = (sys.executable, "-m", "api.command_line", "start")
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: ASYNC220, S603
        try:
            await _is_ready(port, process)
            yield LoadServer(port, process.pid, Path(folder) / "home", lambda: model.tokens if model else 0)
        finally:
            process.send_signal(signal.SIGINT)
            await asyncio.to_thread(process.wait, 30)


async def _is_ready(port: int, process: "subprocess.Popen[bytes]") -> None:
    limit, wire = time.monotonic() + START_LIMIT_SECONDS, Wire("127.0.0.1", port)
    while True:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            if (await wire.call("GET", "/readyz")).status == 200:
                wire.close()
                return
        if process.poll() is not None or time.monotonic() > limit:
            raise Missing("服务没有起来", "单独运行 xiaoer start 看看报错")
        await asyncio.sleep(0.2)
