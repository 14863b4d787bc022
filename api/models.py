"""What goes over HTTP, with a Chinese description of every field."""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from knowledge.documents import Audience, Module

LONGEST_QUESTION = 2_000
"""Characters."""
LONGEST_REGION = 60
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _iso_day(value: object) -> object:
    """Only 2025-06-01: Pydantic alone would also read numbers, as seconds since 1970."""
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, str) and not value.strip():
        return None
    not_a_day = PydanticCustomError("chinese", "要写成 2025-06-01 这样的日期，而且这一天要存在")
    if not isinstance(value, str) or not _ISO_DAY.fullmatch(value.strip()):
        raise not_a_day
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        raise not_a_day from None


def _printable(value: object) -> object:
    """Control characters mean nothing here, and PostgreSQL refuses NUL."""
    return "".join(char for char in value if char >= " " or char in "\n\t") if isinstance(value, str) else value


Day = Annotated[date | None, BeforeValidator(_iso_day)]
Words = Annotated[str, BeforeValidator(_printable), StringConstraints(strip_whitespace=True)]
RegionText = Annotated[Words, StringConstraints(max_length=LONGEST_REGION)]


class Ask(BaseModel):
    """一个问题。"""

    model_config = ConfigDict(
        extra="forbid",
        title="提问",
        json_schema_extra={"examples": [{"question": "开业补贴怎么申请？", "region": "青禾市", "on": "2026-07-01"}]},
    )

    question: Annotated[Words, StringConstraints(min_length=1, max_length=LONGEST_QUESTION)] = Field(
        description=f"问题，大白话即可，最长 {LONGEST_QUESTION} 个字。", examples=["开业补贴怎么申请？"]
    )
    region: RegionText | None = Field(
        default=None,
        description="所在地区：名称（青禾市、湖北省武汉市）或六位行政区划代码。"
        "不写时用本系统设定的地区；也没有设定的，只查全国性规定，并在 notices 里说明。",
        examples=["青禾市"],
    )
    on: Day = Field(default=None, description="按哪一天的规定回答，不写就是今天（北京时间）。", examples=["2025-06-01"])
    audience: Audience = Field(
        default=Audience.PUBLIC,
        description="读者，目前只能是 public（公众）。工作人员登录随后续版本提供，写 staff 会被拒绝。",
    )


class Later(BaseModel):
    """使一份文件失效或者修改了它的后来文件。"""

    model_config = ConfigDict(title="后来的文件")

    document: str = Field(description="文件编号。", examples=["3af138baffad"])
    title: str = Field(description="标题。", examples=["青禾市个体工商户创业扶持办法"])
    doc_number: str | None = Field(description="文号。", examples=["青政规〔2025〕2号"])
    since: date = Field(description="从哪一天起。", examples=["2025-07-01"])


class Source(BaseModel):
    """回答依据的一个条款。"""

    model_config = ConfigDict(title="依据")

    document: str = Field(description="文件编号。", examples=["3af138baffad"])
    title: str = Field(description="文件标题。", examples=["青禾市个体工商户创业扶持办法"])
    doc_number: str | None = Field(description="文号；没有或者待核时为空。", examples=["青政规〔2025〕2号"])
    clause: str = Field(description="条款。", examples=["第五条"])
    quote: str = Field(description="条款原文；电话、个人信息和内部地址不公开，换成“〔未公开〕”。")
    region: str = Field(description="适用地区。", examples=["青禾市"])
    effective_from: date | None = Field(description="施行日期；空为待核。", examples=["2025-07-01"])
    effective_to: date | None = Field(description="最后有效的一天；空为没有期限或者现行有效。")
    in_force: bool = Field(description="在所问的那一天是否有效。")
    audience: str = Field(description="读者：public 为公众。", examples=["public"])
    score: float = Field(description="匹配得分，只在同一次回答里可比。", examples=[0.87])
    why: str = Field(description="为什么找到它。", examples=["和问题有相同的字词：贷款、担保；说的意思相近"])
    clause_id: str = Field(description="条款编号：文件编号/条款。", examples=["3af138baffad/第五条"])
    matched: list[str] = Field(description="问题里的哪些词出现在条款里。", examples=[["贷款", "担保"]])
    deciding: list[str] = Field(
        description="原文里回答所问的字词（金额、期限、地点、材料……），宜标出来。", examples=[["8000元"]]
    )
    pending: list[str] = Field(description="还没有核定的标签。", examples=[["施行日期待核"]])
    superseded_by: Later | None = Field(description="所在文件被哪份文件取代；没有被取代时为空。")
    amended_by: list[Later] = Field(description="后来修改了这一条的文件。")
    remarks: list[str] = Field(
        description="必须和原文一起展示的话：这是解读、这是往年的一次性安排。",
        examples=[["这是2024年的一次性安排，已经过期；今年是否继续，文件没有说。"]],
    )


