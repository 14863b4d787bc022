"""`xiaoer ingest`, `remove` and `reindex`: what goes in and out, and beside a running service."""

import io
import sys
from pathlib import Path

import pytest

from api.bootstrap import SAMPLE
from knowledge.index_lock import IndexLock
from tests.api.commands.terminal import QUESTION, RULES, Xiaoer


def test_ingest_goes_on_after_bad_files_and_names_them_with_their_reasons(xiaoer: Xiaoer, tmp_path: Path) -> None:
    good = tmp_path / "good.md"
    good.write_bytes((SAMPLE / RULES).read_bytes())
    (tmp_path / "empty.txt").touch()
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 and nothing more")
    said = xiaoer("ingest", good, tmp_path / "empty.txt", tmp_path / "broken.docx", tmp_path / "missing.pdf")
    assert said.code == 1
    assert "没有收入的文件（3）" in said.words
    for words in ("empty.txt文件是空的", "broken.docxWord文档已损坏", "missing.pdf文件不存在"):
        assert words in said.words.replace("│", "").replace("┃", "")
    assert xiaoer("ask", "开业补贴标准", "--region", "青禾市", "--json").json["answered"] is True


def test_ingest_names_the_labels_that_wait_and_what_a_person_should_look_at(xiaoer: Xiaoer, tmp_path: Path) -> None:
    bare = tmp_path / "bare.txt"
    bare.write_text("办事窗口说明\n\n一、窗口每天开放。\n\n二、联系人：张三，电话 13800138000。\n", encoding="utf-8")
    said = xiaoer("ingest", bare)
    assert said.code == 0
    assert "标签待核（1）" in said.words
    assert "适用地区" in said.words
    assert "13800138000" not in said.out + said.err


def test_ingest_names_the_answers_and_items_that_a_new_document_puts_out_of_date(
    xiaoer: Xiaoer, tmp_path: Path
) -> None:
    xiaoer("ingest", SAMPLE / RULES, SAMPLE / "faq.csv", SAMPLE / "service_items.csv", "--words-only")
    text = (SAMPLE / RULES).read_text(encoding="utf-8").replace("青政规〔2025〕2号", "青政规〔2026〕9号")
    text = text.replace("青政规〔2022〕5号", "青政规〔2025〕2号").replace("2025年5月28日", "2026年6月1日")
    (tmp_path / "new.md").write_text(text.replace("2025年7月1日", "2026年6月10日"), encoding="utf-8")
    said = xiaoer("ingest", tmp_path / "new.md", "--words-only").words
    assert "依据变了的问答、事项和解读：不再用来作答（25）" in said
    assert "FAQ-001" in said
    told = xiaoer("ingest", tmp_path / "new.md", "--words-only", "--json").json["outdated"]
    assert {"FAQ-001", "S-01"} <= {one["entry"] for one in told}
    checks = {check["name"]: check["found"] for check in xiaoer("doctor", "--json").json["checks"]}
    assert checks["问答和事项的依据"].startswith("25 份：")


def test_ingest_names_the_self_tests_that_a_new_document_puts_out_of_date(xiaoer: Xiaoer, tmp_path: Path) -> None:
    veteran = ("entity=个体工商户", "region=青禾市", "first_business=是", "founder_category=退役军人")
    tried = ("rules", "test", "qinghe_opening_subsidy", *(part for one in veteran for part in ("--facts", one)))
    assert xiaoer("ingest", SAMPLE / RULES, "--words-only", "--json").json["self_tests"] == []
    assert "8000元" in xiaoer(*tried).words
    assert xiaoer("rules", "check").code == 0
    text = (SAMPLE / RULES).read_text(encoding="utf-8").replace("青政规〔2025〕2号", "青政规〔2026〕9号")
    text = text.replace("青政规〔2022〕5号", "青政规〔2025〕2号").replace("2025年5月28日", "2026年6月1日")
    (tmp_path / "new.md").write_text(text.replace("2025年7月1日", "2026年6月10日"), encoding="utf-8")
    said = xiaoer("ingest", tmp_path / "new.md", "--words-only").words
    assert "依据变了的自测：到那一天不再判断，请改规则" in said
    told = xiaoer("ingest", tmp_path / "new.md", "--words-only", "--json").json["self_tests"]
    assert "qinghe_opening_subsidy" in {one["policy"] for one in told}
    checks = {check["name"]: check["found"] for check in xiaoer("doctor", "--json").json["checks"]}
    assert "自测规则还没有更新" in checks["自测的依据"]
    checked = xiaoer("rules", "check")
    assert (checked.code, "请按新文件补一版" in checked.words) == (1, True)
    assert "（青政规〔2026〕9号）自2026年6月10日起代替" in xiaoer(*tried).words
    assert "8000元" not in xiaoer(*tried).words.partition("\n")[2]


