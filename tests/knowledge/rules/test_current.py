"""Documents of the knowledge base put editions of the rulebook out of date, from the day they say."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection

from ingest.pipeline import ingest
from knowledge.rules import current
from knowledge.rules.engine import Engine, Standing, shipped
from knowledge.rules.explain import amounts
from knowledge.rules.logic import Verdict
from knowledge.rules.outdated import Change
from knowledge.rules.result import result_of
from knowledge.schema import changes
from tests.knowledge.rules.replacing import AFTER, BEFORE, NEW, OLD, OPENING, VETERAN, replacement, revised
from tests.knowledge.rules.sampled import DOCUMENTS
from tests.knowledge.shelf import empty_database

MET_BEFORE = Verdict.MET, [("一次性开业补贴", "8000元")]


@contextmanager
def beside(folder: Path, *files: Path | str) -> Iterator[Connection]:
    """The rulebook's engine beside these documents; a text is a file of its own."""
    database = empty_database(folder)
    paths = []
    for number, one in enumerate(files):
        path = one if isinstance(one, Path) else folder / f"{number}.md"
        if isinstance(one, str):
            path.write_text(one, encoding="utf-8")
        paths.append(path)
    report = ingest(paths, database, at=datetime(2026, 10, 25, tzinfo=UTC))
    assert not report.failed
    with database.reading() as tx:
        yield tx
    database.close()


def _papers() -> list[Path]:
    return [one for one in sorted(DOCUMENTS.iterdir()) if one.suffix != ".yaml"]


def judged(engine: Engine, on: date) -> tuple[Verdict | None, list[tuple[str, str]]]:
    decision = engine.decide(OPENING, engine.read(VETERAN), on)
    return decision.verdict, [(one.label, one.shown) for one in amounts(decision)]


def test_a_document_that_takes_the_place_of_a_basis_ends_the_self_test_from_its_first_day(tmp_path: Path) -> None:
    with beside(tmp_path, DOCUMENTS, replacement()) as tx:
        engine = current.engine_of(tx)
    assert judged(engine, BEFORE) == MET_BEFORE
    decision = engine.decide(OPENING, engine.read(VETERAN), AFTER)
    assert (decision.standing, decision.verdict) == (Standing.OUTDATED, None)
    result = result_of(engine, OPENING, engine.read(VETERAN), AFTER)
    assert (result.amounts, result.rows, result.materials, result.steps) == ((), (), (), ())
    assert result.sentence.startswith(
        f"这项自测所依据的《青禾市个体工商户创业扶持办法》（{OLD}）已被《青禾市个体工商户创业扶持办法》（{NEW}）"
        "自2026年11月1日起代替，自测规则还没有更新，不能据此判断。"
    )
    told = result.to_json()["outdated"]
    assert (told["change"], told["since"], told["by"]["doc_number"]) == ("replaced", "2026-11-01", NEW)
    assert told["by"]["link"] == f"/documents/{told['by']['document']}"
    assert "8000" not in str({**result.to_json(), "policy": ""})


def test_a_repeal_without_anything_in_its_place_is_called_one(tmp_path: Path) -> None:
    repeal = (
        "# 青禾市人民政府关于废止部分行政规范性文件的决定\n\n青政规〔2026〕12号\n\n"
        f"经研究，决定对下列文件予以废止：《青禾市个体工商户创业扶持办法》（{OLD}）予以废止。\n\n"
        "本决定自2026年11月1日起施行。\n\n青禾市人民政府\n2026年10月20日\n"
    )
    with beside(tmp_path, DOCUMENTS, repeal) as tx:
        engine = current.engine_of(tx)
    found = engine.outdated(OPENING, AFTER)
    assert found is not None
    assert found.change is Change.REPEALED
    assert "（青政规〔2026〕12号）自2026年11月1日起废止" in found.told()
    assert engine.outdated(OPENING, BEFORE) is None


