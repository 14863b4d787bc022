"""`xiaoer conversations`: counted, purged when too old, given up when the key is lost."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api.bootstrap import open_database
from api.settings import Settings
from assistant import conversations
from assistant.conversations import ConversationLog
from assistant.errors import WrongSecret
from assistant.sealing import FILE, open_keyring
from tests.api.commands.terminal import Xiaoer


def begin(days_ago: float) -> None:
    """A conversation of the installation that the environment names."""
    settings = Settings()
    database, keyring = open_database(settings), open_keyring("", settings.home)
    with database.transaction() as tx:
        conversations.fit(tx, keyring)
        ConversationLog(keyring).start(tx, datetime.now(UTC) - timedelta(days=days_ago))
    database.close()


def test_what_is_older_than_the_setting_is_purged(xiaoer: Xiaoer) -> None:
    for days_ago in (0, 10, 200):
        begin(days_ago)
    assert xiaoer("conversations", "status", "--json").json == {"kept": 3, "deleted": 0}
    assert xiaoer("conversations", "purge", "--json").json == {"conversations": 1, "events": 0}
    assert "清理了1个过期的对话" in xiaoer("conversations", "purge", "--days", "5").words
    assert "现有1个对话；已删除2个" in xiaoer("conversations", "status").words


def test_a_lost_key_is_given_up_only_when_told_so(xiaoer: Xiaoer) -> None:
    begin(0)
    home = Path(Settings().home)
    (home / FILE).rename(home / "lost")
    with pytest.raises(WrongSecret):
        begin(0)
    assert xiaoer("conversations", "abandon").code == 1  # nobody there to say yes
    assert "放弃了1个对话" in xiaoer("conversations", "abandon", "--yes").words
    begin(0)
    assert xiaoer("conversations", "status", "--json").json == {"kept": 1, "deleted": 1}
