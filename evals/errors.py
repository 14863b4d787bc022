"""What can go wrong in a measurement."""

from pathlib import Path


class EvaluationError(Exception):
    """Base of all errors of this package."""


class BadDataset(EvaluationError):
    def __init__(self, file: Path, reason: str) -> None:
        super().__init__(f"评测数据 {file} 读不了：{reason}")
        self.file = file


class Missing(EvaluationError):
    def __init__(self, thing: str, way_out: str) -> None:
        super().__init__(f"{thing}；{way_out}")
