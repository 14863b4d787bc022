"""Wrong answers by script out of faithful ones: one word of meaning changed, for fitting the check, never for measuring it.

Some of what comes out is not wrong (a condition dropped that the question gave); the fit weighs it less.
"""

import random
import re
import zlib
from collections.abc import Iterator
from itertools import pairwise

from evals.grounding_cases import Case

MOST = 2
"""Changes of one kind in an answer."""
_TURNED = (
    ("不得", "可以"), ("不能", "可以"), ("不可以", "可以"), ("不用", "要"), ("无需", "应当"), ("不需要", "需要"), ("不予", "应予"), ("不再", "仍然"),
    ("不给予", "给予"), ("不计入", "计入"), ("不收取", "收取"), ("免于", "应当"), ("免除", "不免除"), ("有权", "无权"), ("不承担", "承担"), ("不享受", "享受"),
    ("不适用", "适用"), ("除外", "也一样"), ("可以", "不得"), ("可以", "不能"), ("能", "不能"), ("应当", "无需"), ("要", "不用"), ("给予", "不给予"), ("承担", "不承担"), ("受理", "不受理"),
)  # fmt: skip
_MODES = (
    ("应当", "可以"), ("必须", "可以"), ("要", "可以"), ("可以", "应当"), ("可以", "必须"), ("不超过", "不低于"), ("最多", "最少"), ("最长", "最短"),
    ("最高", "最低"), ("以上", "以下"), ("以下", "以上"), ("至少", "至多"), ("以内", "以后"), ("之前", "之后"), ("前", "后"), ("内", "后"),
)  # fmt: skip
_WIDER = (
    ("可以", "都可以"), ("可以", "随时可以"), ("可以", "一律可以"), ("应当", "一律应当"), ("不得", "一律不得"), ("享受", "直接享受"), ("下列", "任何"), ("仅", ""), ("只", ""), ("首次", ""), ("初次", ""),
)  # fmt: skip
_ROLES = (
    "用人单位|劳动者|员工|职工|消费者|顾客|经营者|商家|出租人|房东|承租人|租客|申请人|登记机关|税务机关|公安机关|行政机关|人民法院|法院|市场监督管理部门|市场监管部门|人力资源和社会保障部门"
    "|街道办事处|区城市管理局|市财政局|县财政|市级财政|财政部门|经办银行|银行|担保机构|受理部门|供电企业|用户|买受人|出卖人|债权人|债务人|投诉人|举报人|纳税人|平台|工会|政府|主管机构|承办机构|帮办员|提交人|转让人|受让人|合伙人|股东|公司"
)
_ROLE = re.compile(_ROLES)
_SENTENCE = re.compile(r"[^。]+。?")
_DROPPABLE = re.compile(
    r"(?:^|(?<=[。；，]))(?:[^，。；\[]{3,}(?:的|时|后|的话)|(?:如果|只要|凡|经|因|符合|自|在)[^，。；\[]{3,})[，,](?=[^\[])"
)
_EXCEPT = re.compile(
    r"[，；。](?:但|不过|除非)[^。；\[]{2,}(?=\[|；)|[，；][^。；，\[]{2,}除外(?=\[|；)|除[^。；，\[]{2,}外[，,]?"
)
_JOINED = re.compile(r"[^，。；\[、]{3,}(?:、|并且?|而且|且)(?=[^，。；\[、]{3,}的)")


def reworded(case: Case) -> Iterator[Case]:
    """Always the same ones for an answer."""
    chance = random.Random(zlib.crc32(case.answer.encode()))
    for kind, found in (
        ("否定", list(_replaced(case.answer, _TURNED))),
        ("情态", list(_replaced(case.answer, _MODES))),
        ("扩大", list(_replaced(case.answer, _WIDER))),
        ("主体", list(_swapped(case))),
        ("漏条件", [*_cut(case.answer, _DROPPABLE), *_cut(case.answer, _JOINED)]),
        ("漏例外", list(_cut(case.answer, _EXCEPT))),
    ):
        for answer in chance.sample(found, min(MOST, len(found))):
            yield Case(kind, case.passages, case.question, answer)


def _replaced(answer: str, table: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for word, other in table:
        for match in re.finditer(rf"(?<![不无未方只]){word}(?![求么吗素点])", answer):
            yield answer[: match.start()] + other + answer[match.end() :]


def _swapped(case: Case) -> Iterator[str]:
    named = list(_ROLE.finditer(case.answer))
    others = sorted({match[0] for passage in case.passages for match in _ROLE.finditer(passage)})
    for match in named:
        for other in others:
            if other not in match[0] and match[0] not in other:
                yield case.answer[: match.start()] + other + case.answer[match.end() :]
    for first, second in pairwise(named):
        if first[0] != second[0] and "。" not in case.answer[first.start() : second.start()]:
            between = case.answer[first.end() : second.start()]
            yield case.answer[: first.start()] + second[0] + between + first[0] + case.answer[second.end() :]


def _cut(answer: str, pattern: re.Pattern[str]) -> Iterator[str]:
    for match in pattern.finditer(answer):
        yield answer[: match.start()] + answer[match.end() :]
