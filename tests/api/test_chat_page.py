"""The chat in a real browser, before a stand-in of the conversations that streams, breaks and refuses when told to."""

import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.api.browsing import ARTEFACTS, does_not_scroll_sideways, watched
from tests.api.chat_scripts import HOSTILE, hostile, open_chat, say, script
from tests.api.chatting import ChatDesk, problem

SOURCES = "ol.sources .source"


@pytest.fixture(autouse=True)
def _as_usual(desk: ChatDesk) -> None:
    desk.script, desk.refusals, desk.swallows, desk.breaks_after = script, [], 0, 0


def shot(page: Page, name: str) -> None:
    page.screenshot(path=ARTEFACTS / f"chat-{name}.png")


def replies(page: Page) -> int:
    return page.locator("#messages .theirs").count()


def serious(page: Page) -> list[str]:
    """What axe finds, with the place."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found if one["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize(("width", "dark"), [(360, False), (1280, False), (1280, True)])
def test_an_answer_streams_in_and_its_source_opens_with_the_deciding_words(
    browser: Browser, chat_address: str, width: int, dark: bool
) -> None:
    name = f"{width}-{'dark' if dark else 'light'}"
    with watched(browser, chat_address, width=width, dark=dark) as page:
        open_chat(page)
        expect(page.get_by_text("内容由人工智能生成，仅供参考").first).to_be_visible()
        expect(page.get_by_role("button", name="转人工")).to_be_visible()
        shot(page, f"welcome-{name}")
        say(page, "开业补贴有多少？")
        expect(page.locator(".writing")).to_contain_text("给予一次性开业补贴8000元")
        expect(page.locator(SOURCES).first).to_be_visible()
        expect(page.locator(".writing")).to_have_count(0)
        expect(page.locator("#messages .theirs")).to_have_count(1)
        expect(page.locator("b.fact", has_text="8000元").first).to_be_visible()
        expect(page.get_by_label("新消息播报")).to_contain_text("给予一次性开业补贴8000元")
        expect(page.get_by_label("您想问什么")).to_be_focused()
        assert does_not_scroll_sideways(page)
        shot(page, f"answer-{name}")
        chip = page.get_by_role("button", name="依据 1", exact=True)
        chip.click()
        panel = page.get_by_role("dialog")
        expect(panel).to_contain_text("青政规〔2025〕2号")
        expect(panel).to_contain_text("2025-07-01 起施行，有效至 2030-06-30")
        assert panel.locator("mark").all_inner_texts() == ["8000元"]
        link = panel.get_by_role("link", name="看文件全文")
        assert (link.get_attribute("href") or "").startswith("/documents/3af138baffad?on=2026-07-01#")
        shot(page, f"source-{name}")
        page.keyboard.press("Escape")
        expect(chip).to_be_focused()


def test_a_dropped_line_is_resumed_without_loss_or_repetition(
    browser: Browser, chat_address: str, desk: ChatDesk
) -> None:
    with watched(browser, chat_address, breaks=True) as page:
        open_chat(page)
        say(page, "您好")
        expect(page.locator("#messages .theirs")).to_have_count(1)
        for number in range(2, 5):
            desk.breaks_after = 1
            page.context.set_offline(True)
            expect(page.locator("#connection")).to_contain_text("网络断开了")
            page.context.set_offline(False)
            say(page, f"第{number}次")
            expect(page.locator("#messages .theirs")).to_have_count(number)
        expect(page.locator("#connection")).to_be_hidden()
        expect(page.locator("#messages .own")).to_have_count(4)
        expect(page.locator("#tail > li")).to_have_count(0)


def test_what_was_said_without_a_line_goes_out_by_itself_when_it_is_back(browser: Browser, chat_address: str) -> None:
    with watched(browser, chat_address, width=360, breaks=True) as page:
        open_chat(page)
        say(page, "您好")
        expect(page.locator("#messages .theirs")).to_have_count(1)
        page.context.set_offline(True)
        say(page, "补贴怎么领")
        expect(page.get_by_text("没有发出去")).to_be_visible()
        expect(page.get_by_role("button", name="重试")).to_be_visible()
        assert serious(page) == []
        shot(page, "offline-360")
        page.context.set_offline(False)
        expect(page.locator(SOURCES).first).to_be_visible()
        expect(page.locator("#messages .own")).to_have_count(2)


def test_a_refused_message_is_retried_under_the_same_key(browser: Browser, chat_address: str, desk: ChatDesk) -> None:
    with watched(browser, chat_address, breaks=True) as page:
        open_chat(page)
        desk.swallows = 1
        say(page, "收下了但没有听到回音")
        expect(page.locator("#messages .theirs")).to_have_count(1)
        expect(page.locator("#messages .own")).to_have_count(1)
        desk.refusals = [problem(422, "这条消息读不懂")]
        say(page, "再来一条")
        expect(page.locator("#tail")).to_contain_text("没有发出去。这条消息读不懂")
        page.get_by_role("button", name="重试").click()
        expect(page.locator("#messages .own")).to_have_count(2)
        expect(page.locator("#tail > li")).to_have_count(0)
        desk.refusals = [problem(422, "不行")]
        say(page, "不发了")
        page.get_by_role("button", name="不发了").click()
        expect(page.locator("#tail > li")).to_have_count(0)


def test_a_reload_and_a_second_tab_show_the_same_conversation(browser: Browser, chat_address: str) -> None:
    with watched(browser, chat_address) as page:
        open_chat(page)
        with page.expect_response(lambda response: response.url.endswith("/messages")):
            say(page, "补贴怎么领")
        page.reload()
        expect(page.locator(SOURCES).first).to_be_visible()
        other = page.context.new_page()
        open_chat(other)
        expect(other.locator(SOURCES).first).to_be_visible()
        say(other, "您好")
        for one in (page, other):
            expect(one.locator("#messages .own")).to_have_count(2)
            expect(one.locator("#messages .theirs")).to_have_count(2)


def test_a_token_that_ran_out_is_renewed_on_the_way(browser: Browser, chat_address: str, desk: ChatDesk) -> None:
    with watched(browser, chat_address, breaks=True) as page:
        open_chat(page)
        say(page, "您好")
        expect(page.locator("#messages .theirs")).to_have_count(1)
        for one in desk.conversations.values():
            one.token += "-changed"
        say(page, "补贴怎么领")
        expect(page.locator(SOURCES).first).to_be_visible()


def test_hostile_text_is_shown_as_text(browser: Browser, chat_address: str, desk: ChatDesk) -> None:
    desk.script = hostile
    with watched(browser, chat_address, width=360) as page:
        open_chat(page)
        say(page, HOSTILE)
        expect(page.locator("#messages .own .bubble")).to_contain_text(HOSTILE.strip())
        expect(page.locator("blockquote").first).to_contain_text("javascript:alert(1)")
        page.locator(SOURCES).first.get_by_role("button").first.click()
        expect(page.get_by_role("dialog").locator("blockquote")).to_contain_text("<script>")
        shot(page, "hostile-panel-360")
        assert does_not_scroll_sideways(page)
        page.keyboard.press("Escape")
        say(page, "长" * 10_000)
        expect(page.get_by_role("button", name="展开全文（10000 字）")).to_be_visible()
        assert page.locator("main script, main img, dialog img, a[href^='javascript']").count() == 0
        assert page.evaluate("window.hit") is None
        assert does_not_scroll_sideways(page)
        shot(page, "hostile-360")


def test_lists_are_folded_tables_set_off_and_origins_marked(browser: Browser, chat_address: str) -> None:
    with watched(browser, chat_address, width=360) as page:
        open_chat(page)
        say(page, "材料清单")
        expect(page.get_by_role("columnheader", name="标准")).to_be_visible()
        expect(page.locator("#messages").get_by_text("12. 第12份材料")).to_be_hidden()
        page.get_by_role("button", name="展开其余 6 项").click()
        expect(page.locator("#messages").get_by_text("12. 第12份材料")).to_be_visible()
        expect(page.locator(".mark.curated")).to_have_text("常见问答 · 已审核")
        page.get_by_role("button", name="转人工").click()
        expect(page.locator(".mark.human")).to_have_text("人工回复")
        assert page.locator(".mark.ai").count() == 0
        assert does_not_scroll_sideways(page)
        shot(page, "list-360")


def test_the_region_question_is_answered_by_tapping_and_quick_replies_retire(
    browser: Browser, chat_address: str
) -> None:
    with watched(browser, chat_address, width=360) as page:
        open_chat(page)
        say(page, "在哪里办")
        expect(page.get_by_role("button", name="跳过")).to_be_visible()
        assert serious(page) == []
        shot(page, "question-360")
        page.get_by_role("button", name="选其他地区").click()
        page.get_by_role("dialog").get_by_role("button", name="云岭省青禾市南屏区").click()
        expect(page.locator("#messages .own .bubble").last).to_have_text("云岭省青禾市南屏区")
        expect(page.locator("#region-name")).to_have_text("青禾市")
        expect(page.get_by_role("button", name="跳过")).to_have_count(0)
        page.get_by_role("button", name="我能领吗").click()
        expect(page.locator(SOURCES).first).to_be_visible()


def test_an_appeal_begins_with_a_form_and_ends_with_a_draft_to_confirm(browser: Browser, chat_address: str) -> None:
    with watched(browser, chat_address, width=360) as page:
        open_chat(page)
        page.get_by_role("button", name="提交诉求").click()
        form = page.get_by_role("dialog")
        form.get_by_role("button", name="生成草稿").click()
        expect(form.get_by_role("alert")).to_have_text("请先写下遇到了什么问题。")
        assert serious(page) == []
        shot(page, "appeal-360")
        form.get_by_label("遇到了什么问题").fill("窗口说缺材料，跑了三趟")
        form.get_by_role("button", name="生成草稿").click()
        expect(page.locator(".card").first).to_contain_text("跑了三趟")
        expect(page.get_by_role("link", name="去外面")).to_have_count(0)
        page.get_by_role("button", name="确认提交").click()
        expect(page.locator("#messages .own .bubble").last).to_have_text("确认")


def test_memory_rating_feedback_export_and_deletion_are_in_the_persons_hands(
    browser: Browser, chat_address: str, tmp_path: Path
) -> None:
    with watched(browser, chat_address, breaks=True) as page:
        open_chat(page)
        say(page, "您好")
        page.get_by_role("button", name="查看、修改").first.click()
        memory = page.get_by_role("dialog")
        memory.get_by_role("button", name="修改所在地区").click()
        memory.get_by_role("combobox").select_option(label="云岭省青禾市柳溪区")
        assert serious(page) == []
        shot(page, "memory-1280")
        memory.get_by_role("button", name="保存").click()
        expect(page.locator("#region-name")).to_have_text("柳溪区")
        page.get_by_role("dialog").get_by_role("button", name="全部忘记").click()
        expect(page.get_by_role("dialog")).to_contain_text("现在什么也没有记")
        page.keyboard.press("Escape")
        page.get_by_role("button", name="没帮助").click()
        page.get_by_role("button", name="答非所问").click()
        expect(page.get_by_role("button", name="没帮助")).to_have_attribute("aria-pressed", "true")
        page.get_by_role("button", name="评价这次服务").click()
        page.get_by_role("button", name="提交评价").click()
        expect(page.get_by_role("alert")).to_have_text("请先选一项。")
        assert page.get_by_role("radio").evaluate_all("all => all.some((one) => one.checked)") is False
        page.get_by_label("基本满意").check()
        shot(page, "rating-1280")
        page.get_by_role("button", name="提交评价").click()
        expect(page.get_by_text("已评价：基本满意")).to_be_visible()
        expect(page.get_by_role("button", name="评价这次服务")).to_have_count(0)
        with page.expect_download() as download:
            page.get_by_role("button", name="导出对话").click()
        download.value.save_as(tmp_path / "export.txt")
        assert "内容由人工智能生成，仅供参考" in (tmp_path / "export.txt").read_text(encoding="utf-8")
        page.get_by_role("button", name="删除这段对话").click()
        page.get_by_role("button", name="删除", exact=True).click()
        expect(page.get_by_role("dialog")).to_contain_text("回执编号：R-0001")
        shot(page, "receipt-1280")
        page.get_by_role("button", name="好", exact=True).click()
        expect(page.locator("#welcome")).to_be_visible()
        assert page.evaluate("localStorage.getItem('xiaoer.conversations')") == "[]"


def test_the_history_of_this_device_holds_no_words_and_can_be_switched_off(browser: Browser, chat_address: str) -> None:
    with watched(browser, chat_address) as page:
        open_chat(page)
        for words in ("补贴怎么领", "材料清单"):
            page.get_by_role("button", name="新对话").click()
            say(page, words)
            expect(page.locator("#messages .theirs")).to_have_count(1)
        kept = json.loads(page.evaluate("localStorage.getItem('xiaoer.conversations')"))
        assert [sorted(one) for one in kept] == [["at", "id", "title", "token"]] * 2
        page.get_by_role("button", name="历史对话").click()
        assert serious(page) == []
        shot(page, "history-1280")
        page.get_by_role("dialog").get_by_role("button", name="补贴怎么领").first.click()
        expect(page.locator(SOURCES).first).to_be_visible()
        page.get_by_role("button", name="历史对话").click()
        page.get_by_label("在这台设备上保留对话列表").uncheck()
        assert page.evaluate("localStorage.getItem('xiaoer.conversations')") == "[]"
        page.reload()
        expect(page.locator(SOURCES).first).to_be_visible()  # this tab still knows


def test_copies_carry_the_notice_of_their_origin(browser: Browser, chat_address: str) -> None:
    with watched(browser, chat_address) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        open_chat(page)
        say(page, "补贴怎么领")
        page.get_by_role("button", name="复制", exact=True).click()
        expect(page.get_by_text("已复制")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert "[1] 《青禾市个体工商户创业扶持办法》（青政规〔2025〕2号）第五条" in copied
        assert copied.endswith("（内容由人工智能生成，仅供参考）")
        page.evaluate("getSelection().selectAllChildren(document.querySelector('#messages .theirs .bubble'))")
        page.keyboard.press("Control+c")
        assert page.evaluate("navigator.clipboard.readText()").endswith("（内容由人工智能生成，仅供参考）")


def test_everything_can_be_done_with_the_keyboard(browser: Browser, chat_address: str) -> None:
    with watched(browser, chat_address) as page:
        open_chat(page)
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="跳到输入框")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.insert_text("补贴怎么领")
        page.keyboard.press("Shift+Enter")
        page.keyboard.press("Enter")
        expect(page.locator(SOURCES).first).to_be_visible()
        page.get_by_role("button", name="依据 1", exact=True).focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog").get_by_role("heading")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="关闭")).to_be_focused()
        for _ in range(4):
            page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="依据 1", exact=True)).to_be_focused()


@pytest.mark.parametrize("dark", [False, True])
def test_large_text_stays_on_the_page_and_every_state_passes_axe(
    browser: Browser, chat_address: str, dark: bool
) -> None:
    name = "dark" if dark else "light"
    with watched(browser, chat_address, width=360, dark=dark) as page:
        open_chat(page)
        assert serious(page) == []
        page.get_by_role("button", name="菜单").click()
        assert serious(page) == []
        shot(page, f"menu-360-{name}")
        page.get_by_role("button", name="大字版").click()
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "22px"
        shot(page, f"large-welcome-360-{name}")
        say(page, "补贴怎么领")
        expect(page.locator(SOURCES).first).to_be_visible()
        page.get_by_text("另有 1 条依据").click()
        assert serious(page) == []
        assert does_not_scroll_sideways(page)
        shot(page, f"large-360-{name}")
        page.get_by_role("button", name="依据 1", exact=True).click()
        assert serious(page) == []
        page.keyboard.press("Escape")
        page.get_by_role("button", name="菜单").click()
        page.get_by_role("button", name="评价这次服务").click()
        assert serious(page) == []
        assert does_not_scroll_sideways(page)
        page.keyboard.press("Escape")
        page.emulate_media(media="print")
        expect(page.locator(".write")).to_be_hidden()
        expect(page.get_by_text("内容由人工智能生成，仅供参考").first).to_be_visible()
        page.screenshot(path=ARTEFACTS / f"chat-print-{name}.png", full_page=True)


def test_a_page_asks_about_itself_but_the_person_sends(browser: Browser, chat_address: str) -> None:
    with watched(browser, chat_address) as page:
        open_chat(page, "/?q=《办法》第五条是什么意思？&region=990102")
        expect(page.get_by_label("您想问什么")).to_have_value("《办法》第五条是什么意思？")
        expect(page.locator("#region-name")).to_contain_text("南屏区")
        expect(page.locator("#messages > li")).to_have_count(0)
        assert page.url.endswith("/")


def test_without_javascript_the_front_page_still_asks(browser: Browser, chat_address: str) -> None:
    with watched(browser, chat_address, width=360, script=False) as page:
        page.goto("/")
        page.get_by_label("您的问题").fill("《青禾市个体工商户创业扶持办法》第五条怎么说？")
        page.get_by_label("所在地区").select_option(label="云岭省青禾市")
        shot(page, "without-javascript-360")
        page.get_by_role("button", name="查找依据").click()
        expect(page.locator(".source").first).to_contain_text("8000元")
