"""Words by which questions are told apart: how much, whether, what became of it, and of giving up a shop."""

import re

_MASKED_CLAUSE = re.compile(r"[^，,。；;！!？?\s]*〔[^〔〕]{1,8}〕[^，,。；;！!？?\s]*[，,。；;！!？?\s]*")
"""The clause that a masked piece stands in, as far as the next mark."""
_LEAVES = re.compile(r"不想|不干|不开|注销|停业|歇业|关(?:店|门|了|掉|张)|收摊|转让|退(?:照|出)|做不下去|撑不")
_ASKED = re.compile(
    r"(?:多少|好多|几多|多小|几[天年月成块百千万分]|几个(?:月|点|工作日|钱)|多久|多长|好久|几时|何时|(?:什么|啥|么)时[候间])(?!都|也|[回次遍趟人])"
)
_WHETHER = re.compile(
    r"(?:能|可|够|有|行|得|中|是|要|会|给|算)(?:不|没)(?:能|可以?|够|有|行|得|中|是|要|会|给|算)|[吗么][?？。]*$|[能够行成中到得格份我的领拿要给]不[?？。]*$|够条件|资格|轮[得到]"
)
_AFTERWARDS = re.compile(r"自测|计算器|[测算]出来|还(?:能|可以|来得及|补|算)|过了|忘了?|逾期|晚了|错过")
"""Not whether somebody can have it, but what became of it: 自测说我符合，钱是不是就到手了; 过了十天还能补吗."""


def leaves(text: str) -> bool:
    """Whether anything is said of giving up the shop."""
    return _LEAVES.search(text) is not None


def asks_a_figure(text: str) -> bool:
    """一共能拿几多: how much or how long, not whether."""
    return _ASKED.search(text) is not None and not _WHETHER.search(text)


def without_masks(text: str) -> str:
    """The words without the masked pieces themselves."""
    return re.sub(r"〔[^〔〕]{1,8}〕", "", text)


def without_masked(text: str) -> str:
    """What is left of the words when the clauses with personal data are gone."""
    return _MASKED_CLAUSE.sub("", text)


def asks_whether_still(text: str) -> bool:
    """Whether somebody can have it, not what became of it."""
    return _WHETHER.search(text) is not None and not _AFTERWARDS.search(text)