class Part(BaseModel):
    """一条消息里的一个问题和它的回答。"""

    model_config = ConfigDict(title="分问题")

    question: str = Field(description="这个问题，个人信息已遮盖。", examples=["场租补贴怎么申请"])
    lead: str = Field(description="引文以外的话。")
    answered: bool = Field(description="这个问题有没有找到依据。")
    sources: list[int] = Field(description="它的依据，是 sources 里的第几个，从 1 起。", examples=[[1, 2]])


class Elsewhere(BaseModel):
    """别的地区的文件，在本地不适用。"""

    model_config = ConfigDict(title="外地文件")

    document: str = Field(description="文件编号。", examples=["f6bf49d74008"])
    title: str = Field(description="标题。", examples=["南屏区商业外摆和门头招牌设置管理办法"])
    region: str = Field(description="是哪个地区的。", examples=["南屏区"])


class Answered(BaseModel):
    """一个回答和它的依据。"""

    model_config = ConfigDict(title="回答")

    answer: str = Field(
        description="给人看的回答全文。没有接语言模型时是文件原文摘录；由语言模型写的会在 notices 里注明。"
    )
    answered: bool = Field(description="有没有找到依据；没有依据就不回答。只回答了一部分也是 true，见 extent。")
    extent: Literal["answered", "partly", "not"] = Field(
        description="回答了多少：answered 都有依据；partly 有的问题没有依据，见 parts；not 没有依据。"
    )
    lead: str = Field(
        description="answer 里引文和出处以外的话；自己展示 sources 的界面用它。有 parts 时各部分另有 lead。"
    )
    parts: list[Part] = Field(description="一条消息问了几件事时，逐件的回答；只问一件事时为空。")
    elsewhere: list[Elsewhere] = Field(description="本地没有依据时，别的地区有关的文件：只供知晓，在本地不适用。")
    flow: str = Field(description="由哪个流程作答。", examples=["answer"])
    region: str = Field(description="按哪个地区的规定回答。", examples=["青禾市"])
    on: date = Field(description="按哪一天的规定回答。", examples=["2026-07-01"])
    sources: list[Source] = Field(description="依据，最相关的在前。")
    notices: list[str] = Field(description="读者必须知道的事，例如“本次只按字词检索”；应当醒目展示。")
    confidence: float | None = Field(
        description="现有文件能回答这个问题的把握，0 到 1；没有语义模型时为空。", examples=[0.81]
    )
    prompt_version: str | None = Field(
        description="撰写回答的提示词和版本；摘录原文、已发布的常见问答为空。", examples=["answer@1"]
    )
    model: str | None = Field(description="撰写回答的语言模型；摘录原文、已发布的常见问答为空。", examples=[None])


class Place(BaseModel):
    """一个地区。"""

    model_config = ConfigDict(title="地区")

    code: str = Field(description="六位行政区划代码（GB/T 2260）。", examples=["990100"])
    name: str = Field(description="名称。", examples=["青禾市"])


class CoveredPlace(Place):
    """有文件的地区。"""

    model_config = ConfigDict(title="有文件的地区")

    full_name: str = Field(description="从省级写起的全称。", examples=["云岭省青禾市"])
    chain: list[Place] = Field(description="从本地到全国：这些地方的规定都适用于本地。")
    documents: int = Field(description="有适用于本地区的条款的文件数，不含上级的。", examples=[14])


class Pending(BaseModel):
    """文件没有写明、等待审核人核定的一项。"""

    model_config = ConfigDict(title="待核项")

    field: str = Field(description="字段名。", examples=["effective_from"])
    name: str = Field(description="中文名称。", examples=["施行日期"])


class Version(BaseModel):
    """一份文件的一个版本。"""

    model_config = ConfigDict(title="版本")

    id: str = Field(description="文件编号。", examples=["3af138baffad"])
    title: str = Field(description="标题。", examples=["青禾市个体工商户创业扶持办法"])
    doc_number: str | None = Field(description="文号。", examples=["青政规〔2025〕2号"])
    issued: date | None = Field(description="成文日期。")
    effective_from: date | None = Field(description="施行日期；空为待核。")
    effective_to: date | None = Field(description="最后有效的一天，已经考虑新版本和废止。")
    in_force: bool = Field(description="在所问的那一天是否有效。")
    status: str = Field(description="效力，用中文说明。", examples=["现行有效"])


class DocumentItem(Version):
    """一份文件的标签。"""

    model_config = ConfigDict(title="文件")

    region: Place | None = Field(description="适用地区；空为待核。")
    level: str | None = Field(description="层级：国家、省、市、县。", examples=["市"])
    issuers: list[str] = Field(description="发文机关。", examples=[["青禾市人民政府"]])
    kind: str | None = Field(description="种类。", examples=["规范性文件"])
    module: Module | None = Field(description="栏目。")
    review_on: date | None = Field(description="试行、暂行文件的评估日期；到期并不自动失效。")
    owner_department: str | None = Field(description="负责解释的部门。")
    pending: list[Pending] = Field(description="待核的标签。")


