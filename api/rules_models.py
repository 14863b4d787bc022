"""What the rulebook says over HTTP, with a Chinese description of every field."""

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from api.models import Day, RegionText, Words

MOST_PROFILES = 200
FactName = Annotated[str, Field(max_length=60)]
Answer = bool | int | float | Annotated[Words, Field(max_length=200)]
_FACTS = "事实：名称 → 回答。真假、整数、金额（80000 或 8万元）、比例（1.5%）、日期（2025-07-01）、选项、地区都可以写成文字。"
_EXAMPLE: dict[str, JsonValue] = {
    "entity": "个体工商户",
    "vat_taxpayer": "小规模纳税人",
    "vat_period": "按月",
    "period_sales": "9万元",
}


class NewerDocument(BaseModel):
    """现在要看的文件。"""

    model_config = ConfigDict(title="新文件")

    document: str = Field(description="文件编号。")
    title: str = Field(description="标题。")
    doc_number: str | None = Field(description="文号；没有的为空。")
    link: str = Field(description="本系统里看原文的网址路径。")


class OutdatedRule(BaseModel):
    """自测所依据的条款在知识库里已经不管用了，规则还没有更新：不作判断。"""

    model_config = ConfigDict(title="依据已变")

    document: str = Field(description="规则所依据的文件。")
    number: str | None = Field(description="它的文号。")
    clause: str | None = Field(description="所依据的条款。")
    change: str = Field(
        description="repealed 被废止；replaced 被代替；amended 被修改；reworded 收录的版本里没有所引的原文；expired 已经失效。"
    )
    since: date | None = Field(description="从哪一天起；不知道的为空。")
    by: NewerDocument | None = Field(description="现在要看的文件；没有，或者不公开的，为空。")
    says: str = Field(description="给人看的一句话，要一并展示。")


class PolicySummary(BaseModel):
    """规则库里的一项政策。"""

    model_config = ConfigDict(title="政策")

    id: str = Field(description="编号。", examples=["vat_threshold"])
    title: str = Field(description="行政区划和具体内容。")
    short: str = Field(description="短名。", examples=["增值税起征点"])
    kind: str = Field(description="verdict 判断；classification 归类；explanation 只讲标准和程序，不判断。")
    level: str = Field(description="国家、省、市、县。", examples=["国家"])
    region: str = Field(description="六位行政区划代码。", examples=["100000"])
    region_name: str = Field(description="地区名称。", examples=["全国"])
    entities: list[str] = Field(description="给哪些主体。", examples=[["个体工商户", "企业"]])
    fulfilment: str | None = Field(description="免申即享、即申即享、申报审批；不是兑付的为空。")
    summary: str = Field(description="给谁、给什么。")
    provisional: str | None = Field(description="暂定，待核：还要核什么；空为已核。")
    in_force: bool = Field(description="在所问的那一天有没有在执行、能不能判断。")
    outdated: OutdatedRule | None = Field(description="依据已变、不作判断的，说明变成了什么；否则为空。")


class PolicyList(BaseModel):
    """一个地区的政策。"""

    model_config = ConfigDict(title="政策列表")

    items: list[PolicySummary] = Field(description="政策。")
    total: int = Field(description="共几项。")


class Question(BaseModel):
    """要问的一件事。"""

    model_config = ConfigDict(title="问题")

    fact: str = Field(description="事实的名称，回答写在 facts 里这个名称下。", examples=["period_sales"])
    ask: str = Field(description="问题。")
    label: str = Field(description="结果里的名称。")
    help: str | None = Field(description="怎样算、容易误解的地方。")
    where: str | None = Field(description="数字在哪里查。")
    type: str = Field(description="yes_no、whole、money、ratio、date、period、choice、region。")
    unit: str = Field(description="人、月等；没有的为空文字。")
    options: dict[str, str] = Field(description="选项和说明；不是选择题的为空。")
    sensitive: bool = Field(description="健康、残疾、家庭这类；可以不答。")
    policies: list[str] = Field(description="哪几项政策想知道。")


class PolicyDetail(PolicySummary):
    """一项政策的全部内容。"""

    model_config = ConfigDict(title="政策全文")

    facts: list[Question] = Field(description="会问到的事。")
    editions: list[dict[str, Any]] = Field(description="各个时期的条件和待遇。")
    basis: dict[str, dict[str, Any]] = Field(description="依据：代号 → 文件、文号、条、原文或者转述、证据等级。")
    materials: list[dict[str, Any]] = Field(description="材料；shared 为可共享免交，review 是审查要点。")
    steps: list[dict[str, Any]] = Field(description="环节、部门、时间。")
    cautions: list[str] = Field(description="注意。")
    sections: list[dict[str, Any]] = Field(description="只解释不判断的政策的正文。")


