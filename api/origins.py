"""Which other sites may embed the widget and call the interface from a browser."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import OriginRefused, respond

PATHS = ("/api/", "/v1/")
ALLOWED_HEADERS = "Authorization, Content-Type, Idempotency-Key, Last-Event-ID"
ALLOWED_METHODS = "GET, POST, PUT, DELETE"
EXPOSED_HEADERS = "Retry-After"
KEPT_SECONDS = "600"


class Origins:
    """Answers the browser's question in advance, and marks answers for sites on the list.

    A call from a page of another site that is not on the list is refused, not only unreadable there.
    """

    def __init__(self, app: ASGIApp, allowed: Sequence[str]) -> None:
        self._app, self._allowed = app, {one.lower().rstrip("/") for one in allowed}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope) if scope["type"] == "http" else Headers()
        origin = headers.get("origin", "")
        if not origin or not scope["path"].startswith(PATHS) or is_own(headers):
            await self._app(scope, receive, send)
            return
        if origin.lower() not in self._allowed:
            await respond(OriginRefused(origin), scope)(scope, receive, send)
            return
        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await Response(status_code=204, headers=_preflight(origin))(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                marked = MutableHeaders(scope=message)
                marked["Access-Control-Allow-Origin"] = origin
                marked["Access-Control-Expose-Headers"] = EXPOSED_HEADERS
                marked.add_vary_header("Origin")
            await send(message)

        await self._app(scope, receive, sending)


def is_own(headers: Headers) -> bool:
    """Whether the page that asks is one of ours; behind a proxy that changes Host, browsers still say so."""
    if headers.get("sec-fetch-site") == "same-origin":
        return True
    return urlsplit(headers.get("origin", "")).netloc.lower() == headers.get("host", "").lower()


def _preflight(origin: str) -> dict[str, str]:
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Methods": ALLOWED_METHODS,
        "Access-Control-Allow-Headers": ALLOWED_HEADERS,
        "Access-Control-Max-Age": KEPT_SECONDS,
        "Vary": "Origin",
    }
