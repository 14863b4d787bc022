"""How an index stands to the database, the model and the day, in words for people."""

from dataclasses import dataclass
from enum import StrEnum


class StateKind(StrEnum):
    FRESH = "fresh"
    BEHIND = "behind"
    OTHER_DAY = "other_day"
    MISSING = "missing"
    OTHER_MODEL = "other_model"
    OTHER_FORMAT = "other_format"
    DAMAGED = "damaged"


_SENTENCES = {
    StateKind.FRESH: "索引是最新的。",
    StateKind.BEHIND: "还有 {documents} 份文件的改动没有进入索引，等待更新。",
    StateKind.OTHER_DAY: "索引里的现行条款是 {reason} 的，等待换到今天。",
    StateKind.MISSING: "还没有建立索引。",
    StateKind.OTHER_MODEL: "语义模型换了（{reason}），索引需要重建。",
    StateKind.OTHER_FORMAT: "{reason}换了，索引需要重建。",
    StateKind.DAMAGED: "索引不能用（{reason}），需要重建。",
}

_NEEDS_REBUILD = {StateKind.MISSING, StateKind.OTHER_MODEL, StateKind.OTHER_FORMAT, StateKind.DAMAGED}


@dataclass(frozen=True, slots=True)
class IndexState:
    kind: StateKind
    documents: int = 0
    """Documents with changes that are not in the index yet."""
    reason: str = ""

    @property
    def needs_rebuild(self) -> bool:
        return self.kind in _NEEDS_REBUILD

    @property
    def sentence(self) -> str:
        return _SENTENCES[self.kind].format(documents=self.documents, reason=self.reason)
