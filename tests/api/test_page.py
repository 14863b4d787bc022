"""The pages in a real browser: asking, reading, hostile text, small screens, dark screens, no JavaScript."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route, expect

from api.app import create_app
from api.bootstrap import Service
from tests.api.browsing import ARTEFACTS, ask, does_not_scroll_sideways, watched
from tests.api.serving import serving

NAMED = "《青禾市个体工商户创业扶持办法》第五条怎么说？"
ASKED = (
    NAMED,
    "创业补贴在哪里申请？",
    "今天股市怎么样",
    "2022年的青禾市个体工商户创业扶持办法第四条怎么说？",
    "开业补贴多少钱？今天股市怎么样？诉求几天办结？",
    "2024年首批名特优新怎么申报",
    "白榆市个体工商户创业补贴实施办法第四条怎么说？",
)
"""Published, quoted, not found; an old rule, several questions, an arrangement of a past year, a rule of another city."""
HOSTILE = '<script>window.hit=1</script><img src=x onerror="window.hit=1"> javascript:alert(1) \u202e倒着写\u202c 补贴'


@pytest.fixture(scope="module")
def address(service: Service) -> Iterator[str]:
    with serving(create_app(service)) as address:
        yield address


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("dark", [False, True])
def test_asking_shows_the_sources_and_a_source_opens_its_clause(
    browser: Browser, address: str, width: int, dark: bool
) -> None:
    name = f"{width}-{'dark' if dark else 'light'}"
    with watched(browser, address, width=width, dark=dark) as page:
        page.goto("/ask")
        page.screenshot(path=ARTEFACTS / f"ask-empty-{name}.png", full_page=True)
        ask(page, NAMED)
        source = page.locator(".source").first
        expect(source).to_contain_text("青政规〔2025〕2号")
        expect(source).to_contain_text("8000元")
        expect(source.locator("mark").first).to_be_visible()
        expect(page.get_by_label("请注意")).to_contain_text("只按字词检索")
        expect(page.get_by_text("以下为文件原文摘录，以主管部门解释为准")).to_be_visible()
        assert does_not_scroll_sideways(page)
        page.screenshot(path=ARTEFACTS / f"ask-answer-{name}.png", full_page=True)
        source.get_by_role("link").click()
        clause = page.locator(":target")
        expect(clause).to_contain_text("第五条")
        expect(clause).to_be_in_viewport()
        assert does_not_scroll_sideways(page)
        page.screenshot(path=ARTEFACTS / f"clause-{name}.png")


@pytest.mark.parametrize("width", [360, 1280])
def test_documents_can_be_searched_and_read(browser: Browser, address: str, width: int) -> None:
    with watched(browser, address, width=width) as page:
        page.goto("/documents")
        page.screenshot(path=ARTEFACTS / f"documents-{width}.png", full_page=True)
        page.get_by_label("标题、文号或条文").fill("用工补贴")
        page.get_by_role("button", name="查找").click()
        expect(page.get_by_text("共 1 份文件")).to_be_visible()
        page.get_by_role("link", name="青禾市小微企业和个体工商户用工补贴实施办法", exact=True).click()
        expect(page.get_by_role("columnheader", name="补贴标准")).to_be_attached()
        assert does_not_scroll_sideways(page)
        page.screenshot(path=ARTEFACTS / f"document-{width}.png", full_page=True)
        page.goto("/api/docs")
        assert does_not_scroll_sideways(page)
        page.screenshot(path=ARTEFACTS / f"docs-{width}.png", full_page=True)


def test_a_document_prints_without_the_furniture(browser: Browser, address: str) -> None:
    with watched(browser, address) as page:
        page.goto("/documents?q=创业扶持办法")
        page.locator(".documents a").last.click()
        page.emulate_media(media="print")
        expect(page.locator(".top")).to_be_hidden()
        page.screenshot(path=ARTEFACTS / "document-print.png", full_page=True)


def test_the_same_answer_with_and_without_javascript(browser: Browser, address: str) -> None:
    shown = []
    for script in (True, False):
        with watched(browser, address, script=script) as page:
            for question in ASKED:
                ask(page, question)
                expect(page.locator("#answer h2")).to_be_visible()
                whole = page.locator("#answer")
                hrefs = [link.get_attribute("href") for link in whole.get_by_role("link").all()]
                shown.append((re.sub(r"\s+", "", whole.inner_text()), hrefs, whole.locator("mark").all_inner_texts()))
    assert shown[: len(ASKED)] == shown[len(ASKED) :]


@pytest.mark.parametrize("width", [360, 1280])
def test_several_questions_are_answered_one_by_one_and_lead_to_their_sources(
    browser: Browser, address: str, width: int
) -> None:
    with watched(browser, address, width=width) as page:
        ask(page, "诉求几天办结？今天股市怎么样？小餐饮要办什么证？")
        parts = page.locator(".parts > li")
        expect(parts).to_have_count(3)
        expect(page.locator("#answer h2")).to_have_text("一部分有依据")
        expect(parts.nth(1)).to_contain_text("没有规定")
        assert parts.nth(1).get_by_role("link").count() == 0
        assert does_not_scroll_sideways(page)
        page.screenshot(path=ARTEFACTS / f"several-{width}.png", full_page=True)
        parts.nth(0).get_by_role("link", name="依据 1", exact=True).last.click()
        expect(page.locator("#source-1")).to_be_in_viewport()


def test_the_region_is_remembered_and_an_example_asks_at_once(browser: Browser, address: str) -> None:
    with watched(browser, address) as page:
        page.goto("/ask")
        page.get_by_label("所在地区").select_option(label="云岭省青禾市南屏区")
        page.goto("/ask")
        expect(page.get_by_label("所在地区")).to_have_value("990102")
        page.get_by_role("button", name="创业补贴怎么申请？").click()
        expect(page.locator("#answer")).to_contain_text("南屏区")
        expect(page.get_by_label("您的问题")).to_have_value("创业补贴怎么申请？")


def test_everything_can_be_done_with_the_keyboard(browser: Browser, address: str) -> None:
    with watched(browser, address) as page:
        page.goto("/ask")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.get_by_label("您的问题")).to_be_focused()
        page.keyboard.insert_text(NAMED)
        page.keyboard.press("Tab")
        page.keyboard.type("云岭省青禾市", delay=10)
        page.get_by_label("您的问题").focus()
        page.keyboard.press("Control+Enter")
        expect(page.locator("#answer h2")).to_be_visible()


def test_hostile_text_is_shown_as_text(browser: Browser, address: str) -> None:
    for script in (True, False):
        with watched(browser, address, script=script) as page:
            ask(page, HOSTILE)
            expect(page.locator("#answer h2")).to_be_visible()
            expect(page.get_by_label("您的问题")).to_have_value(HOSTILE)
            assert page.locator("main script, main img, a[href^='javascript']").count() == 0
            if script:
                assert page.evaluate("window.hit") is None


def test_hostile_answers_are_shown_as_text(browser: Browser, address: str) -> None:
    """Even a server that was taken over could not put markup into the page."""
    later = {"document": "javascript:alert(1)", "title": HOSTILE, "doc_number": HOSTILE, "since": HOSTILE}
    source = {
        "document": "javascript:alert(1)", "title": HOSTILE, "doc_number": HOSTILE, "clause": HOSTILE,
        "quote": HOSTILE, "region": HOSTILE, "effective_from": None, "effective_to": None, "in_force": False,
        "audience": "public", "score": 1, "why": HOSTILE, "clause_id": "x/" + HOSTILE,
        "deciding": [HOSTILE], "pending": [HOSTILE], "remarks": [HOSTILE], "amended_by": [later], "superseded_by": later,
    }  # fmt: skip
    part = {"question": HOSTILE, "lead": HOSTILE, "answered": True, "sources": [1]}
    answer = {
        "answer": HOSTILE, "answered": True, "extent": "answered", "lead": HOSTILE, "parts": [part],
        "elsewhere": [{**later, "region": HOSTILE}], "flow": "answer", "region": HOSTILE, "on": "2026-07-01",
        "sources": [source], "notices": [HOSTILE], "model": None,
    }  # fmt: skip

    def reply(route: Route) -> None:
        route.fulfill(json=answer)

    with watched(browser, address, width=360) as page:
        page.route("**/api/ask", reply)
        ask(page, "补贴")
        expect(page.locator("blockquote")).to_have_text(HOSTILE)
        assert page.locator("main script, main img, a[href^='javascript']").count() == 0
        assert page.evaluate("window.hit") is None
        assert does_not_scroll_sideways(page)
        page.screenshot(path=ARTEFACTS / "hostile-360.png", full_page=True)


def test_a_question_that_is_too_long_is_counted_and_not_sent(browser: Browser, address: str) -> None:
    with watched(browser, address, width=360) as page:
        ask(page, "补" * 10_000)
        expect(page.locator("#counter")).to_have_text("超出 8000 个字，最多 2000 个字")
        expect(page.get_by_role("alert")).to_contain_text("问题最多 2000 个字，现在有 10000 个字")
        expect(page.get_by_role("button", name="再试一次")).to_be_hidden()
        assert does_not_scroll_sideways(page)
        page.screenshot(path=ARTEFACTS / "too-long-360.png")
        page.get_by_label("您的问题").fill("")
        page.get_by_role("button", name="查找依据").click()
        expect(page.get_by_role("alert")).to_contain_text("请先写下您的问题")


def test_a_lost_line_is_told_and_can_be_tried_again(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800}, locale="zh-CN", base_url=address)
    page = context.new_page()
    page.route("**/api/ask", lambda route: route.abort())
    ask(page, NAMED)
    expect(page.get_by_role("alert")).to_contain_text("连不上服务器")
    page.screenshot(path=ARTEFACTS / "trouble-360.png")
    page.unroute("**/api/ask")
    page.get_by_role("button", name="再试一次").click()
    expect(page.locator(".source").first).to_be_visible()
    expect(page.get_by_role("alert")).to_be_hidden()
    context.close()


def test_waiting_is_shown(browser: Browser, address: str) -> None:
    with watched(browser, address, width=360) as page:
        held: list[Route] = []

        def hold(route: Route) -> None:
            held.append(route)

        page.route("**/api/ask", hold)
        ask(page, NAMED)
        expect(page.get_by_text("正在查找条款…")).to_be_visible()
        expect(page.get_by_role("button", name="查找依据")).to_be_disabled()
        expect(page.locator("#answer")).to_have_attribute("aria-busy", "true")
        page.screenshot(path=ARTEFACTS / "waiting-360.png")
        held[0].continue_()
        expect(page.locator("#answer")).to_have_attribute("aria-busy", "false")
        expect(page.locator(".source").first).to_be_visible()


def test_large_text_stays_on_the_page(browser: Browser, address: str) -> None:
    with watched(browser, address, width=360) as page:
        ask(page, NAMED)
        expect(page.locator(".source").first).to_be_visible()
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert does_not_scroll_sideways(page)
        page.screenshot(path=ARTEFACTS / "large-text-360.png", full_page=True)
