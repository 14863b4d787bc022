"""The chat: as a page of its own, in a frame of another site, and the script that puts it there."""

import re
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.bootstrap import Service
from api.conversation_models import LONGEST_MESSAGE
from api.guards import CONTENT_SECURITY_POLICY, embeddable
from api.models import LONGEST_QUESTION
from api.routes.needs import COUNTED, TheService
from api.routes.pages import EXAMPLES, held_places
from api.web.five import FIVE
from api.web.rendering import lean_file, render
from knowledge import regions
from knowledge.errors import UnknownRegion

router = APIRouter(include_in_schema=False)

TITLE = "小二 · 政策服务助手"
LONGEST_TITLE = 30
_COLOUR = re.compile(r"#?[0-9a-fA-F]{6}")
_THEMES = {"light", "dark"}
_FOR_OTHER_SITES = {"Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": "public, max-age=3600"}


@dataclass(frozen=True, slots=True)
class Look:
    """What the site around it asks for; anything it may not ask for is left out."""

    title: str
    color: str
    theme: str
    region: str
    region_name: str


@router.get("/", dependencies=COUNTED)
def chat_page(service: TheService, q: str = "", region: str = "") -> Response:
    return _page(service, _look(service, region, "", "", ""), question=q[:LONGEST_QUESTION])


@router.get("/widget", dependencies=COUNTED)
def widget_page(
    service: TheService,
    region: str = "",
    title: str = "",
    color: str = "",
    theme: str = "",
    q: str = "",
) -> Response:
    """For frames: the sites of XIAOER_WIDGET_ORIGINS may show it."""
    look = _look(service, region, title, color, theme)
    return _page(service, look, question=q[:LONGEST_QUESTION], embedded=True)


@router.get("/launcher.js")
def launcher(request: Request) -> Response:
    response = lean_file("launcher.js").answer(request.headers)
    response.headers.update(_FOR_OTHER_SITES)
    return response


@router.get("/demo")
def demo_page(service: TheService) -> Response:
    """How it looks on somebody else's page."""
    richest = max(held_places(service), key=lambda place: place.documents, default=None)
    headers = {"Content-Security-Policy": f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"}
    return render("demo.html", headers=headers, region=richest.code if richest else "")


def _page(service: Service, look: Look, *, question: str, embedded: bool = False) -> Response:
    return render(
        "chat.html",
        headers=embeddable(service.settings) if embedded else None,
        look=look,
        embedded=embedded,
        question=question,
        longest=LONGEST_MESSAGE,
        services=FIVE,
        examples=EXAMPLES,
        places=held_places(service),
    )


def _look(service: Service, region: str, title: str, color: str, theme: str) -> Look:
    code = _region(region) or service.settings.region or ""
    return Look(
        title=title.strip()[:LONGEST_TITLE] or TITLE,
        color=f"#{color.removeprefix('#').lower()}" if _COLOUR.fullmatch(color) else "",
        theme=theme if theme in _THEMES else "",
        region=code,
        region_name=regions.full_name(code) if code else "",
    )


def _region(words: str) -> str:
    try:
        return regions.resolve(words[:60]) if words else ""
    except UnknownRegion:
        return ""
