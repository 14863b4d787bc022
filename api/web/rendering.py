"""Templates into pages."""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from api.web import wording

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"
_A_YEAR_SECONDS = 365 * 24 * 3600


@cache
def asset(name: str) -> str:
    """Address of a file that changes with its content, so that it may be kept for ever."""
    return f"/static/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(asset=asset, dates=wording.dates)
    for shown in (wording.marked, wording.heading, wording.cited, wording.pending, wording.clause_link, wording.blocks):
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


class KeptFiles(StaticFiles):
    """Static files; one asked for by its content hash never changes."""

    async def get_response(self, path: str, scope: Any) -> Response:
        response = await super().get_response(path, scope)
        if scope.get("query_string", b"").startswith(b"v="):
            response.headers["Cache-Control"] = f"public, max-age={_A_YEAR_SECONDS}, immutable"
        return response
