"""The simplest responder: every message is a question to the clauses."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from assistant import remembering
from assistant.events import Event, Message, Recorded, Reply
from assistant.flows.answer import AnswerFlow
from assistant.telling import Final, Said, Waiting
from knowledge import regions
from knowledge.documents import Audience
from knowledge.library import Question

CHINA = ZoneInfo("Asia/Shanghai")


class AnswersOnly:
    def __init__(self, answers: AnswerFlow, region: str | None) -> None:
        """The region is assumed where the conversation does not know one."""
        self._answers, self._region = answers, region

    def respond(self, log: Sequence[Recorded], asked: Recorded, *, now: datetime) -> Iterator[Said | Waiting | Event]:
        if not isinstance(asked.event, Message):
            return
        remembered = remembering.held(log).get("region")
        region = remembered.value if remembered else self._region
        day = now.astimezone(CHINA).date()
        question = Question(asked.event.text, region or regions.COUNTRY, day, Audience.PUBLIC)
        for said in self._answers.answer_stream(question, region_given=region is not None):
            match said:
                case Said() | Waiting():
                    yield said
                case Final(answer=answer):
                    yield Reply(answer.text, asked.seq, "question", answer=answer.to_json())