def test_a_change_of_the_clause_ends_it_and_a_change_of_another_does_not(tmp_path: Path) -> None:
    def amending(article: str) -> str:
        return (
            "# 青禾市人民政府关于修改《青禾市个体工商户创业扶持办法》的决定\n\n青政规〔2026〕13号\n\n"
            f"一、将{article}中的“8000元”修改为“9000元”。\n\n二、本决定自2026年11月1日起施行。\n\n"
            "青禾市人民政府\n2026年10月20日\n"
        )

    for folder, article in (("five", "第五条"), ("other", "第二十九条")):
        (tmp_path / folder).mkdir()
        with beside(tmp_path / folder, DOCUMENTS, amending(article)) as tx:
            engine = current.engine_of(tx)
        assert judged(engine, BEFORE) == MET_BEFORE
        found = engine.outdated(OPENING, AFTER)
        if article == "第五条":
            assert found is not None
            assert "第五条已被" in found.told()
            assert "自2026年11月1日起修改" in found.told()
        else:
            assert found is None


@pytest.mark.parametrize(
    "words",
    [
        f"将《青禾市个体工商户创业扶持办法》（{OLD}）第五条规定的一次性开业补贴标准由8000元调整为9000元。",
        f"《青禾市个体工商户创业扶持办法》（{OLD}）第五条同时废止。",
    ],
)
def test_a_notice_that_changes_or_ends_the_clause_in_its_text_ends_it(tmp_path: Path, words: str) -> None:
    notice = (
        "# 青禾市人力资源和社会保障局关于调整一次性开业补贴标准的通知\n\n青人社规〔2026〕8号\n\n"
        f"一、{words}\n\n二、本通知自2026年11月1日起施行。\n\n青禾市人力资源和社会保障局\n2026年10月20日\n"
    )
    with beside(tmp_path, DOCUMENTS, notice) as tx:
        engine = current.engine_of(tx)
    assert judged(engine, BEFORE) == MET_BEFORE
    found = engine.outdated(OPENING, AFTER)
    assert found is not None
    assert "第五条已被《青禾市人力资源和社会保障局关于调整一次性开业补贴标准的通知》" in found.told()
    assert engine.outdated("qinghe_startup_loan", AFTER) is None


def test_where_the_words_quoted_no_longer_stand_in_the_document_nothing_is_judged(tmp_path: Path) -> None:
    others = [one for one in _papers() if not one.name.startswith("03-")]
    with beside(tmp_path, *others, revised()) as tx:
        engine = current.engine_of(tx)
    found = engine.outdated(OPENING, BEFORE)
    assert found is not None
    assert found.change is Change.REWORDED
    assert "第五条，现在收录的版本" in found.told()


def test_beside_the_documents_it_was_written_from_every_edition_stands(tmp_path: Path) -> None:
    with beside(tmp_path, DOCUMENTS) as tx:
        assert current.outdated(tx, shipped()) == {}


def test_without_the_document_nothing_changes(tmp_path: Path) -> None:
    others = [one for one in _papers() if one.name[:3] not in {"02-", "03-"}]
    with beside(tmp_path, *others) as tx:
        engine = current.engine_of(tx)
    assert judged(engine, AFTER) == MET_BEFORE


def test_what_the_public_may_not_see_ends_it_without_being_named(tmp_path: Path) -> None:
    (tmp_path / "new.md").write_text(replacement(), encoding="utf-8")
    (tmp_path / "new.md.labels.yaml").write_text("audience: staff\n", encoding="utf-8")
    with beside(tmp_path, DOCUMENTS, tmp_path / "new.md") as tx:
        engine = current.engine_of(tx)
    found = engine.outdated(OPENING, AFTER)
    assert found is not None
    assert found.by is None
    assert NEW not in found.told()


def test_it_is_worked_out_once_for_each_state_of_the_knowledge(tmp_path: Path) -> None:
    database = empty_database(tmp_path)
    ingest([DOCUMENTS], database, at=datetime(2026, 6, 1, tzinfo=UTC))
    with database.reading() as tx:
        first = current.engine_of(tx)
        assert current.engine_of(tx) is first
    (tmp_path / "new.md").write_text(replacement(), encoding="utf-8")
    ingest([tmp_path / "new.md"], database, at=datetime(2026, 10, 25, tzinfo=UTC))
    with database.reading() as tx:
        assert current.engine_of(tx).outdated(OPENING, AFTER) is not None
        assert tx.execute(changes.select()).first() is not None
    assert first.outdated(OPENING, AFTER) is None


@pytest.mark.parametrize("on", [date(2024, 3, 1), date(2025, 6, 30)])
def test_an_older_edition_goes_by_its_own_document(tmp_path: Path, on: date) -> None:
    with beside(tmp_path, DOCUMENTS, replacement()) as tx:
        assert current.engine_of(tx).outdated(OPENING, on) is None