class SelfTest(BaseModel):
    """一次自测：一项政策，或者一个地区的全部政策。"""

    model_config = ConfigDict(
        extra="forbid", title="自测", json_schema_extra={"examples": [{"policy": "vat_threshold", "facts": _EXAMPLE}]}
    )

    policy: Words | None = Field(
        default=None,
        max_length=60,
        description="政策编号；不写就是“我能享受什么”：这个地区有好处可领的全部政策，只讲怎么办事的不在内。",
    )
    region: RegionText | None = Field(
        default=None, description="地区；测全部政策时用。不写时看 facts 里的 region，再看本系统设定的地区。"
    )
    facts: dict[FactName, Answer] = Field(default_factory=dict, max_length=200, description=_FACTS)
    declined: list[FactName] = Field(
        default_factory=list, max_length=200, description="答了“不知道”的事实：不再问，也不当作不满足。"
    )
    on: Day = Field(default=None, description="按哪一天的规定判断，不写就是今天（北京时间）。")


class SelfTestAnswer(BaseModel):
    """判断的结果和接着要问的。"""

    model_config = ConfigDict(title="自测结果")

    on: date = Field(description="按哪一天判断。")
    results: list[dict[str, Any]] = Field(
        description="每项政策：standing（in_force、ended、not_yet、outdated）、verdict（met、not_met、unknown；"
        "只解释的、不在执行的、依据已变的为空）、outdated（依据被哪份文件废止、代替、修改，没有的为空）、sentence、conditions（逐条：条件、回答、结果、原文、条款、起止、地区）、"
        "benefits（待遇和算式）、missing（还缺什么）、ways（怎样能变成符合）、materials、steps、deadline、cautions。"
    )
    questions: list[Question] = Field(description="接着问的一小组；空就是问完了。")
    done: bool = Field(description="再问也不会改变结果了。")
    disclaimer: str = Field(description="必须一并展示。")


class Profile(BaseModel):
    """一户的情况。"""

    model_config = ConfigDict(extra="forbid", title="一份情况")

    id: Words | None = Field(default=None, max_length=80, description="您那边的编号，原样返回；不要用身份证件号码。")
    facts: dict[FactName, Answer] = Field(max_length=200, description=_FACTS)


class Batch(BaseModel):
    """多份情况一次判断。"""

    model_config = ConfigDict(
        extra="forbid",
        title="批量判断",
        json_schema_extra={"examples": [{"profiles": [{"id": "1", "facts": _EXAMPLE}]}]},
    )

    profiles: list[Profile] = Field(min_length=1, max_length=MOST_PROFILES, description="情况。")
    policies: list[FactName] | None = Field(
        default=None, max_length=500, description="政策编号；不写就是这个地区的全部。"
    )
    region: RegionText | None = Field(default=None, description="地区。")
    on: Day = Field(default=None, description="按哪一天的规定判断，不写就是今天。")


class BatchVerdict(BaseModel):
    """一份情况对一项政策的结果。"""

    model_config = ConfigDict(title="一项判断")

    policy: str = Field(description="政策编号。")
    standing: str = Field(description="in_force、ended、not_yet、outdated（依据已变，不作判断）。")
    verdict: str | None = Field(description="met、not_met、unknown；只解释的、不在执行的、依据已变的为空。")
    outdated: OutdatedRule | None = Field(description="依据已变的，说明变成了什么；否则为空。")
    undecided: list[str] = Field(description="还不知道、会影响结果的事实。")


class BatchProfile(BaseModel):
    """一份情况对各项政策的结果。"""

    model_config = ConfigDict(title="一份情况的判断")

    id: str | None = Field(description="您给的编号。")
    verdicts: list[BatchVerdict] = Field(description="每项政策一个。")


class BatchAnswer(BaseModel):
    """全部情况的结果。"""

    model_config = ConfigDict(title="批量判断结果")

    on: date = Field(description="按哪一天判断。")
    profiles: list[BatchProfile] = Field(description="和所给的情况一一对应。")
    disclaimer: str = Field(description="必须一并展示。")


class ShareAsked(BaseModel):
    """要分享的结果；里面没有任何回答。"""

    model_config = ConfigDict(extra="forbid", title="分享")

    policy: Words = Field(max_length=60, description="政策编号。", examples=["vat_threshold"])
    facts: dict[FactName, Answer] = Field(
        default_factory=dict, max_length=200, description=_FACTS + "只用来重新判断，不放进链接。"
    )
    on: Day = Field(default=None, description="按哪一天判断，不写就是今天。")


class ShareLink(BaseModel):
    """签了名、会过期的链接。"""

    model_config = ConfigDict(title="分享链接")

    path: str = Field(description="网址里域名以后的部分。")
    expires_on: date = Field(description="最后能打开的一天。")
