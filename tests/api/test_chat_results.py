"""Results of self-tests on the chat page in a real browser: told by a stand-in, made by the real rulebook."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.api.browsing import ARTEFACTS, does_not_scroll_sideways, watched
from tests.api.chat_scripts import open_chat, say
from tests.api.chatting import ChatDesk
from tests.api.selftest_page import NOTE, opened_by, serious, unfold, whole, words_of
from tests.api.selftest_scripts import selftest

WIDTHS = pytest.mark.parametrize("width", [360, 1280])


@pytest.fixture(autouse=True)
def _as_usual(desk: ChatDesk) -> None:
    desk.script = selftest


@pytest.mark.parametrize(
    ("words", "mark", "also"),
    [("符合", "符合", "8000元"), ("不符合", "不符合", "自己改变不了"), ("待定", "待定", "不知道不等于不符合")],
)
@WIDTHS
def test_a_result_says_its_verdict_in_words_and_shape_with_every_condition_and_its_basis(
    browser: Browser, chat_address: str, words: str, mark: str, also: str, width: int
) -> None:
    with watched(browser, chat_address, width=width) as page:
        open_chat(page)
        say(page, f"结果{words}")
        card = page.locator("section.outcome")
        expect(card.locator(".stamp strong")).to_have_text(mark)
        expect(card.locator(".stamp svg")).to_be_visible()
        expect(card).to_contain_text(also)
        unfold(card)
        table = card.locator(".leaves").first
        expect(table.get_by_role("columnheader", name="依据")).to_be_attached()
        expect(card).to_contain_text("《青禾市个体工商户创业扶持办法》（青政规〔2025〕2号）第五条")
        expect(table).to_contain_text("青禾市，2025-07-01 起，到 2030-06-30")
        expect(card.get_by_text(NOTE)).to_be_visible()
        expect(page.get_by_label("新消息播报")).to_contain_text(f"一次性开业补贴8000元：{mark}。")
        assert serious(page) == []
        assert does_not_scroll_sideways(page)
        expect(card.get_by_text("可共享免交").last).to_be_visible()
        whole(page, f"result-{mark}-{width}")


@WIDTHS
def test_many_results_stand_as_a_folded_list_with_what_one_can_have_first(
    browser: Browser, chat_address: str, width: int
) -> None:
    with watched(browser, chat_address, width=width) as page:
        open_chat(page)
        say(page, "我都能享受什么")
        groups = page.locator(".outcomes > .group > summary")
        expect(groups.first).to_contain_text("符合条件")
        expect(page.locator(".outcomes")).to_have_count(1)
        expect(groups.last).to_contain_text(re.compile("只讲解"))
        assert page.locator(".outcomes .leaves").count() == 0
        first = page.locator(".outcomes details.outcome").first
        first.locator("summary").first.click()
        expect(first.get_by_role("button", name="打印 / 另存为 PDF")).to_be_visible()
        assert serious(page) == []
        assert does_not_scroll_sideways(page)
        whole(page, f"results-{width}")


def test_the_page_that_prints_opens_with_the_answers_and_its_pdf_holds_verdict_and_note(
    browser: Browser, chat_address: str
) -> None:
    with watched(browser, chat_address) as page:
        page.context.add_init_script("window.print = () => (window.printed = (window.printed ?? 0) + 1)")
        open_chat(page)
        say(page, "结果符合")
        opened = opened_by(page, "打印 / 另存为 PDF")
        assert opened.evaluate("window.printed") == 1
        expect(opened.get_by_label("结果", exact=True)).to_contain_text("符合")
        pdf = opened.pdf(format="A4")
        (ARTEFACTS / "selftest-chat-print.pdf").write_bytes(pdf)
        text = words_of(pdf)
        assert "一次性开业补贴：8000元" in text
        assert NOTE in text
        assert "退役军人" in text
        assert "打印或存成" not in text


def test_it_opens_from_the_frame_in_another_page_too(browser: Browser, chat_address: str) -> None:
    with watched(browser, chat_address, width=360) as page:
        page.context.add_init_script("window.print = () => {}")
        page.goto("/demo")
        page.get_by_role("button", name=re.compile("问小二")).click()
        frame = page.frame_locator("iframe")
        frame.get_by_label("您想问什么").fill("结果符合")
        frame.get_by_label("您想问什么").press("Enter")
        with page.context.expect_page() as opening:
            frame.get_by_role("button", name="打印 / 另存为 PDF").click()
        expect(opening.value.get_by_label("结果", exact=True)).to_contain_text("8000元")


def test_a_result_is_shared_and_its_materials_are_checked_on_pages_of_their_own(
    browser: Browser, chat_address: str
) -> None:
    with watched(browser, chat_address) as page:
        open_chat(page)
        say(page, "结果符合")
        shared = opened_by(page, "分享")
        expect(shared.get_by_label("分享", exact=True)).to_contain_text("/selftest/shared/")
        link = page.locator("section.outcome").get_by_role("link", name="材料核对")
        assert link.get_attribute("href") == "/selftest/qinghe_opening_subsidy/materials"
        page.get_by_role("button", name="改回答").click()
        expect(page.locator("#messages .own .bubble").last).to_have_text("改回答")


def test_copies_of_a_result_carry_both_notices(browser: Browser, chat_address: str) -> None:
    with watched(browser, chat_address) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        open_chat(page)
        say(page, "结果符合")
        page.get_by_role("button", name="复制结果").click()
        expect(page.get_by_text("已复制")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith("青禾市重点人群首次创业一次性开业补贴8000元：符合")
        assert NOTE in copied
        assert copied.endswith("（内容由人工智能生成，仅供参考）")
        page.evaluate("getSelection().selectAllChildren(document.querySelector('.leaves'))")
        page.keyboard.press("Control+c")
        marked = page.evaluate("navigator.clipboard.readText()")
        assert marked.endswith(f"{NOTE}。（内容由人工智能生成，仅供参考）")
