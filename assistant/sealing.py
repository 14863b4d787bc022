"""Keys: one master key of the installation, one key a conversation wrapped by it, and payloads sealed under that.

AES-256-GCM throughout. What is sealed is bound to its place, so that a payload moved elsewhere does not open.
"""

import base64
import binascii
import logging
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from assistant.errors import BadSecretFile, WeakSecret, WrongSecret

KEY_BYTES = 32
NONCE_BYTES = 12
LEAST_SECRET = 32
"""Characters of XIAOER_SECRET."""
FILE = "secret.key"

log = logging.getLogger(__name__)


class Keyring:
    """Everything that is made from the master key; the key itself never leaves this object."""

    def __init__(self, master: bytes, source: str) -> None:
        """`source` names where the key is from, for people."""
        self._wrapping = AESGCM(_derived(master, "wrapping"))
        self._master, self.source = master, source
        self.fingerprint = _derived(master, "fingerprint").hex()[:32]
        """Tells two master keys apart and says nothing about either."""

    def derived(self, purpose: str) -> bytes:
        """A key of its own for another purpose."""
        return _derived(self._master, purpose)

    def new_key(self, place: str) -> tuple["ContentKey", bytes]:
        """A new content key, and the form of it that is stored."""
        key = AESGCM.generate_key(KEY_BYTES * 8)
        nonce = os.urandom(NONCE_BYTES)
        return ContentKey(AESGCM(key)), nonce + self._wrapping.encrypt(nonce, key, place.encode())

    def unwrap(self, wrapped: bytes, place: str) -> "ContentKey":
        """Raises WrongSecret."""
        try:
            key = self._wrapping.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], place.encode())
        except InvalidTag:
            raise WrongSecret(self.source) from None
        return ContentKey(AESGCM(key))


@dataclass(frozen=True, slots=True)
class ContentKey:
    """Seals and opens what belongs to one conversation."""

    _cipher: AESGCM = field(repr=False)

    def seal(self, words: bytes, place: str) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, words, place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        """Raises cryptography.exceptions.InvalidTag where the payload was changed or moved."""
        return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode())


def open_keyring(secret: str, home: Path) -> Keyring:
    """From the setting, else from the file in `home`, made on first use. Raises WeakSecret, BadSecretFile."""
    if secret:
        if len(secret) < LEAST_SECRET:
            raise WeakSecret(LEAST_SECRET)
        return Keyring(_derived(secret.encode(), "setting"), "现在的 XIAOER_SECRET ")
    file = home / FILE
    if not file.exists():
        _make(file)
    return Keyring(_read(file), f"密钥文件 {file} ")


def _make(file: Path) -> None:
    """Whole or not at all, also when two processes start at once."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f"{FILE}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
        opened.flush()
        os.fsync(opened.fileno())
    try:
        os.link(new, file)
    except FileExistsError:
        return  # the other process was first: its key counts
    finally:
        new.unlink()


def _read(file: Path) -> bytes:
    if file.stat().st_mode & 0o077:
        log.warning("密钥文件 %s 别人也能读，请改成只有运行服务的用户能读（chmod 600）", file)
    try:
        key = base64.urlsafe_b64decode(file.read_bytes().strip())
    except binascii.Error:
        raise BadSecretFile(str(file)) from None
    if len(key) != KEY_BYTES:
        raise BadSecretFile(str(file))
    return key


def _derived(master: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"xiaoer {purpose}".encode()).derive(master)
