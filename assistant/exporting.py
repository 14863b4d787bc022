"""A conversation to take away: as text or JSON, with the marks that the law asks of generated content.

标识办法 art. 4 and 5: a visible notice in the text, and metadata with producer and number (GB 45438-2025).
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from assistant.events import Author, Form, Message, Notice, Origin, Question, Rating, Recorded, Reply, Result
from assistant.showing import shown

AI_NOTICE = "内容由人工智能生成，仅供参考"
PRODUCER = "小二政策服务助手"
TITLE = "与小二的对话"
CHINA = ZoneInfo("Asia/Shanghai")

_MARKS = {Origin.AI: f"（{AI_NOTICE}）", Origin.CURATED: "（已审核发布的常见问答）", Origin.HUMAN: "（人工回复）"}
_SPEAKERS = {Author.PERSON: "您", Author.ASSISTANT: "小二", Author.STAFF: "工作人员", Author.SYSTEM: "提示"}


@dataclass(frozen=True, slots=True)
class Export:
    """A conversation until now."""

    conversation: str
    events: Sequence[Recorded]
    at: datetime

    def metadata(self) -> dict[str, str]:
        """The implicit mark: property, producer, number."""
        return {
            "Label": "1" if self._has_generated() else "0",
            "ContentProducer": PRODUCER,
            "ProduceID": f"{self.conversation}-{self.at:%Y%m%d%H%M%S}",
            "ReservedCode1": "",
            "ContentPropagator": PRODUCER,
            "PropagateID": f"{self.conversation}-{self.at:%Y%m%d%H%M%S}",
            "ReservedCode2": "",
        }

    def to_json(self) -> dict[str, Any]:
        return {
            "title": TITLE,
            "conversation": self.conversation,
            "exported_at": self.at.isoformat(),
            "ai_notice": AI_NOTICE,
            "AIGC": self.metadata(),
            "events": [event for one in self.events if (event := shown(one)) is not None],
        }

    def to_text(self) -> str:
        head = [TITLE, AI_NOTICE + "；标明“已审核发布”和“人工回复”的除外。", f"导出时间：{_time(self.at)}（北京时间）"]
        body = [line for one in self.events for line in _lines(one)]
        tail = ["", AI_NOTICE, "AIGC：" + json.dumps(self.metadata(), ensure_ascii=False), ""]
        return "\n".join([*head, *body, *tail])

    def _has_generated(self) -> bool:
        return any(isinstance(one.event, Reply) and one.event.origin is Origin.AI for one in self.events)


def _lines(one: Recorded) -> Iterator[str]:
    text, mark = _said(one)
    if text:
        yield ""
        yield f"{_SPEAKERS[one.author]} {_time(one.at)}{mark}"
        yield text


def _said(one: Recorded) -> tuple[str, str]:
    match one.event:
        case Message(text=text, fields=fields):
            told = [(name, value) for name, value in fields if not (text and name.isascii())]  # the text says those
            return "\n".join([*filter(None, [text]), *(f"{name}：{value}" for name, value in told)]), ""
        case Reply(text=text, origin=origin):
            return text, _MARKS[origin]
        case Question(text=text) | Notice(text=text):
            return text, ""
        case Form() as form:
            return _form(form), ""
        case Result() as result:
            return _result(result), ""
        case Rating(grade=grade, words=words):
            return f"评价 {grade} 分（满分 5 分）{words}", ""
        case _:
            return "", ""


def _form(form: Form) -> str:
    asked = (f"· {one.question}{f'（{one.label}：{one.value}）' if one.value else ''}" for one in form.fields)
    return "\n".join([form.text, *asked])


def _result(result: Result) -> str:
    answers = "；".join(f"{label}：{shown}" for _, label, shown in result.answers)
    told = [
        f"【自测】{result.title}（截至 {result.on}）",
        result.sentence,
        f"您的回答：{answers}" if answers else "",
        result.note,
    ]
    return "\n".join(filter(None, told))


def _time(at: datetime) -> str:
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}"
