"""How fast and how large: ingest, start, memory. Beside a time stands the same run's reference."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import select

from evals.errors import Missing
from evals.workspace import LAWS, Workspace
from ingest.pipeline import Options
from knowledge.schema import passages

QUESTION = "青禾市开业补贴有多少钱"
REGION = "青禾市"
START_LIMIT_SECONDS = 600


def load_average() -> float:
    """What else was running, as the machine tells."""
    return os.getloadavg()[0]


@dataclass(frozen=True, slots=True)
class IngestSpeed:
    files: int
    passages: int
    read_seconds: float
    """Files to SQL."""
    index_seconds: float
    """SQL to the keyword index."""
    unchanged_seconds: float
    """The same files again."""
    load: float

    def to_json(self) -> dict[str, Any]:
        return {
            "files": self.files,
            "passages": self.passages,
            "words_only_seconds": round(self.read_seconds + self.index_seconds, 1),
            "read_seconds": round(self.read_seconds, 1),
            "index_seconds": round(self.index_seconds, 1),
            "unchanged_seconds": round(self.unchanged_seconds, 1),
            "load_average": round(self.load, 2),
        }


def ingest_words_only(workspace: Workspace, folder: Path = LAWS) -> IngestSpeed:
    if not folder.is_dir():
        raise Missing(f"没有 {folder}", "请用 --path 给出要计时的文件夹")
    with tempfile.TemporaryDirectory(prefix="xiaoer-bench-") as home:
        service = workspace.open(Path(home), words_only=True)
        started = time.monotonic()
        report = service.ingest([folder], Options())
        read = time.monotonic()
        service.catch_up()
        indexed = time.monotonic()
        service.ingest([folder], Options())
        again = time.monotonic()
        with service.database.reading() as tx:
            count = len(tx.execute(select(passages.c.id)).all())
        service.close()
    return IngestSpeed(len(report.outcomes), count, read - started, indexed - read, again - indexed, load_average())


@dataclass(frozen=True, slots=True)
class VectorSpeed:
    passages: int
    bare_per_second: float
    ingest_per_second: float
    load: float

    def to_json(self) -> dict[str, Any]:
        return {
            "passages": self.passages,
            "bare_encoder_per_second": round(self.bare_per_second, 1),
            "ingest_per_second": round(self.ingest_per_second, 1),
            "ratio": round(self.ingest_per_second / self.bare_per_second, 3),
            "load_average": round(self.load, 2),
        }


def ingest_with_vectors(
    workspace: Workspace, files: Sequence[Path], *, rounds: int = 3, on_round: Callable[[int], None] = lambda _: None
) -> VectorSpeed:
    """Whole ingest (files to all indexes, nothing cached) beside the bare encoder on the same passages, in turn."""
    embedding = workspace.open_embedding()
    if embedding is None:
        raise Missing("没有语义模型", "先运行 xiaoer doctor 看看原因")
    bare, whole, count = [], [], 0
    for number in range(rounds):
        with tempfile.TemporaryDirectory(prefix="xiaoer-bench-") as folder:
            texts, seconds = _ingest_once(workspace, files, Path(folder))
        whole.append(len(texts) / seconds)
        started = time.monotonic()
        embedding.model.encode(texts)
        bare.append(len(texts) / (time.monotonic() - started))
        count = len(texts)
        on_round(number + 1)
    return VectorSpeed(count, median(bare), median(whole), load_average())


def _ingest_once(workspace: Workspace, files: Sequence[Path], folder: Path) -> tuple[list[str], float]:
    service = workspace.open(folder / "home", vector_cache=folder / "vectors.db")
    started = time.monotonic()
    service.ingest(list(files), Options())
    service.catch_up()
    seconds = time.monotonic() - started
    with service.database.reading() as tx:
        rows = tx.execute(select(passages.c.context, passages.c.body)).all()
    service.close()
    return [f"{context}\n{body}".strip() for context, body in rows], seconds


@dataclass(frozen=True, slots=True)
class ServerSize:
    start_seconds: float
    """Process start to the first answer over HTTP."""
    first_start_seconds: float
    """The same with an empty home: sample read and indexed inside the process."""
    resident_mb: float
    peak_mb: float
    load: float

    def to_json(self) -> dict[str, Any]:
        return {
            "first_start_seconds": round(self.first_start_seconds, 1),
            "warm_start_seconds": round(self.start_seconds, 1),
            "resident_mb_after_ingest": round(self.resident_mb),
            "peak_mb": round(self.peak_mb),
            "load_average": round(self.load, 2),
        }


def server(command: Sequence[str] = (sys.executable, "-m", "api.command_line", "start")) -> ServerSize:
    """Start the real server on an empty home, ask, measure its memory; then start it again."""
    with tempfile.TemporaryDirectory(prefix="xiaoer-bench-") as home:
        first, resident, peak = _start_and_ask(command, Path(home))
        second, _, _ = _start_and_ask(command, Path(home))
    return ServerSize(second, first, resident, peak, load_average())


def _start_and_ask(command: Sequence[str], home: Path) -> tuple[float, float, float]:
    port = free_port()
    environment = {**os.environ, "XIAOER_HOME": str(home), "XIAOER_PORT": str(port)}
    started = time.monotonic()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        _ask(port, process)
        seconds = time.monotonic() - started
        for _ in range(20):
            _ask(port, process)
        resident, peak = memory(process.pid)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
    return seconds, resident, peak


def _ask(port: int, process: "subprocess.Popen[bytes]") -> None:
    body = f'{{"question": "{QUESTION}", "region": "{REGION}"}}'.encode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/ask", data=body, headers={"Content-Type": "application/json"}
    )
    limit = time.monotonic() + START_LIMIT_SECONDS
    while True:
        try:
            with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
                response.read()
                return
        except urllib.error.URLError as error:
            if process.poll() is not None or time.monotonic() > limit:
                raise Missing("服务没有起来", "单独运行 xiaoer start 看看报错") from error
            time.sleep(0.05)


def memory(pid: int) -> tuple[float, float]:
    """(resident, peak) in MB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    values = {
        line.split(":")[0]: line.split()[1] for line in status.splitlines() if line.startswith(("VmRSS", "VmHWM"))
    }
    return int(values["VmRSS"]) / 1024, int(values["VmHWM"]) / 1024


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
