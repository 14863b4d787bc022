"""`xiaoer doctor`: what is in order, what is not, and nothing changed by looking."""

from pathlib import Path

import pytest

from tests.api.commands.terminal import Xiaoer


def test_the_doctor_finds_a_working_installation_healthy(sampled: Xiaoer) -> None:
    said = sampled("doctor", "--json")
    checks = {check["name"]: check for check in said.json["checks"]}
    assert said.code == 0
    assert said.json["healthy"] is True
    assert "24 份文件" in checks["数据库"]["found"]
    assert checks["索引"]["verdict"] == "ok"
    assert checks["语义模型文件"]["verdict"] == "attention"
    assert checks["检索方式"]["found"].startswith("只按字词")
    assert said.json["settings"]["XIAOER_OFFLINE"] is True
    assert "小二的检查结果" in sampled("doctor").out


def test_the_doctor_only_looks(xiaoer: Xiaoer, tmp_path: Path) -> None:
    said = xiaoer("doctor", "--json")
    assert said.code == 0
    assert "还没有建立" in next(check["found"] for check in said.json["checks"] if check["name"] == "数据库")
    assert [file.name for file in (tmp_path / "installation" / "data").rglob("*") if file.is_file()] == []


@pytest.mark.parametrize("address", ["nonsense", "postgresql://xiaoer:geheim@127.0.0.1:1/x"])
def test_a_database_out_of_reach_is_broken_and_its_password_stays_secret(
    xiaoer: Xiaoer, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("XIAOER_DATABASE_URL", address)
    said = xiaoer("doctor")
    assert said.code == 1
    assert "有问题" in said.words
    assert "geheim" not in said.out + said.err
