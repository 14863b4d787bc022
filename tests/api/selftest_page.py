"""The chat page in a real browser while a self-test runs: what tests do with its forms and results."""

import re

import pypdfium2 as pdfium
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.api.browsing import ARTEFACTS
from tests.api.chat_scripts import say

AXE = Axe()
NOTE = "自测结果仅供参考，以主管部门审核为准"


def shot(page: Page, name: str) -> None:
    page.screenshot(path=ARTEFACTS / f"selftest-chat-{name}.png")


def whole(page: Page, name: str) -> None:
    """Every message in its full length, in a window that is high enough."""
    size = page.viewport_size or {"width": 1280, "height": 800}
    length = int(page.evaluate("document.querySelector('#log').scrollHeight"))
    page.set_viewport_size({"width": size["width"], "height": min(length + 300, 8_000)})
    page.locator("#messages").screenshot(path=ARTEFACTS / f"selftest-chat-{name}.png")
    page.set_viewport_size(size)


def serious(page: Page) -> list[str]:
    """What axe finds, with the place."""
    found = AXE.run(page).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found if one["impact"] in {"serious", "critical"}
    ]


def form(page: Page) -> Locator:
    return page.locator("form.asking")


def ask(page: Page, words: str) -> Locator:
    """The form that comes of these words."""
    say(page, words)
    expect(form(page)).to_be_visible()
    expect(page.locator("#tail > li")).to_have_count(0)
    return form(page)


def question(page: Page, words: str) -> Locator:
    return form(page).get_by_role("group", name=re.compile(words))


def unfold(card: Locator) -> None:
    """Everything in it."""
    card.locator("details").evaluate_all("all => all.forEach((one) => (one.open = true))")


def opened_by(page: Page, name: str) -> Page:
    """The page in another tab that a button of the result opens."""
    with page.context.expect_page() as opening:
        page.locator("section.outcome").get_by_role("button", name=name).click()
    opened = opening.value
    opened.wait_for_load_state()
    return opened


def words_of(pdf: bytes) -> str:
    """Without spaces and breaks."""
    document = pdfium.PdfDocument(pdf)
    return re.sub(r"\s", "", "".join(page.get_textpage().get_text_bounded() for page in document))
