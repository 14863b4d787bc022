"""One owner per index folder."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.errors import IndexOwned
from knowledge.index_lock import IndexLock

HOLD = (
    "import sys, time; from pathlib import Path; from knowledge.index_lock import IndexLock;"
    "lock = IndexLock(Path(sys.argv[1])); lock.acquire(); print('held', flush=True); time.sleep(60)"
)


def test_a_second_process_is_told_who_has_it_and_gets_it_when_the_first_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout
        assert owner.stdout.readline() == "held\n"
        with pytest.raises(IndexOwned, match=str(tmp_path)):
            IndexLock(tmp_path).acquire()
        owner.send_signal(signal.SIGKILL)
    with IndexLock(tmp_path) as lock:
        assert lock.held


def test_a_second_lock_in_the_same_process_is_refused_too(tmp_path: Path) -> None:
    with IndexLock(tmp_path), pytest.raises(IndexOwned):
        IndexLock(tmp_path).acquire()


def test_released_it_can_be_taken_again(tmp_path: Path) -> None:
    first = IndexLock(tmp_path / "new" / "folder")
    first.acquire()
    first.release()
    assert not first.held
    with IndexLock(tmp_path / "new" / "folder"):
        pass


def test_different_folders_do_not_meet(tmp_path: Path) -> None:
    with IndexLock(tmp_path / "a"), IndexLock(tmp_path / "b"):
        pass