class DocumentList(BaseModel):
    """一页文件。"""

    model_config = ConfigDict(title="文件列表")

    items: list[DocumentItem] = Field(description="本页的文件，新的在前。")
    total: int = Field(description="共有多少份。", examples=[22])
    page: int = Field(description="第几页，从 1 起。", examples=[1])
    size: int = Field(description="每页最多几份。", examples=[20])


class Related(BaseModel):
    """文件里写明的与另一份文件的关系。"""

    model_config = ConfigDict(title="相关文件")

    relation: str = Field(description="关系：解读、废止、修改。", examples=["废止"])
    target: str = Field(description="对方的标题或文号。", examples=["青政规〔2022〕5号"])
    document: str | None = Field(description="对方在本库的文件编号；库里没有时为空。")


class ClauseItem(BaseModel):
    """一个条款。"""

    model_config = ConfigDict(title="条款")

    id: str = Field(description="条款编号：文件编号/条款。", examples=["3af138baffad/第五条"])
    path: str = Field(description="怎样引用它。", examples=["第五条第（一）项"])
    parent_id: str | None = Field(description="上一级条款的编号；顶层为空。")
    depth: int = Field(description="层次，顶层为 0。", examples=[1])
    kind: str = Field(description="类别，如 chapter（章）、article（条）、item（项）。", examples=["article"])
    heading: str = Field(description="标题或首句；没有时为空。")
    text: str = Field(description="本条自己的文字，不含下级；不公开的内容换成“〔未公开〕”。")
    page: int | None = Field(description="在 PDF 的第几页；其他格式为空。")

    @property
    def anchor(self) -> str:
        """Where it stands on the document's page."""
        return self.id.partition("/")[2]


class DocumentDetail(DocumentItem):
    """一份文件：标签、版本、相关文件和全部条款。"""

    model_config = ConfigDict(title="文件详情")

    aliases: list[str] = Field(description="其他名称。")
    on: date = Field(description="in_force 和 status 说的是哪一天。")
    ended_by: str | None = Field(description="使它失效的文件编号。")
    versions: list[Version] = Field(description="各版本，旧的在前。")
    related: list[Related] = Field(description="解读、废止、修改关系。")
    named_by: list[Related] = Field(description="解读、废止或者修改了本文件的文件。")
    clauses: list[ClauseItem] = Field(description="条款，按原文顺序平铺，层次见 depth 和 parent_id。")


class ClauseDetail(BaseModel):
    """一个条款、它的下级条款，以及它出自哪份文件。"""

    model_config = ConfigDict(title="条款详情")

    document: DocumentItem = Field(description="出自哪份文件。")
    clause: ClauseItem = Field(description="这个条款。")
    parts: list[ClauseItem] = Field(description="它的各级下级条款，按原文顺序。")


class Check(BaseModel):
    """一项检查。"""

    model_config = ConfigDict(title="检查项")

    name: str = Field(description="查的是什么。", examples=["索引"])
    ok: bool = Field(description="是否正常。")
    message: str = Field(description="中文说明。", examples=["索引是最新的。"])


class Readiness(BaseModel):
    """能不能作答。"""

    model_config = ConfigDict(title="就绪状态")

    status: str = Field(description="ready 正常；degraded 能作答但不完整。", examples=["ready"])
    message: str = Field(description="中文说明。", examples=["服务就绪。"])
    checks: list[Check] = Field(description="各项检查。")


class Alive(BaseModel):
    """进程在运行。"""

    model_config = ConfigDict(title="存活状态")

    status: str = Field(description="总是 ok。", examples=["ok"])
    message: str = Field(description="中文说明。", examples=["服务在运行。"])


class Problem(BaseModel):
    """出错说明（RFC 9457）。"""

    model_config = ConfigDict(title="出错说明", extra="allow")

    type: str = Field(description="错误种类，是接口说明页上的一处。", examples=["/api/docs#problem-unknown-region"])
    title: str = Field(description="错误种类的名称。", examples=["认不出地区"])
    status: int = Field(description="HTTP 状态码。", examples=[422])
    detail: str = Field(description="这一次错在哪里，怎么办。")
    instance: str = Field(description="出错的网址。", examples=["/api/ask"])
    errors: list[dict[str, Any]] | None = Field(
        default=None, description="请求内容不对时，逐项说明：field 字段名，name 中文名，message 原因。"
    )
    id: str | None = Field(default=None, description="内部错误的编号，报障时请提供。")
