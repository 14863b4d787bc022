"""POST /api/ask and /api/ask/stream: a question in, the answer with its sources out, at once or as it is written."""

from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from api import reading
from api.errors import BodyTooLarge, StaffOnly, responses
from api.models import Answered, Ask
from api.routes.needs import QUESTION_COUNTED, TheService
from api.streaming import EventStream
from knowledge.errors import IndexOutdated, UnknownRegion

router = APIRouter(prefix="/api", tags=["提问"], dependencies=QUESTION_COUNTED)

_PROBLEMS = responses(RequestValidationError, UnknownRegion, StaffOnly, BodyTooLarge, IndexOutdated)
_STREAM = (
    "与 /api/ask 相同的问题，用服务器推送事件（text/event-stream）作答。接了语言模型时，句子一句一句地来；"
    "每一句都在核对之后才发出，发出的不会收回。\n\n"
    "opening：开头，data 是 {notices}。sentence：一句，data 是 {text, citations}，都由人工智能撰写，展示时要注明。"
    "answer：最后的完整回答，格式与 /api/ask 的返回相同，请用它换下前面的句子。"
    "error：中途出错，格式与出错说明相同。没有语言模型时没有 sentence。"
)


@router.post(
    "/ask",
    summary="提问",
    description="用大白话提问，得到条款原文和出处。没有依据就不回答（answered 为 false）。\n\n"
    "读者总是公众：只用公开文件，不公开的内容已经遮住。工作人员登录随后续版本提供，audience=staff 会被拒绝。",
    response_model=Answered,
    response_description="回答和依据。没有找到依据时也是这个格式，sources 为空。",
    responses=_PROBLEMS,
)
def ask(service: TheService, asked: Ask) -> JSONResponse:
    return JSONResponse(reading.answer(service, asked).to_json(), headers={"Cache-Control": "no-store"})


@router.post(
    "/ask/stream",
    summary="提问，边写边答",
    description=_STREAM,
    response_class=EventStream,
    status_code=200,
    response_description="事件流，最后一个事件是 answer 或者 error。",
    responses=_PROBLEMS,
)
def ask_stream(request: Request, service: TheService, asked: Ask) -> EventStream:
    return EventStream(reading.answer_stream(service, asked), request.url.path)
