"""Self-tests in the conversation, on a log of their own, by words alone: every way through one."""

import json
from datetime import UTC, datetime

import pytest

from assistant.behaviours import SAFETY
from assistant.events import Event, Notice, Progress, Purpose, Remembered, Reply
from assistant.responder import Responder
from knowledge.rules.engine import shipped
from knowledge.rules.explain import DISCLAIMER
from tests.assistant.chatting import (
    QINGHE,
    Talk,
    asked,
    notices,
    progress,
    questions,
    remembered,
    replies,
    responder,
    results,
    the_form,
)
from tests.sample import OpenSample

YICHANG, WANGJIN, WUHAN = "420500", "990121", "420100"
OPENING = "我是退役军人，第一次开店，能领开业补贴吗？"
VAT = "自测：增值税起征点"


def in_vat(engine: Responder, *said: str) -> Talk:
    """The threshold of value-added tax, asked in 宜昌."""
    talk = Talk(engine, YICHANG)
    for words in (VAT, *said):
        talk.say(words)
    return talk


def texts(events: list[Event]) -> str:
    return "\n".join(str(getattr(one, "text", "")) for one in events)


def test_the_self_test_that_fits_begins_at_once_and_says_what_it_is(engine: Responder) -> None:
    events = Talk(engine).say(OPENING)
    (reply,) = replies(events)
    assert reply.behaviour == "eligibility"
    for words in ("仅供参考", "不用登录", "待定", "我不下结论"):
        assert words in reply.text
    assert [card.link for card in reply.cards] == ["/selftest/qinghe_opening_subsidy?region=990100"]
    assert reply.answer is not None
    assert the_form(events).title == "一次性开业补贴"
    assert [one.kind for one in events] == ["reply", "form", "progress"]


