"""Answers put into words by a language model: shown only when every word holds, else the extract."""

from assistant.answer import Answer
from assistant.flows.answer import AnswerFlow
from assistant.flows.looking_up import Topic
from assistant.flows.replies import AI_WRITTEN, WRITTEN_IN_PART
from assistant.writing import AnswerWriter
from knowledge.library import Question
from prompts.client import ChatModel
from prompts.settings import ModelSettings
from tests.sample import TODAY, OpenSample
from tests.scripted_model import Reply, ScriptedModel, scripted_model

QUESTION = "青禾市个体工商户创业扶持办法第六条"
FAITHFUL = "申请人属于残疾人或者零就业家庭成员的，开业补贴增加2000元[1]。"
INVENTED = "申请人属于残疾人或者零就业家庭成员的，开业补贴增加9000元[1]。"


def ask(sample: OpenSample, model: ScriptedModel, text: str = QUESTION) -> Answer:
    client = ChatModel(ModelSettings(model.base_url, "scripted", timeout_seconds=5, retries=0))
    try:
        flow = AnswerFlow(sample.library, sample.database, writer=AnswerWriter(client))
        return flow.answer(Question(text, "990100", TODAY))
    finally:
        client.close()


class Unsure(AnswerFlow):
    """Whatever it finds is only near to the question."""

    def _is_near(self, topic: Topic, least: float) -> bool:
        return True


def test_of_what_is_only_near_no_model_makes_an_answer(sample: OpenSample) -> None:
    with scripted_model(Reply("不可以[1]。")) as model:
        client = ChatModel(ModelSettings(model.base_url, "scripted", timeout_seconds=5, retries=0))
        answer = Unsure(sample.library, sample.database, writer=AnswerWriter(client)).answer(
            Question(QUESTION, "990100", TODAY)
        )
        client.close()
    assert "不可以" not in answer.text
    assert answer.text.startswith("没有找到直接对应的规定")
    assert not model.requests


def test_a_faithful_answer_is_shown_with_its_citations(sample: OpenSample) -> None:
    with scripted_model(Reply(FAITHFUL)) as model:
        answer = ask(sample, model)
    assert answer.text.startswith(FAITHFUL)
    assert "《青禾市个体工商户创业扶持办法》（青政规〔2025〕2号）第六条" in answer.text


def test_what_a_model_wrote_is_marked_as_such(sample: OpenSample) -> None:
    with scripted_model(Reply(FAITHFUL)) as model:
        assert AI_WRITTEN in ask(sample, model).notices


def test_an_invented_sum_never_reaches_the_reader(sample: OpenSample) -> None:
    with scripted_model(Reply(INVENTED)) as model:
        answer = ask(sample, model)
    assert "9000" not in answer.text
    assert AI_WRITTEN not in answer.notices
    assert answer.answered


def test_what_had_passed_before_an_invented_sum_stays_and_the_text_of_the_rule_follows(sample: OpenSample) -> None:
    with scripted_model(Reply(FAITHFUL + INVENTED)) as model:
        answer = ask(sample, model)
    assert answer.text.startswith(f"{FAITHFUL}\n\n{WRITTEN_IN_PART}\n查到的规定：")
    assert answer.sources[0].quote in answer.text
    assert "9000" not in answer.text
    assert {AI_WRITTEN, WRITTEN_IN_PART} <= set(answer.notices)


def test_an_answer_says_which_prompt_and_model_wrote_it(sample: OpenSample) -> None:
    with scripted_model(Reply(FAITHFUL)) as model:
        written = ask(sample, model).to_json()
    with scripted_model(Reply(INVENTED)) as model:
        quoted = ask(sample, model).to_json()
    assert (written["prompt_version"].partition("@")[0], written["model"]) == ("answer", "scripted")
    assert (quoted["prompt_version"], quoted["model"]) == (None, None)


def test_without_evidence_the_model_is_not_asked(sample: OpenSample) -> None:
    with scripted_model(Reply("股票今天涨了[1]。")) as model:
        answer = ask(sample, model, "今天股票涨了没有")
        asked = len(model.requests)
    assert (answer.answered, asked) == (False, 0)


def test_a_published_faq_is_never_rewritten(sample: OpenSample) -> None:
    with scripted_model(Reply(INVENTED)) as model:
        ask(sample, model, "残疾人开店补贴多少")
        assert model.requests == []


def test_personal_data_in_the_question_does_not_leave_the_house(sample: OpenSample) -> None:
    with scripted_model(Reply(FAITHFUL)) as model:
        ask(sample, model, f"我电话13800000001，{QUESTION}")
        sent = str(model.requests)
    assert QUESTION in sent
    assert "13800000001" not in sent


def test_a_model_reads_a_published_answer_together_with_its_question(sample: OpenSample) -> None:
    with scripted_model(Reply(FAITHFUL)) as model:
        ask(sample, model, "我是残疾人，想开个店，开店补贴有多少")
        asked = str(model.requests)
    assert "问：" in asked
    assert "答：会。申请人属于残疾人或者零就业家庭成员的" in asked


def test_an_entry_and_its_basis_are_each_listed_once(sample: OpenSample) -> None:
    questions = (
        "残疾人开店补贴多少",
        "我是残疾人，想开个店，开店补贴有多少",
        "个体户年报怎么报，过期了怎么办",
        "小饭馆健康证几天能办好",
    )
    for question in questions:
        with scripted_model(Reply("无法回答")) as model:
            answer = ask(sample, model, question)
        told = [(one.document, one.clause) for one in answer.sources]
        quotes = [one.quote for one in answer.sources]
        assert len(told) == len(set(told)), question
        assert len(quotes) == len(set(quotes)), question
