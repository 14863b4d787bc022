"""Several requests in one message, taken apart: questions, and also a complaint beside a question beside a wish."""

import re

from knowledge import several

SHORTEST = 4
MOST = 5
_LINK = re.compile(
    r"(?:^|[，,。；;！!？?\s\n]+)(?:另外|还有|还想|顺便|此外|再有|再就是|再一个|对了|同时|最后|其次|第[二三四五](?:个|件|点|是|，|,|、))(?:事)?(?:再|也|想|请)*(?:请)?(?:问|说)?(?:一下|下|一句|个事)?[，,：: ]*"
)
_HARD = re.compile(r"(?<=[。！!？?；;\n])")
_ASKS = re.compile(r"[?？吗呢]|多少|几|怎么|咋|哪|什么|啥|能不能|可不可以|有没有|要不要|如何|是否|不$")
_NOT_WORDS = re.compile(r"[\W_]+")


def split(text: str) -> list[str]:
    """The message in parts, each a request; one part where there is one."""
    parts = several.split_questions(text)
    if len(parts) > 1:
        return parts[:MOST]
    linked = [piece.strip(" ，,。；;") for piece in _LINK.split(text)]
    linked = [piece for piece in linked if len(_NOT_WORDS.sub("", piece)) >= SHORTEST]
    return linked[:MOST] if len(linked) > 1 else [text.strip()]


def sentences(text: str) -> list[str]:
    return [piece.strip() for piece in _HARD.split(text) if piece.strip()]


def asks(text: str) -> bool:
    """Whether the words ask or order anything at all."""
    said = _NOT_WORDS.sub("", text)
    return len(said) >= SHORTEST and _ASKS.search(text.strip(" 。！!~")) is not None
