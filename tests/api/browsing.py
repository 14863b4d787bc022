"""A real browser for the tests of the pages."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
ARTEFACTS = Path(__file__).parents[2] / "test-artefacts"
expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=zh-CN",  # the browser's own words, as in a date field
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser; where none is installed the test is skipped, in CI it fails."""
    if not CHROMIUM.exists():
        message = f"没有 {CHROMIUM}，跳过网页测试；安装：apt-get install -y chromium fonts-noto-cjk"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    ARTEFACTS.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        yield browser
        browser.close()


@contextmanager
def watched(
    browser: Browser,
    address: str,
    *,
    width: int = 1280,
    dark: bool = False,
    script: bool = True,
    breaks: bool = False,
) -> Iterator[Page]:
    """A page whose console stays silent, unless its line `breaks`, and that talks to nobody but the server."""
    context: BrowserContext = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if dark else "light",
        java_script_enabled=script,
        reduced_motion="reduce",
        locale="zh-CN",
        base_url=address,
    )
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    yield page
    context.close()
    assert breaks or said == []
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(address).netloc}


def ask(page: Page, question: str, region: str = "云岭省青禾市") -> None:
    page.goto("/ask")
    page.get_by_label("所在地区").select_option(label=region)
    page.get_by_label("您的问题").fill(question)
    page.get_by_role("button", name="查找依据").click()


def does_not_scroll_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
