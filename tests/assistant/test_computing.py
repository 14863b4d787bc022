"""Places to compute in: as many as there are, given up while somebody else is waited for."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.computing import Computing


def test_no_more_compute_at_once_than_there_are_places() -> None:
    computing, most, lock, now = Computing(2), 0, threading.Lock(), 0

    def work() -> None:
        nonlocal most, now
        with computing.place():
            with lock:
                now += 1
                most = max(most, now)
            threading.Event().wait(0.01)
            with lock:
                now -= 1

    with ThreadPoolExecutor(6) as pool:
        for one in [pool.submit(work) for _ in range(12)]:
            one.result()
    assert most == 2


def test_who_waits_for_a_model_lets_another_one_in_and_gives_its_place_up_once() -> None:
    computing, entered = Computing(1), threading.Event()

    def work() -> None:
        with computing.place():
            entered.set()

    with computing.place():
        other = threading.Thread(target=work)
        other.start()
        assert not entered.wait(0.05)
        computing.leave()
        assert entered.wait(5)
        other.join()
        computing.leave()  # a second request of the same answer
    with computing.place(), ThreadPoolExecutor(1) as pool:
        assert not pool.submit(computing._free.acquire, timeout=0.01).result()


def test_a_place_is_free_again_after_a_failure() -> None:
    computing = Computing(1)
    with pytest.raises(ZeroDivisionError), computing.place():
        raise ZeroDivisionError
    with computing.place():
        pass
