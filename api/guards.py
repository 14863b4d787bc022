"""What stands in front of every request: security headers on the answer, a limit on the body."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import BodyTooLarge, respond
from api.settings import Settings

LARGEST_BODY_BYTES = 64 * 1024

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors "
)
CONTENT_SECURITY_POLICY = _POLICY + "'self'"
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def embeddable(settings: Settings) -> dict[str, str]:
    """Headers for a page that the sites of XIAOER_WIDGET_ORIGINS may show in a frame."""
    return {"Content-Security-Policy": " ".join([CONTENT_SECURITY_POLICY, *settings.widget_origins.split()])}


class SecurityHeaders:
    """Also on errors; what says nothing about caching is not to be kept without asking again.

    A route that sets one of these headers itself (a page that may be embedded, a script for other sites) has its way.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                own_policy = "content-security-policy" in headers
                for name, value in SECURITY_HEADERS.items():
                    if not (own_policy and name == "X-Frame-Options"):  # frame-ancestors says it, and more exactly
                        headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-cache")
            await send(message)

        await self._app(scope, receive, sending)


class BodyLimit:
    """Reads the body, at most so much of it, before anything else sees the request."""

    def __init__(self, app: ASGIApp, largest_bytes: int = LARGEST_BODY_BYTES) -> None:
        self._app, self._largest = app, largest_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope) if scope["type"] == "http" else Headers()
        if "content-length" not in headers and "transfer-encoding" not in headers:
            await self._app(scope, receive, send)
            return
        stated = headers.get("content-length", "")
        body = None if stated.isdecimal() and int(stated) > self._largest else await self._read(receive)
        if body is None:
            await respond(BodyTooLarge(self._largest), scope)(scope, receive, send)
            return
        await self._app(scope, _again(body, receive), send)

    async def _read(self, receive: Receive) -> bytes | None:
        """None when there is more than allowed."""
        body = b""
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return body
            body += bytes(message.get("body", b""))
            if len(body) > self._largest:
                return None
            if not message.get("more_body", False):
                return body


def _again(body: bytes, receive: Receive) -> Receive:
    """The body once more, then whatever comes after it."""
    given = False

    async def receiving() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receiving
