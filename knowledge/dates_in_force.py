"""How it is worded since when and how long a document holds: the one place that pages, JSON, chat and metadata ask.

A start that is 待核 is nobody's to tell: the day known is that of issue, and it is called that.
"""

from collections.abc import Collection
from datetime import date
from typing import Protocol

from knowledge.documents import Module

FIELD = "effective_from"
UNKNOWN_START = "施行日期待核"
UNSTATED_START = "没有写明起始日期"
NO_FORCE = "新闻，不设效力"


class Dated(Protocol):
    """A document, or a passage of one, as it is stored."""

    @property
    def module(self) -> str | None: ...
    @property
    def issued(self) -> date | None: ...
    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_to(self) -> date | None: ...
    @property
    def pending(self) -> Collection[str]: ...


def start(one: Dated) -> date | None:
    """The first day in force, None where that is 待核."""
    return None if FIELD in one.pending else one.valid_from


def dates(one: Dated) -> str:
    """2025-07-01 起施行，有效至 2030-06-30 · 2024-09-02 成文，施行日期待核 · 2026-07-03 发布，新闻，不设效力."""
    return worded(
        start(one), one.valid_to, issued=one.issued, is_pending=FIELD in one.pending, is_news=one.module == Module.NEWS
    )


def worded(
    effective_from: date | None, effective_to: date | None, *, issued: date | None, is_pending: bool, is_news: bool
) -> str:
    if is_news:
        return f"{issued} 发布，{NO_FORCE}" if issued else NO_FORCE
    if is_pending:
        begins = f"{issued} 成文，{UNKNOWN_START}" if issued else UNKNOWN_START
    else:
        begins = f"{effective_from} 起施行" if effective_from else UNSTATED_START
    return f"{begins}，有效至 {effective_to}" if effective_to else begins


def status(one: Dated, on: date) -> str:
    """Whether it may be relied on that day."""
    if one.valid_to is not None and one.valid_to < on:
        return "已失效"
    if one.module == Module.NEWS:
        return NO_FORCE
    if one.valid_from is not None and one.valid_from > on:
        return "尚未施行"
    return f"有效，{UNKNOWN_START}" if FIELD in one.pending else "现行有效"


def since(day: date, *, is_pending: bool) -> str:
    """When a later document took the place of an earlier one: 已于2025年7月1日, or 已 where that day is 待核."""
    return "已" if is_pending else f"已于{day.year}年{day.month}月{day.day}日"
