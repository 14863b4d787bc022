"""The retriever for chains of others: the same borders as an answer, and the ways LangChain calls it."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date

import pytest
from pydantic import ValidationError
from sqlalchemy import event, select, update

from knowledge import regions
from knowledge.clause_words import LONGEST, readable
from knowledge.documents import MASK, Audience
from knowledge.errors import UnknownRegion
from knowledge.langchain_retriever import PolicyRetriever
from knowledge.library import Question
from knowledge.schema import clauses, documents, passages
from tests.api.conftest import refuse_on_the_loop
from tests.sample import TODAY, OpenSample, open_sample

PLACES = ("青禾市", "南屏区", "望津县", "白榆市", "云岭省", "武汉市", "全国")
DAYS = (date(2019, 3, 31), date(2022, 7, 1), date(2025, 6, 30), TODAY, date(2031, 1, 1))
SUBJECTS = (
    "开业补贴多少钱",
    "小餐饮要办什么证",
    "升级处置 联系电话",
    "贷款贴息",
    "诉求直通 后台管理地址",
    "13800000001",
)
SECRETS = ("1380000000", "10.0.0.", "support@example.com")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenSample]:
    with open_sample(tmp_path_factory.mktemp("sample")) as opened:
        event.listen(opened.database.engine, "before_cursor_execute", refuse_on_the_loop)
        yield opened


def retriever(
    sample: OpenSample,
    region: str = "青禾市",
    *,
    audience: Audience = Audience.PUBLIC,
    on: date | None = None,
    limit: int = 5,
) -> PolicyRetriever:
    return PolicyRetriever(
        library=sample.library, today=lambda: TODAY, region=region, audience=audience, on=on, limit=limit
    )


def test_a_document_carries_what_a_citation_needs(sample: OpenSample) -> None:
    found = retriever(sample).invoke("青禾市个体工商户创业扶持办法第六条")[0]
    assert found.page_content.startswith("第六条")
    assert found.id == found.metadata["clause_id"] == f"{found.metadata['document']}/第六条"
    assert found.metadata["why"]["named"]
    expected = {
        "title": "青禾市个体工商户创业扶持办法",
        "doc_number": "青政规〔2025〕2号",
        "clause": "第六条",
        "region": "青禾市",
        "effective_from": "2025-07-01",
        "effective_to": "2030-06-30",
        "on": "2026-07-01",
        "in_force": True,
        "audience": "public",
    }
    assert expected.items() <= found.metadata.items()


def test_documents_can_be_written_as_json(sample: OpenSample) -> None:
    found = retriever(sample).invoke("开业补贴多少钱")
    assert json.loads(json.dumps([one.metadata for one in found])) == [one.metadata for one in found]


def test_a_published_question_comes_with_its_answer(sample: OpenSample) -> None:
    found = retriever(sample).invoke("开店政府给补多少钱")[0]
    assert found.metadata["clause"] == "FAQ-001"
    assert "8000元" in found.page_content


def test_a_clause_comes_whole_with_the_items_below_it(sample: OpenSample) -> None:
    found = retriever(sample).invoke("青禾市个体工商户创业扶持办法第五条")[0]
    assert found.metadata["clause"] == "第五条"
    assert found.page_content.startswith("第五条 下列人员首次创办")
    assert found.page_content.endswith("（五）持有残疾人证的人员。")


def test_an_item_for_staff_is_left_out_of_the_clause_that_the_public_reads(sample: OpenSample) -> None:
    question = Question("青禾市个体工商户创业扶持办法第五条", "990100", TODAY)
    passage = sample.library.find(question).results[0].passage
    with sample.database.engine.begin() as tx:
        hidden = clauses.c.id == f"{passage.clause_id}第（三）项"
        assert tx.execute(update(clauses).where(hidden).values(audience=Audience.STAFF)).rowcount == 1
        scope = sample.library.scope(question)
        shown = {who: readable(tx, [passage], scope, who)[passage.id] for who in Audience}
        tx.rollback()
    assert "（二）登记失业人员；\n（四）返乡创业农民工；" in shown[Audience.PUBLIC]
    assert "（三）退役军人；" in shown[Audience.STAFF]


def test_of_a_very_long_clause_only_the_passage_is_given(sample: OpenSample) -> None:
    question = Question("青禾市个体工商户创业扶持办法第六条", "990100", TODAY)
    passage = sample.library.find(question).results[0].passage
    with sample.database.engine.begin() as tx:
        tx.execute(update(clauses).where(clauses.c.id == passage.clause_id).values(end=passage.start + LONGEST + 1))
        words = readable(tx, [passage], sample.library.scope(question), Audience.PUBLIC)[passage.id]
        tx.rollback()
    assert words == passage.body


def test_what_changed_after_it_was_found_is_not_read(sample: OpenSample) -> None:
    """Its place in the text may hold other words by now."""
    question = Question("青禾市个体工商户创业扶持办法第六条", "990100", TODAY)
    passage = sample.library.find(question).results[0].passage
    with sample.database.engine.begin() as tx:
        tx.execute(update(passages).where(passages.c.id == passage.id).values(body="另一段话"))
        assert readable(tx, [passage], sample.library.scope(question), Audience.PUBLIC) == {}
        tx.rollback()


@pytest.mark.parametrize("audience", list(Audience))
def test_nothing_comes_from_elsewhere_from_another_time_or_for_other_eyes(
    sample: OpenSample, audience: Audience
) -> None:
    with sample.database.reading() as tx:
        query = select(
            passages.c.clause_id, passages.c.region, passages.c.audience, documents.c.audience.label("of_all")
        )
        known = {row.clause_id: row for row in tx.execute(query.join(documents))}
    seen = 0
    for place in PLACES:
        chain = regions.chain(regions.resolve(place))
        for on in DAYS:
            asking = retriever(sample, place, audience=audience, on=on, limit=20)
            for one in asking.batch(list(SUBJECTS)):
                for found in one:
                    row, fields = known[found.metadata["clause_id"]], found.metadata
                    assert row.region in chain
                    assert {row.audience, row.of_all} <= set(audience.sees())
                    assert fields["in_force"]
                    assert (fields["effective_from"] or "0") <= on.isoformat() <= (fields["effective_to"] or "9")
                    seen += 1
    assert seen > 200


def test_secrets_are_masked_for_the_public_and_readable_for_staff(sample: OpenSample) -> None:
    read = {
        who: "\n".join(
            found.page_content + json.dumps(found.metadata, ensure_ascii=False)
            for place in PLACES
            for found_of in retriever(sample, place, audience=who, limit=50).batch(list(SUBJECTS))
            for found in found_of
        )
        for who in Audience
    }
    assert not [secret for secret in SECRETS if secret in read[Audience.PUBLIC]]
    assert MASK in read[Audience.PUBLIC]
    assert all(secret in read[Audience.STAFF] for secret in SECRETS)


def test_an_earlier_day_gives_the_version_of_that_day(sample: OpenSample) -> None:
    asked = "青禾市个体工商户创业扶持办法第五条"
    numbers = [
        retriever(sample, on=on).invoke(asked)[0].metadata["doc_number"]
        for on in (date(2025, 6, 30), date(2025, 7, 1), None)
    ]
    assert numbers == ["青政规〔2022〕5号", "青政规〔2025〕2号", "青政规〔2025〕2号"]


def test_without_a_region_only_national_rules_are_found(sample: OpenSample) -> None:
    found = PolicyRetriever(library=sample.library, today=lambda: TODAY).batch(list(SUBJECTS))
    assert {one.metadata["region"] for of_one in found for one in of_one} <= {"全国"}


def test_waiting_batches_and_threads_give_the_same(sample: OpenSample) -> None:
    asking = retriever(sample)
    plain = [asking.invoke(subject) for subject in SUBJECTS]
    assert asking.batch(list(SUBJECTS), config={"max_concurrency": 4}) == plain
    assert asyncio.run(asking.abatch(list(SUBJECTS))) == plain


def test_waiting_leaves_the_event_loop_free(sample: OpenSample) -> None:
    """SQL on the loop raises here: see the fixture."""
    assert asyncio.run(retriever(sample).ainvoke("开业补贴多少钱"))


def test_no_question_finds_nothing(sample: OpenSample) -> None:
    assert retriever(sample).invoke(" \n") == []


def test_the_limit_holds(sample: OpenSample) -> None:
    assert len(retriever(sample, limit=2).invoke("开业补贴多少钱")) == 2


def test_a_region_that_does_not_exist_is_told_at_once(sample: OpenSample) -> None:
    with pytest.raises(UnknownRegion, match="青和市"):
        retriever(sample, "青和市")


def test_nobody_becomes_staff_by_assignment(sample: OpenSample) -> None:
    asking = retriever(sample)
    with pytest.raises(ValidationError):
        asking.audience = Audience.STAFF


def test_langchain_is_loaded_with_the_retriever_only() -> None:
    script = "import sys, api.bootstrap, api.app; sys.exit('langchain_core' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
