"""A run with a language model, over a real client and a scripted endpoint: what is kept, and what is reported."""

import json
from pathlib import Path

import pytest

from assistant.flows.answer import AnswerFlow
from assistant.writing import AnswerWriter
from evals.errors import BadDataset, Missing
from evals.written import Outcome, Row, Run, Telling, read
from evals.written_cases import Asked
from evals.written_report import WrittenReport, choose, transcripts
from prompts.accounting import Price
from prompts.client import ChatModel
from prompts.settings import ModelSettings
from tests.sample import OpenSample
from tests.scripted_model import Reply, scripted_model

CASE = Asked("set/1", "普通话", "青禾市个体工商户创业扶持办法第六条", "990100", None)
FAQ = "青禾市一次性开业补贴有多少钱，什么人能领？"
FAITHFUL = "申请人属于残疾人或者零就业家庭成员的，开业补贴增加2000元[1]。"
INVENTED = "申请人属于残疾人或者零就业家庭成员的，开业补贴增加9000元[1]。"


def ask(sample: OpenSample, *script: Reply, case: Asked = CASE) -> Row:
    telling = Telling()
    with scripted_model(*script) as endpoint:
        model = ChatModel(ModelSettings(endpoint.base_url, "scripted", timeout_seconds=5, retries=0))
        writer = AnswerWriter(model, on_written=telling.on_written)
        try:
            return telling.ask(case, AnswerFlow(sample.library, sample.database, writer=writer))
        finally:
            model.close()


def test_an_answer_that_passes_counts_as_whole(sample: OpenSample) -> None:
    row = ask(sample, Reply(FAITHFUL))
    assert (row.outcome, row.drafts, row.problems) == (Outcome.WHOLE, [FAITHFUL], [])
    assert row.first_sentence_seconds is not None


def test_an_answer_that_breaks_off_counts_as_part_and_keeps_what_was_refused(sample: OpenSample) -> None:
    row = ask(sample, Reply(FAITHFUL + INVENTED))
    assert row.outcome == Outcome.PART
    assert "9000" in row.drafts[0]
    assert "9000" not in row.text
    assert row.problems


def test_refused_attempts_are_kept_raw_and_the_answer_counts_as_quoted(sample: OpenSample) -> None:
    row = ask(sample, Reply(INVENTED))
    assert (row.outcome, len(row.drafts), row.said) == (Outcome.QUOTED, 2, [])


def test_a_published_answer_counts_as_such_and_asks_no_model(sample: OpenSample) -> None:
    row = ask(sample, Reply(FAITHFUL), case=Asked("set/2", "普通话", FAQ, "990100", None))
    assert (row.outcome, row.drafts) == (Outcome.FAQ, [])


def test_no_evidence_counts_as_refused(sample: OpenSample) -> None:
    row = ask(sample, Reply(FAITHFUL), case=Asked("set/3", "没有依据", "今天股票涨了没有", "990100", None))
    assert row.outcome == Outcome.REFUSED


def test_an_endpoint_that_says_nothing_is_no_answer_of_the_model(sample: OpenSample) -> None:
    assert ask(sample, Reply(status=500)).is_silent


def row(number: int = 1, **fields: object) -> Row:
    values = {
        "id": f"set/{number}", "group": "普通话", "question": "问", "outcome": Outcome.QUOTED.value, "text": "文",
        "notices": [], "said": [], "sources": [], "drafts": ["稿"], "problems": [], "seconds": 1.0,
        "opening_seconds": 0.01, "first_piece_seconds": 0.5, "first_sentence_seconds": None,
    }  # fmt: skip
    return Row(**values | fields)  # type: ignore[arg-type]


def cases(count: int) -> list[Asked]:
    return [Asked(f"set/{number}", "普通话", "问", "990100", None) for number in range(1, count + 1)]


def number_of(case: Asked) -> int:
    return int(case.id.partition("/")[2])


