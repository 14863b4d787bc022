"""Threads for searches that go on beside other work: they are done outside the interpreter."""

import functools
import os
from concurrent.futures import ThreadPoolExecutor


@functools.cache
def threads() -> ThreadPoolExecutor:
    """One for each core. What runs in it never waits for another of it."""
    return ThreadPoolExecutor(max_workers=os.cpu_count(), thread_name_prefix="xiaoer-search")
