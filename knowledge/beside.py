"""Threads for searches that go on beside other work: they are done outside the interpreter."""

import functools
import os
from concurrent.futures import ThreadPoolExecutor


@functools.cache
def threads() -> ThreadPoolExecutor:
    """One for each core. What runs in it never waits for another of it."""
    return ThreadPoolExecutor(max_workers=os.cpu_count(), thread_name_prefix="xiaoer-search")


@functools.cache
def whole_threads() -> ThreadPoolExecutor:
    """For whole look-ups, which wait for searches in the others."""
    return ThreadPoolExecutor(max_workers=os.cpu_count(), thread_name_prefix="xiaoer-find")
