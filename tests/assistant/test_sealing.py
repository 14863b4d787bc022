"""Keys: what is sealed opens only with its key and in its place; the file of the master key is private."""

import logging
import threading
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from assistant import conversations
from assistant.conversations import ConversationLog
from assistant.errors import BadSecretFile, WeakSecret, WrongSecret
from assistant.retention import abandon
from assistant.sealing import FILE, Keyring, open_keyring
from knowledge.database import Database
from tests.assistant.talking import NOON

ONE, OTHER = Keyring(b"1" * 32, "一"), Keyring(b"2" * 32, "二")


def test_what_is_sealed_opens_with_its_key_in_its_place_only() -> None:
    key, wrapped = ONE.new_key("a")
    sealed = key.seal("开业补贴".encode(), "a/1")
    assert ONE.unwrap(wrapped, "a").open(sealed, "a/1").decode() == "开业补贴"
    assert "开业补贴".encode() not in sealed
    with pytest.raises(InvalidTag):
        key.open(sealed, "a/2")
    with pytest.raises(InvalidTag):
        ONE.new_key("a")[0].open(sealed, "a/1")
    with pytest.raises(InvalidTag):
        key.open(sealed[:-1] + bytes([sealed[-1] ^ 1]), "a/1")
    with pytest.raises(WrongSecret):
        OTHER.unwrap(wrapped, "a")
    with pytest.raises(WrongSecret):
        ONE.unwrap(wrapped, "b")


def test_the_same_words_are_sealed_differently_every_time() -> None:
    key, _ = ONE.new_key("a")
    assert key.seal(b"x", "a/1") != key.seal(b"x", "a/1")


def test_keys_for_different_purposes_differ() -> None:
    assert ONE.derived("sessions") != ONE.derived("addresses") != OTHER.derived("addresses")
    assert ONE.fingerprint != OTHER.fingerprint


def test_the_key_file_is_made_once_and_private(tmp_path: Path) -> None:
    first = open_keyring("", tmp_path / "home")
    file = tmp_path / "home" / FILE
    assert file.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in file.parent.iterdir()] == [FILE]
    assert open_keyring("", tmp_path / "home").fingerprint == first.fingerprint


def test_processes_that_start_at_once_end_up_with_one_key(tmp_path: Path) -> None:
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(open_keyring("", tmp_path).fingerprint)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_a_key_file_that_others_can_read_is_complained_about(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    open_keyring("", tmp_path)
    (tmp_path / FILE).chmod(0o644)
    with caplog.at_level(logging.WARNING):
        open_keyring("", tmp_path)
    assert "chmod 600" in caplog.text


@pytest.mark.parametrize("content", [b"", b"short", "密钥".encode(), b"!" * 44])
def test_a_damaged_key_file_is_an_error_and_stays_as_it_is(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(BadSecretFile):
        open_keyring("", tmp_path)
    assert (tmp_path / FILE).read_bytes() == content


def test_a_secret_of_the_settings_makes_no_file_and_must_be_long(tmp_path: Path) -> None:
    secret = "not-a-real-secret-" * 3
    assert open_keyring(secret, tmp_path).fingerprint == open_keyring(secret, tmp_path / "other").fingerprint
    assert not list(tmp_path.iterdir())
    with pytest.raises(WeakSecret):
        open_keyring("short", tmp_path)


def test_another_master_key_is_refused_while_conversations_depend_on_the_old_one(database: Database) -> None:
    with database.transaction() as tx:
        conversations.fit(tx, ONE)
        conversations.fit(tx, OTHER)  # nothing is sealed yet
        ConversationLog(OTHER).start(tx, NOON)
    with database.transaction() as tx, pytest.raises(WrongSecret, match="xiaoer conversations abandon"):
        conversations.fit(tx, ONE)
    assert abandon(database, NOON).conversations == 1
    with database.transaction() as tx:
        conversations.fit(tx, ONE)
