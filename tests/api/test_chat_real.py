"""The chat in a real browser before the real server: no stand-in anywhere but for the language model."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.api.browsing import ARTEFACTS, does_not_scroll_sideways, watched
from tests.api.chat_scripts import HOSTILE, open_chat, say
from tests.api.desk import Desk, open_desk
from tests.scripted_model import Reply

ASKED = "青禾市个体工商户创业扶持办法第六条怎么说？"
FIRST = "申请人属于残疾人或者零就业家庭成员的，开业补贴增加2000元[1]。"
MOBILE = "13800000001"
SOURCES = "ol.sources .source"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("chat")) as opened:
        yield opened


def open_in_qinghe(page: Page) -> None:
    open_chat(page, "/?region=990100")
    expect(page.locator("#region-name")).to_contain_text("青禾市")


def answered(page: Page, times: int = 1) -> None:
    expect(page.locator("#messages .theirs")).to_have_count(times, timeout=20_000)
    expect(page.locator("#tail > li")).to_have_count(0)


def requests_of(page: Page) -> list[str]:
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(f"{request.method} {re.sub('conversations/[^/]+', 'conversations/…', request.url)}")

    page.on("request", note)
    return asked


@pytest.mark.parametrize("width", [360, 1280])
def test_a_question_is_answered_from_the_clauses(browser: Browser, desk: Desk, width: int) -> None:
    desk.will_say(Reply(FIRST))
    with watched(browser, desk.address, width=width) as page:
        open_in_qinghe(page)
        say(page, ASKED)
        answered(page)
        reply = page.locator("#messages .theirs").first
        expect(reply).to_contain_text("2000元")
        reply.locator(SOURCES).first.get_by_role("button").first.click()
        panel = page.get_by_role("dialog")
        expect(panel).to_contain_text("青政规〔2025〕2号")
        link = panel.get_by_role("link", name="看文件全文").get_attribute("href") or ""
        assert does_not_scroll_sideways(page)
        page.screenshot(path=ARTEFACTS / f"chat-real-{width}.png")
        page.goto(link)
        expect(page.locator(":target")).to_contain_text("第六条")


def test_a_broken_line_costs_no_event(browser: Browser, desk: Desk) -> None:
    desk.will_say(Reply(FIRST), Reply(FIRST), Reply(FIRST))
    with watched(browser, desk.address, breaks=True) as page:
        open_in_qinghe(page)
        say(page, ASKED)
        answered(page)
        desk.line.breaks_after = b"event: message"
        say(page, "那第七条呢")
        page.wait_for_timeout(300)
        desk.line.breaks_after = b""
        page.context.set_offline(True)
        page.context.set_offline(False)
        answered(page, 2)
        expect(page.locator("#messages .own")).to_have_count(2)
        page.reload()
        answered(page, 2)
        expect(page.locator("#messages .own")).to_have_count(2)


def test_personal_data_comes_back_masked_and_the_title_of_the_history_too(browser: Browser, desk: Desk) -> None:
    desk.will_say(Reply(FIRST))
    with watched(browser, desk.address) as page:
        open_in_qinghe(page)
        say(page, f"我的电话是{MOBILE}，{ASKED}")
        answered(page)
        expect(page.locator("#messages .own .bubble")).not_to_contain_text(MOBILE)
        expect(page.locator("#messages .notice").first).to_be_visible()
        assert MOBILE not in page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")


def test_hostile_words_pass_the_real_server_as_text(browser: Browser, desk: Desk) -> None:
    desk.will_say(Reply(HOSTILE))
    with watched(browser, desk.address, width=360) as page:
        open_in_qinghe(page)
        say(page, HOSTILE)
        answered(page)
        assert page.locator("main script, main img, a[href^='javascript']").count() == 0
        assert page.evaluate("window.hit") is None
        assert does_not_scroll_sideways(page)


def test_memory_feedback_rating_export_and_deletion_reach_the_server(
    browser: Browser, desk: Desk, tmp_path: Path
) -> None:
    desk.will_say(Reply(FIRST))
    with watched(browser, desk.address, breaks=True) as page:
        asked = requests_of(page)
        open_in_qinghe(page)
        say(page, ASKED)
        answered(page)
        page.get_by_role("button", name="有帮助").click()
        expect(page.get_by_role("button", name="有帮助")).to_have_attribute("aria-pressed", "true")
        page.get_by_role("button", name="小二记住了什么").click()
        page.get_by_role("button", name="修改所在地区").click()
        page.get_by_role("dialog").get_by_role("combobox").select_option(label="云岭省青禾市柳溪区")
        page.get_by_role("button", name="保存").click()
        expect(page.get_by_role("combobox")).to_have_count(0)
        expect(page.get_by_role("dialog")).to_contain_text("柳溪区")
        page.keyboard.press("Escape")
        expect(page.locator("#region-name")).to_contain_text("柳溪区")
        page.get_by_role("button", name="评价这次服务").click()
        page.get_by_label("非常满意", exact=True).check()
        page.get_by_role("button", name="提交评价").click()
        expect(page.get_by_text("已评价：非常满意")).to_be_visible()
        with page.expect_download() as download:
            page.get_by_role("button", name="导出对话").click()
        download.value.save_as(tmp_path / "export.txt")
        exported = (tmp_path / "export.txt").read_text(encoding="utf-8")
        assert ASKED in exported
        assert "内容由人工智能生成，仅供参考" in exported
        page.get_by_role("button", name="删除这段对话").click()
        page.get_by_role("button", name="删除", exact=True).click()
        expect(page.get_by_role("dialog")).to_contain_text("回执编号")
        page.get_by_role("button", name="好", exact=True).click()
        expect(page.locator("#welcome")).to_be_visible()
        assert any(line.startswith("DELETE ") for line in asked)


def test_a_conversation_deleted_in_another_tab_ends_here_too(browser: Browser, desk: Desk) -> None:
    desk.will_say(Reply(FIRST))
    with watched(browser, desk.address, breaks=True) as page:
        open_in_qinghe(page)
        say(page, ASKED)
        answered(page)
        other = page.context.new_page()
        open_chat(other)
        answered(other)
        other.get_by_role("button", name="删除这段对话").click()
        other.get_by_role("button", name="删除", exact=True).click()
        expect(page.locator("#connection")).to_contain_text("已经删除")
        page.get_by_role("button", name="开始新对话").click()
        expect(page.locator("#welcome")).to_be_visible()
