"""POST /api/ask: a question in, the answer with its sources out."""

from fastapi import APIRouter
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from api import reading
from api.errors import BodyTooLarge, StaffOnly, responses
from api.models import Answered, Ask
from api.routes.needs import TheService
from knowledge.errors import IndexOutdated, UnknownRegion

router = APIRouter(prefix="/api", tags=["提问"])


@router.post(
    "/ask",
    summary="提问",
    description="用大白话提问，得到条款原文和出处。没有依据就不回答（answered 为 false）。\n\n"
    "读者总是公众：只用公开文件，不公开的内容已经遮住。工作人员登录随后续版本提供，audience=staff 会被拒绝。",
    response_model=Answered,
    response_description="回答和依据。没有找到依据时也是这个格式，sources 为空。",
    responses=responses(RequestValidationError, UnknownRegion, StaffOnly, BodyTooLarge, IndexOutdated),
)
def ask(service: TheService, asked: Ask) -> JSONResponse:
    return JSONResponse(reading.answer(service, asked).to_json(), headers={"Cache-Control": "no-store"})
