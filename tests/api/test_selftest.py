"""The self-test pages in a real browser, with and without JavaScript: asking, not knowing, back, changing, printing."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from api.app import create_app
from api.bootstrap import Service
from tests.api.browsing import ARTEFACTS, does_not_scroll_sideways, watched
from tests.api.serving import serving


@pytest.fixture(scope="module")
def address(service: Service) -> Iterator[str]:
    with serving(create_app(service)) as address:
        yield address


def choose(page: Page, legend: str, option: str) -> None:
    page.get_by_role("group", name=re.compile(legend)).get_by_label(option, exact=True).check()


def go_on(page: Page) -> None:
    page.get_by_role("button", name="继续").click()


def fill_opening(page: Page) -> None:
    """Answer whatever is asked, as a veteran who opened in September 2025."""
    answers = {
        "哪一类经营者": "个体工商户",
        "第一次在青禾市": "是",
        "属于下面哪一类": "退役军人",
        "零就业家庭": "否",
        "正常经营（": "是",
    }
    for _ in range(8):
        if not page.get_by_role("button", name="继续").count():
            return
        for legend, option in answers.items():
            group = page.get_by_role("group", name=re.compile(re.escape(legend)))
            if group.count():
                group.get_by_label(re.compile(rf"^{option}")).first.check()
        for label, value in {
            "登记地": "青禾市南屏区",
            "登记成立日期": "2025-08-20",
            "开始正常经营的日期": "2025-09-01",
        }.items():
            box = page.get_by_label(label, exact=True)
            if box.count():
                box.fill(value)
        go_on(page)


@pytest.mark.parametrize("script", [True, False])
def test_an_interview_ends_with_a_result_that_explains_itself(browser: Browser, address: str, script: bool) -> None:
    with watched(browser, address, width=360, script=script) as page:
        page.goto("/selftest?q=开店补贴")
        page.get_by_role("link", name=re.compile("一次性开业补贴8000元")).click()
        fill_opening(page)
        verdict = page.get_by_label("结果", exact=True)
        expect(verdict).to_contain_text("符合")
        expect(verdict).to_contain_text("8000元")
        expect(page.get_by_role("table")).to_contain_text("给予一次性开业补贴8000元")
        expect(page.get_by_text("自测结果仅供参考，以主管部门审核为准").first).to_be_visible()
        expect(page.get_by_text("2027-03-01")).to_be_visible()
        expect(
            page.get_by_role("link", name=re.compile("《青禾市个体工商户创业扶持办法》第五条")).first
        ).to_be_visible()
        if script:
            assert does_not_scroll_sideways(page)
            expect(page.get_by_role("button", name="打印或存成 PDF")).to_be_visible()
            page.screenshot(path=ARTEFACTS / "selftest-result.png", full_page=True)
        assert page.context.cookies() == []


def test_going_back_and_changing_an_answer_keep_the_rest(browser: Browser, address: str) -> None:
    with watched(browser, address) as page:
        page.goto("/selftest/qinghe_opening_subsidy?region=青禾市")
        fill_opening(page)
        page.get_by_text(re.compile("您已经说的")).click()
        page.get_by_role("button", name="改：人员类别").click()
        choose(page, "属于下面哪一类", "以上都不是")
        go_on(page)
        expect(page.get_by_label("结果", exact=True)).to_contain_text("不符合")
        expect(page.get_by_text("自己改变不了").first).to_be_visible()
        page.get_by_role("button", name="上一步").click()
        expect(page.get_by_role("group", name=re.compile("属于下面哪一类"))).to_be_visible()
        expect(page.get_by_text(re.compile("登记地：南屏区|登记地：青禾市"))).to_be_visible()


def test_not_knowing_is_an_answer_and_leaves_the_verdict_open(browser: Browser, address: str) -> None:
    with watched(browser, address) as page:
        page.goto("/selftest/vat_threshold")
        for _ in range(8):
            if not page.get_by_role("button", name="继续").count():
                break
            for box in page.get_by_label("不知道").all():
                box.check()
            go_on(page)
        expect(page.get_by_label("结果", exact=True)).to_contain_text("待定")


def test_an_answer_that_cannot_be_read_is_asked_again_with_a_word(browser: Browser, address: str) -> None:
    with watched(browser, address, breaks=True) as page:
        page.goto("/selftest/vat_threshold?on=2026-06-15")
        for _ in range(6):
            sales = page.get_by_label("本期不含税销售额", exact=True)
            if sales.count():
                sales.fill("很多")
                go_on(page)
                expect(page.get_by_role("alert")).to_be_visible()
                expect(page.get_by_text("请写金额")).to_be_visible()
                expect(page.get_by_label("本期不含税销售额", exact=True)).to_have_value("很多")
                return
            for group in page.get_by_role("group").all():
                group.get_by_role("radio").first.check()
            go_on(page)
        pytest.fail("the sales were never asked")


def test_what_is_asked_for_all_policies_is_asked_once(browser: Browser, address: str) -> None:
    with watched(browser, address) as page:
        page.goto("/selftest?region=990100")
        page.get_by_role("link", name=re.compile("我能享受什么")).click()
        choose(page, "哪一类经营者", "个体工商户")
        page.get_by_role("button", name="先看结果").click()
        expect(page.get_by_role("heading", name=re.compile("还不能定"))).to_be_visible()
        page.get_by_role("button", name="看逐条依据和怎么办").first.click()
        expect(page.get_by_text("主体类型：个体工商户")).to_be_attached()


def test_the_materials_that_are_missing_are_told_all_at_once(browser: Browser, address: str) -> None:
    with watched(browser, address) as page:
        page.goto("/selftest/qinghe_opening_subsidy/materials")
        page.get_by_role("group", name="创业扶持申请表").get_by_label("有了").check()
        page.get_by_role("button", name="检查").click()
        missing = page.get_by_role("status")
        expect(missing).to_contain_text("创业扶持申请表：还要做到 各栏填写完整；申请人签名")
        expect(missing).to_contain_text("收款银行账户信息：还没有")
        expect(missing).not_to_contain_text("营业执照：还没有")


def test_a_result_is_shared_without_answers(browser: Browser, address: str) -> None:
    with watched(browser, address) as page:
        page.goto("/selftest/qinghe_opening_subsidy?region=青禾市")
        fill_opening(page)
        page.get_by_role("button", name="分享结果").click()
        page.get_by_label("分享", exact=True).get_by_role("link").click()
        expect(page.get_by_label("结果", exact=True)).to_contain_text("符合")
        assert "退役军人" not in page.get_by_label("结果", exact=True).inner_text()
        assert "2025年9月1日" not in page.content()


@pytest.mark.parametrize("path", ["/selftest", "/selftest/vat_threshold", "/selftest/qinghe_opening_subsidy/materials"])
@pytest.mark.parametrize("dark", [False, True])
def test_the_pages_are_accessible(browser: Browser, address: str, path: str, dark: bool) -> None:
    with watched(browser, address, width=360, dark=dark) as page:
        page.goto(path)
        assert does_not_scroll_sideways(page)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def test_the_result_prints_without_buttons(browser: Browser, address: str) -> None:
    with watched(browser, address) as page:
        page.goto("/selftest/qinghe_opening_subsidy?region=青禾市")
        fill_opening(page)
        page.emulate_media(media="print")
        expect(page.get_by_role("button", name="分享结果")).to_be_hidden()
        expect(page.get_by_role("table")).to_be_visible()
        assert len(page.pdf()) > 10_000
