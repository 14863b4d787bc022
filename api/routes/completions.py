"""/v1/chat/completions: the same answers for clients that speak OpenAI's interface."""

import contextlib
import hmac
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import JSONResponse, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.completion_models import MODEL, AskCompletion, Completed, ModelItem, ModelList, OpenAIError
from api.completions import CompletionStream, completed
from api.errors import KeyRefused, ModelNotFound
from api.routes.needs import TheConversing, TheService
from assistant.completing import Completion, Told
from knowledge import regions

_bearer = HTTPBearer(auto_error=False, scheme_name="接口密钥", description="XIAOER_COMPLETIONS_KEY；没有设就不用。")
_ERRORS: dict[int | str, dict[str, Any]] = {
    401: {"model": OpenAIError, "description": "密钥不对"},
    404: {"model": OpenAIError, "description": "没有这个模型"},
    422: {"model": OpenAIError, "description": "请求内容不对；认不出地区"},
    429: {"model": OpenAIError, "description": "请求太频繁，见 Retry-After"},
    503: {"model": OpenAIError, "description": "正忙，见 Retry-After"},
}
_DESCRIPTION = (
    "兼容 OpenAI 的接口，现有的客户端可以直接用；对话由客户端自己保存，这里什么都不存。\n\n"
    "依据在 xiaoer.sources，提示在 xiaoer.notices（流式返回时在最后一段），请和回答一起展示。"
    "stream 为 true 时返回 chat.completion.chunk 的事件流，最后是 [DONE]。"
    "每一句都已经核对；先发出的句子和最后的全文不一致时，全文会接在后面。"
    "所在地区写在 xiaoer.region 里；不写的，从对话里认（包括对“您的店在哪个市、县（区）？”的回答）。"
    "usage 按字数估计。messages 里只收文字，图片、语音和文件会被拒绝。"
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


_MODEL = ModelItem(id=MODEL, object="model", created=0, owned_by=MODEL)
router = APIRouter(prefix="/v1", tags=["兼容接口"], dependencies=[Depends(_with_key)])


@router.post(
    "/chat/completions",
    summary="对话补全",
    description=_DESCRIPTION,
    response_model=Completed,
    response_description="回答；stream 为 true 时是事件流。",
    responses={status: told for status, told in _ERRORS.items() if status != 404},
)
def chat(request: Request, service: TheService, conversing: TheConversing, asked: AskCompletion) -> Response:
    region = regions.resolve(asked.xiaoer.region) if asked.xiaoer.region else None
    told = [Told(one.role == "user", one.text) for one in asked.messages if one.role in {"user", "assistant"}]
    completion, created = Completion(), int(service.now().timestamp())
    saying = conversing.completions.begin(told, region, completion)
    if asked.stream:
        return CompletionStream(saying, completion, request.url.path, created, asked)
    with contextlib.closing(saying):
        for _ in saying:
            pass
    return JSONResponse(completed(completion, created, asked), headers={"Cache-Control": "no-store"})


@router.get(
    "/models",
    summary="模型列表",
    description="有的客户端先要这个列表；只有小二一个。",
    response_description="模型。",
    responses={401: _ERRORS[401]},
)
def models() -> ModelList:
    return ModelList(object="list", data=[_MODEL])


@router.get(
    "/models/{id}",
    summary="一个模型",
    description="有的客户端先问模型在不在；只有小二一个。",
    response_description="模型。",
    responses={status: _ERRORS[status] for status in (401, 404, 422)},
)
def model(id: Annotated[str, Path(max_length=200, description="模型的名字。", examples=[MODEL])]) -> ModelItem:
    if id != MODEL:
        raise ModelNotFound
    return _MODEL
