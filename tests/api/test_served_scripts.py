"""What the browser gets of our scripts: without comments, small, and framed only by the sites on the list."""

import gzip
import re
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.bootstrap import Service
from api.web.lean import COMMENTS, lean
from api.web.rendering import STATIC

SCRIPTS = sorted([*STATIC.rglob("*.js"), *STATIC.rglob("*.css")])


def test_a_site_that_is_not_on_the_list_cannot_embed_it(client: TestClient) -> None:
    policy = client.get("/widget").headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'self'")
    assert client.get("/").headers["x-frame-options"] == "SAMEORIGIN"


def test_sites_on_the_list_are_named_in_the_policy_of_the_frame_alone(service: Service) -> None:
    settings = service.settings.model_copy(update={"widget_origins": "https://www.example.gov.cn"})
    with TestClient(create_app(replace(service, settings=settings))) as client:
        frame = client.get("/widget").headers
        assert "frame-ancestors 'self' https://www.example.gov.cn" in frame["content-security-policy"]
        assert "x-frame-options" not in frame
        assert "example" not in client.get("/").headers["content-security-policy"]
        assert client.get("/launcher.js").headers["cross-origin-resource-policy"] == "cross-origin"


def test_what_a_site_asks_for_is_checked(client: TestClient) -> None:
    page = client.get("/widget", params={"color": "red;x", "theme": "pink", "region": "火星", "title": "<b>" * 30}).text
    assert 'data-color="" data-theme=""' in page
    assert 'data-region=""' in page
    assert "<b>" not in page
    chosen = client.get("/widget", params={"color": "1D4F91", "theme": "dark", "region": "青禾市"}).text
    assert 'data-region="990100" data-region-name="云岭省青禾市" data-color="#1d4f91" data-theme="dark"' in chosen


def test_the_launcher_and_the_widget_are_small_on_the_wire(client: TestClient) -> None:
    page = client.get("/widget").text
    names = set(re.findall(r'/static/([^"?]+)', page)) - {"chat/without.css"}
    todo = list(names)
    while todo:
        for found in re.findall(r'from "(\.[^"]+)"', _served(client, todo.pop())):
            name = ("chat/" + found[2:]) if found.startswith("./") else found[3:]
            todo += [name] if name not in names else []
            names.add(name)
    launcher = len(gzip.compress(client.get("/launcher.js").content))
    total = len(gzip.compress(page.encode())) + sum(len(gzip.compress(_served(client, one).encode())) for one in names)
    assert launcher <= 6 * 1024
    assert total <= 60 * 1024


def _served(client: TestClient, name: str) -> str:
    return client.get(f"/static/{name}").text


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_comments_are_not_served_and_nothing_else_is_lost(client: TestClient, file: Path) -> None:
    served = _served(client, file.relative_to(STATIC).as_posix())
    assert "@param" not in served
    assert "@ts-check" not in served
    assert not re.search(r"^\s*//|/\*", served, re.MULTILINE)
    words = re.findall(r"[\w一-鿿]+", served)
    kept = iter(re.findall(r"[\w一-鿿]+", file.read_text(encoding="utf-8")))
    assert all(word in kept for word in words)  # in the order of the source, nothing made up


def test_no_script_makes_markup_of_words() -> None:
    forbidden = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|eval\(|new Function|srcdoc"
    )
    assert not [file.name for file in SCRIPTS if forbidden.search(file.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_no_string_is_taken_for_a_comment(file: Path) -> None:
    """lean() reads lines, not JavaScript: before every comment all quotes are closed."""
    source = file.read_text(encoding="utf-8")
    for pattern in COMMENTS:
        for comment in pattern.finditer(source):
            before = lean(source[: comment.start()])
            assert before.count("`") % 2 == 0, comment[0]
            assert before.rpartition("\n")[2].count('"') % 2 == 0, comment[0]


def test_comments_go_and_code_stays() -> None:
    source = (
        "// @ts-check\n/** A module. */\nimport a from './a.js';\n\n/**\n * Long.\n */\n"
        "const x = /** @type {Y} */ (z); // why\nconst address = 'https://example/'; \n  /** @type {A} */ const b = 1;\n"
    )
    assert lean(source) == (
        "import a from './a.js';\nconst x = (z);\nconst address = 'https://example/'; \nconst b = 1;\n"
    )
