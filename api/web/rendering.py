"""Templates into pages."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles

from api.web import wording
from api.web.lean import lean

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"
_A_YEAR_SECONDS = 365 * 24 * 3600


@cache
def asset(name: str) -> str:
    """Address of a file that changes with its content, so that it may be kept for ever."""
    return f"/static/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"


def chat_modules() -> list[str]:
    """Scripts that chat.js leads to, to be fetched beside it and not one after the other."""
    parts = sorted(file.name for file in (STATIC / "chat").glob("*.js"))
    return ["/static/dom.js", *(f"/static/chat/{name}" for name in parts if name not in {"chat.js", "shapes.js"})]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(asset=asset, dates=wording.dates, chat_modules=chat_modules())
    for shown in (
        wording.marked,
        wording.decided,
        wording.heading,
        wording.cited,
        wording.pending,
        wording.clause_link,
        wording.blocks,
    ):
        environment.filters[shown.__name__] = shown
    return environment


def render(
    template: str, *, status: int | None = None, headers: Mapping[str, str] | None = None, **values: Any
) -> Response:
    """A page; without a status it is one that went well."""
    page = _environment().get_template(template).render(**values)
    response = HTMLResponse(page, headers=dict(headers or {}))
    if status is not None:
        response.status_code = status
    return response


_TYPES = {".js": "text/javascript", ".css": "text/css"}


class KeptFiles(StaticFiles):
    """Static files, scripts without comments; one asked for by its content hash never changes."""

    async def get_response(self, path: str, scope: Any) -> Response:
        script = _lean_files().get(path)
        response = script.answer(Headers(scope=scope)) if script else await super().get_response(path, scope)
        if scope.get("query_string", b"").startswith(b"v="):
            response.headers["Cache-Control"] = f"public, max-age={_A_YEAR_SECONDS}, immutable"
        return response


@dataclass(frozen=True, slots=True)
class LeanFile:
    """A script or style sheet as it goes out."""

    body: bytes
    media_type: str
    etag: str

    def answer(self, asked: Headers) -> Response:
        response = Response(self.body, media_type=self.media_type, headers={"ETag": self.etag})
        is_known = self.etag in {known.strip(" W/") for known in asked.get("if-none-match", "").split(",")}
        return NotModifiedResponse(response.headers) if is_known else response


@cache
def _lean_files() -> dict[str, LeanFile]:
    """By path below static/; read once, when the first is asked for."""
    return {
        file.relative_to(STATIC).as_posix(): _lean_file(file) for file in STATIC.rglob("*") if file.suffix in _TYPES
    }


def lean_file(name: str) -> LeanFile:
    return _lean_files()[name]


def _lean_file(file: Path) -> LeanFile:
    body = lean(file.read_text(encoding="utf-8")).encode()
    return LeanFile(body, _TYPES[file.suffix], f'"{hashlib.sha256(body).hexdigest()[:16]}"')
