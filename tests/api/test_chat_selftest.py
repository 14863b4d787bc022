"""A whole self-test in the chat, in a real browser before the real server, engine and rulebook."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.api.browsing import ARTEFACTS, does_not_scroll_sideways, watched
from tests.api.chat_scripts import HOSTILE, open_chat, say
from tests.api.desk import Desk, open_desk
from tests.api.selftest_page import NOTE, form, opened_by, serious, shot, unfold, whole, words_of

ASKED = "一次性开业补贴我能领吗？帮我自测一下"
VETERAN = {
    "哪一类经营者": "个体工商户",
    "第一次在青禾市": "是",
    "属于下面哪一类": "退役军人",
    "零就业家庭": "否",
    "正常经营（": "是",
    "营业执照是哪一天发的": "2025-08-20",
    "哪一天起": "2025-09-01",
    "哪里登记": "云岭省青禾市南屏区",
}
WIDTHS = pytest.mark.parametrize("width", [360, 1280])


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("chat-selftest")) as opened:
        yield opened


def settled(page: Page) -> None:
    """The answer to the newest message is there."""
    expect(page.locator("#tail > li")).to_have_count(0, timeout=60_000)  # the first one loads dictionaries


def start(page: Page, words: str = ASKED) -> Locator:
    open_chat(page, "/?region=990100")
    expect(page.locator("#region-name")).to_contain_text("青禾市")
    say(page, words)
    settled(page)
    expect(form(page)).to_be_visible()
    return form(page)


def asked_now(page: Page) -> list[str]:
    return page.locator("form.asking legend").all_inner_texts()


def put(group: Locator, value: str) -> None:
    """Answer one question, whatever its control."""
    if group.locator("button.tap").count():
        group.get_by_role("button", name=value, exact=True).click()
    elif group.locator(".pick-place").count():
        group.locator(".pick-place").click()
        group.page.get_by_role("dialog").get_by_role("button", name=value, exact=True).click()
    elif group.get_by_role("radio").count():
        group.get_by_label(value, exact=True).check()
    elif value == "不知道":
        group.get_by_label("不知道").check()
    else:
        group.locator("input:not([type=checkbox])").fill(value)


def answer(page: Page, answers: Mapping[str, str]) -> None:
    """The form that is open, as these say; 不知道 to the rest."""
    card = form(page)
    before = card.get_attribute("id") or ""
    if card.locator(".heard-list").count():
        card.get_by_role("button", name=re.compile("核对好了")).click()
    else:
        groups = card.locator("fieldset.question").all()
        sends_itself = len(groups) == 1 and card.locator("button.tap").count()
        for group in groups:
            words = group.locator("legend").inner_text()
            put(group, next((value for legend, value in answers.items() if legend in words), "不知道"))
        if not sends_itself:
            card.get_by_role("button", name="继续").click()
    expect(page.locator(f"#{before}")).to_have_count(0)
    settled(page)


def go_through(page: Page, answers: Mapping[str, str]) -> Locator:
    """To the result."""
    for _ in range(12):
        if not form(page).count():
            break
        answer(page, answers)
    card = page.locator("section.outcome").last
    expect(card).to_be_visible()
    return card


@WIDTHS
def test_a_self_test_starts_asks_and_ends_with_a_verdict_that_explains_itself(
    browser: Browser, desk: Desk, width: int
) -> None:
    with watched(browser, desk.address, width=width) as page:
        start(page)
        shot(page, f"real-start-{width}")
        assert serious(page) == []
        card = go_through(page, VETERAN)
        expect(card.locator(".stamp strong")).to_have_text("符合")
        expect(card).to_contain_text("8000元")
        shot(page, f"real-verdict-{width}")
        unfold(card)
        expect(card.get_by_role("table")).to_contain_text("《青禾市个体工商户创业扶持办法》")
        expect(card.get_by_text(NOTE)).to_be_visible()
        assert serious(page) == []
        assert does_not_scroll_sideways(page)
        whole(page, f"real-result-{width}")


@WIDTHS
def test_a_side_question_is_answered_and_the_self_test_goes_on_where_it_was(
    browser: Browser, desk: Desk, width: int
) -> None:
    with watched(browser, desk.address, width=width) as page:
        start(page)
        answer(page, VETERAN)
        before = asked_now(page)
        say(page, "青禾市个体工商户创业扶持办法第六条怎么说？")
        settled(page)
        expect(page.locator("ol.sources .source").last).to_be_visible()
        assert asked_now(page) == before
        shot(page, f"real-side-question-{width}")
        expect(go_through(page, VETERAN).locator(".stamp strong")).to_have_text("符合")


def test_an_answer_is_changed_and_the_verdict_follows(browser: Browser, desk: Desk) -> None:
    with watched(browser, desk.address, width=360) as page:
        start(page)
        go_through(page, VETERAN)
        page.get_by_role("button", name="改回答").last.click()
        settled(page)
        whole(page, "real-change-360")
        card = form(page)
        if card.locator(".heard-list").count():
            card.get_by_role("button", name="改：人员类别").click()
            card.get_by_label("以上都不是", exact=True).check()
            card.get_by_role("button", name="改好了").click()
        else:
            say(page, "改人员类别")
            settled(page)
            form(page).get_by_role("button", name="以上都不是", exact=True).click()
        expect(page.locator("section.outcome")).to_have_count(2)
        settled(page)
        expect(page.locator("section.outcome").last.locator(".stamp strong")).to_have_text("不符合")
        expect(page.get_by_text("自己改变不了").last).to_be_visible()


def test_who_does_not_know_gets_an_open_verdict_not_a_no(browser: Browser, desk: Desk) -> None:
    with watched(browser, desk.address, width=360) as page:
        start(page)
        card = go_through(page, {"哪一类经营者": "个体工商户", "哪里登记": "云岭省青禾市南屏区"})
        expect(card.locator(".stamp strong")).to_have_text("待定")
        expect(card).to_contain_text("不知道不等于不符合")


def test_a_self_test_goes_on_after_a_reload_with_what_was_half_filled_in(browser: Browser, desk: Desk) -> None:
    with watched(browser, desk.address, width=360) as page:
        start(page)
        for _ in range(6):
            if form(page).locator("input[type=date]").count():
                break
            answer(page, VETERAN)
        form(page).locator("input[type=date]").fill("2025-09-01")
        page.reload()
        expect(form(page).locator("input[type=date]")).to_have_value("2025-09-01")
        expect(go_through(page, VETERAN).locator(".stamp strong")).to_have_text("符合")


def test_one_can_go_back_and_answer_otherwise(browser: Browser, desk: Desk) -> None:
    with watched(browser, desk.address, width=360) as page:
        start(page)
        answer(page, VETERAN)  # where one is registered: heard
        first = asked_now(page)
        assert first
        answer(page, VETERAN)
        assert not set(asked_now(page)) & set(first)
        page.get_by_role("button", name="上一题").click()
        settled(page)
        assert set(asked_now(page)) & set(first)
        expect(go_through(page, VETERAN).locator(".stamp strong")).to_have_text("符合")


def test_a_self_test_is_put_aside_and_taken_up_again(browser: Browser, desk: Desk) -> None:
    with watched(browser, desk.address, width=360) as page:
        start(page)
        answer(page, VETERAN)
        before = asked_now(page)
        page.get_by_role("button", name="先停一停").click()
        settled(page)
        expect(form(page)).to_have_count(0)
        page.get_by_role("button", name="继续自测").click()
        settled(page)
        assert asked_now(page) == before


@WIDTHS
def test_what_was_said_before_is_shown_for_confirmation_not_asked_again(
    browser: Browser, desk: Desk, width: int
) -> None:
    with watched(browser, desk.address, width=width) as page:
        card = start(page, "我是退役军人，在南屏区开了个体户，2025年9月1日开业的，能领一次性开业补贴吗？帮我自测一下")
        expect(card.locator(".heard-list")).to_contain_text("退役军人")
        assert serious(page) == []
        whole(page, f"real-heard-{width}")
        answered = []
        for _ in range(12):
            if not form(page).count():
                break
            answered += asked_now(page)
            answer(page, VETERAN)
        assert not [words for words in answered if "属于下面哪一类" in words]
        expect(page.locator("section.outcome .stamp strong")).to_have_text("符合")


def test_an_answer_that_cannot_be_read_is_asked_again_beside_its_question(browser: Browser, desk: Desk) -> None:
    with watched(browser, desk.address, width=360) as page:
        start(page, "增值税月销售额10万元以下免征增值税，我能享受吗？帮我自测一下")
        for _ in range(8):
            sales = form(page).get_by_label("本期不含税销售额", exact=True)
            if sales.count():
                break
            answer(page, {"一般纳税人": "小规模纳税人", "按月报": "按月", "哪一类经营者": "个体工商户"})
        sales.fill("很多很多")
        for box in (
            form(page)
            .locator("fieldset.question")
            .filter(has_not=page.locator("input[aria-label='本期不含税销售额']"))
            .all()
        ):
            put(box, "不知道")
        form(page).get_by_role("button", name="继续").click()
        settled(page)
        expect(sales).to_have_value("很多很多")
        expect(sales).to_have_accessible_description(re.compile("金额"))
        shot(page, "real-complaint-360")


def test_the_printed_page_holds_the_verdict_and_the_note(browser: Browser, desk: Desk, tmp_path: Path) -> None:
    with watched(browser, desk.address) as page:
        page.context.add_init_script("window.print = () => {}")
        start(page)
        go_through(page, VETERAN)
        opened = opened_by(page, "打印 / 另存为 PDF")
        pdf = opened.pdf(format="A4")
        (ARTEFACTS / "selftest-chat-real.pdf").write_bytes(pdf)
        text = words_of(pdf)
        assert "✓符合" in text
        assert "8000元" in text
        assert NOTE in text
        with page.expect_download() as download:
            page.get_by_role("button", name="导出对话").click()
        download.value.save_as(tmp_path / "export.txt")
        exported = (tmp_path / "export.txt").read_text(encoding="utf-8")
        assert NOTE in exported
        assert "内容由人工智能生成，仅供参考" in exported


def test_everything_one_can_have_is_told_in_one_interview(browser: Browser, desk: Desk) -> None:
    with watched(browser, desk.address, width=360) as page:
        start(page, "我能享受哪些政策？帮我自测一下")
        for _ in range(40):
            if not form(page).count():
                break
            answer(page, VETERAN)
        expect(page.locator(".outcomes .group > summary").first).to_contain_text("符合条件")
        assert serious(page) == []
        whole(page, "real-all-360")


def test_hostile_words_typed_into_a_form_come_back_as_words(browser: Browser, desk: Desk) -> None:
    with watched(browser, desk.address, width=360) as page:
        start(page)
        say(page, HOSTILE)
        settled(page)
        assert page.locator("main script, main img, a[href^='javascript']").count() == 0
        assert page.evaluate("window.hit") is None
        assert does_not_scroll_sideways(page)
