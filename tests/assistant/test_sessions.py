"""Tokens: they open one conversation for a while, can be renewed, and cannot be made or changed by others."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import SessionExpired, SessionInvalid, SessionMissing, SessionOver
from assistant.sessions import Lifetime, Sessions
from tests.assistant.talking import NOON

LIFETIME = Lifetime(timedelta(hours=1), timedelta(days=7))
SESSIONS = Sessions(b"s" * 32, LIFETIME)


def test_a_token_opens_its_conversation_until_it_expires() -> None:
    session = SESSIONS.issue("one", NOON)
    assert SESSIONS.check(session.token, "one", NOON) == session.expires_at == NOON + LIFETIME.usable
    with pytest.raises(SessionExpired):
        SESSIONS.check(session.token, "one", session.expires_at)
    with pytest.raises(SessionInvalid):
        SESSIONS.check(session.token, "other", NOON)
    with pytest.raises(SessionInvalid):
        Sessions(b"t" * 32).check(session.token, "one", NOON)
    with pytest.raises(SessionMissing):
        SESSIONS.check("", "one", NOON)


def test_a_token_is_renewed_before_and_for_a_while_after_its_end() -> None:
    session = SESSIONS.issue("one", NOON)
    for later in (timedelta(minutes=1), timedelta(days=6)):
        renewed = SESSIONS.renew(session.token, "one", NOON + later)
        assert SESSIONS.check(renewed.token, "one", NOON + later) == NOON + later + LIFETIME.usable
    with pytest.raises(SessionOver):
        SESSIONS.renew(session.token, "one", session.expires_at + LIFETIME.renewable)
    with pytest.raises(SessionInvalid):
        SESSIONS.renew(session.token, "other", NOON)


def test_the_expiry_in_a_token_cannot_be_moved() -> None:
    version, expires, mac = SESSIONS.issue("one", NOON).token.split(".")
    with pytest.raises(SessionInvalid):
        SESSIONS.check(f"{version}.{int(expires) + 3600}.{mac}", "one", NOON)


def test_a_token_says_nothing_but_when_it_ends() -> None:
    session = SESSIONS.issue("one", NOON)
    assert "one" not in session.token
    assert session.token.startswith(f"1.{int(session.expires_at.timestamp())}.")


@given(st.text(max_size=80))
def test_no_made_up_token_opens_anything(token: str) -> None:
    with pytest.raises((SessionInvalid, SessionMissing)):
        SESSIONS.check(token, "one", NOON)


@given(st.text(max_size=60))
def test_a_token_with_another_mac_opens_nothing(mac: str) -> None:
    said, _, real = SESSIONS.issue("one", NOON).token.rpartition(".")
    if mac != real:
        with pytest.raises(SessionInvalid):
            SESSIONS.check(f"{said}.{mac}", "one", NOON)