def test_what_was_said_is_confirmed_once_before_it_counts(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say("我有营业执照，2026年3月领的")
    form = the_form(talk.say(OPENING))
    assert form.purpose is Purpose.CONFIRM
    heard = {one.name: (one.value, one.heard, one.rough) for one in form.fields}
    assert heard["founder_category"] == ("退役军人", "我是退役军人", False)
    assert heard["first_business"][0] == "是"
    assert heard["registered_on"][0::2] == ("2026-03-01", True)
    assert "fact:founder_category" not in remembered(talk.events)
    events = talk.say("没错")
    assert remembered(events)["fact:founder_category"] == "退役军人"
    assert the_form(events).purpose is Purpose.ASK
    assert not {"founder_category", "first_business"} & set(asked(events))


def test_what_was_heard_wrongly_is_corrected_in_words_and_shown_again(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say(OPENING)
    form = the_form(talk.say("不对，我是登记失业人员"))
    assert form.purpose is Purpose.CONFIRM
    assert {one.name: one.value for one in form.fields}["founder_category"] == "登记失业人员"
    assert remembered(talk.say("对"))["fact:founder_category"] == "登记失业人员"


def test_what_was_heard_is_corrected_in_the_form_too(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say(OPENING)
    events = talk.fill(region="青禾市南屏区", founder_category="不知道", first_business="否")
    assert remembered(events) == {"region": "990102", "fact:region": "青禾市南屏区", "fact:first_business": "否"}
    assert "founder_category" not in asked(events) if not results(events) else True


def test_what_was_heard_wrongly_is_taken_out_and_asked(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say(OPENING)
    events = talk.fill(region="990102", founder_category="", first_business="是")
    assert "fact:founder_category" not in remembered(events)
    assert the_form(events).purpose is Purpose.ASK
    assert not [one.complaint for one in the_form(events).fields if one.complaint]
    while "founder_category" not in asked(events):
        events = talk.fill(**dict.fromkeys(asked(events), "不知道"))
    assert the_form(events).purpose is Purpose.ASK


def test_a_plain_no_drops_what_was_heard_and_asks(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say(OPENING)
    events = talk.say("不对")
    assert the_form(events).purpose is Purpose.ASK
    assert not remembered(events)


def test_a_policy_of_another_city_is_never_offered(engine: Responder) -> None:
    events = Talk(engine, YICHANG).say("我能领开业补贴吗")
    assert not [one for one in events if one.kind == "form"]
    (reply,) = replies(events)
    assert [card.service for card in reply.cards] == ["eligibility"]


def test_where_several_fit_one_chooses(engine: Responder) -> None:
    talk = Talk(engine, WANGJIN)
    (question,) = questions(talk.say("我想领开业补贴，能领吗"))
    labels = [one.label for one in question.choices]
    assert {"一次性开业补贴", "望津叠加开业补贴"} <= set(labels)
    assert the_form(talk.say("自测：望津叠加开业补贴")).title == "望津叠加开业补贴"
    assert the_form(talk.say("自测：一次性开业补贴")).title == "一次性开业补贴"


def test_what_only_explains_is_told_without_questions(engine: Responder) -> None:
    events = Talk(engine, YICHANG).say("名特优新我能不能评")
    (result,) = results(events)
    assert (result.policy, result.verdict) == ("hubei_special_traders", "")
    assert result.result["sections"]
    assert not [one for one in events if one.kind == "form"]


def test_an_ended_relief_says_what_replaced_it(engine: Responder) -> None:
    (result,) = results(Talk(engine, YICHANG).say("自测：增值税免征旧口径"))
    assert "停止执行" in result.sentence
    assert [one["id"] for one in result.result["replaced_by"]] == ["vat_threshold"]


def test_it_ends_as_soon_as_the_verdict_is_certain(engine: Responder) -> None:
    talk = in_vat(engine)
    events = talk.say("一般纳税人")
    (result,) = results(events)
    assert (result.policy, result.verdict, result.on) == ("vat_threshold", "not_met", "2026-07-01")
    assert DISCLAIMER in result.note
    assert ("vat_taxpayer", "增值税纳税人身份", "一般纳税人") in result.answers
    (reply,) = replies(events)
    assert "2026年7月1日" in reply.text
    assert DISCLAIMER in reply.text
    assert {"改回答", "还差什么", "转人工"} <= {one.label for one in result.choices}


def test_fields_and_words_come_to_the_same(engine: Responder) -> None:
    filled, spoken = in_vat(engine), in_vat(engine)
    filled.fill(vat_taxpayer="小规模纳税人", period_sales="8万5")
    filled.fill(vat_taxpayer="小规模纳税人", period_sales="8.5万")
    (by_form,) = results(filled.fill(vat_period="按月"))
    spoken.say("小规模，一个月八万五")
    for words in ("没错", "按月"):
        events = spoken.say(words)
        if results(events):
            break
    (by_words,) = results(events)
    assert (by_form.verdict, by_words.verdict) == ("met", "met")
    assert {one[0]: one[2] for one in by_form.answers} == {one[0]: one[2] for one in by_words.answers}


def test_a_value_that_cannot_be_read_is_complained_about_and_the_others_are_kept(engine: Responder) -> None:
    talk = in_vat(engine)
    events = talk.fill(vat_taxpayer="小规模纳税人", period_sales="很多")
    assert remembered(events) == {"fact:vat_taxpayer": "小规模纳税人"}
    (field,) = the_form(events).fields
    assert (field.name, field.value) == ("period_sales", "很多")
    assert "80000" in field.complaint
    assert "不知道" in field.complaint
    assert remembered(talk.fill(period_sales="9万")) == {"fact:period_sales": "9万"}


@pytest.mark.parametrize("vague", ["八万左右吧", "大概八万", "差不多8万"])
def test_a_rough_figure_is_asked_again_with_what_was_heard(engine: Responder, vague: str) -> None:
    talk = in_vat(engine)
    events = talk.say(f"小规模，{vague}")
    assert remembered(events) == {"fact:vat_taxpayer": "小规模纳税人"}
    (field,) = the_form(events).fields
    assert (field.name, field.value) == ("period_sales", "80000")
    assert "大概数" in field.complaint
    assert remembered(talk.say("没错")) == {"fact:period_sales": "80000"}


@pytest.mark.parametrize("vague", ["不到10万", "十几万", "七八万", "顶多八万", "万把块", "八万打底", "好几万"])
def test_a_figure_too_vague_to_take_is_asked_for_kindly(engine: Responder, vague: str) -> None:
    events = in_vat(engine, "小规模").say(vague)
    assert not remembered(events)
    (field,) = the_form(events).fields
    assert "请写一个数" in field.complaint


def test_words_that_answer_nothing_are_told_what_is_wanted(engine: Responder) -> None:
    events = in_vat(engine).say("照着上次窗口登记的那样")
    assert not remembered(events)
    assert "没听明白" in the_form(events).text
    assert all(one.complaint for one in the_form(events).fields)


def test_unanswered_is_open_and_never_a_no(engine: Responder) -> None:
    talk = in_vat(engine)
    for _ in range(4):
        events = talk.say("不知道")
        if results(events):
            break
    (result,) = results(events)
    assert result.verdict == "unknown"
    assert {shown for _, _, shown in result.answers} == {"不知道"}


def test_the_question_before_is_asked_again_and_keeping_it_restores_it(engine: Responder) -> None:
    talk = in_vat(engine, "小规模", "9万")
    events = talk.say("上一题")
    form = the_form(events)
    assert [(one.name, one.value) for one in form.fields] == [("period_sales", "9万")] or form.fields[
        0
    ].value == "90000"
    assert remembered(events) == {"fact:period_sales": ""}
    assert remembered(talk.say("不变"))["fact:period_sales"] == "90000"
    (result,) = results(talk.say("按月"))
    assert result.verdict == "met"


def test_before_the_first_question_there_is_none(engine: Responder) -> None:
    events = in_vat(engine).say("上一题")
    assert "第一题" in the_form(events).text


@pytest.mark.parametrize("words", ["改一下销售额", "改前面的回答"])
def test_an_answer_is_changed_in_a_form(engine: Responder, words: str) -> None:
    talk = in_vat(engine, "小规模", "9万", "按月")
    form = the_form(talk.say(words))
    assert form.purpose is Purpose.CHANGE
    assert {one.name: one.value for one in form.fields}["period_sales"] == "90000"
    (result,) = results(talk.fill(period_sales="12万"))
    assert result.verdict == "not_met"


@pytest.mark.parametrize("words", ["销售额说错了，是12万", "销售额改成12万"])
def test_an_answer_is_changed_in_one_sentence(engine: Responder, words: str) -> None:
    (result,) = results(in_vat(engine, "小规模", "9万", "按月").say(words))
    assert (result.verdict, {name: shown for name, _, shown in result.answers}["period_sales"]) == (
        "not_met",
        "12万元",
    )


def test_changing_something_never_takes_a_number_from_the_order_itself(engine: Responder) -> None:
    talk = in_vat(engine, "小规模", "9万", "按月")
    assert not remembered(talk.say("改一下销售额"))
    assert not remembered(talk.say("等一下"))


def test_it_rests_and_goes_on_days_later_from_the_log_alone(sample: OpenSample, engine: Responder) -> None:
    talk = in_vat(engine, "小规模")
    stopped = talk.say("先停一停")
    assert "继续自测" in texts(stopped)
    assert "form" not in {one.kind for one in talk.say("谢谢")}
    later = Talk(responder(sample), None, datetime(2026, 7, 9, 1, tzinfo=UTC))
    later.log = list(talk.log)
    events = later.say("继续自测")
    assert asked(events) == ["period_sales"]
    later.say("9万")
    (result,) = results(later.say("按月"))
    assert (result.verdict, result.on) == ("met", "2026-07-09")


def test_a_form_filled_in_while_it_rests_takes_it_up_again(engine: Responder) -> None:
    talk = in_vat(engine, "小规模", "先停一停")
    assert asked(talk.fill(period_sales="9万")) == ["vat_period"]


def test_a_question_beside_it_is_answered_and_the_form_comes_again(engine: Responder) -> None:
    talk = Talk(engine)
    for words in (OPENING, "没错"):
        before = asked(talk.say(words))
    events = talk.say("残疾人开店补贴多少")
    assert "10000元" in texts(events)
    assert asked(events) == before
    assert not remembered(events)


def test_an_answer_and_a_question_in_one_message_are_both_heard(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say(OPENING)
    talk.say("没错")
    events = talk.say("个体工商户，开业补贴要带什么材料？")
    assert remembered(events)["fact:entity"] == "个体工商户"
    assert [one for one in replies(events) if one.answer]
    assert "entity" not in asked(events)


def test_how_a_figure_is_meant_is_told_from_the_rulebook(engine: Responder) -> None:
    events = in_vat(engine, "小规模").say("这个怎么算？")
    assert "1.01" in texts(events)
    assert asked(events) == ["period_sales"]


def test_a_person_is_called_at_once(engine: Responder) -> None:
    talk = in_vat(engine, "小规模")
    events = talk.say("转人工")
    assert replies(events)[0].behaviour == "human"
    assert "form" not in {one.kind for one in events}
    assert [one.code for one in notices(events)] == ["resting"]
    assert asked(talk.say("继续自测")) == ["period_sales"]


def test_danger_comes_first(engine: Responder) -> None:
    events = in_vat(engine, "小规模").say("算了，不想活了")
    assert [one.behaviour for one in replies(events)] == ["crisis"]
    assert "form" not in {one.kind for one in events}


def test_another_self_test_keeps_the_facts_and_the_first_is_taken_up_again(engine: Responder) -> None:
    talk = Talk(engine)
    for words in (OPENING, "没错", "个体工商户"):
        talk.say(words)
    events = talk.say("自测：场租补贴")
    assert the_form(events).title == "场租补贴"
    assert "主体类型" in replies(events)[0].text
    assert not {"entity", "founder_category", "region"} & set(asked(events))
    ended = talk.say("先看结果")
    assert [one.policy for one in results(ended)] == ["qinghe_rent_subsidy"]
    again = next(one.send for one in replies(ended)[0].choices if "开业补贴" in one.label)
    assert the_form(talk.say(again)).title == "一次性开业补贴"


def test_in_another_region_the_policies_are_chosen_anew_and_the_facts_stay(engine: Responder) -> None:
    talk = Talk(engine)
    for words in ("创业贷款我能申请吗", "没错", "个体工商户"):
        talk.say(words)
    events = talk.say("我的店搬到武汉了")
    assert the_form(events).title == "武汉创业担保贷款"
    assert [(one.name, one.value) for one in the_form(events).fields] == [("region", "湖北省武汉市")]
    assert "entity" not in asked(talk.say("没错"))


def test_where_the_policy_does_not_bind_that_is_said(engine: Responder) -> None:
    talk = Talk(engine)
    for words in (OPENING, "没错"):
        talk.say(words)
    events = talk.say("我的店搬到武汉了")
    assert "不适用" in texts(events)
    assert "form" not in {one.kind for one in events}


def test_everything_is_one_interview_and_shared_facts_are_asked_once(engine: Responder) -> None:
    talk = Talk(engine)
    events = talk.say("有什么补贴我能拿")
    assert the_form(events).title == "我能享受什么"
    seen: list[str] = []
    answers = {"entity": "个体工商户", "region": "青禾市", "employees": "3", "operating_normally": "是"}
    for _ in range(60):
        if results(events):
            break
        names = asked(events)
        assert not set(names) & set(seen)
        seen += names
        events = talk.fill(**{name: answers.get(name, "不知道") for name in names})
    told = results(events)
    order = ["met", "unknown", "not_met", ""]
    assert [order.index(one.verdict) for one in told] == sorted(order.index(one.verdict) for one in told)
    assert not {"dormancy", "annual_report", "vat_threshold_2023", "baiyu_opening_subsidy"} & {
        one.policy for one in told
    }
    assert {"vat_threshold", "qinghe_opening_subsidy"} <= {one.policy for one in told}
    assert f"一共看了 {len(told)} 项" in replies(events)[0].text


def test_in_yichang_everything_means_the_country_and_hubei(engine: Responder) -> None:
    talk = Talk(engine, YICHANG)
    talk.say("我能享受什么")
    told = {one.policy for one in results(talk.say("先看结果"))} or {one.policy for one in results(talk.say("看结果"))}
    assert {"hubei_special_traders", "vat_threshold", "six_taxes_half"} <= told
    assert not {one for one in told if one.startswith(("qinghe", "wuhan", "wangjin"))}


def test_what_is_missing_is_told_from_the_trace(engine: Responder) -> None:
    talk = in_vat(engine, "小规模", "12万", "按月")
    for words in ("还差什么", "为什么不行"):
        (reply,) = replies(talk.say(words))
        assert "月销售额低于10万元" in reply.text
        assert "第二十三条" in reply.text
        assert "12万元" in reply.text
        assert DISCLAIMER in reply.text


def test_materials_are_told_once_and_in_full(engine: Responder) -> None:
    talk = Talk(engine)
    for words in (OPENING, "没错", "先看结果"):
        talk.say(words)
    (reply,) = replies(talk.say("材料核对"))
    assert "营业执照（可共享，免交）" in reply.text
    assert [card.link for card in reply.cards] == ["/selftest/qinghe_opening_subsidy/materials"]


def test_everything_forgotten_ends_the_test_and_what_was_said_is_not_heard_again(engine: Responder) -> None:
    talk = Talk(engine)
    for words in (OPENING, "没错"):
        talk.say(words)
    events = talk.say("忘掉我")
    assert remembered(events)["fact:founder_category"] == ""
    assert "没有做到一半的自测" in texts(talk.say("继续自测"))
    assert "没有做到一半的自测" in texts(talk.fill(entity="个体工商户"))
    talk.say("我的店在青禾市")
    again = talk.say("自测：一次性开业补贴")
    assert "founder_category" not in {one.name for one in the_form(again).fields if one.value}


def test_one_fact_deleted_from_memory_is_asked_again(engine: Responder) -> None:
    talk = in_vat(engine, "小规模")
    talk.log.append(
        talk.log[-1].__class__(
            len(talk.log) + 1, talk.log[-1].at, talk.log[-1].author, Remembered("fact:vat_taxpayer", "", "", "")
        )
    )
    assert "vat_taxpayer" in asked(talk.say("9万"))


def test_sensitive_answers_go_to_nobody_else(engine: Responder) -> None:
    talk = Talk(engine)
    for words in ("我能领开业补贴吗", "没错"):
        talk.say(words)
    talk.fill(founder_category="持有残疾人证", entity="个体工商户")
    card = next(card for reply in replies(talk.say("转人工")) for card in reply.cards if card.service == "handoff")
    told = json.dumps(card.context, ensure_ascii=False)
    assert "残疾" not in told
    assert "个体工商户" in told
    assert "开业补贴" in told


def test_a_tapped_answer_is_never_taken_for_danger_or_a_memory_order(engine: Responder) -> None:
    talk = Talk(engine)
    for words in ("我能领开业补贴吗", "没错"):
        talk.say(words)
    for value in ("持有残疾人证", "登记失业人员", "返乡创业农民工", "退役军人"):
        events = talk.fill(founder_category=value)
        assert remembered(events)["fact:founder_category"] == value
    assert not [one for one in events if isinstance(one, Notice | Reply)]


def test_no_answer_of_any_form_is_taken_for_danger(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say("我能享受什么")
    for name, fact in shipped().vocabulary.items():
        values = fact.options or {"choice": [], "yes_no": ["是", "否"]}.get(fact.type, ["不知道"])
        for value in values:
            events = Talk(engine, log=talk.log).fill(f"{fact.label}：{value}", **{name: value})
            assert not [one.behaviour for one in replies(events) if one.behaviour in SAFETY], (name, value)


def test_a_fact_one_has_forgotten_is_unknown_and_no_order_to_forget(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say("自测：个体户个税减半")
    assert asked(talk.say("个体工商户")) == ["taxable_income"]
    (result,) = results(talk.say("忘了"))
    assert result.verdict == "unknown"


def test_the_hidden_fields_make_the_page_show_the_same(engine: Responder) -> None:
    (result,) = results(in_vat(engine, "小规模", "9万").say("按月"))
    sheet = dict(result.sheet)
    assert sheet["go"] == "result"
    assert sheet["a.period_sales"] == "90000"
    assert sheet["on"] == "2026-07-01"


def test_progress_holds_no_answers(engine: Responder) -> None:
    """So that what is deleted from memory stands nowhere else."""
    talk = in_vat(engine, "小规模", "9万")
    data = progress(talk.events)["eligibility"]
    assert "90000" not in json.dumps(data, ensure_ascii=False)


def test_a_broken_progress_is_no_test(engine: Responder) -> None:
    talk = Talk(engine)
    last = Progress("eligibility", {"policies": "x", "step": 5})
    talk.log.append(talk.log[-1].__class__(len(talk.log) + 1, talk.log[-1].at, talk.log[-1].author, last))
    assert replies(talk.say("残疾人开店补贴多少"))[0].behaviour == "answer"
    assert QINGHE in remembered(talk.events).values()
