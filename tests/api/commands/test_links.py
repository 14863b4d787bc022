"""`xiaoer links`: what staff confirm."""

from pathlib import Path

from tests.api.commands.terminal import Xiaoer


def test_a_link_is_added_listed_and_removed(xiaoer: Xiaoer) -> None:
    assert "还没有" in xiaoer("links", "list").words
    added = xiaoer("links", "add", "开店多久要年报", "《青禾市年报办法》", "第三条")
    assert added.code == 0
    assert "收下1条" in added.words
    (link,) = xiaoer("links", "list", "--json").json["links"]
    assert (link["question"], link["title"], link["clause"]) == ("开店多久要年报", "青禾市年报办法", "第三条")
    assert xiaoer("links", "remove", link["id"]).code == 0
    assert xiaoer("links", "list", "--json").json["links"] == []


def test_a_document_that_is_not_here_is_named(xiaoer: Xiaoer) -> None:
    assert "现行文件里没有《某办法》第九条" in xiaoer("links", "add", "怎么办", "某办法", "第九条").words


def test_a_table_is_taken_in_once(xiaoer: Xiaoer, tmp_path: Path) -> None:
    table = tmp_path / "链接.csv"
    table.write_text("问题,文件,条款\n怎么年报,年报办法,第三条\n怎么注销,注销办法,第五条\n", encoding="utf-8")
    assert "收下2条" in xiaoer("links", "import", str(table)).words
    assert "收下0条" in xiaoer("links", "import", str(table)).words


def test_an_unknown_number_and_a_missing_file_are_told(xiaoer: Xiaoer, tmp_path: Path) -> None:
    assert "没有这样的编号" in xiaoer("links", "remove", "nothing").err
    assert xiaoer("links", "import", str(tmp_path / "没有.csv")).code == 2
