""".env.example names every setting, in order, with its default, and nothing else."""

import os
import re
from pathlib import Path

import pytest

from api.settings import Settings

EXAMPLE = Path(__file__).parents[1] / ".env.example"


def test_every_setting_is_in_the_example_in_order_and_nothing_else() -> None:
    names = re.findall(r"^#?([A-Z][A-Z0-9_]*)=", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE)
    assert names == [f"XIAOER_{name.upper()}" for name in Settings.model_fields]


def test_every_setting_is_explained_in_chinese() -> None:
    blocks = EXAMPLE.read_text(encoding="utf-8").strip().split("\n\n")[1:]
    for block in blocks:
        explanation, _, assignment = block.rpartition("\n")
        assert re.search(r"^# .*[\u4e00-\u9fff]", explanation), assignment


def test_the_example_changes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("XIAOER_")]:
        monkeypatch.delenv(name)
    before = Settings()
    (tmp_path / ".env").write_bytes(EXAMPLE.read_bytes())
    assert Settings() == before
