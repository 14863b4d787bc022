"""Errors into HTTP: the only place that knows status codes; every error is told in Chinese (RFC 9457)."""

import logging
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import ValidationError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.models import Check, Problem
from api.sharing import LinkInvalid
from api.validation import complaints
from api.web.rendering import render
from assistant import errors as talk
from knowledge.errors import DocumentNotFound, IndexOutdated, StoreNotReady, UnknownRegion
from knowledge.rules.errors import BadAnswer, UnknownFact, UnknownPolicy

log = logging.getLogger(__name__)

PROBLEM_JSON = "application/problem+json"
_MACHINE_PATHS = ("/api/", "/v1/", "/healthz", "/readyz")
_OPENAI_PATHS = ("/v1/",)
_RETRY_SECONDS = "5"


class ApiError(Exception):
    """Base of what can go wrong at the HTTP edge itself."""


class StaffOnly(ApiError):
    def __init__(self) -> None:
        super().__init__("工作人员范围的提问要先登录，登录随后续版本提供。现在请去掉 audience，或者写 audience=public")


class ClauseNotFound(ApiError):
    def __init__(self, path: str) -> None:
        super().__init__(f"这份文件里没有条款“{path[:80]}”；全部条款见这份文件的 clauses")
        self.path = path


class ServiceItemNotFound(ApiError):
    def __init__(self) -> None:
        super().__init__("没有这个事项，可能已经下线；全部事项见 /policies")


class BodyTooLarge(ApiError):
    def __init__(self, limit_bytes: int) -> None:
        super().__init__(f"请求正文不能超过 {limit_bytes // 1024} KB")
        self.limit_bytes = limit_bytes


class CannotAnswer(ApiError):
    """Nothing can be answered now; which check failed is in `checks`."""

    def __init__(self, checks: Sequence[Check]) -> None:
        super().__init__("；".join(check.message.rstrip("。") for check in checks if not check.ok) + "。")
        self.checks = checks


class Unexpected(ApiError):
    """A fault of ours; what is known about it stands in the log under this id."""

    def __init__(self, identity: str) -> None:
        super().__init__(f"服务器内部出错，已经记录，编号 {identity}。请稍后再试；一直这样，请把编号告诉管理员")
        self.identity = identity


class TooManyRequests(ApiError):
    def __init__(self, retry_seconds: int) -> None:
        super().__init__(f"请求太频繁，请 {retry_seconds} 秒后再试")
        self.retry_seconds = retry_seconds


class TooManyStreams(ApiError):
    retry_seconds = 10

    def __init__(self) -> None:
        super().__init__("同时打开的事件流太多：请关掉别的页面，或者稍后再试")


class OriginRefused(ApiError):
    def __init__(self, origin: str) -> None:
        super().__init__(f"不接受来自 {origin[:100]} 的请求：请管理员把它加进 XIAOER_WIDGET_ORIGINS")
        self.origin = origin


class KeyRefused(ApiError):
    def __init__(self) -> None:
        super().__init__("这个接口要密钥：在请求头里写 Authorization: Bearer 密钥，密钥向管理员索取")


