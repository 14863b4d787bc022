"""The public pages; all of them work without JavaScript."""

from typing import Annotated, Any
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from pydantic import ValidationError

from api import reading
from api.bootstrap import Service
from api.coverage import covered_places
from api.errors import problem_of
from api.models import LONGEST_QUESTION, Ask, CoveredPlace
from api.reading import Filters
from api.routes.documents import DayAsked, DocumentAsked, PageAsked, RegionAsked, WordsAsked
from api.routes.needs import QUESTION_COUNTED, TheService
from api.web.rendering import render
from knowledge import regions
from knowledge.documents import Module
from knowledge.errors import UnknownRegion

router = APIRouter(include_in_schema=False)

EXAMPLES = ("创业补贴怎么申请？", "开小餐饮店要办什么证？", "年报过期了怎么补？")


def ask_about(words: str, region: str | None = None) -> str:
    """The chat, with these words ready to be sent."""
    return "/?" + urlencode({"q": words, **({"region": region} if region else {})})


async def _form(request: Request) -> dict[str, str]:
    """Fields of a posted form; of several values the last that says something."""
    body = (await request.body()).decode("utf-8", errors="replace")
    return dict(parse_qsl(body, max_num_fields=20))


@router.get("/ask")
def ask_page(service: TheService) -> Response:
    return _ask_page(service, {})


@router.post("/ask", dependencies=QUESTION_COUNTED)
def asked_page(service: TheService, form: Annotated[dict[str, str], Depends(_form)]) -> Response:
    """For readers without JavaScript: the same page with the answer in it."""
    try:
        asked = Ask.model_validate({name: form.get(name, "") for name in ("question", "region", "on")})
        answer = reading.answer(service, asked)
    except (ValidationError, UnknownRegion) as error:
        problem = problem_of(error, "/ask")
        return _ask_page(service, form, status=problem.status, error=problem.detail)
    return _ask_page(service, form, answer=answer.to_json())


@router.get("/documents")
def documents_page(
    service: TheService,
    region: RegionAsked = None,
    module: str = "",
    q: WordsAsked = None,
    page: PageAsked = 1,
) -> Response:
    chosen = module_named(module)
    found = reading.listed(service, Filters(region or None, chosen, q or None, page))
    asked = {"q": q or "", "region": region or "", "module": chosen or ""}
    return render(
        "documents.html",
        found=found,
        pages=max(1, -(-found.total // found.size)),
        page_link=lambda number: (
            "/documents?" + urlencode({name: value for name, value in {**asked, "page": number}.items() if value})
        ),
        asked=asked,
        modules=list(Module),
        places=held_places(service),
        unknown_module=module[:20] if module and chosen is None else "",
        clauses=reading.mentioned(service, q, region or None, chosen) if q and page == 1 else [],
        ask_about=ask_about,
    )


def module_named(words: str) -> Module | None:
    """By its name or a part of it: 诉求 is 诉求指南."""
    said = words.strip()
    return next((one for one in Module if said == one), None) or next(
        (one for one in Module if said and (said in one.value or one.value[:2] in said)), None
    )


@router.get("/documents/{document_id}")
def document_page(service: TheService, document_id: DocumentAsked, on: DayAsked = None) -> Response:
    document = reading.document(service, document_id, on)
    outline = [one for one in document.clauses if one.kind in {"chapter", "section", "part", "annex"} and one.depth < 2]
    return render(
        "document.html",
        document=document,
        outline=outline if len(outline) > 1 else [],
        clauses=reading.nested(document.clauses),
        number_if_many=f"（{document.doc_number}）" if len(document.versions) > 1 and document.doc_number else "",
        is_today=document.on == service.today(),
        ask_about=ask_about,
    )


def _ask_page(service: Service, form: dict[str, str], *, status: int | None = None, **shown: Any) -> Response:
    settled = service.settings.region
    values: dict[str, Any] = {"answer": None, "error": None, **shown}
    return render(
        "ask.html",
        status=status,
        places=held_places(service),
        settled=regions.full_name(settled) if settled else None,
        chosen=form.get("region", settled or ""),
        question=form.get("question", ""),
        on=form.get("on", ""),
        today=service.today().isoformat(),
        longest=LONGEST_QUESTION,
        streams=service.model is not None and service.model.is_ready(),
        examples=EXAMPLES,
        **values,
    )


def held_places(service: Service) -> list[CoveredPlace]:
    with service.database.reading() as tx:
        return [place for place in covered_places(tx) if place.code != regions.COUNTRY]
