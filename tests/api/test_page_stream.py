"""The ask page while a language model writes: sentences as they pass, stopping, broken lines, in a real browser."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from assistant.flows.replies import AI_WRITTEN, WRITTEN_IN_PART
from tests.api.browsing import ARTEFACTS, ask, does_not_scroll_sideways, watched
from tests.api.desk import FIRST, QUESTION, Desk, open_desk
from tests.scripted_model import Reply

ASKED = QUESTION["question"]
SECOND = "零就业家庭成员开业，补贴也增加2000元[1]。"
INVENTED = "申请人属于残疾人的，开业补贴增加9000元[1]。"
SLOWLY = Reply(pieces=[FIRST, SECOND, SECOND], between_seconds=1.5)
ENDLESS = Reply(pieces=[FIRST, *["申请人"] * 600], between_seconds=0.1)
HOSTILE = '<script>window.hit=1</script><img src=x onerror="window.hit=1"> javascript:alert(1)'
WAITS_MS = 20_000
REMEMBERING = """
window.seen = [];
new MutationObserver(() => window.seen.push(document.body?.textContent ?? ""))
  .observe(document, { subtree: true, childList: true, characterData: true });
"""


@pytest.fixture(scope="module", autouse=True)
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Opened before the browser, so closed after it: closing writes SQL, and an open browser has a loop running."""
    with open_desk(tmp_path_factory.mktemp("page")) as opened:
        yield opened


@pytest.fixture(autouse=True)
def patience() -> None:
    expect.set_options(timeout=WAITS_MS)


def events(*told: tuple[str, object]) -> str:
    return "".join(f"event: {name}\ndata: {json.dumps(data)}\n\n" for name, data in told)


def answers_with(page: Page, body: str, status: int = 200, kind: str = "text/event-stream") -> None:
    """Instead of the server's stream."""

    def reply(route: Route) -> None:
        route.fulfill(status=status, content_type=kind, body=body)

    page.route("**/api/ask/stream", reply)


def requests_of(page: Page) -> list[str]:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.partition("/api/")[2]))
    return asked


def stands_before(page: Page, first: str, second: str) -> bool:
    text = page.locator("#answer").inner_text()
    return -1 < text.find(first) < text.find(second)


@pytest.mark.parametrize("width", [360, 1280])
def test_sentences_appear_as_they_pass_and_the_full_answer_replaces_them(
    browser: Browser, desk: Desk, width: int
) -> None:
    desk.will_say(SLOWLY)
    with watched(browser, desk.address, width=width) as page:
        ask(page, ASKED)
        shown = page.locator("#answer")
        expect(shown).to_contain_text(FIRST)
        assert stands_before(page, AI_WRITTEN, FIRST)
        assert page.locator(".source").count() == 0
        expect(shown).to_have_attribute("aria-busy", "false")
        expect(page.get_by_role("status")).to_contain_text("核对一句显示一句")
        expect(page.get_by_role("button", name="停止")).to_be_in_viewport()
        assert does_not_scroll_sideways(page)
        page.screenshot(path=ARTEFACTS / f"stream-writing-{width}.png")
        expect(page.locator(".source").first).to_be_visible()
        expect(page.locator(".lead")).to_contain_text(FIRST + SECOND + SECOND)
        assert stands_before(page, AI_WRITTEN, FIRST)
        expect(page.get_by_role("heading", name="回答", exact=True)).to_be_visible()
        expect(page.get_by_role("status")).to_have_text(re.compile("回答写完了，下面列出 [1-3] 条依据。"))
        expect(page.get_by_role("button", name="停止")).to_be_hidden()
        assert does_not_scroll_sideways(page)
        page.screenshot(path=ARTEFACTS / f"stream-whole-{width}.png", full_page=True)
        page.get_by_role("link", name="依据 1").first.click()
        expect(page.locator(":target")).to_be_in_viewport()


