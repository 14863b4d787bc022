"""The app behind a real server on loopback."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from fastapi import FastAPI
from starlette.types import ASGIApp

from api.app import server
from tests.api.commands.terminal import free_port


@contextmanager
def serving(app: FastAPI, before: Callable[[ASGIApp], ASGIApp] = lambda app: app) -> Iterator[str]:
    """Its address; `before` puts something in front of the app."""
    port = free_port()
    opened = server(before(app), app.state.conversing, "127.0.0.1", port)
    thread = threading.Thread(target=opened.run, daemon=True)
    thread.start()
    while not opened.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    opened.should_exit = True
    thread.join(20)
