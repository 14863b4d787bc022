"""GET /api/documents and /api/regions: what the public may read."""

from enum import Enum
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.exceptions import RequestValidationError

from api import reading
from api.coverage import covered_places
from api.errors import ClauseNotFound, responses
from api.models import ClauseDetail, CoveredPlace, Day, DocumentDetail, DocumentList, RegionText, Words
from api.reading import Filters
from api.routes.needs import TheService
from knowledge.documents import Module
from knowledge.errors import DocumentNotFound, StoreNotReady, UnknownRegion

router = APIRouter(prefix="/api")
_FILES: list[str | Enum] = ["文件"]
_REGIONS: list[str | Enum] = ["地区"]

FARTHEST_PAGE = 100_000
RegionAsked = Annotated[
    RegionText | None, Query(description="适用于哪里：名称或代码；本地和各上级的文件都列出。", examples=["青禾市"])
]
ModuleAsked = Annotated[Module | None, Query(description="栏目。")]
WordsAsked = Annotated[
    Words | None, Query(max_length=200, description="标题里的字词，或者完整的文号。", examples=["创业"])
]
PageAsked = Annotated[int, Query(ge=1, le=FARTHEST_PAGE, description="第几页，从 1 起。")]
SizeAsked = Annotated[int, Query(ge=1, le=100, description="每页最多几份。")]
DocumentAsked = Annotated[str, Path(max_length=40, description="文件编号。", examples=["3af138baffad"])]
DayAsked = Annotated[Day, Query(description="效力按哪一天判断，不写就是今天。", examples=["2025-06-01"])]


@router.get(
    "/documents",
    tags=_FILES,
    summary="文件列表",
    description="公开文件，新的在前。",
    response_description="一页文件和总数。",
    responses=responses(RequestValidationError, UnknownRegion, StoreNotReady),
)
def list_documents(
    service: TheService,
    region: RegionAsked = None,
    module: ModuleAsked = None,
    q: WordsAsked = None,
    page: PageAsked = 1,
    size: SizeAsked = 20,
) -> DocumentList:
    return reading.listed(service, Filters(region, module, q, page, size))


@router.get(
    "/documents/{document_id}",
    tags=_FILES,
    summary="一份文件",
    description="标签、待核项、各版本、相关文件和全部条款。",
    response_description="文件。",
    responses=responses(DocumentNotFound, RequestValidationError, StoreNotReady),
)
def get_document(service: TheService, document_id: DocumentAsked, on: DayAsked = None) -> DocumentDetail:
    return reading.document(service, document_id, on)


@router.get(
    "/documents/{document_id}/clauses/{path:path}",
    tags=_FILES,
    summary="一个条款",
    description="条款编号是“文件编号/条款”，这里写斜线后面的部分，例如 第五条第（一）项。",
    response_description="条款和它的下级条款。",
    responses=responses(DocumentNotFound, ClauseNotFound, RequestValidationError, StoreNotReady),
)
def get_clause(
    service: TheService,
    document_id: DocumentAsked,
    path: Annotated[str, Path(description="条款。", examples=["第五条"])],
) -> ClauseDetail:
    return reading.clause(service, document_id, path)


@router.get(
    "/regions",
    summary="有文件的地区",
    description="有公开条款的地区，以及每个地区适用哪些上级的规定。",
    response_description="地区，按行政区划代码排列。",
    responses=responses(StoreNotReady),
    tags=_REGIONS,
)
def list_regions(service: TheService) -> list[CoveredPlace]:
    with service.database.reading() as tx:
        return covered_places(tx)
