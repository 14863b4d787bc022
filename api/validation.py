"""What is wrong with a request, said in Chinese and naming the field."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

_FIELDS = {
    "question": "问题",
    "region": "地区",
    "on": "日期",
    "audience": "读者",
    "module": "栏目",
    "q": "检索词",
    "page": "页码",
    "size": "每页条数",
    "document_id": "文件编号",
    "path": "条款",
    "text": "消息",
    "messages": "对话",
    "content": "消息",
    "fields": "表",
    "helpful": "有没有用",
    "reason": "原因",
    "grade": "评价等级",
    "words": "评价的话",
    "value": "值",
    "after": "起点编号",
    "limit": "条数",
    "format": "格式",
    "Last-Event-ID": "最后收到的编号",
    "Idempotency-Key": "幂等键",
}
_OF_PYTHON = re.compile(r"[\[\]()]|constrained|^(?:str|int|float|bool|dict|list|function-)")
"""Names of types, which stand in the place of an error where a value may be of several."""
_PLACES = {"body", "query", "path", "header"}

_MESSAGES = {
    "missing": "没有填写",
    "string_type": "要是文字",
    "string_too_short": "不能为空",
    "too_short": "不能为空",
    "string_too_long": "不能超过 {max_length} 个字",
    "too_long": "不能超过 {max_length} 个字",
    "string_unicode": "里有不能识别的字符",
    "int_parsing": "要是整数",
    "int_type": "要是整数",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "enum": "只能是 {expected} 之一",
    "literal_error": "只能是 {expected} 之一",
    "extra_forbidden": "不是这个接口认识的字段",
    "json_invalid": "不是正确的 JSON",
    "model_attributes_type": "要是一个 JSON 对象，Content-Type 写 application/json",
    "model_type": "要是一个 JSON 对象",
    "dict_type": "要是一个 JSON 对象",
}


def complaints(error: RequestValidationError | ValidationError) -> list[dict[str, str]]:
    """One entry a field; nothing of what was sent is repeated."""
    return [_complaint(one) for one in error.errors()]


def _complaint(one: Mapping[str, Any]) -> dict[str, str]:
    parts = list(one["loc"])
    if len(parts) > 1 and parts[0] in _PLACES:
        parts = parts[1:]
    parts = [part for part in parts if not _OF_PYTHON.search(str(part))]
    if len(parts) > 1 and parts[0] == "messages" and isinstance(parts[1], int):
        parts = ["messages", parts[1]]
    whole = one["type"] == "json_invalid" or parts in (["body"], [])
    field = "body" if whole else ".".join(str(part) for part in parts)[:60]
    name = "请求正文" if whole else _FIELDS.get(field) or _in_conversation(parts) or f"“{field}”"
    return {"field": field, "name": name, "message": _message(one)}


def _in_conversation(parts: Sequence[Any]) -> str:
    is_message = len(parts) == 2 and parts[0] == "messages"
    return f"对话里第 {parts[1] + 1} 条消息" if is_message else ""


def _message(one: Mapping[str, Any]) -> str:
    if one["type"] == "chinese":
        return str(one["msg"])
    context = {name: _listed(str(value)) for name, value in one.get("ctx", {}).items()}
    return _MESSAGES.get(one["type"], "不符合要求").format_map(context)


def _listed(choices: str) -> str:
    """'a', 'b' or 'c' → a、b、c."""
    return choices.replace("'", "").replace(" or ", "、").replace(", ", "、")