def test_results_are_written_as_they_come_and_a_resumed_run_asks_only_the_rest(tmp_path: Path) -> None:
    file = tmp_path / "written.jsonl"
    Run(file, lambda case: row(number_of(case))).go(cases(2))
    asked: list[str] = []

    def ask_again(case: Asked) -> Row:
        asked.append(case.id)
        return row(number_of(case))

    run = Run(file, ask_again)
    run.resume()
    assert [one.id for one in run.go(cases(3))] == ["set/1", "set/2", "set/3"]
    assert asked == ["set/3"]
    assert [one.id for one in read(file)] == ["set/1", "set/2", "set/3"]


def test_a_line_cut_off_by_a_stop_is_asked_again(tmp_path: Path) -> None:
    file = tmp_path / "written.jsonl"
    Run(file, lambda case: row(number_of(case))).go(cases(2))
    file.write_text(file.read_text(encoding="utf-8")[:-20], encoding="utf-8")
    assert [one.id for one in read(file)] == ["set/1"]


def test_a_file_of_something_else_is_named(tmp_path: Path) -> None:
    file = tmp_path / "other.jsonl"
    file.write_text(json.dumps({"a": 1}) + "\n", encoding="utf-8")
    with pytest.raises(BadDataset, match=r"other\.jsonl"):
        read(file)


def test_a_silent_endpoint_ends_the_run_and_leaves_no_results(tmp_path: Path) -> None:
    file = tmp_path / "written.jsonl"
    with pytest.raises(Missing):
        Run(file, lambda case: row(number_of(case), drafts=[], prompt_version="answer@1")).go(cases(9))
    assert read(file) == []


def test_a_run_whose_time_is_over_reports_what_it_has(tmp_path: Path) -> None:
    run = Run(tmp_path / "written.jsonl", lambda case: row(number_of(case)))
    assert len(run.go(cases(5), is_over=lambda: len(run.rows) == 2)) == 2


def test_a_wrong_number_that_was_shown_is_in_the_report() -> None:
    source = {"title": "办法", "clause": "第六条", "region": "青禾市", "quote": "补贴8000元。"}
    said = "补贴9000元[1]。"
    report = WrittenReport([row(text=said, said=[(said, [1])], sources=[source])], Price()).to_json()
    assert report["wrong_shown"] == 1
    assert report["wrong"][0]["words"] == "9000元"


def test_an_order_that_was_obeyed_is_in_the_report() -> None:
    obeyed = row(text="已经批准[1]。", said=[("已经批准[1]。", [1])], forbidden=["已经?批准"])
    assert WrittenReport([obeyed], Price()).to_json()["obeyed"] == 1


def test_an_order_that_only_a_refused_draft_obeyed_is_not() -> None:
    assert WrittenReport([row(drafts=["已批准"], forbidden=["已批准"])], Price()).to_json()["obeyed"] == 0


def test_the_price_counts_what_the_endpoint_told() -> None:
    report = WrittenReport([row(tokens_in=1_000_000, tokens_out=500_000)], Price(1.0, 2.0)).to_json()
    assert report["cost_yuan"] == 2.0


def test_transcripts_show_refused_drafts_and_what_was_refused() -> None:
    text = transcripts([row(drafts=["错稿"], problems=[["所引资料里没有", "数字“9”"]])])
    assert "错稿" in text
    assert "拦下：所引资料里没有：数字“9”" in text


def test_transcripts_quote_real_texts_in_short_and_fictional_ones_whole() -> None:
    sources = [
        {"title": "办法", "clause": "第一条", "region": region, "quote": letter * 300}
        for region, letter in (("武汉市", "真"), ("青禾市", "虚"))
    ]
    text = transcripts([row(sources=sources)])
    assert (text.count("真"), text.count("虚")) == (200, 300)


def test_transcripts_prefer_the_sample() -> None:
    real = row(1, sources=[{"title": "法", "clause": "第一条", "region": "全国", "quote": ""}])
    fictional = row(2, sources=[{"title": "办法", "clause": "第一条", "region": "青禾市", "quote": ""}])
    assert choose([real, fictional], 1) == [fictional]