class ModelNotFound(ApiError):
    def __init__(self) -> None:
        super().__init__("没有这个模型：只有 xiaoer 一个")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem, as /api/docs lists them."""

    slug: str
    title: str
    status: HTTPStatus


_BUSY = "索引正在建立或者更新，请稍候再试"
_NO_STORE = "数据库现在连不上或者正忙，请稍后再试"
_SENTENCES: dict[type[Exception], str] = {
    IndexOutdated: _BUSY,
    StoreNotReady: _NO_STORE,
    OperationalError: _NO_STORE,
    InterfaceError: _NO_STORE,
    PoolTimeout: _NO_STORE,
}
"""Where the message of the error itself is not for the public."""

_STORE = Kind("store-not-ready", "数据库不能用", HTTPStatus.SERVICE_UNAVAILABLE)
_INVALID = Kind("invalid-request", "请求内容不对", HTTPStatus.UNPROCESSABLE_ENTITY)
_SESSION = Kind("session-invalid", "会话令牌不对", HTTPStatus.UNAUTHORIZED)
_BUSY_NOW = Kind("too-busy", "正忙", HTTPStatus.SERVICE_UNAVAILABLE)
KINDS: dict[type[Exception], Kind] = {
    RequestValidationError: _INVALID,
    ValidationError: _INVALID,
    UnknownRegion: Kind("unknown-region", "认不出地区", HTTPStatus.UNPROCESSABLE_ENTITY),
    StaffOnly: Kind("staff-only", "需要工作人员登录", HTTPStatus.FORBIDDEN),
    DocumentNotFound: Kind("document-not-found", "没有这份文件", HTTPStatus.NOT_FOUND),
    ClauseNotFound: Kind("clause-not-found", "没有这个条款", HTTPStatus.NOT_FOUND),
    UnknownPolicy: Kind("policy-not-found", "没有这项政策", HTTPStatus.NOT_FOUND),
    UnknownFact: Kind("unknown-fact", "没有这个问题", HTTPStatus.UNPROCESSABLE_ENTITY),
    BadAnswer: Kind("bad-answer", "回答读不懂", HTTPStatus.UNPROCESSABLE_ENTITY),
    LinkInvalid: Kind("link-invalid", "分享链接不能用", HTTPStatus.NOT_FOUND),
    ServiceItemNotFound: Kind("service-item-not-found", "没有这个事项", HTTPStatus.NOT_FOUND),
    BodyTooLarge: Kind("body-too-large", "请求太大", HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    IndexOutdated: Kind("index-not-ready", "索引还没有准备好", HTTPStatus.SERVICE_UNAVAILABLE),
    CannotAnswer: Kind("cannot-answer", "现在不能作答", HTTPStatus.SERVICE_UNAVAILABLE),
    StoreNotReady: _STORE,
    OperationalError: _STORE,
    InterfaceError: _STORE,
    PoolTimeout: _STORE,
    talk.SessionMissing: _SESSION,
    talk.SessionInvalid: _SESSION,
    talk.SessionExpired: Kind("session-expired", "会话令牌过期，可以换新的", HTTPStatus.UNAUTHORIZED),
    talk.SessionOver: Kind("session-over", "会话令牌过期，不能再换", HTTPStatus.UNAUTHORIZED),
    talk.ConversationNotFound: Kind("conversation-not-found", "没有这个对话", HTTPStatus.NOT_FOUND),
    talk.ConversationDeleted: Kind("conversation-deleted", "对话已经删除", HTTPStatus.GONE),
    talk.EventNotFound: Kind("event-not-found", "没有这个回答", HTTPStatus.NOT_FOUND),
    talk.UnknownMemory: Kind("unknown-memory", "没有记住这一项", HTTPStatus.NOT_FOUND),
    talk.AlreadyRated: Kind("already-rated", "已经评价过", HTTPStatus.CONFLICT),
    talk.KeyUsed: Kind("idempotency-key-used", "幂等键用过了", HTTPStatus.CONFLICT),
    talk.NotRetriable: Kind("not-retriable", "不需要重试", HTTPStatus.CONFLICT),
    talk.TooBusy: _BUSY_NOW,
    talk.ShuttingDown: _BUSY_NOW,
    TooManyRequests: Kind("too-many-requests", "请求太频繁", HTTPStatus.TOO_MANY_REQUESTS),
    TooManyStreams: Kind("too-many-streams", "事件流太多", HTTPStatus.TOO_MANY_REQUESTS),
    OriginRefused: Kind("origin-refused", "来源不在名单里", HTTPStatus.FORBIDDEN),
    KeyRefused: Kind("key-refused", "密钥不对", HTTPStatus.UNAUTHORIZED),
    ModelNotFound: Kind("model-not-found", "没有这个模型", HTTPStatus.NOT_FOUND),
    Unexpected: Kind("unexpected", "服务器内部错误", HTTPStatus.INTERNAL_SERVER_ERROR),
}
_OF_STATUS = {
    HTTPStatus.BAD_REQUEST: ("请求读不懂", "请求正文读不懂，要是 UTF-8 编码的 JSON"),
    HTTPStatus.NOT_FOUND: ("没有这个网址", "没有这个网址；接口说明见 /api/docs"),
    HTTPStatus.METHOD_NOT_ALLOWED: ("请求方法不对", "这个网址不接受这种请求方法；接口说明见 /api/docs"),
}

_FOR_PEOPLE: dict[int, str] = {
    HTTPStatus.NOT_FOUND: "没有这个网页：可能是网址抄错了，或者内容已经下线。",
    HTTPStatus.METHOD_NOT_ALLOWED: "这个网页不能这样打开，请从下面重新进入。",
}
"""What a page says instead: people read no interfaces."""


def install(app: FastAPI) -> None:
    """Make the app answer every known error as a problem; UnexpectedErrors catches the rest."""
    for known in KINDS:
        app.add_exception_handler(known, _answer)
    app.add_exception_handler(HTTPException, _answer)


def responses(*errors: type[Exception]) -> dict[int | str, dict[str, Any]]:
    """The problems an endpoint may answer with, for OpenAPI."""
    found: dict[int | str, dict[str, Any]] = {}
    for error in errors:
        kind = KINDS[error]
        known = found.setdefault(int(kind.status), {"model": Problem, "description": ""})
        known["description"] = "；".join(filter(None, (known["description"], kind.title)))
    return found


def problem_of(error: Exception, path: str) -> Problem:
    kind = _kind(error)
    problem = Problem(
        type=f"/api/docs#problem-{kind.slug}",
        title=kind.title,
        status=kind.status,
        detail=_detail(error),
        instance=path,
    )
    return problem.model_copy(update=_extensions(error))


def respond(error: Exception, scope: Scope) -> Response:
    """For machines problem+json, for people a page."""
    request = Request(scope)
    problem = problem_of(error, request.url.path)
    headers = dict(_headers(error, problem.status))
    if is_for_people(request):
        problem = (
            problem.model_copy(update={"detail": _FOR_PEOPLE.get(problem.status, problem.detail)})
            if isinstance(error, HTTPException)
            else problem
        )
        return render("error.html", status=problem.status, headers=headers, problem=problem)
    if request.url.path.startswith(_OPENAI_PATHS):
        return JSONResponse(openai_error(problem), status_code=problem.status, headers=headers)
    content = problem.model_dump(mode="json", exclude_none=True)
    return JSONResponse(content, status_code=problem.status, media_type=PROBLEM_JSON, headers=headers)


def openai_error(problem: Problem) -> dict[str, Any]:
    """In the shape that clients of that interface read."""
    kind = "invalid_request_error" if problem.status < HTTPStatus.INTERNAL_SERVER_ERROR else "server_error"
    code = problem.type.rpartition("#problem-")[2]
    field = (problem.errors or [{}])[0].get("field")
    return {"error": {"message": problem.detail, "type": kind, "param": field, "code": code}}


def is_for_people(request: Request) -> bool:
    accepts = request.headers.get("accept", "")
    return not request.url.path.startswith(_MACHINE_PATHS) and "text/html" in accepts


class UnexpectedErrors:
    """The outer edge of a request: whatever was not expected is logged, and told without details."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception as error:
            if scope["type"] != "http":
                raise
            unexpected = _logged(error, f"{scope['method']} {scope['path']}")
            if started:
                raise
            await respond(unexpected, scope)(scope, receive, send)


