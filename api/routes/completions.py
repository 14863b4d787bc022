"""/v1/chat/completions: the same answers for clients that speak OpenAI's interface."""

import contextlib
import hmac
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.completion_models import MODEL, AskCompletion, Completed, ModelItem, ModelList, OpenAIError
from api.completions import CompletionStream, completed
from api.errors import KeyRefused
from api.routes.needs import TheConversing, TheService
from assistant.completing import Completion, Told
from knowledge import regions

_bearer = HTTPBearer(auto_error=False, scheme_name="接口密钥", description="XIAOER_COMPLETIONS_KEY；没有设就不用。")
_ERRORS: dict[int | str, dict[str, Any]] = {
    401: {"model": OpenAIError, "description": "密钥不对"},
    422: {"model": OpenAIError, "description": "请求内容不对；认不出地区"},
    429: {"model": OpenAIError, "description": "请求太频繁，见 Retry-After"},
    503: {"model": OpenAIError, "description": "正忙，见 Retry-After"},
}
_DESCRIPTION = (
    "兼容 OpenAI 的接口，现有的客户端可以直接用；对话由客户端自己保存，这里什么都不存。\n\n"
    "依据在 xiaoer.sources，提示在 xiaoer.notices（流式返回时在最后一段），请和回答一起展示。"
    "stream 为 true 时返回 chat.completion.chunk 的事件流，最后是 [DONE]。"
    "每一句都已经核对；先发出的句子和最后的全文不一致时，全文会接在后面。"
    "system 消息、temperature、tools 等不起作用。"
)


def _with_key(
    request: Request,
    service: TheService,
    conversing: TheConversing,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> None:
    conversing.rates.a_request(request)
    wanted = service.settings.completions_key.get_secret_value()
    given = credentials.credentials if credentials else ""
    if wanted and not hmac.compare_digest(given.encode(errors="replace"), wanted.encode()):
        raise KeyRefused


router = APIRouter(prefix="/v1", tags=["兼容接口"], dependencies=[Depends(_with_key)])


@router.post(
    "/chat/completions",
    summary="对话补全",
    description=_DESCRIPTION,
    response_model=Completed,
    response_description="回答；stream 为 true 时是事件流。",
    responses=_ERRORS,
)
def chat(request: Request, service: TheService, conversing: TheConversing, asked: AskCompletion) -> Response:
    region = regions.resolve(asked.xiaoer.region) if asked.xiaoer.region else None
    told = [Told(one.role == "user", one.text) for one in asked.messages if one.role in {"user", "assistant"}]
    completion, created = Completion(), int(service.now().timestamp())
    saying = conversing.completions.begin(told, region, completion)
    if asked.stream:
        return CompletionStream(saying, completion, request.url.path, created)
    with contextlib.closing(saying):
        for _ in saying:
            pass
    return JSONResponse(completed(completion, created), headers={"Cache-Control": "no-store"})


@router.get(
    "/models",
    summary="模型列表",
    description="有的客户端先要这个列表；只有小二一个。",
    response_description="模型。",
    responses={401: _ERRORS[401]},
)
def models() -> ModelList:
    return ModelList(object="list", data=[ModelItem(id=MODEL, object="model", created=0, owned_by=MODEL)])
