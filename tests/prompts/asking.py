"""A client that asks a scripted endpoint, and what it was told its calls cost."""

from collections.abc import Iterator
from contextlib import contextmanager

from prompts.accounting import Call
from prompts.client import ChatModel
from prompts.settings import ModelSettings
from tests.scripted_model import Reply, ScriptedModel, scripted_model

KEY = "sk-very-secret"
VALUES = {"passages": "[1] 某条", "question": "问", "problems": ""}
TEXT = "可以申请[1]。逾期不予受理[1]。"
GOOD = Reply(TEXT)

Asking = tuple[ChatModel, ScriptedModel, list[Call]]


@contextmanager
def asking(*script: Reply, timeout_seconds: float = 10.0, budget_seconds: float = 60.0) -> Iterator[Asking]:
    with scripted_model(*script) as endpoint:
        settings = ModelSettings(
            endpoint.base_url, "scripted-1", KEY, timeout_seconds=timeout_seconds, budget_seconds=budget_seconds
        )
        calls: list[Call] = []
        model = ChatModel(settings, on_call=calls.append, sleep=lambda seconds: None)
        yield model, endpoint, calls
        model.close()


def whole(model: ChatModel) -> str:
    return "".join(model.stream("answer", VALUES))