def problem_mid_way(error: Exception, path: str) -> Problem:
    """Of an answer that has begun already: known or not, it can only be told in the answer itself."""
    known = any(one in KINDS for one in type(error).__mro__)
    return problem_of(error if known else _logged(error, path), path)


def _logged(error: Exception, request: str) -> Unexpected:
    identity = uuid.uuid4().hex[:12]
    log.error("请求出错 %s：%s", identity, request, exc_info=error)
    unexpected = Unexpected(identity)
    unexpected.__cause__ = error
    return unexpected


async def _answer(request: Request, error: Exception) -> Response:
    if type(error) in _SENTENCES:
        log.warning("%s：%s", request.url.path, error)
    return respond(error, request.scope)


def _kind(error: Exception) -> Kind:
    if isinstance(error, HTTPException):
        status = HTTPStatus(error.status_code)
        title, _ = _OF_STATUS.get(status, ("请求不能处理", ""))
        return Kind(f"http-{status.value}", title, status)
    return next(KINDS[known] for known in type(error).__mro__ if known in KINDS)


def _detail(error: Exception) -> str:
    if isinstance(error, HTTPException):
        return _OF_STATUS.get(HTTPStatus(error.status_code), ("", "请求读不懂，请对照 /api/docs 检查"))[1]
    if isinstance(error, RequestValidationError | ValidationError):
        return "；".join(f"{one['name']}{one['message']}" for one in complaints(error))
    return _SENTENCES.get(type(error)) or str(error)


def _extensions(error: Exception) -> dict[str, Any]:
    if isinstance(error, RequestValidationError | ValidationError):
        return {"errors": complaints(error)}
    if isinstance(error, CannotAnswer):
        return {"checks": [check.model_dump() for check in error.checks]}
    if isinstance(error, talk.ConversationDeleted):
        return {"receipt": error.receipt, "deleted_at": error.at.isoformat()}
    return {"id": error.identity} if isinstance(error, Unexpected) else {}


def _headers(error: Exception, status: int) -> Mapping[str, str]:
    if isinstance(error, HTTPException):
        return error.headers or {}
    if status == HTTPStatus.UNAUTHORIZED:
        return {"WWW-Authenticate": "Bearer"}
    if isinstance(error, talk.TooBusy | TooManyRequests | TooManyStreams):
        return {"Retry-After": str(error.retry_seconds)}
    return {"Retry-After": _RETRY_SECONDS} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}
