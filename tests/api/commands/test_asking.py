"""`xiaoer start` and `xiaoer ask`: cited answers for people and for scripts."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from api.bootstrap import SAMPLE
from assistant.flows.answer import WORDS_ALONE
from tests.api.commands.terminal import QUESTION, Xiaoer, settle_in, squeezed
from tests.api.test_ask import CONTRACT, SOURCE_CONTRACT


def test_start_fills_an_empty_store_answers_with_its_source_and_says_that_words_alone_decide(
    started: tuple[Path, str],
) -> None:
    said = started[1]
    assert "没有语义模型，只按字词检索" in said
    assert "知识库是空的，已装入随附的示例" in said
    assert "常见问答" in said
    assert "8000元" in said
    assert re.search(r"从启动到第一个回答：\d+\.\d秒", said)
    assert re.search(r"服务地址：http://127\.0\.0\.1:\d+", said)


@pytest.mark.parametrize("question", [QUESTION, "火星上怎么种土豆", "青禾市个体工商户创业扶持办法第七条"])
def test_every_answer_says_that_words_alone_decide(sampled: Xiaoer, question: str) -> None:
    assert WORDS_ALONE in sampled("ask", question, "--region", "青禾市", "--json").json["notices"]
    assert squeezed(WORDS_ALONE) in sampled("ask", question, "--region", "青禾市").words


def test_ask_prints_exactly_the_contract(sampled: Xiaoer) -> None:
    said = sampled("ask", QUESTION, "--region", "990100", "--on", "2026-06-01", "--json")
    assert said.code == 0
    assert said.out.count("\n") == 1
    assert said.json.keys() == CONTRACT
    assert said.json["answered"] is True
    assert (said.json["region"], said.json["on"]) == ("青禾市", "2026-06-01")
    assert all(source.keys() == SOURCE_CONTRACT for source in said.json["sources"])


def test_an_earlier_day_gets_the_rules_of_that_day(sampled: Xiaoer) -> None:
    question = "青禾市个体工商户创业扶持办法第五条"
    titles_then = sampled("ask", question, "--region", "青禾市", "--on", "2024-06-01", "--json").json["sources"]
    titles_now = sampled("ask", question, "--region", "青禾市", "--on", "2026-06-01", "--json").json["sources"]
    assert titles_then[0]["effective_from"] < "2024-06-01"
    assert titles_then[0]["document"] != titles_now[0]["document"]


def test_an_answer_on_the_screen_shows_its_sources(sampled: Xiaoer) -> None:
    said = sampled("ask", QUESTION, "--region", "青禾市")
    assert said.code == 0
    assert "出处" in said.words
    assert "FAQ-001" in said.words
    assert "为什么找到" in said.words


def test_no_evidence_is_an_answer_too(sampled: Xiaoer) -> None:
    said = sampled("ask", "火星上怎么种土豆", "--region", "青禾市", "--json")
    assert said.code == 0
    assert said.json["answered"] is False
    assert said.json["sources"] == []


def test_without_a_region_the_whole_country_is_asked_and_the_answer_says_so(sampled: Xiaoer) -> None:
    said = sampled("ask", QUESTION, "--json").json
    assert said["region"] == "全国"
    assert any("没有说明所在地区" in notice for notice in said["notices"])


def test_the_region_of_the_installation_counts_as_named(sampled: Xiaoer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIAOER_REGION", "青禾市")
    said = sampled("ask", QUESTION, "--json").json
    assert said["region"] == "青禾市"
    assert said["notices"] == [WORDS_ALONE]


def test_staff_sees_what_the_public_does_not(sampled: Xiaoer) -> None:
    question = "首次登录应当修改初始密码并绑定动态口令"
    found = {
        audience: {
            source["audience"]
            for source in sampled("ask", question, "--region", "青禾市", "--audience", audience, "--json").json[
                "sources"
            ]
        }
        for audience in ("public", "staff")
    }
    assert "staff" not in found["public"]
    assert "staff" in found["staff"]


def test_a_file_of_questions_gives_one_object_a_line_and_skips_blank_lines(sampled: Xiaoer, tmp_path: Path) -> None:
    file = tmp_path / "questions.txt"
    file.write_bytes(f"\ufeff{QUESTION}\r\n\r\n   \n".encode() + f"{QUESTION}？\n".encode("gb18030"))
    said = sampled("ask", "--file", file, "--region", "青禾市")
    answers = [json.loads(line) for line in said.out.splitlines()]
    assert said.code == 0
    assert len(answers) == 2
    assert all(answer.keys() == CONTRACT for answer in answers)
    assert all(answer["answered"] for answer in answers)


def test_questions_may_come_from_standard_input(sampled: Xiaoer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{QUESTION}\n".encode())))
    said = sampled("ask", "--file", "-", "--region", "青禾市")
    assert [json.loads(line)["answered"] for line in said.out.splitlines()] == [True]


def test_a_closed_pipe_is_no_accident(started: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> None:
    settle_in(monkeypatch, started[0])
    command = [sys.executable, "-m", "api.command_line", "ask", "--file", "-", "--region", "青禾市"]
    monkeypatch.setenv("PYTHONPATH", str(SAMPLE.parents[1]))
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stdin.write(f"{QUESTION}\n".encode() * 3)
        process.stdin.close()
        said = process.stderr.read().decode()
        assert process.wait(timeout=60) == 1
    assert "Traceback" not in said
    assert "Exception ignored" not in said
