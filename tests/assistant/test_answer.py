"""Answers from the sample: what is quoted, what is named, what is never used."""

import itertools
from datetime import date

import pytest
from sqlalchemy import select

from assistant.answer import Answer
from assistant.flows.answer import WORDS_ALONE
from knowledge import regions
from knowledge.documents import MASK, Audience
from knowledge.library import Question
from knowledge.schema import documents
from knowledge.vector_cache import CachedEmbedding
from tests.fakes import HashEmbedding
from tests.sample import TODAY, OpenSample, open_sample

CONTRACT = {"answer", "answered", "flow", "region", "on", "sources"}
SOURCE_CONTRACT = {
    "document", "title", "doc_number", "clause", "quote", "region",
    "effective_from", "effective_to", "issued", "dates", "in_force", "audience", "score",
}  # fmt: skip
PLACES = ("青禾市", "南屏区", "望津县", "白榆市", "云岭省", "武汉市")
DAYS = (date(2019, 3, 31), date(2022, 7, 1), date(2025, 6, 30), date(2025, 7, 1), TODAY, date(2031, 1, 1))
SUBJECTS = (
    "开业补贴多少钱",
    "小餐饮要办什么证",
    "外摆摊位怎么申请",
    "升级处置 联系电话",
    "贷款贴息",
    "诉求几天办结",
    "场租补贴标准",
)


def ask(
    sample: OpenSample, text: str, place: str = "青禾市", *, on: date = TODAY, audience: Audience = Audience.PUBLIC
) -> Answer:
    return sample.answers.answer(Question(text, regions.resolve(place), on, audience))


def test_a_published_faq_is_given_word_for_word_when_the_question_is_the_same(sample: OpenSample) -> None:
    answer = ask(sample, "残疾人或者零就业家庭开店，开业补贴会多一些吗？")
    assert answer.text.startswith("会。申请人属于残疾人或者零就业家庭成员的，开业补贴增加2000元，即每户10000元。")


def test_a_variant_counts_as_the_same_question_without_its_punctuation(sample: OpenSample) -> None:
    assert ask(sample, "残疾人开店补贴多少").sources[0].clause == "FAQ-002"


def test_a_faq_names_the_clause_it_rests_on(sample: OpenSample) -> None:
    sources = ask(sample, "残疾人开店补贴多少？").sources
    assert [source.title for source in sources] == ["常见问答", "青禾市个体工商户创业扶持办法"]


def test_an_answer_names_document_number_clause_region_and_dates(sample: OpenSample) -> None:
    text = ask(sample, "青禾市个体工商户创业扶持办法第六条").text
    for named in (
        "《青禾市个体工商户创业扶持办法》",
        "青政规〔2025〕2号",
        "第六条",
        "适用地区：青禾市",
        "2025-07-01 起施行",
    ):
        assert named in text


def test_a_clause_that_is_named_goes_straight_to_the_clause(sample: OpenSample) -> None:
    sources = ask(sample, "青政规[2025]2号第6条怎么说").sources
    assert {source.clause for source in sources} <= {"第六条"} | {
        source.clause for source in sources if source.clause.startswith("第六条第")
    }


def test_an_earlier_day_is_answered_by_the_version_of_that_day(sample: OpenSample) -> None:
    before = ask(sample, "青禾市个体工商户创业扶持办法第五条", on=date(2025, 6, 30))
    after = ask(sample, "青禾市个体工商户创业扶持办法第五条", on=date(2025, 7, 1))
    assert [answer.sources[0].doc_number for answer in (before, after)] == ["青政规〔2022〕5号", "青政规〔2025〕2号"]


def test_a_quote_is_the_words_of_the_document(sample: OpenSample) -> None:
    source = ask(sample, "青禾市个体工商户创业扶持办法第六条").sources[0]
    with sample.database.reading() as tx:
        text = tx.execute(select(documents.c.text).where(documents.c.id == source.document)).scalar_one()
    assert source.quote in text


