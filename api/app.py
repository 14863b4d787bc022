"""The HTTP service: pages and JSON over one open installation."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import uvicorn
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipMiddleware

from api import errors, openapi
from api.bootstrap import Service, open_service
from api.errors import UnexpectedErrors
from api.guards import BodyLimit, SecurityHeaders
from api.routes import ask, chat, documents, health, pages, public
from api.settings import Settings
from api.upkeep import Upkeep
from api.web.rendering import STATIC, KeptFiles

SMALLEST_ZIPPED_BYTES = 1_000
LONGEST_GOODBYE_SECONDS = 10


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
    for routes in (chat, pages, public, ask, documents, health, openapi):
        app.include_router(routes.router)
    app.mount("/static", KeptFiles(directory=STATIC), name="static")
    openapi.describe(app)
    errors.install(app)
    for guard in (BodyLimit, UnexpectedErrors):  # the last one added stands outermost
        app.add_middleware(guard)
    app.add_middleware(GZipMiddleware, minimum_size=SMALLEST_ZIPPED_BYTES)
    app.add_middleware(SecurityHeaders)
    return app


def _lifespan(service: Service) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        upkeep = app.state.upkeep = Upkeep(service)
        upkeep.start()
        yield
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
    settings = service.settings
    uvicorn.run(
        create_app(service),
        host=settings.host,
        port=settings.port,
        access_log=False,  # the search words of /documents stand in its lines
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=LONGEST_GOODBYE_SECONDS,
    )
