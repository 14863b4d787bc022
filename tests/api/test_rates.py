"""Whose address counts behind proxies, and settings that say so wrongly."""

from ipaddress import ip_network
from pathlib import Path

import pytest
from pydantic import ValidationError

from api.guards import CONTENT_SECURITY_POLICY, embeddable
from api.rates import address_of, site_of
from api.settings import Settings
from tests.api.conftest import settings_at

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
