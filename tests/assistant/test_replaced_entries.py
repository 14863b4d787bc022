"""A new document takes the place of one that published answers and service items rest on: the old sums stand nowhere."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant import since_then
from assistant.flows.former import FormerRules
from assistant.means import Knowledge
from knowledge.library import Question
from knowledge.outdated_entries import outdated, sums
from tests.assistant.chatting import QINGHE
from tests.sample import FOLDER, PARTS, OpenSample

OLD = "青政规〔2025〕2号"
NEW = "青政规〔2026〕9号"
BEFORE, AFTER = date(2026, 10, 31), date(2026, 12, 1)


@pytest.fixture(scope="module")
def replaced(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenSample]:
    folder = tmp_path_factory.mktemp("replaced")
    text = (FOLDER / "documents" / "03-qinghe-chuangye-fuchi-2025.md").read_text(encoding="utf-8")
    text = text.replace(OLD, NEW).replace("青政规〔2022〕5号", OLD).replace("8000元", "9000元")
    text = text.replace("2025年5月28日", "2026年10月20日").replace("2025年7月1日", "2026年11月1日")
    (folder / "new.md").write_text(text, encoding="utf-8")
    sample = OpenSample(folder, today=AFTER, parts=[*PARTS, folder / "new.md"])
    yield sample
    sample.close()


@pytest.mark.parametrize(
    "asked", ["开业补贴有多少钱？", "青禾市一次性开业补贴有多少钱，什么人能领？", "开业补贴有没有申请期限？"]
)
def test_the_clause_in_force_answers_what_an_old_entry_would(replaced: OpenSample, asked: str) -> None:
    answer = replaced.answers.answer(Question(asked, QINGHE, AFTER))
    assert answer.sources[0].doc_number == NEW
    assert "8000" not in answer.text
    assert not [one for one in answer.sources if one.title in {"常见问答", "事项指南"}]


def test_of_the_old_sum_it_is_said_what_took_its_place(replaced: OpenSample) -> None:
    answer = replaced.answers.answer(Question("开业补贴是8000元还是9000元", QINGHE, AFTER))
    assert f"（{OLD}）已于2026年11月1日被" in answer.text
    assert "9000元" in answer.sources[0].quote


def test_neither_does_the_old_explanation_stand_for_the_new_document(replaced: OpenSample) -> None:
    asked = Question("《青禾市个体工商户创业扶持办法》政策解读里开业补贴提高到多少", QINGHE, AFTER)
    assert not [one for one in replaced.library.find(asked).results if one.passage.kind == "解读"]


def test_for_a_day_before_the_entries_are_as_they_were(replaced: OpenSample) -> None:
    answer = replaced.answers.answer(Question("青禾市一次性开业补贴有多少钱，什么人能领？", QINGHE, BEFORE))
    assert (answer.sources[0].title, "8000元" in answer.text) == ("常见问答", True)


def test_an_old_figure_is_not_told_as_the_one_of_now(replaced: OpenSample) -> None:
    knowledge = Knowledge(replaced.database, replaced.library, replaced.answers)
    former = FormerRules(knowledge).find(Question("以前开业补贴不是8000元吗", QINGHE, AFTER), remembers=True)
    assert former is not None
    assert not [one for one in former.now if "8000" in one.passage.body]


def test_the_sources_of_an_older_answer_say_what_has_been_replaced_since(replaced: OpenSample) -> None:
    answer = replaced.answers.answer(Question("《青禾市个体工商户创业扶持办法》第五条", QINGHE, BEFORE)).to_json()
    with replaced.database.reading() as tx:
        then = since_then.as_of(tx, answer, told=BEFORE, today=BEFORE)
        (now, *_) = since_then.as_of(tx, answer, told=BEFORE, today=AFTER)
    assert then == answer["sources"]
    assert (now["in_force"], now["effective_to"], now["superseded_by"]["doc_number"]) == (False, "2026-10-31", NEW)
    assert now["remarks"][-1].startswith("作答之后，这份文件2026-11-01 起由《青禾市个体工商户创业扶持办法》")


def test_the_sources_of_an_older_published_answer_say_that_it_is_out_of_date(replaced: OpenSample) -> None:
    answer = replaced.answers.answer(Question("青禾市一次性开业补贴有多少钱，什么人能领？", QINGHE, BEFORE)).to_json()
    with replaced.database.reading() as tx:
        (now, *_) = since_then.as_of(tx, answer, told=BEFORE, today=AFTER)
    assert (now["title"], NEW in now["remarks"][-1]) == ("常见问答", True)


def test_an_answer_about_a_past_day_stays_as_it_was(replaced: OpenSample) -> None:
    answer = replaced.answers.answer(Question("《青禾市个体工商户创业扶持办法》第五条", QINGHE, BEFORE)).to_json()
    with replaced.database.reading() as tx:
        assert since_then.as_of(tx, answer, told=AFTER, today=AFTER) == answer["sources"]


def test_curators_see_every_entry_that_rests_on_what_was_replaced(replaced: OpenSample) -> None:
    with replaced.database.reading() as tx:
        found = {one.path: one for one in outdated(tx, AFTER).values()}
        assert outdated(tx, BEFORE) == {}
    assert {"FAQ-001", "FAQ-012", "S-01", "S-05"} <= found.keys()
    assert "FAQ-021" not in found
    assert found["FAQ-001"].told() == (
        f"依据的《青禾市个体工商户创业扶持办法》（{OLD}）已由《青禾市个体工商户创业扶持办法》（{NEW}）取代，请核对"
    )


def test_an_entry_with_a_sum_of_its_own_is_flagged_and_does_not_answer(tmp_path: Path) -> None:
    faq = (FOLDER / "faq.csv").read_text(encoding="utf-8").replace("一次性开业补贴8000元", "一次性开业补贴8500元")
    (tmp_path / "faq.csv").write_text(faq, encoding="utf-8")
    sample = OpenSample(tmp_path, parts=[FOLDER / "documents", tmp_path / "faq.csv"])
    try:
        answer = sample.answers.answer(Question("青禾市一次性开业补贴有多少钱，什么人能领？", QINGHE, date(2026, 7, 1)))
        with sample.database.reading() as tx:
            (one,) = outdated(tx, date(2026, 7, 1)).values()
    finally:
        sample.close()
    assert "8500" not in answer.text
    assert answer.sources[0].clause == "第五条"
    assert (one.path, one.sums) == ("FAQ-001", ("8500元",))


def test_the_sample_as_shipped_has_no_entry_out_of_date(sample: OpenSample) -> None:
    with sample.database.reading() as tx:
        assert outdated(tx, date(2026, 7, 1)) == {}


def test_sums_are_compared_by_value() -> None:
    assert list(sums("三千元、2万元、8,000元和0.5万元")) == [3000, 20000, 8000, 5000]
