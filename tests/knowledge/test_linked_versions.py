"""A link names a clause as it stands today; asked about another day, it leads to the version of that day."""

import itertools
import zlib
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from knowledge import catalogue
from knowledge.documents import Audience
from knowledge.embedding import Vectors
from knowledge.links import Link
from knowledge.memory import MemoryKeeper
from knowledge.scope import Scope
from knowledge.vector_cache import CachedEmbedding
from tests.sample import TODAY, OpenSample, open_town

TITLE = "青禾市夜市管理办法"
OLD = f"""{TITLE}
（2022年3月1日青禾市人民政府发布 自2022年4月1日起施行）
第一条 为了规范夜市经营，制定本办法。
第二条 夜市摊位由所在街道办事处安排，经营者凭身份证明领取摊位牌，摊位牌每年换发一次。
第三条 摊位占道不得超过核定范围，收摊后经营者应当清扫摊位周围的垃圾。
"""
NEW = f"""{TITLE}
（2025年3月1日青禾市人民政府发布 自2025年4月1日起施行）
第一条 为了规范夜市经营，制定本办法。
第二条 市场监督管理部门负责夜市食品安全的监督检查工作。
第三条 夜市摊位由所在街道办事处安排，经营者凭身份证明领取摊位牌，摊位牌每年换发一次。
第四条 摊位占道不得超过核定范围，收摊后经营者应当清扫摊位周围的垃圾。
"""


class PairsOfCharacters:
    """Texts with the same pairs of characters are alike."""

    name = "pairs"
    dimension = 256
    fingerprint = "pairs-256"

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for pair in itertools.pairwise(text):
                vectors[row, zlib.crc32("".join(pair).encode()) % self.dimension] += 1
            vectors[row] /= np.linalg.norm(vectors[row])
        return vectors


@pytest.fixture
def town(tmp_path: Path) -> Iterator[OpenSample]:
    with open_town(tmp_path, {"old.txt": OLD, "new.txt": NEW}) as opened:
        yield opened


def recalled(town: OpenSample, folder: Path, on: date) -> list[str]:
    embedding = CachedEmbedding(PairsOfCharacters(), folder / "vectors.db")
    link = Link("摆夜市的牌牌在哪里领", TITLE, "第三条")
    keeper = MemoryKeeper(town.database, embedding, [link], today=lambda: TODAY)
    keeper.refresh()
    assert keeper.memory
    asked = embedding.encode([link.question])[0]
    found = keeper.memory.recall(keeper.memory.likeness(asked), asked)
    embedding.close()
    with town.database.reading() as tx:
        held = tuple(catalogue.regions_held(tx))
        scope = Scope(held, (Audience.PUBLIC,), on, TODAY)
        return [passage.clause for passage in catalogue.usable(tx, [one.id for one in found], scope).values()]


def test_today_the_clause_that_the_link_names_is_recalled(town: OpenSample, tmp_path: Path) -> None:
    assert recalled(town, tmp_path, TODAY) == ["第三条"]


def test_on_an_earlier_day_the_clause_that_said_the_same_is_recalled(town: OpenSample, tmp_path: Path) -> None:
    assert recalled(town, tmp_path, date(2023, 1, 1)) == ["第二条"]


def test_before_the_first_version_nothing_is_recalled(town: OpenSample, tmp_path: Path) -> None:
    assert recalled(town, tmp_path, date(2021, 1, 1)) == []
