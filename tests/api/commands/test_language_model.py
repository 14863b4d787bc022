"""`xiaoer model`: the switch, the trial and the accounts, against a scripted endpoint."""

import pytest

from tests.api.commands.terminal import Xiaoer
from tests.scripted_model import Reply, scripted_model

KEY = "sk-very-secret"


def connect(patch: pytest.MonkeyPatch, base_url: str) -> None:
    patch.setenv("XIAOER_MODEL_BASE_URL", base_url.replace("http://", "http://name:geheim@"))
    patch.setenv("XIAOER_MODEL_NAME", "scripted-1")
    patch.setenv("XIAOER_MODEL_API_KEY", KEY)
    patch.setenv("XIAOER_MODEL_PRICE_IN", "1000")
    patch.setenv("XIAOER_MODEL_PRICE_OUT", "2000")


def test_without_a_model_status_says_so_and_there_is_nothing_to_try(xiaoer: Xiaoer) -> None:
    said = xiaoer("model", "status", "--json")
    assert (said.code, said.json["configured"], said.json["on"]) == (0, False, True)
    assert "没有配置" in xiaoer("model", "status").words
    tried = xiaoer("model", "try")
    assert tried.code == 1
    assert "XIAOER_MODEL_BASE_URL" in tried.err


def test_a_trial_says_how_fast_the_endpoint_is_and_is_accounted(
    xiaoer: Xiaoer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with scripted_model(Reply("可用")) as endpoint:
        connect(monkeypatch, endpoint.base_url)
        said = xiaoer("model", "try")
    assert said.code == 0
    assert "模型scripted-1：通。" in said.words
    assert "读入40个token，写出9个" in said.words
    status = xiaoer("model", "status", "--json").json
    total = status["totals"]["today"][0]
    assert (total["prompt_version"], total["calls"], total["tokens_in"]) == ("check@1", 1, 40)
    assert total["cost"] == pytest.approx(0.058)
    assert status["totals"]["days_30"] == status["totals"]["today"]
    assert status["last"][0]["outcome"] == "complete"
    assert "0.0580" in xiaoer("model", "status").words


def test_an_endpoint_out_of_reach_is_told_in_one_line(xiaoer: Xiaoer, monkeypatch: pytest.MonkeyPatch) -> None:
    with scripted_model(Reply(status=401)) as endpoint:
        connect(monkeypatch, endpoint.base_url)
        for _ in range(3):
            said = xiaoer("model", "try")
            assert said.code == 1
            assert "模型服务返回401" in said.words
            assert len(said.err.splitlines()) == 1
    status = xiaoer("model", "status")
    assert "最近3次都失败" in status.words
    assert "失败：模型服务返回401" in status.words


def test_no_secret_is_shown(xiaoer: Xiaoer, monkeypatch: pytest.MonkeyPatch) -> None:
    with scripted_model(Reply("可用")) as endpoint:
        connect(monkeypatch, endpoint.base_url)
        said = [xiaoer("model", "try"), xiaoer("model", "status"), xiaoer("model", "status", "--json")]
    shown = "".join(one.out + one.err for one in said)
    assert "127.0.0.1:" in shown
    assert KEY not in shown
    assert "geheim" not in shown


def test_the_switch_turns_and_stays(xiaoer: Xiaoer) -> None:
    assert "已停用" in xiaoer("model", "off").words
    assert xiaoer("model", "status", "--json").json["on"] is False
    assert "已停用（启用：xiaoermodelon）" in xiaoer("model", "status").words
    assert xiaoer("model", "on").code == 0
    assert xiaoer("model", "status", "--json").json["on"] is True
