"""The self-test as pages: forms that work without JavaScript, a result to print, nothing kept."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from api import eligibility, selftest_sheet, sharing
from api.bootstrap import Service
from api.coverage import covered_places
from api.models import RegionText, Words
from api.routes.documents import DayAsked
from api.routes.eligibility import PolicyAsked
from api.routes.needs import TheService
from api.selftest_sheet import Sheet
from api.web.rendering import render
from assistant import fall_outs
from knowledge import regions
from knowledge.rules.engine import REGION, Engine, shipped
from knowledge.rules.explain import DISCLAIMER
from knowledge.rules.interview import Interview, Question
from knowledge.rules.model import Basis, Policy
from knowledge.rules.quotes import place_of
from knowledge.rules.result import Result, result_of

router = APIRouter(prefix="/selftest", include_in_schema=False)
ALL = "all"
Sent = Annotated[list[tuple[str, str]], Depends(selftest_sheet.sent)]


@router.get("")
def list_page(service: TheService, region: RegionText | None = None, q: Words | None = None) -> Response:
    """Which self-tests there are for a place, or for what somebody wants."""
    engine = service.rules()
    chosen = regions.resolve(region) if region else service.settings.region
    found = eligibility.listed(engine, service.today(), region=chosen, entity=None, words=q or None)
    with service.database.reading() as tx:
        places = [place for place in covered_places(tx) if place.code != regions.COUNTRY]
    return render("selftest_list.html", found=found.items, chosen=chosen or "", q=q or "", places=places)


@router.get("/shared/{token}")
def shared_page(service: TheService, token: str) -> Response:
    """What a link says: policy, day and verdict; conditions without anybody's answers."""
    key = sharing.key_of(service.settings.home, service.settings.share_secret)
    shared = sharing.unseal(key, token, today=service.today())
    engine = service.rules()
    result = result_of(engine, shared.policy, {}, shared.on)
    outdated = result.outdated or engine.outdated(shared.policy, service.today())
    return render(
        "selftest_shared.html",
        shared=shared,
        result=result,
        outdated=outdated,
        disclaimer=DISCLAIMER,
        **_links(service, result),
    )


@router.get("/{policy_id}")
def start_page(
    service: TheService, policy_id: PolicyAsked, region: RegionText | None = None, on: DayAsked = None
) -> Response:
    answers = {REGION: regions.resolve(region)} if region else {}
    return _page(service, policy_id, Sheet(answers, on=on))


@router.post("/{policy_id}")
def next_page(service: TheService, policy_id: PolicyAsked, fields: Sent) -> Response:
    return _page(service, policy_id, selftest_sheet.read(fields, shipped()))


@router.get("/{policy_id}/materials")
def materials_page(service: TheService, policy_id: PolicyAsked) -> Response:
    return _materials_page(service, policy_id, None)


@router.post("/{policy_id}/materials")
def materials_checked(service: TheService, policy_id: PolicyAsked, fields: Sent) -> Response:
    """一次性告知: everything that is missing, at once."""
    return _materials_page(service, policy_id, {name for name, _ in fields})


def _materials_page(service: Service, policy_id: str, ticked: set[str] | None) -> Response:
    """Of a rule that is out of date, that is said instead."""
    engine = service.rules()
    policy, outdated = engine.book.policy(policy_id), engine.outdated(policy_id, service.today())
    missing = _missing(policy, ticked) if ticked is not None else []
    return render("selftest_materials.html", policy=policy, ticked=ticked, missing=missing, outdated=outdated)


def _missing(policy: Policy, ticked: set[str]) -> list[tuple[str, list[str]]]:
    """Materials not at hand, and review points not met by those that are; what is shared need not be brought."""
    found: list[tuple[str, list[str]]] = []
    for number, material in enumerate(policy.materials):
        if f"have.{number}" not in ticked and not material.shared:
            found.append((material.name, []))
            continue
        points = [point for place, point in enumerate(material.review) if f"point.{number}.{place}" not in ticked]
        if points:
            found.append((material.name, points))
    return found


def _page(service: Service, policy_id: str, sheet: Sheet) -> Response:
    engine = service.rules()
    on = sheet.on or service.today()
    facts = sheet.facts(engine)
    place = str(facts.get(REGION) or service.settings.region or regions.COUNTRY)
    chosen = engine.for_everyone(place) if policy_id == ALL else [engine.book.policy(policy_id).id]
    questions = _questions(Interview(engine, chosen, on), engine, sheet)
    if sheet.go not in {"result", "share"} and questions:
        return _questions_page(engine, policy_id, sheet, questions)
    results = [result_of(engine, identity, facts, on) for identity in chosen]
    if sheet.order and sheet.go == "next":  # shown for the first time, after the last answer
        with service.database.transaction() as tx:
            fall_outs.count(tx, results, day=service.today())
    values: dict[str, Any] = {
        "policy_id": policy_id,
        "sheet": sheet,
        "given": _given(engine, sheet),
        "disclaimer": DISCLAIMER,
    }
    if policy_id == ALL:
        return render("selftest_all.html", results=results, **values)
    (result,) = results
    link = _share(service, result) if sheet.go == "share" else None
    return render(
        "selftest_result.html", result=result, link=link, asked_all=not questions, **values, **_links(service, result)
    )


def _questions(interview: Interview, engine: Engine, sheet: Sheet) -> list[Question]:
    """Those answered wrongly again, the one to change, or the next small group."""
    again = list(sheet.complaints) or sheet.changing
    if again:
        return [Question(name, engine.vocabulary[name], ()) for name in again]
    return interview.next_questions(sheet.facts(engine), set(sheet.declined))


def _questions_page(engine: Engine, policy_id: str, sheet: Sheet, questions: list[Question]) -> Response:
    policy = None if policy_id == ALL else engine.book.policy(policy_id)
    return render(
        "selftest_ask.html",
        status=422 if sheet.complaints else None,
        policy_id=policy_id,
        policy=policy,
        sheet=sheet.asking([question.name for question in questions]),
        questions=questions,
        given=_given(engine, sheet),
        unknown=selftest_sheet.UNKNOWN,
    )


def _given(engine: Engine, sheet: Sheet) -> list[tuple[str, str, str]]:
    """Name, label and answer of everything that was said."""
    answered = [
        (name, engine.vocabulary[name].label, engine.show(name, value)) for name, value in sheet.facts(engine).items()
    ]
    return answered + [(name, engine.vocabulary[name].label, selftest_sheet.UNKNOWN) for name in sheet.declined]


def _share(service: Service, result: Result) -> str:
    key = sharing.key_of(service.settings.home, service.settings.share_secret)
    verdict = result.verdict or result.standing
    token, _ = sharing.seal(key, result.policy.id, result.on, verdict, today=service.today())
    return f"/selftest/shared/{token}"


def _links(service: Service, result: Result) -> dict[str, Any]:
    """Where each basis can be read here."""
    with service.database.reading() as tx:
        places = {key: place_of(tx, basis) for key, basis in result.policy.basis.items()}
    found = {key: f"/documents/{quote(place[0])}#{quote(place[1])}" for key, place in places.items() if place}

    def link_to(basis: Basis) -> str | None:
        return next((found.get(key) for key, one in result.policy.basis.items() if one is basis), None)

    return {"link_to": link_to}