def test_what_the_documents_do_not_settle_is_not_answered(sample: OpenSample) -> None:
    answer = ask(sample, "今天股票涨了没有")
    assert (answer.answered, list(answer.sources)) == (False, [])
    assert "没有找到依据" in answer.text


def test_without_a_model_every_answer_says_so(sample: OpenSample) -> None:
    assert all(WORDS_ALONE in ask(sample, text).notices for text in ("开业补贴多少钱", "今天股票涨了没有"))


def test_with_a_model_no_answer_says_that_only_words_were_searched(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("with-model")
    embedding = CachedEmbedding(HashEmbedding(), folder / "vectors.db")
    with open_sample(folder, embedding) as opened:
        notices = ask(opened, "开业补贴多少钱").notices
    embedding.close()
    assert notices == []


def test_a_question_without_a_region_says_that_only_national_rules_were_searched(sample: OpenSample) -> None:
    answer = sample.answers.answer(Question("补贴", regions.COUNTRY, TODAY), region_given=False)
    assert any("全国性规定" in notice for notice in answer.notices)


def test_the_json_form_carries_the_contract(sample: OpenSample) -> None:
    values = ask(sample, "残疾人开店补贴多少").to_json()
    assert set(values) >= CONTRACT
    assert set(values["sources"][0]) >= SOURCE_CONTRACT


@pytest.mark.parametrize(("place", "day"), list(itertools.product(PLACES, DAYS)))
def test_no_other_region_no_other_day_and_no_other_audience_is_ever_used(
    sample: OpenSample, place: str, day: date
) -> None:
    chain = {regions.name(code) for code in regions.chain(regions.resolve(place))}
    for subject, audience in itertools.product(SUBJECTS, Audience):
        for source in ask(sample, subject, place, on=day, audience=audience).sources:
            assert regions.name(source.region) in chain
            assert source.effective_from is None or source.effective_from <= day
            assert source.effective_to is None or source.effective_to >= day
            assert source.audience in audience.sees()


def test_staff_only_documents_are_for_staff(sample: OpenSample) -> None:
    question = "青禾市个体工商户诉求疑难件升级处置手册"
    public = ask(sample, question)
    staff = ask(sample, question, audience=Audience.STAFF)
    assert question not in {source.title for source in public.sources}
    assert question in {source.title for source in staff.sources}


def test_the_public_never_reads_a_mobile_number(sample: OpenSample) -> None:
    for subject in ("联系电话 手机", "示例甲 电话多少", "升级 联系人 1380000"):
        answer = ask(sample, subject)
        assert "1380000" not in answer.text + str(answer.to_json()["sources"]).replace(subject, "")


def test_staff_reads_the_words_that_the_public_sees_masked(sample: OpenSample) -> None:
    question = "青禾市个体工商户诉求办理工作规范第四条"
    assert MASK in ask(sample, question).sources[0].quote
    assert MASK not in ask(sample, question, audience=Audience.STAFF).sources[0].quote


def test_what_an_authority_has_to_decide_is_settled_by_no_document(sample: OpenSample) -> None:
    assert ask(sample, "请保证我的开业补贴批下来").confidence == 0.0
    assert ask(sample, "开业补贴怎么申请").confidence is None  # by words alone it cannot be told


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("创业能力培训要上多少课时", "课时"),
        ("创业担保贷款的经办银行是哪几家", "哪几家"),
        ("开业补贴去年发了多少户", "户数"),
    ],
)
def test_what_no_clause_says_is_named_and_the_nearest_clause_is_no_source(
    sample: OpenSample, text: str, what: str
) -> None:
    answer = ask(sample, text)
    assert (answer.answered, list(answer.sources)) == (False, [])
    assert f"没有写明您问的{what}" in answer.text or what in answer.text.split("\n")[0]
    assert "最接近的是《" in answer.text
