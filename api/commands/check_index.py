"""Checks of the indexes: how they stand to the database, who owns them, what answers."""

from collections.abc import Iterator
from pathlib import Path

from api.bootstrap import Service, open_service
from api.commands.check import Check, attention, broken, ok
from api.settings import Settings
from knowledge import index_feed, index_stamp
from knowledge.database import Database
from knowledge.errors import IndexOutdated, IndexOwned, KnowledgeError, ModelsNotInstalled, ModelUnusable
from knowledge.index_generation import words_folder
from knowledge.index_keeper import IndexKeeper
from knowledge.index_state import IndexState, StateKind
from knowledge.vector_index import NumpyVectorIndex

NAME = "索引"
_REBUILD = "运行 xiaoer reindex"
_WORDS_ONLY = "只按字词（没有语义模型或向量）"


def checks(settings: Settings, database: Database) -> Iterator[Check]:
    """Nothing is downloaded, rebuilt or brought up to date by looking."""
    try:
        service = open_service(settings.model_copy(update={"offline": True}), own_indexes=True)
    except IndexOwned:
        yield from _owned_elsewhere(settings, database)
        return
    except (ModelsNotInstalled, ModelUnusable) as error:
        yield broken("检索方式", str(error), error.way_out)
        return
    except KnowledgeError as error:
        yield broken(NAME, str(error), _REBUILD)
        return
    try:
        yield from _own(service)
    finally:
        service.close()


def _own(service: Service) -> Iterator[Check]:
    if isinstance(service.indexes, IndexKeeper):
        yield _stands(service.indexes.state())
    yield ok("索引由谁使用", "没有别的进程在用")
    try:
        with service.indexes.searching() as indexes:
            if indexes.vectors is None:
                yield attention("检索方式", _WORDS_ONLY, f"装好语义模型后{_REBUILD}")
            else:
                yield ok("检索方式", "numpy" if isinstance(indexes.vectors, NumpyVectorIndex) else "chroma")
    except IndexOutdated as error:
        yield attention("检索方式", f"还没有索引（{error.reason}）", _REBUILD)


def _stands(state: IndexState) -> Check:
    match state.kind:
        case StateKind.FRESH:
            return ok(NAME, state.sentence)
        case StateKind.BEHIND | StateKind.OTHER_DAY:
            return attention(NAME, state.sentence, "下一次运行 xiaoer ask 或 xiaoer serve 会自动更新")
        case StateKind.DAMAGED:
            return broken(NAME, state.sentence, _REBUILD)
        case _:
            return attention(NAME, state.sentence, f"下一次运行 xiaoer serve 会自动重建；或现在{_REBUILD}")


def _owned_elsewhere(settings: Settings, database: Database) -> Iterator[Check]:
    try:
        stamp = index_stamp.read(settings.index_folder)
    except IndexOutdated as error:
        yield broken(NAME, str(error), "停掉运行中的服务，再运行 xiaoer reindex")
        return
    with database.reading() as tx:
        waiting = index_feed.changed_documents(tx, stamp.applied) if stamp else 0
    if stamp is None:
        yield attention(NAME, "还没有建立索引，运行中的服务会建立", "稍后再看")
    elif waiting:
        yield attention(
            NAME, IndexState(StateKind.BEHIND, documents=waiting).sentence, "运行中的服务会自动更新，稍后再看"
        )
    else:
        yield ok(NAME, IndexState(StateKind.FRESH).sentence)
    yield ok("索引由谁使用", "另一个 xiaoer 进程（通常是运行中的服务）")
    if stamp is not None:
        yield _way(settings.index_folder, stamp)


def _way(folder: Path, stamp: index_stamp.Stamp) -> Check:
    if stamp.model is None:
        return attention("检索方式", _WORDS_ONLY, f"装好语义模型后重启服务，或停掉服务后{_REBUILD}")
    chroma = words_folder(folder, stamp.generation).with_name("vectors").is_dir()
    return ok("检索方式", "chroma" if chroma else "numpy")
