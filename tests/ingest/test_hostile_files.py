"""No file, however broken or ill-meant, gets anything but a message in Chinese or a warning, in bounded time and memory."""

import os
import re
import sys
import warnings
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import pytest

from ingest.errors import IngestError
from ingest.parsers import read
from tests.hostile import DESCRIPTIONS, KINDS, Kind, make_hostile_files

SECONDS = 60
"""Generous, since test machines are slow: what goes wrong here goes on for ever."""
MEGABYTES = 700
MEGABYTES_TO_RECOGNISE = 1300
"""An ordinary scanned A4 page takes 900: nearly all of it the models and what they hold of the picture."""
RECOGNISED = frozenset({"pdf_huge_page"})
CHINESE = re.compile("[\u4e00-\u9fff]")
FILES = [kind for kind in KINDS if not kind.is_label]


@dataclass(frozen=True, slots=True)
class Outcome:
    error: str = ""
    warnings: tuple[str, ...] = ()
    escaped: str = ""
    megabytes: int = 0


def attempt_as_nobody(path: Path) -> Outcome:
    """Root may read everything, whatever the permissions say."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return attempt(path)
    os.seteuid(65534)
    try:
        return attempt(path)
    finally:
        os.seteuid(0)


def attempt(path: Path) -> Outcome:
    """Runs in a process of its own, so that what hangs or swells can be stopped."""
    _reset_peak()
    try:
        said = tuple(read(path).warnings)
    except IngestError as error:
        return Outcome(error=str(error), megabytes=_peak_megabytes())
    except BaseException as error:  # noqa: BLE001 - whatever escapes is what this test looks for
        return Outcome(escaped=repr(error), megabytes=_peak_megabytes())
    return Outcome(warnings=said, megabytes=_peak_megabytes())


def _reset_peak() -> None:
    if sys.platform == "linux" and os.geteuid() == os.getuid():
        Path("/proc/self/clear_refs").write_text("5")


def _peak_megabytes() -> int:
    """0 where the system does not tell."""
    if sys.platform != "linux":
        return 0
    match = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(match[1]) // 1024 if match else 0


def _warnings_are_errors() -> None:
    warnings.simplefilter("error")


@pytest.fixture(scope="module")
def reader() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"), initializer=_warnings_are_errors) as pool:
        yield pool


def skip_where_it_cannot_be_made(kind: Kind) -> None:
    if sys.platform == "win32" and kind.name in {"unreadable", "pipe", "device", "newline_name", "undecodable_name"}:
        pytest.skip("Windows 上没有这种文件")


@pytest.mark.timeout(SECONDS * 2)
@pytest.mark.parametrize("kind", FILES, ids=lambda kind: kind.name)
def test_a_hostile_file_gets_a_message_or_a_warning(kind: Kind, tmp_path: Path, reader: ProcessPoolExecutor) -> None:
    skip_where_it_cannot_be_made(kind)
    path = kind.make(tmp_path)
    outcome = reader.submit(attempt_as_nobody if kind.name == "unreadable" else attempt, path).result(timeout=SECONDS)
    assert not outcome.escaped, f"{kind.description}：{outcome.escaped}"
    said = outcome.error or "；".join(outcome.warnings)
    assert CHINESE.search(said), f"{kind.description}：既没有报错，也没有提醒"
    assert said.replace("\u200d", "").isprintable()  # it joins emoji
    allowed = MEGABYTES_TO_RECOGNISE if kind.name in RECOGNISED else MEGABYTES
    assert outcome.megabytes < allowed, f"{kind.description}：用了 {outcome.megabytes} MB"


def test_there_are_many_kinds_each_described_in_chinese() -> None:
    assert len(KINDS) == len(DESCRIPTIONS) >= 45
    assert all(CHINESE.search(description) for description in DESCRIPTIONS.values())


def test_all_kinds_can_be_made_in_one_folder(tmp_path: Path) -> None:
    files = make_hostile_files(tmp_path)
    assert files.keys() == DESCRIPTIONS.keys()
    assert len(set(files.values())) == len(files)
