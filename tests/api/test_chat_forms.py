"""Forms of self-tests on the chat page in a real browser, told by a stand-in for the conversations."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.api.browsing import does_not_scroll_sideways, watched
from tests.api.chat_scripts import HOSTILE, open_chat, say
from tests.api.chatting import ChatDesk, Step
from tests.api.selftest_page import ask, form, question, serious, shot, whole
from tests.api.selftest_scripts import hostile, selftest

WIDTHS = pytest.mark.parametrize("width", [360, 1280])


@pytest.fixture(autouse=True)
def _as_usual(desk: ChatDesk) -> None:
    desk.script = selftest


def heard_fields(desk: ChatDesk) -> Step:
    """What the newest message brought."""
    newest = list(desk.conversations.values())[-1]
    return dict([told for told in newest.events if told["kind"] == "message"][-1]["fields"])


@WIDTHS
def test_a_few_questions_are_answered_in_one_message_each_with_its_own_control(
    browser: Browser, chat_address: str, desk: ChatDesk, width: int
) -> None:
    with watched(browser, chat_address, width=width) as page:
        open_chat(page)
        card = ask(page, "问几题")
        expect(card).to_contain_text("已答 3 题，大约还有 2 题")
        size = card.get_by_label("从业人员", exact=True)
        assert size.get_attribute("inputmode") == "numeric"
        size.fill("３")
        card.get_by_label("开始经营的日期", exact=True).fill("2025-09-01")
        card.get_by_label("本期销售额", exact=True).fill("8")
        card.get_by_label("本期销售额的单位").select_option("万元")
        question(page, "从哪一天起").get_by_text("怎么填、在哪里查").click()
        expect(card.get_by_text("营业执照“成立日期”或“注册日期”")).to_be_visible()
        expect(card.get_by_text("经营者本人不算。")).to_be_hidden()
        assert serious(page) == []
        assert does_not_scroll_sideways(page)
        shot(page, f"form-{width}")
        card.get_by_role("button", name="继续").click()
        expect(page.locator("#messages .own .bubble").last).to_have_text(
            "从业人员：3 人；开始经营的日期：2025年9月1日；本期销售额：8万元"
        )
        assert heard_fields(desk) == {"employees": "3", "opened_on": "2025-09-01", "period_sales": "8万元"}


def test_choices_places_periods_and_shares_have_controls_of_their_own(
    browser: Browser, chat_address: str, desk: ChatDesk
) -> None:
    with watched(browser, chat_address, width=360) as page:
        open_chat(page)
        card = ask(page, "样样都问")
        card.get_by_label("企业", exact=True).check()
        card.get_by_role("button", name=re.compile("登记地：还没有选")).click()
        assert serious(page) == []
        page.get_by_role("dialog").get_by_role("button", name="云岭省青禾市南屏区").click()
        expect(card.get_by_role("button", name="登记地：云岭省青禾市南屏区")).to_be_focused()
        card.get_by_label("缴费月数", exact=True).fill("1")
        card.get_by_label("缴费月数的单位").select_option("年")
        expect(card.get_by_text("比较私密，可以不答")).to_be_visible()
        question(page, "残疾职工").get_by_label("不知道").check()
        assert serious(page) == []
        whole(page, "controls-360")
        card.get_by_role("button", name="继续").click()
        expect(page.locator("#messages .own .bubble").last).to_contain_text("登记地：云岭省青禾市南屏区")
        assert heard_fields(desk) == {"entity": "企业", "region": "990102", "months": "1年", "share": "不知道"}


def test_a_single_question_is_answered_by_one_tap_and_an_older_form_is_only_read(
    browser: Browser, chat_address: str, desk: ChatDesk
) -> None:
    with watched(browser, chat_address, width=360) as page:
        open_chat(page)
        card = ask(page, "问一题")
        heights = card.locator(".tap").evaluate_all("all => all.map((one) => one.getBoundingClientRect().height)")
        assert all(height >= 44 for height in heights)
        assert serious(page) == []
        shot(page, "tap-360")
        card.get_by_role("button", name="是", exact=True).click()
        expect(page.locator(".outcome")).to_be_visible()
        assert heard_fields(desk) == {"operating_normally": "是"}
        expect(form(page)).to_have_count(0)
        page.locator(".asked summary").click()
        expect(page.locator(".asked")).to_contain_text("现在是不是在正常经营？")
        assert page.locator(".asked input, .asked button").count() == 0
        page.reload()
        expect(page.locator(".outcome")).to_be_visible()
        expect(form(page)).to_have_count(0)


def test_what_is_not_answered_is_asked_for_beside_the_question(
    browser: Browser, chat_address: str, desk: ChatDesk
) -> None:
    with watched(browser, chat_address, width=360) as page:
        open_chat(page)
        card = ask(page, "问几题")
        card.get_by_label("从业人员", exact=True).fill("3")
        card.get_by_role("button", name="继续").click()
        opened = card.get_by_label("开始经营的日期", exact=True)
        expect(opened).to_be_focused()
        expect(opened).to_have_accessible_description(re.compile("请回答这一题，或者选“不知道”"))
        expect(opened).to_have_attribute("aria-invalid", "true")
        assert serious(page) == []
        shot(page, "not-answered-360")
        opened.fill("2025-09-01")
        expect(opened).to_have_attribute("aria-invalid", "false")
        expect(page.locator("#messages .own")).to_have_count(1)
        question(page, "销售额").get_by_label("不知道").check()
        card.get_by_role("button", name="继续").click()
        expect(page.locator(".outcome")).to_be_visible()
        assert heard_fields(desk)["period_sales"] == "不知道"


def test_an_answer_that_cannot_be_read_comes_back_with_the_way_out_beside_it(
    browser: Browser, chat_address: str
) -> None:
    with watched(browser, chat_address, width=360) as page:
        open_chat(page)
        card = ask(page, "很多")
        sales = card.get_by_label("本期销售额", exact=True)
        expect(sales).to_have_value("很多")
        expect(sales).to_have_accessible_description("请写金额，如 80000 或 8万元")
        expect(card.get_by_label("从业人员", exact=True)).to_have_value("3")
        expect(page.get_by_label("新消息播报")).to_contain_text("请写金额")
        assert serious(page) == []
        shot(page, "complaint-360")


def test_facts_that_were_heard_are_kept_corrected_or_taken_out(
    browser: Browser, chat_address: str, desk: ChatDesk
) -> None:
    with watched(browser, chat_address, width=360) as page:
        open_chat(page)
        card = ask(page, "听到了什么")
        expect(card).to_contain_text("“店里就三个人”")
        expect(card).to_contain_text("说得不太具体，请核对")
        expect(card).to_contain_text("登记地：云岭省青禾市南屏区")
        whole(page, "heard-360")
        card.get_by_role("button", name="改：开始经营的日期").click()
        day = card.get_by_label("开始经营的日期", exact=True)
        expect(day).to_be_focused()
        day.fill("2025-09-12")
        card.get_by_role("checkbox", name=re.compile("登记地")).uncheck()
        assert serious(page) == []
        whole(page, "heard-corrected-360")
        card.get_by_role("button", name="核对好了，继续").click()
        expect(page.locator("#messages .own .bubble").last).to_have_text(
            "对的：从业人员：3 人；开始经营的日期：2025年9月12日。不对：登记地"
        )
        assert heard_fields(desk) == {"employees": "3", "opened_on": "2025-09-12", "region": ""}


def test_a_half_filled_form_outlives_a_reload_and_a_side_question_but_not_its_sending(
    browser: Browser, chat_address: str
) -> None:
    with watched(browser, chat_address, width=360) as page:
        open_chat(page)
        ask(page, "问几题").get_by_label("从业人员", exact=True).fill("5")
        page.reload()
        expect(form(page).get_by_label("从业人员", exact=True)).to_have_value("5")
        say(page, "补贴怎么领")
        expect(page.locator(".asked")).to_have_count(1)
        expect(form(page).get_by_label("从业人员", exact=True)).to_have_value("5")
        shot(page, "side-question-360")
        form(page).get_by_label("开始经营的日期", exact=True).fill("2025-09-01")
        form(page).get_by_role("button", name="继续").click()
        expect(page.locator(".outcome")).to_be_visible()
        assert "2025-09-01" not in page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")


def test_deleting_the_conversation_forgets_what_was_begun(browser: Browser, chat_address: str) -> None:
    with watched(browser, chat_address, breaks=True) as page:
        open_chat(page)
        ask(page, "问几题").get_by_label("从业人员", exact=True).fill("54321")
        assert "54321" in page.evaluate("JSON.stringify({...sessionStorage})")
        page.get_by_role("button", name="删除这段对话").click()
        page.get_by_role("button", name="删除", exact=True).click()
        expect(page.get_by_role("dialog")).to_contain_text("回执编号")
        assert "54321" not in page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")


def test_answers_that_could_not_be_sent_wait_and_withdrawn_come_back(
    browser: Browser, chat_address: str, desk: ChatDesk
) -> None:
    with watched(browser, chat_address, breaks=True) as page:
        open_chat(page)
        card = ask(page, "问几题")
        for box in card.get_by_label("不知道").all():
            box.check()
        page.context.set_offline(True)
        card.get_by_role("button", name="继续").click()
        expect(page.get_by_text("没有发出去")).to_be_visible()
        expect(form(page)).to_have_count(0)
        page.get_by_role("button", name="不发了").click()
        expect(form(page).get_by_label("不知道").first).to_be_checked()
        page.context.set_offline(False)
        form(page).get_by_role("button", name="继续").click()
        expect(page.locator(".outcome")).to_be_visible()
        assert set(heard_fields(desk).values()) == {"不知道"}


def test_nothing_moves_under_the_finger_when_the_end_of_a_form_is_reached(browser: Browser, chat_address: str) -> None:
    with watched(browser, chat_address, width=360) as page:
        open_chat(page)
        box = ask(page, "问几题").get_by_label("不知道").last
        expect(page.locator("#newer")).to_be_visible()
        top = "box.getBoundingClientRect().top"
        reached = box.evaluate(
            f"box => {{ const log = box.closest('#log'); log.scrollTop = log.scrollHeight; return {top}; }}"
        )
        expect(page.locator("#newer")).to_be_hidden()
        assert box.evaluate(f"box => {top}") == reached


def test_what_was_put_aside_cannot_be_filled_in_until_it_is_taken_up_again(browser: Browser, chat_address: str) -> None:
    with watched(browser, chat_address, width=360) as page:
        open_chat(page)
        ask(page, "问几题").get_by_label("从业人员", exact=True).fill("5")
        page.get_by_role("button", name="先停一停").click()
        expect(form(page)).to_have_count(0)
        page.get_by_role("button", name="继续自测").click()
        expect(form(page)).to_have_count(1)
        expect(form(page).get_by_label("从业人员", exact=True)).to_have_value("")


def test_the_keyboard_goes_from_form_to_form_and_whoever_moved_away_stays_there(
    browser: Browser, chat_address: str
) -> None:
    with watched(browser, chat_address) as page:
        open_chat(page)
        ask(page, "问一题")
        expect(page.get_by_label("您想问什么")).to_be_focused()
        question(page, "正常经营").get_by_role("button", name="否", exact=True).focus()
        page.keyboard.press("Enter")
        expect(page.locator("section.outcome")).to_be_focused()
        card = ask(page, "问几题")
        card.get_by_label("从业人员", exact=True).focus()
        page.keyboard.type("3")
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        expect(card.get_by_label("不知道").first).to_be_checked()
        expect(card.get_by_label("从业人员", exact=True)).to_have_value("")
        for box in card.get_by_label("不知道").all():
            box.check()
        card.get_by_role("button", name="继续").focus()
        page.keyboard.press("Enter")
        page.get_by_label("您想问什么").focus()
        expect(page.locator("section.outcome")).to_have_count(2)
        expect(page.get_by_label("您想问什么")).to_be_focused()


@pytest.mark.parametrize("words", ["填表", "核对", "结果"])
def test_hostile_words_in_forms_and_results_stay_words(
    browser: Browser, chat_address: str, desk: ChatDesk, words: str
) -> None:
    desk.script = hostile
    with watched(browser, chat_address, width=360) as page:
        open_chat(page)
        say(page, words)
        expect(page.locator("form.asking, section.outcome").first).to_contain_text("<script>window.hit=1</script>")
        for one in page.locator("details").all():
            one.evaluate("one => (one.open = true)")
        assert page.locator("main script, main img, a[href^='javascript']").count() == 0
        assert page.evaluate("window.hit") is None
        assert does_not_scroll_sideways(page)
        assert [one for one in page.locator("main a").all() if "evil" in (one.get_attribute("href") or "")] == []
        shot(page, f"hostile-{words}-360")
        if words == "填表":
            for box in page.locator("form.asking").get_by_label("不知道").all():
                box.check()
            page.locator("form.asking").get_by_role("button", name="继续").click()
            expect(page.locator("#messages .own .bubble").last).to_contain_text(HOSTILE[:40])


@pytest.mark.parametrize("dark", [False, True])
def test_dark_and_large_text_keep_forms_and_results_on_the_page(
    browser: Browser, chat_address: str, dark: bool
) -> None:
    name = "dark" if dark else "light"
    with watched(browser, chat_address, width=360, dark=dark) as page:
        open_chat(page)
        page.get_by_role("button", name="菜单").click()
        page.get_by_role("button", name="大字版").click()
        for number, words in enumerate(("样样都问", "听到了什么", "很多")):
            ask(page, words)
            assert serious(page) == []
            assert does_not_scroll_sideways(page)
            whole(page, f"large-form-{number}-{name}")
        for words in ("结果符合", "结果不符合", "结果待定", "我都能享受什么"):
            say(page, words)
            expect(page.locator("#tail > li")).to_have_count(0)
            expect(page.locator("section.outcome, .outcomes").last).to_be_visible()
            assert serious(page) == []
            assert does_not_scroll_sideways(page)
        shot(page, f"large-results-{name}")