def test_what_was_read_out_is_not_read_out_again(browser: Browser, desk: Desk) -> None:
    desk.will_say(SLOWLY)
    with watched(browser, desk.address) as page:
        page.goto("/ask")
        expect(page.locator("#answer")).to_have_attribute("aria-live", "polite")
        ask(page, ASKED)
        expect(page.locator("#answer")).to_contain_text(FIRST)
        expect(page.locator("#answer")).to_have_attribute("aria-live", "polite")
        expect(page.locator(".source").first).to_be_visible()
        expect(page.locator("#answer")).to_have_attribute("aria-live", "off")


def test_an_invented_sum_is_never_on_the_page(browser: Browser, desk: Desk) -> None:
    desk.will_say(Reply(pieces=[FIRST, INVENTED, SECOND], between_seconds=0.5))
    with watched(browser, desk.address) as page:
        page.add_init_script(REMEMBERING)
        ask(page, ASKED)
        expect(page.get_by_label("请注意")).to_contain_text(WRITTEN_IN_PART)
        expect(page.locator("blockquote").first).to_contain_text("2000元")
        seen = page.evaluate("window.seen")
        assert any(FIRST in text for text in seen)
        assert not any("9000元" in text for text in seen)


def test_stopping_keeps_what_was_checked_and_lets_go_of_the_model(browser: Browser, desk: Desk) -> None:
    desk.will_say(ENDLESS)
    with watched(browser, desk.address, width=360) as page:
        ask(page, ASKED)
        expect(page.locator("#answer")).to_contain_text(FIRST)
        stop = page.get_by_role("button", name="停止")
        stop.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("已停止：下面的句子都核对过，回答没有写完")
        expect(page.locator("#answer")).to_contain_text(FIRST.replace("[1]", ""))
        expect(page.locator("#answer")).not_to_contain_text("[1]")
        expect(page.locator("#answer")).to_be_focused()
        expect(stop).to_be_hidden()
        assert desk.endpoint.left.wait(10)
        assert does_not_scroll_sideways(page)
        page.screenshot(path=ARTEFACTS / "stream-stopped-360.png")
        desk.will_say(Reply(SECOND))
        page.get_by_role("button", name="查找依据").click()
        expect(page.locator(".source").first).to_be_visible()
        expect(page.locator("#answer")).not_to_contain_text(FIRST)


def test_stopping_before_the_first_sentence_says_so(browser: Browser, desk: Desk) -> None:
    desk.will_say(Reply(FIRST, after_seconds=4.0))
    with watched(browser, desk.address) as page:
        ask(page, ASKED)
        page.get_by_role("button", name="停止").click()
        expect(page.get_by_role("status")).to_contain_text("已停止：还没有可以显示的句子")
        expect(page.get_by_label("您的问题")).to_be_focused()
        expect(page.get_by_role("alert")).to_be_hidden()
        expect(page.get_by_role("button", name="查找依据")).to_be_enabled()


def test_a_line_that_breaks_costs_one_plain_request(browser: Browser, desk: Desk) -> None:
    desk.will_say(SLOWLY, Reply(FIRST))
    desk.line.breaks_after = b"event: sentence"
    try:
        with watched(browser, desk.address, breaks=True) as page:
            asked = requests_of(page)
            ask(page, ASKED)
            expect(page.locator(".source").first).to_be_visible()
            expect(page.locator(".lead")).to_contain_text(FIRST)
            expect(page.get_by_role("alert")).to_be_hidden()
            assert [one for one in asked if one] == ["ask/stream", "ask"]
    finally:
        desk.line.breaks_after = b""


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ("<html>502</html>", 502, "text/html"),
        ("<html>登录</html>", 200, "text/html"),
        (events(("opening", {"notices": []})), 200, "text/event-stream"),
        (events(("sentence", {"text": "没有提示的句子", "citations": [1]})), 200, "text/event-stream"),
        ("event: opening\ndata: {nonsense\n\n", 200, "text/event-stream"),
    ],
)
def test_a_stream_of_no_use_costs_one_plain_request(
    browser: Browser, desk: Desk, body: str, status: int, kind: str
) -> None:
    desk.will_say(Reply(FIRST))
    with watched(browser, desk.address, breaks=status != 200) as page:
        answers_with(page, body, status, kind)
        ask(page, ASKED)
        expect(page.locator(".lead")).to_contain_text(FIRST)
        assert "没有提示的句子" not in page.content()
        assert len(desk.endpoint.requests) == 1


