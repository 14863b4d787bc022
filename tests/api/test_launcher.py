"""The widget on somebody else's page: one line, a button, a frame."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from playwright.sync_api import Browser, Page, expect

from api.app import create_app
from api.bootstrap import Service
from tests.api.browsing import ARTEFACTS
from tests.api.chat_scripts import script
from tests.api.chatting import ChatDesk
from tests.api.commands.terminal import free_port
from tests.api.serving import serving

POLICY = "default-src 'none'; script-src {widget}; frame-src {widget}"
"""Of a careful site: no inline styles, nothing from elsewhere but the widget."""


HOST_PORT = free_port()


@pytest.fixture(scope="module")
def widget(service: Service) -> Iterator[str]:
    """The service, with the stand-in of the conversations before it, where the host site is on the list."""
    settings = service.settings.model_copy(update={"widget_origins": f"http://127.0.0.1:{HOST_PORT}"})
    app = create_app(replace(service, settings=settings))
    with serving(app, lambda inner: ChatDesk(inner, script)) as address:
        yield address


@pytest.fixture(scope="module", autouse=True)
def host(widget: str) -> Iterator[str]:
    """Another site, with the one line in its page; opened before the browser, which has an event loop."""
    app = FastAPI()

    @app.get("/")
    def page(attributes: str = "") -> HTMLResponse:
        line = f'<script src="{widget}/launcher.js" data-region="青禾市" {attributes} async></script>'
        body = f"<!doctype html><html lang=zh-CN><title>别的网站</title><h1>别的网站</h1><p>正文</p>{line}"
        return HTMLResponse(body, headers={"Content-Security-Policy": POLICY.format(widget=widget)})

    with _plain(app, HOST_PORT) as address:
        yield address


@contextmanager
def _plain(app: FastAPI, port: int) -> Iterator[str]:
    opened = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None))
    thread = threading.Thread(target=opened.run, daemon=True)
    thread.start()
    while not opened.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    opened.should_exit = True
    thread.join(10)


@contextmanager
def visiting(browser: Browser, host: str, widget: str, *, width: int = 1280) -> Iterator[Page]:
    """A page whose console stays silent, and that talks to nobody but its own site and the widget's."""
    context = browser.new_context(viewport={"width": width, "height": 800}, locale="zh-CN", reduced_motion="reduce")
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    yield page
    context.close()
    assert [line for line in said if "favicon" not in line] == []
    assert {urlsplit(url).netloc for url in asked} <= {urlsplit(host).netloc, urlsplit(widget).netloc}


def test_the_demo_page_shows_it(browser: Browser, host: str, widget: str) -> None:
    with visiting(browser, host, widget) as page:
        page.goto(f"{widget}/demo")
        page.get_by_role("button", name=re.compile("问小二")).click()
        frame = page.frame_locator("iframe")
        expect(frame.locator("#region-name")).to_contain_text("青禾市")
        expect(frame.locator("body[data-ready]")).to_be_attached()
        page.screenshot(path=ARTEFACTS / "demo-1280.png")


@pytest.mark.parametrize("width", [360, 1280])
def test_one_line_puts_the_chat_on_another_site(browser: Browser, host: str, widget: str, width: int) -> None:
    with visiting(browser, host, widget, width=width) as page:
        page.goto(f'{host}/?attributes=data-color="%23ffd400" data-title="惠企小二" data-theme="light"')
        button = page.get_by_role("button", name=re.compile("问小二"))
        expect(button).to_be_visible()
        assert page.locator("iframe").count() == 0  # loaded when it is opened
        page.screenshot(path=ARTEFACTS / f"launcher-{width}.png")
        button.focus()
        page.keyboard.press("Enter")
        frame = page.frame_locator("iframe[title=惠企小二]")
        expect(frame.get_by_role("heading", name="惠企小二")).to_be_visible()
        expect(frame.locator("#region-name")).to_contain_text("青禾市")
        frame.get_by_label("您想问什么").fill("补贴怎么领")
        frame.get_by_label("您想问什么").press("Enter")
        expect(frame.locator("ol.sources .source").first).to_be_visible()
        page.wait_for_timeout(100)
        page.screenshot(path=ARTEFACTS / f"widget-{width}.png")
        found = Axe().run(page.frames[1]).response["violations"]
        assert [one["id"] for one in found if one["impact"] in {"serious", "critical"}] == []
        frame.get_by_label("您想问什么").press("Escape")
        expect(page.locator("iframe")).to_be_hidden()
        expect(button).to_be_focused()
        button.click()
        expect(frame.locator("ol.sources .source").first).to_be_visible()
