"""The description of the interface: OpenAPI in Chinese, and a plain page made from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import Response

from api.errors import KINDS, PROBLEM_JSON
from api.web.rendering import render

TITLE = "小二：政策服务助手接口"
ADDRESS = "/api/openapi.json"
DESCRIPTION = (
    "用大白话提问，得到政策条款的原文和出处。\n\n"
    "回答是文件原文摘录；接了语言模型时由模型撰写、逐句核对，并在 notices 里注明“内容由人工智能生成”。均以主管部门解释为准。这里的读者总是公众；工作人员登录随后续版本提供。\n\n"
    "出错时返回 application/problem+json（RFC 9457），detail 是中文。"
    "请求正文不超过 64 KB。日期一律写成 2025-06-01。"
)
TAGS = [
    {"name": "提问", "description": "问题进，回答和依据出。"},
    {"name": "对话", "description": "一来一往地问：不用登录，回答在事件流里，随时可以导出和删除。"},
    {"name": "兼容接口", "description": "给会用 OpenAI 接口的客户端。"},
    {"name": "文件", "description": "公开文件、版本和条款。"},
    {"name": "地区", "description": "有文件的地区和适用关系。"},
    {"name": "政策自测", "description": "能不能享受、还差什么；规则库的政策和条件。"},
    {"name": "运行状况", "description": "供监控和负载均衡使用。"},
]

_ENUMS = {
    "Audience": {"title": "读者", "description": "public 公众；staff 工作人员。"},
    "Entity": {"title": "主体类型", "description": "营业执照上的类型；没有登记的是自然人。"},
    "Module": {"title": "栏目", "description": "文件所在的栏目。"},
}

router = APIRouter(prefix="/api", include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    where: str
    required: bool
    type: str
    description: str


@dataclass(frozen=True, slots=True)
class Endpoint:
    method: str
    path: str
    summary: str
    description: str
    tag: str
    asked: list[Field]
    answered: list[Field]
    problems: list[str]


@router.get("/docs")
def docs_page(request: Request) -> Response:
    schema = request.app.openapi()
    kinds = {kind.slug: kind for kind in KINDS.values()}
    return render(
        "docs.html", info=schema["info"], tags=TAGS, endpoints=list(endpoints(schema)), kinds=list(kinds.values())
    )


def describe(app: FastAPI) -> None:
    """Say in Chinese what FastAPI says in English by itself; to be called when all routes are there."""
    app.openapi_schema = None
    schema = app.openapi()
    shapes = schema["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        shapes.pop(name, None)
    for name, said in _ENUMS.items():
        shapes[name].update(said)
    for shape in shapes.values():
        for one in shape.get("properties", {}).values():
            one.pop("title", None)  # made from the English name
    for operation in (one for methods in schema["paths"].values() for one in methods.values()):
        _tell_problems(operation["responses"])


def _tell_problems(responses: dict[str, Any]) -> None:
    for said in responses.values():
        content = said.get("content", {})
        if content.get("application/json", {}).get("schema", {}).get("$ref", "").endswith("/Problem"):
            content[PROBLEM_JSON] = content.pop("application/json")


def endpoints(schema: dict[str, Any]) -> Iterator[Endpoint]:
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield Endpoint(
                method.upper(),
                path,
                operation["summary"],
                operation.get("description", ""),
                operation["tags"][0],
                [*_parameters(schema, operation), *_body(schema, operation)],
                [field for said in _of_status(operation, "2") for field in _fields(schema, _content(said[1]), "")],
                [f"{status} {said['description']}" for status, said in _of_status(operation, "4", "5")],
            )


def _of_status(operation: dict[str, Any], *first_digits: str) -> list[tuple[str, dict[str, Any]]]:
    return [one for one in operation["responses"].items() if one[0].startswith(first_digits)]


def _parameters(schema: dict[str, Any], operation: dict[str, Any]) -> Iterator[Field]:
    wheres = {"path": "网址", "query": "查询参数", "header": "请求头"}
    for one in operation.get("parameters", []):
        yield Field(
            one["name"], wheres[one["in"]], one["required"], _type(one["schema"], schema), one.get("description", "")
        )


def _body(schema: dict[str, Any], operation: dict[str, Any]) -> Iterator[Field]:
    yield from _fields(schema, _content(operation.get("requestBody", {})), "正文")


def _content(message: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = message.get("content", {}).get("application/json", {}).get("schema", {})
    return found


def _fields(schema: dict[str, Any], shape: dict[str, Any], where: str) -> Iterator[Field]:
    """The first level; what lies deeper is in the machine-readable form."""
    shape = shape.get("items", shape)
    if "$ref" in shape:
        shape = schema["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
    for name, one in shape.get("properties", {}).items():
        required = name in shape.get("required", [])
        yield Field(name, where, required, _type(one, schema), one.get("description", ""))


_TYPES = {"string": "文字", "integer": "整数", "number": "数", "boolean": "真假", "array": "列表", "object": "对象"}


def _type(shape: dict[str, Any], schema: dict[str, Any]) -> str:
    if "anyOf" in shape:
        kinds = [_type(one, schema) for one in shape["anyOf"] if one.get("type") != "null"]
        return "或".join(kinds) + "，可空"
    if "$ref" in shape:
        name = shape["$ref"].rpartition("/")[2]
        named = schema["components"]["schemas"][name]
        return "、".join(named["enum"]) if "enum" in named else str(named.get("title", name))
    if "items" in shape:
        return f"{_type(shape['items'], schema)}的列表"
    return "日期" if shape.get("format") == "date" else _TYPES.get(shape.get("type", ""), "任意")
