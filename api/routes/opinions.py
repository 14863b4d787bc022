"""/api/conversations/…: what the person thinks of it, and what it remembers about them."""

from typing import Annotated

from fastapi import APIRouter, Path

from api.conversation_models import Memory, MemoryItem, SendFeedback, SendRating, SetMemory
from api.routes.callers import NEVER_KEPT, TheCaller, problems
from api.routes.needs import TheConversing
from assistant import errors as talk
from knowledge.errors import UnknownRegion
from knowledge.rules.errors import BadAnswer

router = APIRouter(prefix="/api/conversations/{id}", tags=["对话"], dependencies=NEVER_KEPT)


@router.post(
    "/feedback",
    status_code=204,
    summary="对回答的意见",
    description="有用、没用，或者收回；以最后一次为准。",
    response_description="记下了。",
    responses=problems(talk.EventNotFound),
)
def feedback(conversing: TheConversing, caller: TheCaller, sent: SendFeedback) -> None:
    conversing.talks.feedback(caller, sent.on, helpful=sent.helpful, reason=sent.reason)


@router.post(
    "/rating",
    status_code=204,
    summary="评价",
    description="好差评，五级；一个对话一次，自愿。",
    response_description="记下了。",
    responses=problems(talk.AlreadyRated),
)
def rating(conversing: TheConversing, caller: TheCaller, sent: SendRating) -> None:
    conversing.talks.rate(caller, sent.grade, sent.words)


@router.get(
    "/memory",
    summary="记住了什么",
    description="这个对话记住的关于您的事，只用于这个对话。",
    response_description="记住的各项。",
    responses=problems(),
)
def memory(conversing: TheConversing, caller: TheCaller) -> Memory:
    held = conversing.talks.memory(caller)
    return Memory(
        remembered=[MemoryItem(key=one.key, label=one.label, value=one.value, shown=one.shown) for one in held]
    )


_MemoryKey = Annotated[str, Path(max_length=80, description="名称。", examples=["region"])]


@router.put(
    "/memory/{key}",
    summary="改记住的一项",
    description="以后的回答按新的算。region、entity、trade、stage 没有记住时也可以写；fact:… 是自测的回答，读不懂的不收。",
    response_description="改好的一项。",
    responses=problems(talk.UnknownMemory, UnknownRegion, BadAnswer),
)
def remember(conversing: TheConversing, caller: TheCaller, key: _MemoryKey, sent: SetMemory) -> MemoryItem:
    one = conversing.talks.remember(caller, key, sent.value)
    return MemoryItem(key=one.key, label=one.label, value=one.value, shown=one.shown)


@router.delete(
    "/memory/{key}",
    status_code=204,
    summary="忘记一项",
    description="以后的回答不再用它。",
    response_description="忘记了。",
    responses=problems(talk.UnknownMemory),
)
def forget(conversing: TheConversing, caller: TheCaller, key: _MemoryKey) -> None:
    conversing.talks.forget(caller, key)


@router.delete(
    "/memory",
    status_code=204,
    summary="全部忘记",
    description="忘记这个对话记住的一切，做到一半的自测也不再继续；对话本身还在。",
    response_description="忘记了。",
    responses=problems(),
)
def forget_all(conversing: TheConversing, caller: TheCaller) -> None:
    conversing.talks.forget(caller)
