"""GET /healthz and /readyz: is the process alive, can it answer."""

from fastapi import APIRouter

from api.bootstrap import Service
from api.errors import CannotAnswer, responses
from api.models import Alive, Check, Readiness
from api.routes.needs import TheService, TheUpkeep
from api.upkeep import Upkeep
from knowledge import catalogue
from knowledge.errors import IndexOutdated, StoreNotReady
from knowledge.index_keeper import IndexKeeper
from knowledge.index_state import IndexState, StateKind

router = APIRouter(tags=["运行状况"])

_WAITING = {StateKind.BEHIND, StateKind.OTHER_DAY}


@router.get("/healthz", summary="进程是否在运行", response_description="在运行。")
async def healthz() -> Alive:
    return Alive(status="ok", message="服务在运行。")


@router.get(
    "/readyz",
    summary="能不能作答",
    description="检查数据库、索引、语义模型和语言模型。能作答但不完整时 status 是 degraded；完全不能作答时返回出错说明。",
    response_description="能作答。",
    responses=responses(CannotAnswer),
)
def readyz(service: TheService, upkeep: TheUpkeep) -> Readiness:
    database = _database(service)
    if not database.ok:
        raise CannotAnswer([database])
    search, model = _search(service)
    checks = [database, search, model, _freshness(service, upkeep), _language_model(service)]
    if not search.ok:
        raise CannotAnswer(checks)
    wrong = [check.message for check in checks if not check.ok]
    message = "服务就绪。" if not wrong else "能作答，但不完整：" + "".join(wrong)
    return Readiness(status="degraded" if wrong else "ready", message=message, checks=checks)


def _database(service: Service) -> Check:
    try:
        service.database.check()
    except StoreNotReady:
        return Check(name="数据库", ok=False, message="数据库连不上，不能作答。")
    with service.database.reading() as tx:
        documents = catalogue.count_documents(tx)
    message = (
        f"数据库正常，有 {documents} 份文件。" if documents else "数据库正常，还没有文件，请先运行 xiaoer ingest。"
    )
    return Check(name="数据库", ok=True, message=message)


def _search(service: Service) -> tuple[Check, Check]:
    """Whether words can be searched, and meaning too."""
    try:
        with service.indexes.searching() as indexes:
            by_meaning = indexes.vectors is not None and service.embedding is not None
    except IndexOutdated:
        message = "还没有可用的索引，正在建立，暂时不能作答。"
        return Check(name="检索", ok=False, message=message), _model(by_meaning=service.embedding is not None)
    return Check(name="检索", ok=True, message="可以检索。"), _model(by_meaning=by_meaning)


def _model(*, by_meaning: bool) -> Check:
    message = "语义模型可用。" if by_meaning else "仅字词检索：语义模型没有装好，请运行 xiaoer doctor 查看原因。"
    return Check(name="语义模型", ok=by_meaning, message=message)


def _language_model(service: Service) -> Check:
    """Without address and name: those are for operators (xiaoer model status)."""
    name, instead = "语言模型", "回答摘录原文。"
    if service.model is None:
        return Check(name=name, ok=True, message=f"没有配置语言模型，{instead}")
    if not service.model.is_on():
        return Check(name=name, ok=True, message=f"语言模型已停用，{instead}")
    if service.model.circuit.is_pausing():
        return Check(name=name, ok=False, message=f"语言模型连续失败，停用一会儿再试，这段时间{instead}")
    return Check(name=name, ok=True, message="语言模型可用。")


def _freshness(service: Service, upkeep: Upkeep) -> Check:
    if not isinstance(service.indexes, IndexKeeper):
        return Check(name="索引", ok=True, message="索引由另一个 xiaoer 进程更新，这里只读取。")
    state = service.indexes.state()
    trouble = "" if not upkeep.failures else f"更新连续失败 {upkeep.failures} 次，正在重试，原因见日志。"
    return Check(name="索引", ok=state.kind is StateKind.FRESH, message=_sentence(state) + trouble)


def _sentence(state: IndexState) -> str:
    """What the public may read of it: the reasons of damage name files."""
    if state.kind is StateKind.FRESH or state.kind in _WAITING:
        return state.sentence
    return "索引需要重建，正在重建。"
