"""Anonymous sessions: a signed token that opens one conversation for a while, and holds nothing about the person."""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from assistant.errors import SessionExpired, SessionInvalid, SessionMissing, SessionOver

VERSION = "1"
MAC_BYTES = 32


@dataclass(frozen=True, slots=True)
class Session:
    """Opens its conversation until it expires."""

    conversation: str
    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Lifetime:
    """Of a token."""

    usable: timedelta = timedelta(hours=1)
    renewable: timedelta = timedelta(days=7)
    """After its end."""


class Sessions:
    """Issues and checks tokens; stateless, so every process of an installation knows those of the others."""

    def __init__(self, key: bytes, lifetime: Lifetime | None = None) -> None:
        self._key, self._lifetime = key, lifetime or Lifetime()

    def issue(self, conversation: str, now: datetime) -> Session:
        expires = (now + self._lifetime.usable).astimezone(UTC).replace(microsecond=0)
        said = f"{VERSION}.{int(expires.timestamp())}"
        return Session(conversation, f"{said}.{_encoded(self._mac(said, conversation))}", expires)

    def check(self, token: str, conversation: str, now: datetime) -> datetime:
        """When the token expires. Raises SessionMissing, SessionInvalid, SessionExpired."""
        expires = self._expiry(token, conversation)
        if now >= expires:
            raise SessionExpired
        return expires

    def renew(self, token: str, conversation: str, now: datetime) -> Session:
        """Also for one that has expired not long ago. Raises SessionMissing, SessionInvalid, SessionOver."""
        if now >= self._expiry(token, conversation) + self._lifetime.renewable:
            raise SessionOver
        return self.issue(conversation, now)

    def _expiry(self, token: str, conversation: str) -> datetime:
        if not token:
            raise SessionMissing
        said, _, mac = token.rpartition(".")
        if not hmac.compare_digest(_decoded(mac), self._mac(said, conversation)):
            raise SessionInvalid
        return datetime.fromtimestamp(int(said.rpartition(".")[2]), UTC)

    def _mac(self, said: str, conversation: str) -> bytes:
        return hmac.digest(self._key, f"{said}\0{conversation}".encode(errors="replace"), hashlib.sha256)


def _encoded(mac: bytes) -> str:
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")


def _decoded(mac: str) -> bytes:
    """Nothing for what is no MAC: it then equals none."""
    try:
        return base64.b64decode(mac + "=" * (-len(mac) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""
