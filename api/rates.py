"""How often one address and one conversation may ask, and who the address is behind a proxy."""

import math
import time
from collections.abc import Sequence
from hashlib import blake2b
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from limits import RateLimitItem, parse_many
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import HTTPConnection

from api.errors import TooManyRequests
from api.settings import Settings

Networks = Sequence[IPv4Network | IPv6Network]
IPV6_SITE_BITS = 64
"""One household has all addresses of such a network."""


class Rates:
    """Counts, and raises TooManyRequests; not for the event loop, since the storage may be far away."""

    def __init__(self, settings: Settings, key: bytes) -> None:
        """Addresses are counted under `key`, not by their name."""
        self._key = key[:32]
        storage = storage_from_string(settings.rate_storage)
        self._limiter = MovingWindowRateLimiter(storage)
        self._address, self._session = _items(settings.rate_address), _items(settings.rate_session)
        self._start, self._ask = _items(settings.rate_start), _items(settings.rate_ask)
        self._trusted = [ip_network(one, strict=False) for one in settings.trusted_proxies.split()]

    def a_request(self, connection: HTTPConnection) -> None:
        self._count(self._address, "address", self._address_of(connection))

    def a_question(self, connection: HTTPConnection) -> None:
        """Answered outside a conversation: each may cost a language model's tokens."""
        self._count(self._ask, "ask", self._address_of(connection))

    def a_start(self, connection: HTTPConnection) -> None:
        self._count(self._start, "start", self._address_of(connection))

    def a_message(self, conversation: str) -> None:
        self._count(self._session, "session", conversation)

    def _address_of(self, connection: HTTPConnection) -> str:
        peer = connection.client.host if connection.client else ""
        return site_of(address_of(peer, connection.headers.get("x-forwarded-for", ""), self._trusted))

    def _count(self, items: Sequence[RateLimitItem], kind: str, whose: str) -> None:
        name = blake2b(whose.encode(), key=self._key, digest_size=12).hexdigest()
        for item in items:
            if not self._limiter.hit(item, kind, name):
                reset = self._limiter.get_window_stats(item, kind, name).reset_time
                raise TooManyRequests(max(1, math.ceil(reset - time.time())))


def address_of(peer: str, forwarded: str, trusted: Networks) -> str:
    """The nearest address that is no proxy of ours; what stands left of it anybody may have written."""
    address = peer
    for hop in reversed([one.strip() for one in forwarded.split(",") if one.strip()]):
        if not _is_within(address, trusted):
            break
        address = hop
    return address


def site_of(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(ip_network((parsed, IPV6_SITE_BITS), strict=False))
    return address


def _is_within(address: str, networks: Networks) -> bool:
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in networks)


def _items(rates: str) -> list[RateLimitItem]:
    return parse_many(rates) if rates else []