def test_an_error_in_the_middle_keeps_the_sentences_and_offers_to_try_again(browser: Browser, desk: Desk) -> None:
    desk.will_say(Reply(SECOND))
    told = events(
        ("opening", {"notices": [AI_WRITTEN]}),
        ("sentence", {"text": FIRST, "citations": [1]}),
        ("error", {"detail": "索引正在重建，请过几分钟再问。"}),
    )
    with watched(browser, desk.address, width=360) as page:
        answers_with(page, told)
        ask(page, ASKED)
        expect(page.get_by_role("alert")).to_contain_text("回答没有写完：索引正在重建，请过几分钟再问。")
        expect(page.get_by_role("alert")).to_be_in_viewport()
        expect(page.locator("#answer")).to_contain_text(FIRST)
        page.screenshot(path=ARTEFACTS / "stream-error-360.png")
        page.unroute("**/api/ask/stream")
        page.get_by_role("button", name="再试一次").click()
        expect(page.locator(".source").first).to_be_visible()
        expect(page.get_by_role("alert")).to_be_hidden()


def test_a_server_that_cannot_be_reached_is_told_once_with_a_way_out(browser: Browser, desk: Desk) -> None:
    with watched(browser, desk.address, breaks=True) as page:
        page.route("**/api/ask**", lambda route: route.abort())
        ask(page, ASKED)
        expect(page.get_by_role("alert")).to_contain_text("连不上服务器，请检查网络后再试。")
        expect(page.get_by_role("button", name="再试一次")).to_be_visible()


def test_a_server_that_says_nothing_for_a_minute_is_left(browser: Browser, desk: Desk) -> None:
    with watched(browser, desk.address) as page:
        page.clock.install()
        held: list[Route] = []

        def hold(route: Route) -> None:
            held.append(route)

        page.route("**/api/ask/stream", hold)
        asked = requests_of(page)
        ask(page, ASKED)
        expect(page.get_by_text("正在查找条款…")).to_be_visible()
        page.clock.fast_forward(61_000)
        expect(page.get_by_role("alert")).to_contain_text("等了一分钟还没有结果")
        assert "ask" not in asked
        held[0].abort()


def test_hostile_words_in_the_stream_are_shown_as_text(browser: Browser, desk: Desk) -> None:
    told = events(
        ("opening", {"notices": [HOSTILE]}),
        ("sentence", {"text": HOSTILE, "citations": [1]}),
        ("error", {"detail": HOSTILE}),
    )
    with watched(browser, desk.address, width=360) as page:
        answers_with(page, told)
        ask(page, ASKED)
        for shown in (page.locator(".lead"), page.get_by_label("请注意"), page.get_by_role("alert")):
            expect(shown).to_contain_text(HOSTILE)
        assert page.locator("main script, main img, a[href^='javascript']").count() == 0
        assert page.evaluate("window.hit") is None
        assert does_not_scroll_sideways(page)


def test_the_same_written_answer_with_and_without_javascript(browser: Browser, desk: Desk) -> None:
    shown = []
    for script in (True, False):
        desk.will_say(Reply(FIRST + SECOND))
        with watched(browser, desk.address, script=script) as page:
            ask(page, ASKED)
            expect(page.locator(".source").first).to_be_visible()
            whole = page.locator("#answer")
            hrefs = [link.get_attribute("href") for link in whole.get_by_role("link").all()]
            shown.append((re.sub(r"\s+", "", whole.inner_text()), hrefs))
    assert shown[0] == shown[1]
    assert "#source-1" in shown[0][1]
