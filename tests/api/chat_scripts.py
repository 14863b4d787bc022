"""What the stand-in for the conversations says in the tests of the chat page."""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page, expect

from tests.api.chatting import Step, reply

HOSTILE = (
    '<script>window.hit=1</script><img src=x onerror="window.hit=1"> [点我](javascript:alert(1)) '
    "\u202e倒着写\u202c \u200b零宽\u200d\ufeff 👩‍👩‍👧 🇨🇳 Z̷̢̛a̶l̴g̵o " + "长" * 300
)
SUBSIDY = "符合条件的，给予一次性开业补贴8000元[1]，自2025年7月1日起，受理后5个工作日内初审。"


def source(**changed: Any) -> dict[str, Any]:
    return {
        "document": "3af138baffad", "title": "青禾市个体工商户创业扶持办法", "doc_number": "青政规〔2025〕2号",
        "clause": "第五条", "quote": "第五条 首次创办个体工商户，正常经营满6个月的，给予一次性开业补贴8000元。",
        "region": "青禾市", "effective_from": "2025-07-01", "effective_to": "2030-06-30", "in_force": True,
        "audience": "public", "score": 1.0, "why": "和问题有相同的字词：开业、补贴", "deciding": ["8000元"], "clause_id": "3af138baffad/第五条",
        "matched": ["开业", "补贴"], "pending": [], "superseded_by": None, "amended_by": [], "remarks": [], **changed,
    }  # fmt: skip


def answer(text: str, *sources: dict[str, Any], **changed: Any) -> dict[str, Any]:
    return {
        "answer": text, "answered": True, "extent": "answered", "lead": text, "parts": [], "elsewhere": [],
        "flow": "answer", "region": "青禾市", "on": "2026-07-01", "sources": list(sources), "notices": [],
        "confidence": None, "prompt_version": None, "model": "scripted", **changed,
    }  # fmt: skip


def script(text: str) -> Iterator[Step]:
    """One turn for everything a reply can hold."""
    if "补贴" in text:
        yield {"kind": "delta", "text": "给予一次性开业补贴8000元", "citations": [1]}
        yield {"kind": "wait", "seconds": 0.4}
        yield reply(SUBSIDY, answer=answer(SUBSIDY, source(), source(clause="第六条"), source(clause="第八条")))
    elif "清单" in text:
        rows = "补贴 | 标准\n开业补贴 | 8000元\n场租补贴 | 每月800元"
        items = "\n".join(f"{number}. 第{number}份材料" for number in range(1, 13))
        yield reply(f"标准如下：\n{rows}\n要带这些材料：\n{items}", origin="curated")
    elif "诉求" in text:
        card = {
            "service": "appeal",
            "title": "诉求草稿",
            "text": "确认后才会提交。",
            "action": "确认提交",
            "send": "确认",
        }
        bad = {"service": "page", "title": "外面", "text": "", "action": "去外面", "link": "//evil.example/"}
        yield reply("草稿好了。", cards=[{**card, "context": [["问题", "跑了三趟"]]}, bad])
    elif "哪里" in text:
        choices = [{"label": "青禾市", "send": "青禾市"}, {"label": "南屏区", "send": "南屏区"}]
        yield {"kind": "question", "text": "您的店在哪里？", "about": "region", "choices": choices, "behaviour": ""}
    elif "人工" in text:
        yield reply("正在为您转接政策服务专员。", origin="human")
    else:
        choices = [{"label": "我能领吗", "send": "我能领补贴吗"}]
        yield {"kind": "remembered", "key": "region", "value": "990100"}
        yield {"kind": "remembered", "key": "trade", "value": "餐饮"}
        yield {"kind": "notice", "text": "地区：青禾市。说“换成”别的地方就能改。", "code": "region"}
        yield reply("好的。", choices=choices)


def hostile(text: str) -> Iterator[Step]:
    later = {"document": "javascript:alert(1)", "title": HOSTILE, "doc_number": HOSTILE, "since": HOSTILE}
    bad = source(
        **dict.fromkeys(("title", "doc_number", "clause", "quote", "region", "why"), HOSTILE),
        document="javascript:alert(1)", clause_id="x/" + HOSTILE, pending=[HOSTILE], remarks=[HOSTILE],
        amended_by=[later], superseded_by=later, in_force=False, matched=["(", "零宽"],
    )  # fmt: skip
    part = {"question": HOSTILE, "lead": HOSTILE, "answered": True, "sources": [1]}
    whole = answer(HOSTILE, bad, notices=[HOSTILE], parts=[part], region=HOSTILE, extent="partly")
    card = {"service": HOSTILE, "title": HOSTILE, "text": HOSTILE, "action": HOSTILE, "send": HOSTILE}
    choice = {"label": HOSTILE, "send": HOSTILE}
    yield {"kind": "delta", "text": HOSTILE, "citations": []}
    yield {"kind": "notice", "text": HOSTILE, "code": "masked"}
    yield reply(
        HOSTILE, answer=whole, part=HOSTILE, choices=[choice], cards=[{**card, "context": [[HOSTILE, HOSTILE]]}]
    )


def open_chat(page: Page, path: str = "/") -> None:
    page.goto(path)
    expect(page.locator("body[data-ready]")).to_be_attached()


def say(page: Page, text: str) -> None:
    page.get_by_label("您想问什么").fill(text)
    page.keyboard.press("Enter")
