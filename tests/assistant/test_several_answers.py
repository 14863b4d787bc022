"""Messages with several questions: each part is answered with its own sources, what is open is named."""

import pytest

from assistant.answer import Answer, Extent
from assistant.answerability import load
from assistant.flows.answer import AnswerFlow
from assistant.flows.looking_up import LookUp, Topic
from assistant.flows.other_places import Evidence, OtherPlaces
from assistant.flows.sourcing import Sourcing
from assistant.telling import Opening, Said, answer_of
from assistant.writing import AnswerWriter
from knowledge.library import Finding, Question
from prompts.client import ChatModel
from prompts.settings import ModelSettings
from tests.sample import TODAY, OpenSample
from tests.scripted_model import Reply, scripted_model

TWO = "创业补贴在哪里申请？残疾人开店补贴多少？"
PARTLY = "残疾人开店补贴多少？另外今天股票涨了没有？"
CLAUSES = "青政规〔2025〕2号第六条怎么说？青政规〔2025〕2号第九条怎么说？"
RENT = "本办法第五条规定的人员租用经营场所的，自登记之日起3年内，按实际支付租金的50%给予场租补贴，每月最高800元，补贴期限累计不超过24个月"


def ask(sample: OpenSample, text: str) -> Answer:
    return sample.answers.answer(Question(text, "990100", TODAY))


def test_every_question_gets_its_own_numbered_answer(sample: OpenSample) -> None:
    text = ask(sample, TWO).text
    first, second = text.index("一、创业补贴在哪里申请？"), text.index("二、残疾人开店补贴多少？")
    assert first < text.index("政务服务大厅") < second < text.index("10000元")


def test_every_part_has_sources_of_its_own(sample: OpenSample) -> None:
    answer = ask(sample, TWO)
    numbers = [number for part in answer.parts for number in part.sources]
    assert numbers == list(range(1, len(answer.sources) + 1))
    assert all(part.sources for part in answer.parts)


def test_citations_are_counted_through_the_whole_answer(sample: OpenSample) -> None:
    answer = ask(sample, TWO)
    positions = [answer.text.index(f"[{number}]") for number in range(1, len(answer.sources) + 1)]
    assert positions == sorted(positions)


def test_a_clause_that_was_found_otherwise_stands_beside_nothing_that_comes_near(sample: OpenSample) -> None:
    places = OtherPlaces(sample.library, Sourcing(sample.library, sample.database), Evidence())
    look_up = LookUp(sample.library, Evidence(), load(), Sourcing(sample.library, sample.database), places)
    asked = Question("收到审核结果后向哪个单位提出复核？", "990100", TODAY)
    found = sample.library.find(asked).results[:1]
    assert look_up.in_own_words(Topic(asked, Finding(), found), "向哪个单位提出").chosen == found


def test_an_open_part_is_named(sample: OpenSample) -> None:
    answer = ask(sample, PARTLY)
    assert "这一部分现有文件没有规定：今天股票涨了没有？" in answer.text
    assert [part.answered for part in answer.parts] == [True, False]


@pytest.mark.parametrize(
    ("message", "extent"),
    [(TWO, Extent.ANSWERED), (PARTLY, Extent.PARTLY), ("今天股票涨了没有？明天会下雨吗？", Extent.NOT)],
)
def test_the_extent_says_how_much_is_settled(sample: OpenSample, message: str, extent: Extent) -> None:
    answer = ask(sample, message)
    assert answer.extent is extent
    assert answer.answered is (extent is not Extent.NOT)
    assert answer.to_json()["extent"] == extent.value


def test_one_question_has_no_parts(sample: OpenSample) -> None:
    answer = ask(sample, "残疾人开店补贴多少？")
    assert answer.parts == []
    assert not answer.text.startswith("一、")


def test_a_message_of_which_nothing_is_settled_is_answered_whole(sample: OpenSample) -> None:
    assert ask(sample, "今天股票涨了没有？明天会下雨吗？").parts == []


def test_personal_data_is_not_repeated_in_a_heading(sample: OpenSample) -> None:
    answer = ask(sample, "我电话13800000001，残疾人开店补贴多少？创业补贴在哪里申请？")
    assert "13800000001" not in answer.text + str(answer.to_json()["parts"])


def test_a_model_writes_each_part_from_the_sources_of_that_part(sample: OpenSample) -> None:
    first = "申请人属于残疾人或者零就业家庭成员的，开业补贴增加2000元[1]。"
    second = f"{RENT}[1]。"
    with scripted_model(Reply(first), Reply(second)) as model:
        client = ChatModel(ModelSettings(model.base_url, "scripted", timeout_seconds=5, retries=0))
        flow = AnswerFlow(sample.library, sample.database, writer=AnswerWriter(client))
        events = list(flow.answer_stream(Question(CLAUSES, "990100", TODAY)))
        client.close()
    answer = answer_of(events)
    place = answer.parts[1].sources[0]
    assert [type(event) for event in events].count(Opening) == 1
    said = [event for event in events if isinstance(event, Said)]
    assert [event.citations for event in said] == [(1,), (place,)]
    assert said[1].text.endswith(f"{RENT}[{place}]。")
    assert f"{RENT}[{place}]" in answer.text


def test_a_further_question_too_short_for_itself_goes_on_about_the_matter_before(sample: OpenSample) -> None:
    _, second = ask(sample, "食品经营许可几天办完？变更几天？").parts
    assert second.question == "食品经营许可变更几天？"
    assert second.answered


def test_a_further_question_that_settles_itself_is_left_alone(sample: OpenSample) -> None:
    assert ask(sample, "信用修复收费吗？办执照收费吗？").parts[1].question == "办执照收费吗？"
