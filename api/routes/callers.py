"""Who asks for a conversation: its id from the address, the token from the header, counted by address."""

from typing import Annotated, Any

from fastapi import Depends, Path, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.errors import TooManyRequests, responses
from api.routes.needs import TheConversing
from assistant import errors as talk
from assistant.talks import Caller
from knowledge.errors import StoreNotReady

_bearer = HTTPBearer(auto_error=False, scheme_name="会话令牌", description="开始对话时得到的 token；只能用于那个对话。")


def _caller(
    conversing: TheConversing,
    request: Request,
    id: Annotated[str, Path(max_length=40, description="对话编号。", examples=["pX3v0Jm2Qk6a1c9YtLr8Zw"])],
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Caller:
    conversing.rates.a_request(request)
    return Caller(id, credentials.credentials if credentials else "")


def never_kept(response: Response) -> None:
    """Neither tokens nor words may stay in a cache."""
    response.headers["Cache-Control"] = "no-store"


NEVER_KEPT = [Depends(never_kept)]
TheCaller = Annotated[Caller, Depends(_caller)]
_ALWAYS = (
    RequestValidationError,
    talk.SessionMissing,
    talk.SessionExpired,
    talk.ConversationNotFound,
    talk.ConversationDeleted,
    TooManyRequests,
    StoreNotReady,
)


def problems(*more: type[Exception]) -> dict[int | str, dict[str, Any]]:
    return responses(*_ALWAYS, *more)
