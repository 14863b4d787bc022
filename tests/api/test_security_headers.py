"""Headers on every response, files that may be kept, answers that are zipped."""

import re

import pytest
from fastapi.testclient import TestClient

ADDRESSES = [
    "/", "/ask", "/widget", "/demo", "/launcher.js", "/documents", "/documents/nothing", "/api/docs", "/api/openapi.json", "/api/documents", "/api/regions",
    "/healthz", "/readyz", "/nowhere", "/static/page.css", "/static/nothing.css", "/static/../app.py",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_response_is_guarded(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in headers
    assert headers["cache-control"]


def test_answers_are_not_stored(client: TestClient) -> None:
    assert client.post("/api/ask", json={"question": "补贴"}).headers["cache-control"] == "no-store"


def test_files_named_by_their_content_are_kept_and_others_asked_for_again(client: TestClient) -> None:
    page = client.get("/ask").text
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert {address.partition("?")[0] for address in addresses} == {
        "/static/icon.svg",
        "/static/page.css",
        "/static/page.js",
    }
    for address in addresses:
        assert "immutable" in client.get(address).headers["cache-control"]
    plain = client.get("/static/page.js")
    assert plain.headers["cache-control"] == "no-cache"
    assert plain.headers["content-type"].startswith("text/javascript")
    again = client.get("/static/page.js", headers={"If-None-Match": plain.headers["etag"]})
    assert again.status_code == 304


def test_long_pages_are_zipped(client: TestClient) -> None:
    assert client.get("/documents", headers={"Accept-Encoding": "gzip"}).headers["content-encoding"] == "gzip"
    assert "content-encoding" not in client.get("/healthz", headers={"Accept-Encoding": "gzip"}).headers


def test_pages_load_nothing_from_elsewhere(client: TestClient) -> None:
    for address in ("/", "/ask", "/widget", "/documents", "/channels", "/api/docs"):
        assert not re.findall(r'(?:href|src|action)="(?!/|#)[^"]*"', client.get(address).text)
