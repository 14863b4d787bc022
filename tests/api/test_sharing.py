"""Signed links: they say little, expire, and cannot be made up."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from api import sharing

TODAY = date(2026, 7, 1)
KEY = b"k" * 32


def test_a_link_says_what_was_sealed_until_it_expires() -> None:
    token, last = sharing.seal(KEY, "relief", TODAY, "met", today=TODAY)
    assert sharing.unseal(KEY, token, today=last) == sharing.Shared("relief", TODAY, "met", last)
    with pytest.raises(sharing.LinkInvalid):
        sharing.unseal(KEY, token, today=last + timedelta(days=1))


def test_another_key_opens_nothing() -> None:
    token, _ = sharing.seal(KEY, "relief", TODAY, "met", today=TODAY)
    with pytest.raises(sharing.LinkInvalid):
        sharing.unseal(b"x" * 32, token, today=TODAY)


def test_an_installation_keeps_one_key_that_only_it_can_read(tmp_path: Path) -> None:
    first = sharing.key_of(tmp_path / "home", None)
    assert sharing.key_of(tmp_path / "home", None) == first
    assert [file.name for file in (tmp_path / "home").iterdir()] == ["share.key"]
    assert (tmp_path / "home" / "share.key").stat().st_mode & 0o077 == 0
    assert sharing.key_of(tmp_path / "home", "长密钥") == sharing.key_of(tmp_path / "other", "长密钥") != first