def test_ingest_as_json_tells_every_file_and_the_counts(xiaoer: Xiaoer, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    first = xiaoer("ingest", SAMPLE / RULES, tmp_path / "empty.txt", "--json")
    assert first.code == 1
    assert first.json.keys() == {"files", "counts", "outdated", "self_tests"}
    assert [file["status"] for file in first.json["files"]] == ["new", "failed"]
    assert first.json["files"][1]["reason"]
    again = xiaoer("ingest", SAMPLE / RULES, "--json")
    assert again.code == 0
    assert again.json["counts"] == {"new": 0, "updated": 0, "unchanged": 1, "duplicate": 0, "failed": 0}


def test_a_folder_without_files_to_read_is_a_mistake(xiaoer: Xiaoer, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    said = xiaoer("ingest", tmp_path / "nothing")
    assert said.code == 2
    assert "没有找到可以收入的文件" in said.err


def test_the_audience_given_holds_for_the_files(xiaoer: Xiaoer) -> None:
    assert xiaoer("ingest", SAMPLE / RULES, "--audience", "staff", "--words-only").code == 0
    public = xiaoer("ask", "开业补贴标准", "--region", "青禾市", "--json").json
    staff = xiaoer("ask", "开业补贴标准", "--region", "青禾市", "--audience", "staff", "--json").json
    assert (public["answered"], staff["answered"]) == (False, True)


def test_remove_takes_a_document_out_and_its_predecessor_is_in_force_again(
    xiaoer: Xiaoer, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = SAMPLE / "documents/02-qinghe-chuangye-fuchi-2022.md"
    files = xiaoer("ingest", SAMPLE / RULES, earlier, "--json").json["files"]
    monkeypatch.setattr(sys, "stdin", io.StringIO("n\n"))
    refused = xiaoer("remove", files[0]["document"])
    assert refused.code == 1
    assert "《青禾市个体工商户创业扶持办法》" in refused.err
    assert "已取消" in refused.err
    assert xiaoer("remove", files[0]["document"], "--yes").code == 0
    sources = xiaoer("ask", "开业补贴标准", "--region", "青禾市", "--json").json["sources"]
    assert {source["document"] for source in sources} == {files[1]["document"]}
    gone = xiaoer("remove", files[0]["document"], "--yes")
    assert gone.code == 1
    assert "没有编号为" in gone.err


def test_reindex_builds_the_indexes_again(xiaoer: Xiaoer) -> None:
    xiaoer("ingest", SAMPLE / RULES)
    said = xiaoer("reindex")
    assert said.code == 0
    assert "索引已重建" in said.err


def test_beside_a_running_service_questions_are_answered_and_indexes_left_to_it(
    sampled: Xiaoer, started: tuple[Path, str], tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").touch()
    with IndexLock(started[0] / "data" / "index"):
        assert sampled("ask", QUESTION, "--region", "青禾市", "--json").json["answered"] is True
        ingested = sampled("ingest", tmp_path / "empty.txt", SAMPLE / RULES)
        assert "索引正由另一个xiaoer进程（通常是运行中的服务）使用，它会自己更新索引" in ingested.words
        refused = sampled("reindex")
        assert refused.code == 1
        assert "正由另一个 xiaoer 进程使用" in refused.err
        checks = {check["name"]: check for check in sampled("doctor", "--json").json["checks"]}
        assert "另一个 xiaoer 进程" in checks["索引由谁使用"]["found"]
