"""What the stand-in for the conversations says when the chat page is tested with forms and results of self-tests."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from knowledge.rules.engine import shipped
from knowledge.rules.explain import DISCLAIMER
from knowledge.rules.result import result_of
from tests.api.chat_scripts import HOSTILE
from tests.api.chatting import Step, reply

ON = date(2026, 7, 1)
OPENING = "qinghe_opening_subsidy"
QUALIFIED: dict[str, Any] = {
    "entity": "个体工商户", "region": "990102", "first_business": True, "founder_category": "退役军人",
    "zero_employment_family": False, "operating_normally": True, "opened_on": date(2025, 9, 1), "registered_on": date(2025, 8, 20),
}  # fmt: skip
WHERE = "营业执照“成立日期”或“注册日期”"


def field(name: str, kind: str, **changed: Any) -> Step:
    whole = {
        "name": name, "label": name, "question": f"{name}是多少？", "type": kind, "unit": "", "options": [], "help": "",
        "where": "", "sensitive": False, "value": "", "heard": "", "rough": False, "complaint": "",
    }  # fmt: skip
    return {**whole, **changed}


SIZE = field(
    "employees", "whole", label="从业人员", question="店里一共有多少人上班？", unit="人", help="经营者本人不算。"
)
OPENED = field("opened_on", "date", label="开始经营的日期", question="从哪一天起正常营业的？", where=WHERE)
SALES = field("period_sales", "money", label="本期销售额", question="这一个季度的销售额是多少？", help="按不含税的数。")
LIVE = field("region", "region", label="登记地", question="您在哪里登记？")
WAIT = field("months", "period", label="缴费月数", question="社会保险缴了多久？", unit="月")
SHARE = field("share", "ratio", label="残疾职工比例", question="残疾职工占多少？", sensitive=True)
NORMAL = field("operating_normally", "yes_no", label="正常经营", question="现在是不是在正常经营？", help="没有歇业。")
KIND = field(
    "entity", "choice", label="主体类型", question="您是哪一类经营者？", options=["个体工商户", "企业", "自然人"]
)
MOVES = [{"label": word, "send": word} for word in ("上一题", "改前面的回答", "先停一停")]


def form(*fields: Step, **changed: Any) -> Step:
    whole = {
        "kind": "form", "text": "请看看这几题，不清楚的选“不知道”。", "flow": "eligibility", "title": "一次性开业补贴",
        "purpose": "ask", "fields": list(fields), "choices": MOVES, "progress": "已答 3 题，大约还有 2 题",
    }  # fmt: skip
    return {**whole, **changed}


def result(policy: str, facts: dict[str, Any], on: date = ON) -> Step:
    engine = shipped()
    found = result_of(engine, policy, facts, on)
    known = engine.vocabulary
    answers = [[name, known[name].label, engine.show(name, value)] for name, value in facts.items()]
    return {
        "kind": "result", "policy": policy, "title": found.policy.title, "on": on.isoformat(),
        "verdict": found.verdict or "", "sentence": found.sentence, "result": found.to_json(), "answers": answers,
        "sheet": [*((f"a.{name}", shown) for name, shown in _said(facts)), ("order", ""), ("on", on.isoformat())],
        "choices": [{"label": word, "send": word} for word in ("改回答", "材料核对", "提交诉求", "转人工")],
        "note": DISCLAIMER,
    }  # fmt: skip


def _said(facts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in facts.items():
        yield name, ("是" if value else "否") if isinstance(value, bool) else str(value)


def selftest(text: str) -> Iterator[Step]:
    yield from next((told for words, told in TOLD.items() if words in text), TOLD["符合"])


HEARD = [
    {**SIZE, "value": "3", "heard": "店里就三个人"},
    {**OPENED, "value": "2025-09-01", "heard": "去年九月开的", "rough": True},
    {**LIVE, "value": "990102", "heard": "在南屏区"},
]
UNREAD = {**SALES, "value": "很多", "complaint": "请写金额，如 80000 或 8万元"}
TOLD: dict[str, list[Step]] = {
    "补贴怎么领": [reply("先申请，再初审、公示、拨付。"), form(SIZE, OPENED, text="回到自测：")],
    "继续自测": [form(SIZE, OPENED, SALES)],
    "几题": [form(SIZE, OPENED, SALES)],
    "样样都问": [form(KIND, LIVE, WAIT, SHARE)],
    "一题": [form(NORMAL)],
    "听到": [form(*HEARD, purpose="confirm", choices=[])],
    "很多": [form(UNREAD, {**SIZE, "value": "3"})],
    "先停一停": [reply("自测先停在这里，答过的都记着。", choices=[{"label": "继续自测", "send": "继续自测"}])],
    "都能享受什么": [
        result(policy, {"entity": "个体工商户", "region": "990102", "employees": 3})
        for policy in shipped().binding("990102")
    ],
    "不符合": [result(OPENING, {**QUALIFIED, "founder_category": "以上都不是"})],
    "待定": [result(OPENING, {"entity": "个体工商户", "region": "990102"})],
    "符合": [result(OPENING, QUALIFIED)],
}


def hostile(text: str) -> Iterator[Step]:
    words = dict.fromkeys(("label", "question", "help", "where", "value", "heard", "complaint", "unit"), HOSTILE)
    bad = [field(f"f{row}", kind, **words) for row, kind in enumerate(("whole", "date", "region", "period"))]
    choice = field("f9", "choice", **words, options=[HOSTILE, "javascript:alert(1)"])
    if "核对" in text:
        yield form(*bad, choice, text=HOSTILE, title=HOSTILE, progress=HOSTILE, purpose="confirm")
    elif "填表" in text:
        yield form(
            *bad, choice, text=HOSTILE, title=HOSTILE, progress=HOSTILE, choices=[{"label": HOSTILE, "send": HOSTILE}]
        )
    else:
        yield _soiled(result("qinghe_rent_subsidy", {"entity": "个体工商户", "region": "990102"}))


def _soiled(told: Any) -> Any:
    """Every text of it replaced but the few words that programs read."""
    kept = {"kind", "verdict", "standing", "on", "since", "until"}
    if isinstance(told, dict):
        return {name: value if name in kept else _soiled(value) for name, value in told.items()}
    if isinstance(told, (list, tuple)):
        return [_soiled(one) for one in told]
    return HOSTILE if isinstance(told, str) else told
