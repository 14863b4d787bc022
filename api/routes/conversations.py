"""/api/conversations: start, say, follow, look back, rate, take away, delete."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from api.conversation_models import (
    Deleted,
    Exported,
    History,
    SendMessage,
    Sources,
    StartConversation,
    Started,
    Taken,
    Token,
)
from api.errors import BodyTooLarge, TooManyRequests, TooManyStreams, responses
from api.following import ConversationStream
from api.routes.callers import NEVER_KEPT, TheCaller, problems
from api.routes.needs import TheConversing, TheService
from assistant import errors as talk
from assistant.exporting import AI_NOTICE, Export
from assistant.showing import shown
from knowledge import regions
from knowledge.errors import StoreNotReady, UnknownRegion

router = APIRouter(prefix="/api/conversations", tags=["对话"], dependencies=NEVER_KEPT)
one = APIRouter(prefix="/api/conversations/{id}", tags=["对话"], dependencies=NEVER_KEPT)
"""Of one conversation: the session is checked with the id."""
NO_STORE = {"Cache-Control": "no-store"}
LONGEST_KEY = 200


@router.post(
    "",
    status_code=201,
    summary="开始对话",
    description="不用登录。返回对话编号和会话令牌：令牌只能用于这个对话，请只保存在本机。",
    response_description="新的对话。",
    responses=responses(RequestValidationError, UnknownRegion, TooManyRequests, BodyTooLarge, StoreNotReady),
)
def start(conversing: TheConversing, request: Request, asked: StartConversation) -> Started:
    conversing.rates.a_start(request)
    region = regions.resolve(asked.region) if asked.region else None
    session = conversing.talks.start(region, asked.page)
    return Started(id=session.conversation, token=session.token, expires_at=session.expires_at, ai_notice=AI_NOTICE)


@one.post(
    "/token",
    summary="换新的令牌",
    description="用现在的令牌换一个新的；过期不久的也可以换。事件流在令牌过期时结束，换了再连。",
    response_description="新的令牌。",
    responses=problems(talk.SessionOver),
)
def renew(conversing: TheConversing, caller: TheCaller) -> Token:
    session = conversing.talks.renew(caller)
    return Token(token=session.token, expires_at=session.expires_at)


@one.post(
    "/messages",
    status_code=202,
    summary="发一条消息",
    description="马上返回消息的编号，回答在事件流里。个人信息先遮住再保存，遮住了什么会有一条 notice。\n\n"
    "请带 Idempotency-Key：网络不好重发时用同一个键，消息只收一次，返回同一个编号；同一个键换了内容是 409。",
    response_description="已收下。",
    responses=problems(BodyTooLarge, talk.KeyUsed, talk.TooBusy),
)
def say(
    conversing: TheConversing,
    caller: TheCaller,
    message: SendMessage,
    key: Annotated[
        str,
        Header(
            alias="Idempotency-Key",
            max_length=LONGEST_KEY,
            description="每条消息一个，自己生成，例如 UUID；重发同一条消息时不变。",
            examples=["7d1f3c1e-8a55-4a0e-9d1f-000000000001"],
        ),
    ] = "",
) -> Taken:
    conversing.rates.a_message(caller.conversation)
    return Taken(seq=conversing.talks.say(caller, message.text, tuple(message.fields.items()), key))


@one.post(
    "/messages/{seq}/retry",
    status_code=202,
    summary="重试没有答成的消息",
    description="done 事件的 failed 不为空时可以用；回答在事件流里。",
    response_description="已收下。",
    responses=problems(talk.NotRetriable, talk.TooBusy),
)
def retry(
    conversing: TheConversing, caller: TheCaller, seq: Annotated[int, Path(ge=1, description="消息的编号。")]
) -> Taken:
    conversing.rates.a_message(caller.conversation)
    conversing.talks.retry(caller, seq)
    return Taken(seq=seq)


_EVENTS = (
    "服务器推送事件（text/event-stream）。断开以后带上最后收到的编号再连，不会漏，也不会重。\n\n"
    "保存的事件有 id（编号），event 是种类，data 与历史里的一项相同。"
    "没有 id 的是过程：typing，data 是 {to}，开始回答，之前显示的过程作废；"
    "delta，data 是 {to, text, citations}，语言模型写出、已经核对的一句，随后的 reply 会取代它。"
    "done 表示这一条答完了。冒号开头的行是保持连接用的，每 15 秒一次。\n\n"
    "浏览器的 EventSource 不能带请求头，请用 fetch 读取。令牌过期时流会结束。"
)


@one.get(
    "/events",
    summary="事件流",
    description=_EVENTS,
    response_class=ConversationStream,
    status_code=200,
    response_description="事件流，一直开着。",
    responses=problems(TooManyStreams),
)
def follow(
    conversing: TheConversing,
    caller: TheCaller,
    last_event_id: Annotated[
        int,
        Header(alias="Last-Event-ID", ge=0, description="最后收到的编号；和 after 取大的。", examples=[3]),
    ] = 0,
    after: Annotated[int, Query(ge=0, description="从哪个编号之后开始。", examples=[0])] = 0,
) -> Response:
    conversing.streams.require_room(caller.conversation)
    return ConversationStream(conversing.talks.follow(caller), conversing.streams, max(after, last_event_id))


@one.get(
    "/history",
    summary="历史",
    description="已经保存的事件，一段一段地取。",
    response_model=History,
    response_description="一段历史。",
    responses=problems(),
)
def history(
    conversing: TheConversing,
    caller: TheCaller,
    after: Annotated[int, Query(ge=0, description="从哪个编号之后开始。", examples=[0])] = 0,
    limit: Annotated[int, Query(ge=1, le=500, description="最多几个。", examples=[200])] = 200,
) -> JSONResponse:
    found = conversing.talks.history(caller, after, limit + 1)
    events = [event for entry in found[:limit] if (event := shown(entry)) is not None]
    return _json({"events": events, "more": len(found) > limit})


@one.get(
    "/sources/{seq}",
    summary="一个回答的依据",
    description="条款原文、出处、效力；没有依据的回答是空的。",
    response_model=Sources,
    response_description="依据。",
    responses=problems(talk.EventNotFound),
)
def sources(
    conversing: TheConversing, caller: TheCaller, seq: Annotated[int, Path(ge=1, description="回答的编号。")]
) -> JSONResponse:
    return _json({"sources": conversing.talks.sources(caller, seq)})


@one.get(
    "/export",
    summary="导出对话",
    description="带人工智能生成的提示和隐式标识（AIGC），请随内容一起保留。",
    response_model=Exported,
    response_description="整个对话；format=text 时是纯文本。",
    responses=problems(),
)
def export(
    conversing: TheConversing,
    service: TheService,
    caller: TheCaller,
    form: Annotated[
        str, Query(alias="format", pattern="^(text|json)$", description="text 或 json。", examples=["json"])
    ] = "text",
) -> Response:
    whole = Export(caller.conversation, conversing.talks.history(caller), service.now())
    name = f"xiaoer-{whole.at:%Y%m%d}.{'json' if form == 'json' else 'txt'}"
    headers = {**NO_STORE, "Content-Disposition": f'attachment; filename="{name}"'}
    if form == "json":
        return JSONResponse(whole.to_json(), headers=headers)
    return PlainTextResponse(whole.to_text(), headers=headers)


@one.delete(
    "",
    summary="删除对话",
    description="销毁这个对话的密钥：内容从此谁也读不出来，不能恢复。之后的一切请求都返回 410 和回执编号。",
    response_description="回执。",
    responses=problems(),
)
def delete(conversing: TheConversing, caller: TheCaller) -> Deleted:
    receipt = conversing.talks.delete(caller)
    return Deleted(receipt=receipt.number, deleted_at=receipt.deleted_at, events=receipt.events)


def _json(content: Mapping[str, Any]) -> JSONResponse:
    return JSONResponse(content, headers=NO_STORE)
