"""Links to a result: signed, expiring, and without a single answer in them."""

import base64
import binascii
import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

KEPT_DAYS = 30
_KEY_BYTES = 32
_SIGNATURE_BYTES = 16


class LinkInvalid(Exception):
    def __init__(self) -> None:
        super().__init__("这个分享链接不完整、被改动过或者已经过期；请让对方重新分享，或者自己测一次")


@dataclass(frozen=True, slots=True)
class Shared:
    """All that a link says."""

    policy: str
    on: date
    verdict: str
    expires_on: date


def key_of(home: Path, setting: str | None) -> bytes:
    """The signing key: of the settings, else of this installation, made when first needed."""
    if setting:
        return hashlib.sha256(setting.encode()).digest()
    file = home / "share.key"
    try:
        return file.read_bytes()
    except FileNotFoundError:
        home.mkdir(parents=True, exist_ok=True)
        mine = file.with_name(f"share.key.{secrets.token_hex(4)}")
        mine.write_bytes(secrets.token_bytes(_KEY_BYTES))
        mine.chmod(0o600)
        try:
            os.link(mine, file)  # another process may have been first: then its key stands
        except FileExistsError:
            pass
        finally:
            mine.unlink()
        return file.read_bytes()


def seal(key: bytes, policy: str, on: date, verdict: str, *, today: date) -> tuple[str, date]:
    """The token of a link, and its last day."""
    expires_on = today + timedelta(days=KEPT_DAYS)
    said = json.dumps([policy, on.isoformat(), verdict, expires_on.isoformat()], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_signature(key, said) + said).decode().rstrip("="), expires_on


def unseal(key: bytes, token: str, *, today: date) -> Shared:
    """Raises LinkInvalid."""
    try:
        whole = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        raise LinkInvalid from None
    signature, said = whole[:_SIGNATURE_BYTES], whole[_SIGNATURE_BYTES:]
    if not hmac.compare_digest(signature, _signature(key, said)):
        raise LinkInvalid
    policy, on, verdict, expires_on = json.loads(said)
    shared = Shared(policy, date.fromisoformat(on), verdict, date.fromisoformat(expires_on))
    if today > shared.expires_on:
        raise LinkInvalid
    return shared


def _signature(key: bytes, said: bytes) -> bytes:
    return hmac.digest(key, b"xiaoer-selftest\0" + said, "sha256")[:_SIGNATURE_BYTES]
