"""/api/policies and /api/eligibility: the rulebook and its self-tests for other systems."""

from enum import Enum
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response

from api import eligibility, sharing
from api.errors import responses
from api.models import RegionText, Words
from api.routes.documents import DayAsked
from api.routes.needs import TheService
from api.rules_models import (
    Batch,
    BatchAnswer,
    PolicyDetail,
    PolicyList,
    SelfTest,
    SelfTestAnswer,
    ShareAsked,
    ShareLink,
)
from knowledge import regions
from knowledge.errors import UnknownRegion
from knowledge.rules.draw import draw
from knowledge.rules.engine import shipped
from knowledge.rules.errors import BadAnswer, UnknownFact, UnknownPolicy
from knowledge.rules.model import Entity

router = APIRouter(prefix="/api")
_TAGS: list[str | Enum] = ["政策自测"]
PolicyAsked = Annotated[str, Path(max_length=60, description="政策编号。", examples=["vat_threshold"])]
RegionAsked = Annotated[RegionText | None, Query(description="地区：本地和各上级的政策都列出；不写是全部。")]
EntityAsked = Annotated[Entity | None, Query(description="主体类型。")]
WordsAsked = Annotated[Words | None, Query(max_length=60, description="名称里的字词，或者人们的叫法。")]


@router.get(
    "/policies",
    tags=_TAGS,
    summary="政策列表",
    description="规则库里能自测的政策。",
    response_description="政策。",
    responses=responses(RequestValidationError, UnknownRegion),
)
def list_policies(
    service: TheService,
    region: RegionAsked = None,
    entity: EntityAsked = None,
    q: WordsAsked = None,
    on: DayAsked = None,
) -> PolicyList:
    place = regions.resolve(region) if region else None
    return eligibility.listed(service.rules(), on or service.today(), region=place, entity=entity, words=q)


@router.get(
    "/policies/{policy_id}",
    tags=_TAGS,
    summary="一项政策",
    description="条件、依据、问题、材料、环节。",
    response_description="政策。",
    responses=responses(RequestValidationError, UnknownPolicy),
)
def show_policy(service: TheService, policy_id: PolicyAsked, on: DayAsked = None) -> PolicyDetail:
    return eligibility.detail(service.rules(), policy_id, on or service.today())


@router.get(
    "/policies/{policy_id}/tree.svg",
    tags=_TAGS,
    summary="条件图",
    description="一项政策的条件画成的图。",
    response_description="SVG 图。",
    response_class=Response,
    responses={**responses(RequestValidationError, UnknownPolicy), 200: {"content": {"image/svg+xml": {}}}},
)
def policy_tree(service: TheService, policy_id: PolicyAsked, on: DayAsked = None) -> Response:
    engine = shipped()
    decision = engine.decide(policy_id, {}, on or service.today())
    picture = draw(decision.policy, decision.ruling or engine.rulings[policy_id][-1])
    return Response(picture, media_type="image/svg+xml")


@router.post(
    "/eligibility",
    tags=_TAGS,
    summary="自测",
    description="给出已知的事实，得到结果、逐条依据和接着要问的一小组问题。每次把到目前为止的全部事实带上；什么都不保存。",
    response_description="结果和问题。",
    responses=responses(RequestValidationError, UnknownPolicy, UnknownFact, BadAnswer, UnknownRegion),
)
def self_test(service: TheService, asked: SelfTest) -> SelfTestAnswer:
    return eligibility.answer(service.rules(), asked, service.today(), service.settings.region)


@router.post(
    "/eligibility/batch",
    tags=_TAGS,
    summary="批量判断",
    description="多份情况、多项政策，只给结果。什么都不保存。",
    response_description="每份情况对每项政策的结果。",
    responses=responses(RequestValidationError, UnknownPolicy, UnknownFact, BadAnswer, UnknownRegion),
)
def self_tests(service: TheService, asked: Batch) -> BatchAnswer:
    return eligibility.batch(service.rules(), asked, service.today(), service.settings.region)


@router.post(
    "/eligibility/links",
    tags=_TAGS,
    summary="分享链接",
    description=f"签了名、{sharing.KEPT_DAYS} 天后过期的链接；里面只有政策、日期和结果，没有回答。",
    response_description="链接。",
    responses=responses(RequestValidationError, UnknownPolicy, UnknownFact, BadAnswer),
)
def share(service: TheService, asked: ShareAsked) -> ShareLink:
    on = asked.on or service.today()
    result = eligibility.result(service.rules(), asked.policy, asked.facts, on)
    key = sharing.key_of(service.settings.home, service.settings.share_secret)
    verdict = result.verdict or result.standing
    token, expires_on = sharing.seal(key, asked.policy, on, verdict, today=service.today())
    return ShareLink(path=f"/selftest/shared/{token}", expires_on=expires_on)
