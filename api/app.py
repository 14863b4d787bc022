"""The HTTP service: pages and JSON over one open installation."""

import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from socket import socket

import uvicorn
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp

from api import errors, openapi
from api.bootstrap import Service, open_conversing, open_service
from api.conversing import Conversing
from api.errors import TooManyRequests, UnexpectedErrors
from api.guards import BodyLimit, SecurityHeaders
from api.origins import Origins
from api.routes import (
    ask,
    chat,
    completions,
    conversations,
    documents,
    eligibility,
    health,
    opinions,
    pages,
    public,
    selftest,
)
from api.routes.needs import COUNTED
from api.settings import Settings
from api.upkeep import Upkeep
from api.web.rendering import STATIC, KeptFiles

COUNTED_ROUTERS = (
    *(pages.router, public.router, selftest.router, ask.router),
    *(documents.router, eligibility.router),
)
"""Where every request of an address counts; those of conversations count themselves, when the session is known."""
ROUTERS = (
    *(chat.router, conversations.router, conversations.one, opinions.router),
    *(completions.router, health.router, openapi.router),
)
SMALLEST_ZIPPED_BYTES = 1_000
LONGEST_GOODBYE_SECONDS = 10
SWITCH_SECONDS = 0.001
"""Threads that compute give way to the event loop sooner than by default (5 ms each)."""


def create_app(service: Service) -> FastAPI:
    """The app over an open service; whoever opened the service closes it after the app has stopped."""
    app = FastAPI(
        title=openapi.TITLE,
        description=openapi.DESCRIPTION,
        version="0.1.0",
        openapi_tags=openapi.TAGS,
        openapi_url=openapi.ADDRESS,
        docs_url=None,  # FastAPI's pages load their scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_lifespan(service),
    )
    app.state.service = service
    app.state.conversing = open_conversing(service)
    for router in COUNTED_ROUTERS:
        app.include_router(router, dependencies=COUNTED, responses=errors.responses(TooManyRequests))
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", KeptFiles(directory=STATIC), name="static")
    openapi.describe(app)
    errors.install(app)
    for guard in (BodyLimit, UnexpectedErrors):  # the last one added stands outermost
        app.add_middleware(guard)
    app.add_middleware(Origins, allowed=service.settings.widget_origins.split())
    app.add_middleware(GZipMiddleware, minimum_size=SMALLEST_ZIPPED_BYTES)
    app.add_middleware(SecurityHeaders)
    return app


def _lifespan(service: Service) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        upkeep = app.state.upkeep = Upkeep(service)
        conversing: Conversing = app.state.conversing
        upkeep.start()
        conversing.start()
        yield
        await conversing.end()
        await run_in_threadpool(upkeep.stop)

    return lifespan


def serve(settings: Settings) -> None:
    """Open everything and answer until told to stop."""
    service = open_service(settings)
    try:
        run(service)
    finally:
        service.close()


def run(service: Service) -> None:
    """Answer over an open service until told to stop."""
    sys.setswitchinterval(SWITCH_SECONDS)
    app = create_app(service)
    server(app, app.state.conversing, service.settings.host, service.settings.port).run()


def server(app: ASGIApp, conversing: Conversing, host: str, port: int) -> uvicorn.Server:
    """A server that knows how to end the event streams of `conversing`, which would never end by themselves."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        access_log=False,  # the search words of /documents stand in its lines
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=LONGEST_GOODBYE_SECONDS,
    )
    return _Server(config, conversing)


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, conversing: Conversing) -> None:
        super().__init__(config)
        self._conversing = conversing

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        """Open requests are waited for only when the streams have been told to end."""
        await self._conversing.end()
        await super().shutdown(sockets)
