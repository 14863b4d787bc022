"""How often an address may ask, whose address counts behind proxies, and settings that say so wrongly."""

from ipaddress import ip_network
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError

from api.app import create_app
from api.bootstrap import Service
from api.guards import CONTENT_SECURITY_POLICY, embeddable
from api.rates import address_of, site_of
from api.settings import Settings
from tests.api.conftest import set_for, settings_at

PROXIES = [ip_network("10.0.0.0/8"), ip_network("fd00::/8")]


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("203.0.113.7", "1.1.1.1", "203.0.113.7"),  # not one of our proxies: what it says counts for nothing
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("10.0.0.1", "1.1.1.1, 203.0.113.7", "203.0.113.7"),  # the client made the first one up
        ("10.0.0.1", "203.0.113.7, 10.0.0.2", "203.0.113.7"),
        ("10.0.0.1", "203.0.113.7,  , 10.0.0.2,", "203.0.113.7"),
        ("10.0.0.1", "nonsense", "nonsense"),
        ("", "203.0.113.7", ""),
        ("fd00::1", "2001:db8::1", "2001:db8::1"),
    ],
)
def test_the_address_is_the_nearest_that_is_no_proxy_of_ours(peer: str, forwarded: str, address: str) -> None:
    assert address_of(peer, forwarded, PROXIES) == address
    assert address_of(peer, forwarded, []) == peer


def test_one_household_has_many_addresses_of_the_new_kind() -> None:
    assert site_of("2001:db8:1:2::5") == site_of("2001:db8:1:2:ffff::1") != site_of("2001:db8:1:3::5")
    assert site_of("203.0.113.7") == "203.0.113.7"
    assert site_of("testclient") == "testclient"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("rate_address", "often"),
        ("rate_session", "5 per fortnight"),
        ("widget_origins", "https://a.example/path"),
        ("widget_origins", "a.example"),
        ("widget_origins", "https://a.example; script-src *"),
        ("trusted_proxies", "proxy.example"),
        ("trusted_proxies", "10.0.0.0/99"),
        ("retention_days", "0"),
    ],
)
def test_settings_that_make_no_sense_are_refused(name: str, value: str) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate({name: value})


def test_a_page_may_be_embedded_by_the_sites_on_the_list_only(tmp_path: Path) -> None:
    alone = settings_at(tmp_path, tmp_path)
    assert embeddable(alone)["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    friends = alone.model_copy(update={"widget_origins": "https://a.example https://b.example:8443"})
    policy = embeddable(friends)["Content-Security-Policy"]
    assert policy.endswith("frame-ancestors 'self' https://a.example https://b.example:8443")


PUBLIC = [
    ("GET", "/"),
    ("GET", "/widget"),
    ("GET", "/ask"),
    ("GET", "/services"),
    ("GET", "/policies?q=补贴"),
    ("GET", "/channels"),
    ("GET", "/privacy"),
    ("GET", "/sitemap.xml"),
    ("GET", "/documents?q=补贴&region=青禾市"),
    ("GET", "/selftest"),
    ("GET", "/selftest/qinghe_opening_subsidy"),
    ("GET", "/api/documents"),
    ("GET", "/api/regions"),
    ("GET", "/api/policies"),
    ("POST", "/api/ask"),
    ("POST", "/api/ask/stream"),
    ("POST", "/ask"),
]


@pytest.mark.parametrize(("method", "path"), PUBLIC)
def test_every_public_address_that_costs_work_has_a_limit(
    service: Service, monkeypatch: pytest.MonkeyPatch, method: str, path: str
) -> None:
    set_for(monkeypatch, service, rate_address="2/minute")
    body = {"question": "开业补贴多少", "region": "青禾市"} if method == "POST" else None
    with TestClient(create_app(service)) as client:
        asked = [client.request(method, path, json=body) for _ in range(3)]
    assert [one.status_code for one in asked[:2]] != [429, 429]
    refused = asked[2]
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["type"] == "/api/docs#problem-too-many-requests"
    assert "秒后再试" in refused.json()["detail"]


def test_questions_outside_conversations_have_a_limit_of_their_own(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_for(monkeypatch, service, rate_ask="2/minute")
    with TestClient(create_app(service)) as client:
        codes = [
            client.post(path, json={"question": "开业补贴多少", "region": "青禾市"}).status_code
            for path in ("/api/ask", "/api/ask/stream", "/api/ask")
        ]
        assert codes == [200, 200, 429]
        refused = client.post("/ask", data={"question": "开业补贴多少"}, headers={"Accept": "text/html"})
        assert refused.status_code == 429
        assert "请求太频繁" in refused.text
        assert client.get("/api/documents").status_code == 200


def test_scripts_and_health_are_not_counted(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    set_for(monkeypatch, service, rate_address="1/minute")
    with TestClient(create_app(service)) as client:
        for path in ("/static/dom.js", "/healthz", "/launcher.js"):
            assert [client.get(path).status_code for _ in range(3)] == [200] * 3


def test_an_installation_has_limits_without_being_told() -> None:
    settings = Settings()
    assert (settings.rate_address, settings.rate_ask) == ("120/minute", "30/minute")
