"""Pages to read and to find one's way: services, service items, windows and telephones; all without JavaScript."""

from collections.abc import Iterable
from typing import Annotated
from urllib.parse import quote
from xml.sax.saxutils import escape

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import PlainTextResponse, Response

from api.errors import ServiceItemNotFound
from api.reading import public_documents
from api.routes.documents import RegionAsked
from api.routes.needs import TheService
from api.routes.pages import ask_about, held_places
from api.web.five import FIVE
from api.web.rendering import render
from knowledge import directory, regions
from knowledge.directory import Unit
from knowledge.documents import Audience, Module
from knowledge.service_items import ServiceItem, service_item, service_items

router = APIRouter(include_in_schema=False)

FULFILMENT = {
    "免申即享": "不用申请：部门按数据核定后直接兑现。",
    "即申即享": "申请后即时核对、即时兑现。",
    "申报审批": "要申请，经审核、公示后兑现。",
}
_WordsAsked = Annotated[str, Query(max_length=60)]


def item_link(one: ServiceItem) -> str:
    return f"/policies/{quote(one.document, safe='')}/{quote(one.path, safe='')}"


@router.get("/services")
def services_page(service: TheService, region: RegionAsked = None) -> Response:
    with service.database.reading() as tx:
        held = service_items(tx, Audience.PUBLIC, places=_chain(region))
    shown = {five.name: [one for one in held if five.includes(one)][:6] for five in FIVE}
    return render(
        "services.html",
        five=FIVE,
        items=shown,
        modules=list(Module),
        region=_code(region),
        places=held_places(service),
        item_link=item_link,
        place_name=_place_name,
        ask_about=ask_about,
    )


@router.get("/policies")
def policies_page(
    service: TheService, region: RegionAsked = None, q: _WordsAsked = "", way: _WordsAsked = ""
) -> Response:
    with service.database.reading() as tx:
        held = service_items(tx, Audience.PUBLIC, places=_chain(region))
    found = [one for one in held if _mentions(q, [one.name, *(text for _, text in one.parts)])]
    return render(
        "policies.html",
        items=[one for one in found if way in (one.fulfilment, "")],
        asked={"q": q, "region": _code(region), "way": way},
        ways=list(FULFILMENT),
        places=held_places(service),
        today=service.today(),
        item_link=item_link,
        place_name=_place_name,
    )


@router.get("/policies/{document}/{path:path}")
def policy_page(
    service: TheService, document: Annotated[str, Path(max_length=40)], path: Annotated[str, Path(max_length=160)]
) -> Response:
    with service.database.reading() as tx:
        found = service_item(tx, document, path, Audience.PUBLIC)
    if found is None:
        raise ServiceItemNotFound
    return render(
        "policy.html",
        item=found,
        today=service.today(),
        way=FULFILMENT.get(found.fulfilment, ""),
        place_name=_place_name,
        ask_about=ask_about,
    )


@router.get("/directory")
@router.get("/channels")
def channels_page(service: TheService, region: RegionAsked = None, q: _WordsAsked = "") -> Response:
    chain = _chain(region)
    with service.database.reading() as tx:
        places = chain or [place.code for place in held_places(service)]
        held = directory.units(tx, places, Audience.PUBLIC)
    found = [one for one in held if _mentions(q, [one.words])]
    return render(
        "channels.html",
        groups=_by_place(found, places),
        total=len(found),
        asked={"q": q, "region": _code(region)},
        places=held_places(service),
        ask_about=ask_about,
    )


def _by_place(found: list[Unit], places: Iterable[str]) -> list[tuple[str, list[Unit]]]:
    """The nearest place first."""
    grouped = [(_place_name(place), [one for one in found if one.region == place]) for place in places]
    return [(name, units) for name, units in grouped if units]


@router.get("/privacy")
def privacy_page(service: TheService) -> Response:
    """What the law asks to be told (个人信息保护法 art. 17)."""
    settings = service.settings
    return render(
        "privacy.html",
        days=settings.retention_days,
        has_model=service.model is not None,
        name=settings.controller_name.strip(),
        contact=settings.controller_contact.strip(),
    )


@router.get("/sitemap.xml")
def sitemap(request: Request, service: TheService) -> Response:
    with service.database.reading() as tx:
        documents = [f"/documents/{one}" for one in public_documents(tx)]
        items = [item_link(one) for one in service_items(tx, Audience.PUBLIC)]
    pages = ["/", "/services", "/selftest", "/documents", "/policies", "/channels", "/privacy", *documents, *items]
    base = str(request.base_url).rstrip("/")
    lines = [f"<url><loc>{escape(base + page)}</loc></url>" for page in pages]
    content = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{"".join(lines)}</urlset>
"""
    return Response(content, media_type="application/xml")


@router.get("/robots.txt")
def robots(request: Request) -> PlainTextResponse:
    rules = ["User-agent: *", "Disallow: /api/", "Disallow: /widget", "Disallow: /demo"]
    return PlainTextResponse("\n".join([*rules, f"Sitemap: {str(request.base_url).rstrip('/')}/sitemap.xml", ""]))


def _chain(region: str | None) -> list[str] | None:
    return list(regions.chain(regions.resolve(region))) if region else None


def _code(region: str | None) -> str:
    return regions.resolve(region) if region else ""


def _place_name(code: str) -> str:
    return regions.full_name(code) if code else "地区待核"


def _mentions(words: str, texts: Iterable[str]) -> bool:
    """Every word that was typed stands somewhere in it."""
    whole = "".join(texts)
    return all(word in whole for word in words.split())
