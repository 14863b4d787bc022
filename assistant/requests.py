"""Several requests in one message, taken apart: questions, and also a complaint beside a question beside a wish."""

import re
from itertools import pairwise

from knowledge import several
from knowledge.clause_names import names_clause

SHORTEST, SHORTEST_PART = 4, 2
"""Characters of what asks something, and of a part: 转人工 is one."""
MOST = 5
_LINK = re.compile(
    r"(?:^|[，,。；;！!？?\s\n]+)我?(?:另外|还有|还想|还要|顺便|此外|再有|再就是|再一个|对了|同时|最后|其次|再告诉我|然后(?:再)?(?:告诉|问|帮)我?|第[二三四五](?:个|件|点|是|，|,|、))(?:事)?(?:再|也|想|请)*(?:请)?(?:问|说)?(?:一下|下|一句|个事)?[，,：: ]*"
)
_OURS = re.compile(
    r"(?:你们|你门|你这|你们这儿?|这里|恁)(?:.{0,3})(?:管不管|管(?:吗|不|么|嘛)|给?办(?:不|吗)|受理(?:不|吗)|接不接|理不理|归(?:不归)?)|归(?:不归)?你们|找你们(?:吗|对不|行不|$|？|\?)|是(?:不是)?(?:归)?你们管"
)
SHORTEST_CLAUSE, LONGEST_CLAUSE, MOST_CLAUSES = 4, 60, 24
_MARK = re.compile(r"[，,。；;！!？?\s]+")
_HARD = re.compile(r"(?<=[。！!？?；;\n])")
_ITEM = re.compile(r"(?:^|[，,。；;：:\s]+)(?:一个|一件|一)是[，,：: ]*")
_ASKS = re.compile(
    r"[?？吗呢]|[多好]多|多[少久长大高]|几|怎么|咋|哪|谁|什么|啥|几时|(?<![了过这等拖没有])好久(?!没|不|了|都)|能不能|可不可以|有没有|要不要|如何|是否|[不没][嘛噻哈呀啊咧嘞哩]*$"
)
_ORDERS = re.compile(
    r"(?:跟|给|和|同|帮|对)(?:我|俺|咱)(?:们)?(?:说|讲|列|介绍|捋)(?!.{0,6}情)|(?:告诉|告知)(?:一下|下)?(?:我|俺|咱)"
)
"""材料清单跟我说下: told to tell."""
_NOT_WORDS = re.compile(r"[\W_]+")


def split(text: str) -> list[str]:
    """The message in parts, each a request; one part where there is one."""
    parts = [piece for part in _listed(text) for piece in several.split_questions(part)]
    parts = [piece.strip(" ，,。；;") for part in parts for piece in _LINK.split(part)]
    parts = [piece for piece in parts if len(_NOT_WORDS.sub("", piece)) >= SHORTEST_PART]
    return parts[:MOST] if len(parts) > 1 else [text.strip()]


def _listed(text: str) -> list[str]:
    """两个事，一个是…，一个是…."""
    pieces = _ITEM.split(text)
    return [piece for piece in pieces[1:] if piece.strip()] if len(pieces) > 2 else [text]


_FILLER = re.compile(
    r"^(?:(?:好吧|好的?|行吧?|算了|那么|那(?![个些里边家种次会])|嗯+|哦+|对了|不说这个了?|(?:你|您)?(?:快|倒是)?[说讲](?:啊|呀|嘛)?(?=[，,、 ])|(?:我|俺|咱)(?:就|只)(?:是)?(?:想)?(?:问|想知道)(?:一?下|一句)?|(?:我)?先(?:来)?问(?:你)?(?:一?下|一句|个)?|再|请|顺便|麻烦|你(?=告诉|再|顺便|先|就|[，,、 ])|另外|还有)[，,、 ]*|(?:告诉|(?<!你)问)(?:一下)?(?:我|你)?(?:一下)?[，,：: ]*)+(?=.{4})"
)


_WISHES: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            r"^(?:我|俺|咱)?(?:的?店)?(?:想|要|打算|准备|需要)*(?:把|给)?(?:我|俺|咱)?(?:的)?(?:店铺?|铺子|执照|招牌)?(?:上)?(?:的)?(?:改|换|变更)(?:个|一?下|成?别的)?(?:店铺?|铺子|执照|字号)?(?:上)?(?:的)?(?:名字?|名称|字号|店名)(?:了|吧|呗)?[。！!]*$|^(?:店铺?|铺子)(?:的)?名(?:字|称)?[。！!？?]*$|^字号[。！!？?]*$"
        ),
        "改店名要不要去登记",
    ),
)
"""Wishes that ask nothing, and the question that they are."""


def plain_wish(text: str) -> str | None:
    """我想改名字 as the question that it is; None where the words are something else."""
    return next((question for said, question in _WISHES if said.match(text.strip())), None)


def to_the_point(text: str) -> str:
    """好吧，那信用修复收钱吗: without the words that only lead up to the question."""
    if (wish := plain_wish(text)) is not None:
        return wish
    plain = _FILLER.sub("", text.strip())
    return plain if asks(plain) else text


_FOR_THE_RULE = re.compile(
    r"(?:规定|文件|政策|条款)(?:里)?(?:上)?(?:是)?(?:咋|怎么|如何|啷个)(?:说|写|定|讲)|(?:合|符合|违反|违不违反)(?:不合)?规定|(?:还)?来得及(?:不|吗|么|反映|复核|申请)|过没过(?:期|时)|(?:还能|能不能再?)(?:反映|复核|申请复核)"
)


def asks_for_the_rule(text: str) -> bool:
    """跑了三趟，规定咋说: told like a complaint, but what is asked is the rule."""
    return _FOR_THE_RULE.search(text) is not None


def handled_here(text: str) -> bool:
    """你们管吗: asks whether this is the right place at all."""
    return _OURS.search(text) is not None


def sentences(text: str) -> list[str]:
    return [piece.strip() for piece in _HARD.split(text) if piece.strip()]


def pieces(text: str) -> list[str]:
    """From mark to mark."""
    return [piece for piece in _MARK.split(text) if piece]


def clauses(text: str) -> list[str]:
    """From mark to mark, and each with the one after it; of a very long message the first and the last ones."""
    plain = [piece.strip() for piece in _MARK.split(text) if len(_NOT_WORDS.sub("", piece)) >= SHORTEST_CLAUSE]
    pairs = [f"{one}，{other}" for one, other in pairwise(plain)]
    found = [piece for piece in dict.fromkeys([*plain, *pairs]) if len(piece) <= LONGEST_CLAUSE]
    return found if len(found) <= MOST_CLAUSES else [*found[: MOST_CLAUSES // 2], *found[-MOST_CLAUSES // 2 :]]


def bare(text: str) -> str:
    """The words without marks and spaces."""
    return _NOT_WORDS.sub("", text)


def asks(text: str) -> bool:
    """Whether the words ask or order anything at all; who names a clause wants to read it."""
    said = _NOT_WORDS.sub("", text)
    plain = text.strip(" 。！!~")
    return len(said) >= SHORTEST and (names_clause(plain) or any(one.search(plain) for one in (_ASKS, _ORDERS)))
