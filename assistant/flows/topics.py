"""A message taken apart into its questions, and each looked up with the matter that it shares with the others."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.flows.looking_up import LookUp, Topic
from assistant.sought import Sought, offers_side, sought
from knowledge.library import Question
from knowledge.several import Point, points, subject
from knowledge.spoken_grammar import plain

LONGEST_SIDE, LONGEST_NAME = 8, 2
"""Characters of a further question, and of what it names, that may go on about the matter of the one before."""
SURER = 0.05
_LIMIT = re.compile(r"封顶|顶天|上限|最[多高长]|至多|顶多|累计|总共")
_LIMITS = re.compile(r"最[高长多]|不超过|上限|累计|以内")
MOST_NEAR = 2
_HOW_MUCH = re.compile(r"多少|好多|几多|多小|几[成块万千百]")
_SIDES = re.compile(
    r"一?(?:个|每)?[年月季](?:度)?|每[户人家次件]|总共|一共|累计|最[多高长少低]|封顶|顶天|上限|[多好几]多?少?|多久"
)
"""What may be asked of any matter: 封顶几多 names none."""


class Topics:
    def __init__(self, look_up: LookUp) -> None:
        self._look_up = look_up

    def of(self, question: Question, known: Sequence[Point] = ()) -> list[Topic]:
        """The message taken apart, unless no part of it is surely settled: then it is looked up whole."""
        parts = known or points(question.text)
        if len(parts) > 1:
            with self._look_up.beside([replace(question, text=text) for text in _texts(parts)]):
                topics = self._with_sides(parts, list(self._of_parts(question, parts)))
            whole = None if any(map(self._look_up.is_sure, topics)) else self._look_up.topic(question)
            if whole and (self._look_up.is_sure(whole) or not any(topic.chosen for topic in topics)):
                return [whole]
            return [self._shortened(topic) for topic in topics] if len(topics) > 1 else topics
        return [self._look_up.topic(question)]

    def _of_parts(self, question: Question, parts: Sequence[Point]) -> Iterator[Topic]:
        """有效几年 behind 名特优新奖多少钱: short, and surer with the matter of the part before it."""
        matter_before, head = "", None
        for point in parts:
            part = point.text
            topic = self._look_up.topic(replace(question, text=part))
            own = subject(part)
            is_sure = self._look_up.is_sure(topic)
            is_side = len(part) <= LONGEST_SIDE and len(own) <= LONGEST_NAME
            if matter_before and matter_before not in part and is_side and not is_sure:
                whole = self._look_up.topic(replace(question, text=f"{matter_before}{part}"))
                is_surer = not topic.chosen or (whole.confidence or 0.0) > (topic.confidence or 0.0)
                topic = whole if whole.chosen and is_surer else topic
            elif not point.depends:
                matter_before = own
            if topic.is_judged and topic.chosen:
                head = head if point.depends else topic
                yield topic
                continue
            topic = self._in_situation(topic, point.situation)
            topic = self._look_up.in_own_words(topic, point.own) if point.depends else topic
            topic = self._look_up.of_itself(topic, point.own) if point.depends else topic
            is_open = not topic.missing and not self._look_up.is_sure(topic)
            if point.depends and head is not None and head.chosen and is_open:
                same = self._look_up.of_the_same(head, point.own)
                topic = replace(head, question=topic.question, chosen=same, missing="") if same else topic
            if point.depends and head is not None and not head.chosen and not self._look_up.is_sure(topic):
                topic = replace(topic, chosen=())  # of what stands nowhere no side does
            head = head if point.depends else topic
            yield topic

    def _tells_both(self, before: Topic, topic: Topic, point: Point) -> bool:
        """Whether the clause before is the one for a question without a subject of its own, or gives the limit asked for."""
        if not point.depends or subject(_SIDES.sub("", point.own)):
            return False
        first = before.chosen[0].passage
        is_same = bool(topic.chosen) and topic.chosen[0].passage.clause_id == first.clause_id
        return is_same or (_LIMIT.search(plain(point.own)) is not None and _LIMITS.search(first.body) is not None)

    def _shortened(self, topic: Topic) -> Topic:
        """Of several questions one that nothing surely settles is not to fill the page with what only comes near."""
        is_long = self._look_up.is_near_only(topic) and len(topic.chosen) > MOST_NEAR
        return replace(topic, chosen=topic.chosen[:MOST_NEAR]) if is_long else topic

    def _in_situation(self, topic: Topic, situation: str) -> Topic:
        """贷款还没还清怎么办, behind 我要歇业: with what was told first, where that settles it more surely."""
        if not situation or situation in topic.question.text:
            return topic
        whole = self._look_up.topic(replace(topic.question, text=f"{situation}{topic.question.text}"))
        is_surer = (whole.confidence or 0.0) > (topic.confidence or 0.0) + SURER
        return replace(whole, question=topic.question) if whole.chosen and is_surer else topic

    def _with_sides(self, parts: Sequence[Point], topics: Sequence[Topic]) -> list[Topic]:
        """一年最多多少 behind 每件补多少 asks for another side of the same: where nothing settles it alone, the clause before may."""
        kept: list[Topic] = []
        for point, topic in zip(parts, topics, strict=True):
            asked = topic.question.text
            before = kept[-1] if kept else None
            kinds = sought(asked) or (frozenset({Sought.SUM}) if _HOW_MUCH.search(asked) else frozenset())
            is_side = not topic.chosen and (point.depends or not subject(_SIDES.sub("", point.own)))
            tells = before is not None and before.chosen and self._tells_both(before, topic, point)
            if (
                before
                and before.chosen
                and (tells or (is_side and offers_side(before.chosen[0].passage.body, asked, kinds)))
            ):
                kept[-1] = replace(before, question=replace(before.question, text=f"{before.question.text}，{asked}"))
            else:
                kept.append(topic)
        return kept


def _texts(parts: Sequence[Point]) -> list[str]:
    """What is looked up of each, whatever comes of the others."""
    told = [f"{one.situation}{one.text}" for one in parts if one.situation and one.situation not in one.text]
    return [*(one.text for one in parts), *told]
