"""Checks of what lies around the knowledge base: Python, weights, segmenter, OCR, disk."""

import platform
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from api.commands.check import Check, attention, broken, ok
from api.settings import Settings
from ingest.parsers import ocr
from knowledge import segmenter, sentence_models, weights
from knowledge.errors import ModelsNotInstalled, ModelUnusable
from knowledge.hub_models import find_or_fetch_model
from knowledge.segmenter import RustSegmenter

_LEAST_PYTHON = (3, 11)
_FEW_BYTES = 2 * 10**9
_TOO_FEW_BYTES = 2 * 10**8


def checks(settings: Settings) -> Iterator[Check]:
    yield _python()
    yield _weights(settings)
    yield _reranker(settings)
    yield _segmenter(settings)
    yield _ocr()
    yield _disk(settings.home)


def _python() -> Check:
    found = f"{platform.python_version()}（{sys.executable}）"
    if sys.version_info < _LEAST_PYTHON:
        return broken("Python", found, "请装 Python 3.11 或更新的版本，再运行 make install")
    return ok("Python", found)


def _weights(settings: Settings) -> Check:
    name = "语义模型文件"
    if settings.embedding_model:
        return _chosen(name, settings.embedding_model, settings)
    folders = [settings.model_dir, weights.WeightsSettings(settings.cache).folder]
    tried = []
    for folder in folders:
        if folder is None:
            continue
        reason = weights.rejected(folder)
        if reason is None:
            return ok(name, f"{folder}，SHA-256 相符")
        tried.append(f"{folder}：{reason}")
    way_out = "联网运行 xiaoer start 会自动下载；或把文件放进文件夹，用 XIAOER_MODEL_DIR 指定"
    return attention(name, "；".join(tried), way_out)


def _reranker(settings: Settings) -> Check:
    name = "重排模型文件"
    if not settings.reranker_model:
        return ok(name, "没有设置，不重排")
    return _chosen(name, settings.reranker_model, settings)


def _chosen(name: str, model: str, settings: Settings) -> Check:
    try:
        sentence_models.require_installed(model)
        folder = find_or_fetch_model(model, weights.WeightsSettings(settings.cache, offline=True))
    except (ModelsNotInstalled, ModelUnusable) as error:
        return broken(name, str(error), error.way_out)
    return ok(name, str(folder))


def _segmenter(settings: Settings) -> Check:
    chosen = segmenter.choose(settings.cache / "jieba")
    if isinstance(chosen, RustSegmenter):
        return ok("分词", "rjieba")
    return attention("分词", "jieba（慢 15 到 30 倍）", "运行 make install 装上 rjieba")


def _ocr() -> Check:
    if ocr.is_installed():
        return ok("图片文字识别", "已安装 rapidocr")
    return ok("图片文字识别", "没有安装；要读扫描件和图片，请运行 pip install 'xiaoer[ocr]'")


def _disk(home: Path) -> Check:
    there = next(folder for folder in (home.absolute(), *home.absolute().parents) if folder.exists())
    free = shutil.disk_usage(there).free
    found = f"{there} 所在磁盘剩余 {free / 10**9:.1f} GB"
    way_out = "请清理磁盘，或把 XIAOER_HOME 指到别处"
    if free < _TOO_FEW_BYTES:
        return broken("磁盘", found, way_out)
    return attention("磁盘", found, way_out) if free < _FEW_BYTES else ok("磁盘", found)
