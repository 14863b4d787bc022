"""A policy of the rulebook as its YAML file says it, and the JSON Schema published from it."""

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from knowledge import regions
from knowledge.documents import Level
from knowledge.rules.conditions import Condition, Scalar, Strict
from knowledge.rules.values import FactType

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", description="小写字母、数字、下划线")]


class Grade(StrEnum):
    """How the basis was read (domain/rules.md). What is from memory or not found has no grade and may not be encoded."""

    SEED = "种"
    LAW_READ = "V法"
    EXCERPT_READ = "V摘"
    SECOND_HAND = "S"
    SAMPLE = "示例"


class Entity(StrEnum):
    SOLE_TRADER = "个体工商户"
    COMPANY = "企业"
    PARTNERSHIP = "个人独资或合伙企业"
    COOPERATIVE = "农民专业合作社"
    SOCIAL_ORGANISATION = "社会组织"
    PUBLIC_BODY = "机关事业单位"
    PERSON = "自然人"


class Kind(StrEnum):
    VERDICT = "verdict"
    CLASSIFICATION = "classification"
    """What somebody is, not whether: 划型."""
    EXPLANATION = "explanation"
    """Criteria are not public or the decision is an authority's: procedure instead of a verdict."""


class Fulfilment(StrEnum):
    AUTOMATIC = "免申即享"
    AT_ONCE = "即申即享"
    APPLICATION = "申报审批"


class Basis(Strict):
    document: str = Field(description="文件标题，不带书名号")
    number: str | None = Field(default=None, description="文号")
    clause: str | None = Field(default=None, description="第五条第（一）项、二（一）1；转述而未见原文的可以不写")
    quote: str | None = Field(default=None, max_length=200, description="原文，一字不差，可用……略去中间")
    retold: str | None = Field(default=None, description="只有 S、V摘 可以：没有见到原文时的转述")
    grade: Grade
    issued: date | int | None = Field(default=None, description="成文日期，只知道年份就写年份；时效总闸要用")
    tax: str | None = Field(default=None, description="是哪一种税的优惠；时效总闸要用")

    @property
    def place(self) -> tuple[str, str | None, str | None, str | None]:
        """What is looked up in the knowledge base."""
        return self.document, self.number, self.clause, self.quote

    @model_validator(mode="after")
    def _quoted_or_retold(self) -> "Basis":
        if (self.quote is None) == (self.retold is None):
            raise ValueError("quote（原文）和 retold（转述）写一个，也只写一个")
        if self.retold is not None and self.grade not in {Grade.SECOND_HAND, Grade.EXCERPT_READ}:
            raise ValueError(f"证据等级 {self.grade} 是读过原文的，要写 quote")
        if self.quote is not None and self.clause is None:
            raise ValueError("有原文就要写 clause（第几条）")
        return self


class Fact(Strict):
    type: FactType
    ask: str = Field(min_length=4, description="问题，口语，一次只问一件事")
    label: str = Field(min_length=2, description="结果表里的名称")
    help: str | None = Field(default=None, description="怎样算、容易误解的地方")
    where: str | None = Field(default=None, description="数字在哪里查")
    unit: str = Field(default="", description="whole 的量词（人）；period 的单位：月、天、年")
    options: dict[str, str] = Field(default_factory=dict, description="choice 的选项：选项 → 说明（可为空）")
    sensitive: bool = Field(default=False, description="健康、残疾、信用等；排在后面问")
    effort: Annotated[int, Field(ge=1, le=3)] = Field(default=1, description="1 张口就来，2 要想一想，3 要查账")
    group: str = Field(default="", description="一组问题一起问：经营主体、收入……")
    changeable: bool = Field(default=True, description="本人能不能改变；出生、已经发生的事不能")
    minimum: Scalar | None = None
    maximum: Scalar | None = None

    @model_validator(mode="after")
    def _options_of_choices(self) -> "Fact":
        if (self.type is FactType.CHOICE) != bool(self.options):
            raise ValueError("choice 要有 options，别的类型不能有")
        return self


class Scope(Strict):
    """Who it is for; asked first of all."""

    entities: list[Entity] = Field(min_length=1)
    basis: str
    referred: dict[Entity, str] = Field(
        default_factory=dict, description="文件没有列举、又不能说不行的：判“待定”，并给出这句说明"
    )
    place_basis: str | None = Field(default=None, description="地方政策：适用地域的依据；全国性的不写")


class BenefitKind(StrEnum):
    FIXED = "fixed"
    RATE = "rate"
    CAPPED = "capped"
    TABLE = "table"


class Row(Strict):
    when: Condition
    says: str
    formula: str


class Benefit(Strict):
    label: str
    kind: BenefitKind
    says: str = Field(description="数字还不全时说的话：每月最高800元，累计不超过24个月")
    basis: str
    formula: str | None = Field(default=None, description="事实名称、数、+ - * / min max 括号；table 不写")
    unit: str = "元"
    rows: list[Row] = Field(default_factory=list, description="table：第一条成立的行")

    @model_validator(mode="after")
    def _formula_or_rows(self) -> "Benefit":
        is_table = self.kind is BenefitKind.TABLE
        if is_table != bool(self.rows) or is_table == (self.formula is not None):
            raise ValueError("table 写 rows，别的写 formula")
        if self.kind is BenefitKind.CAPPED and "min(" not in (self.formula or "").replace(" ", ""):
            raise ValueError("capped 的 formula 要用 min( 写出上限")
        return self


class Verdicts(Strict):
    """Sentences on the result card; without them general ones are used."""

    met: str | None = None
    not_met: str | None = None
    unknown: str | None = None


class Edition(Strict):
    """The rule as it stands between two days."""

    from_: date = Field(alias="from")
    to: date | None = Field(default=None, description="最后一天；没有就不写")
    bases: list[str] = Field(default_factory=list, description="整个这一版所依据的；任何一个停止执行，这一版就停了")
    scope: Scope | None = Field(default=None, description="这一版的主体和现行版不同时才写")
    conditions: Condition | None = Field(default=None, description="explanation 不写；主体和地域自动加上，不必写")
    benefits: list[Benefit] = Field(default_factory=list)
    shows: list[str] = Field(default_factory=list, description="结果里显示的派生事实，如 企业规模")
    verdicts: Verdicts = Verdicts()
    ended: str | None = Field(default=None, description="这段时间没有这项政策：说明原因，现在看什么")


class Material(Strict):
    name: str
    says: str = Field(default="", description="要求：原件、份数、样式")
    shared: bool = Field(default=False, description="可共享免交")
    when: Condition | None = Field(default=None, description="什么情况下才要")
    review: list[str] = Field(default_factory=list, description="审查要点，一条一件事，写成肯定句")
    template: str | None = Field(default=None, description="示范文本在哪里")


class Step(Strict):
    name: str
    department: str
    time: str
    where: str | None = None


class Deadline(Strict):
    """When to apply; computed when the facts allow it."""

    says: str
    basis: str
    fact: str | None = Field(default=None, description="从哪个日期起算")
    months: int = 0
    days: int = 0
    yearly: str | None = Field(default=None, pattern=r"^\d\d-\d\d$", description="每年的这一天为止：06-30")


class Section(Strict):
    title: str
    says: str
    basis: str


class Expected(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    ENDED = "ended"
    NOT_YET = "not_yet"
    EXPLAINED = "explained"


class Case(Strict):
    """A worked case: what somebody with these facts is told."""

    name: str
    as_of: date
    facts: dict[str, Scalar] = Field(default_factory=dict)
    expect: Expected
    benefits: dict[str, Scalar | None] = Field(default_factory=dict, description="待遇的 label → 金额；算不出写 null")
    shows: dict[str, str] = Field(default_factory=dict)


class Policy(Strict):
    """One file of the rulebook."""

    id: Name
    title: str = Field(description="行政区划 + 具体内容：青禾市个体工商户一次性开业补贴8000元（A8-05）")
    short: str = Field(max_length=20, description="对话里的短名")
    code: str | None = Field(default=None, description="内部编号：R1")
    kind: Kind = Kind.VERDICT
    level: Level
    region: str = Field(pattern=r"^\d{6}$")
    department: str
    summary: str = Field(description="一两句话：给谁、给什么")
    keywords: list[str] = Field(default_factory=list, description="人们怎样叫它")
    provisional: str | None = Field(default=None, description="暂定，待核：还要核什么")
    asked_for_everyone: bool = Field(
        default=True, description="“我能享受什么”里问不问；只讲怎么办事、没有好处可领的写 false，点名自测照样可以"
    )
    fulfilment: Fulfilment | None = None
    scope: Scope
    basis: dict[Name, Basis] = Field(min_length=1)
    facts: dict[Name, Fact] = Field(default_factory=dict, description="只有本政策问的；别处也问的写进 facts.yaml")
    editions: list[Edition] = Field(min_length=1)
    replaced_by: list[Name] = Field(default_factory=list, description="停止执行以后看哪些政策")
    materials: list[Material] = Field(default_factory=list)
    steps: list[Step] = Field(default_factory=list)
    deadline: Deadline | None = None
    apply_at: str | None = Field(default=None, description="在哪里办；不写电话")
    cautions: list[str] = Field(default_factory=list)
    sections: list[Section] = Field(default_factory=list, description="explanation 的正文")
    cases: list[Case] = Field(min_length=1)

    @model_validator(mode="after")
    def _consistent(self) -> "Policy":
        if regions.level(self.region) is not self.level:
            raise ValueError(f"region {self.region} 是{regions.level(self.region)}级，level 写的是{self.level}级")
        if (self.region == regions.COUNTRY) == (self.scope.place_basis is not None):
            raise ValueError("地方政策要写 scope.place_basis，全国性的不写")
        if (self.kind is Kind.EXPLANATION) != bool(self.sections):
            raise ValueError("explanation 要写 sections，别的不写")
        return self


class Gate(Strict):
    """One announcement that ended whole classes of older documents (rules.md B0)."""

    id: Name
    says: str
    basis: Basis
    from_: date = Field(alias="from", description="从这一天起停止执行")
    tax: str
    issued_until: date = Field(description="这一天及以前制发的文件")
    spares: list[str] = Field(default_factory=list, description="不在此列的文件的标题")


class Gates(Strict):
    gates: list[Gate]


class SharedFacts(Strict):
    facts: dict[Name, Fact]


class Deed(Strict):
    """Something done or not: 年报 报了, 没报; words, not patterns."""

    what: list[str] = Field(min_length=1, description="什么：年报")
    by: list[str] = Field(min_length=1, description="怎样做：报、交、填")


class Saying(Strict):
    """How people say one fact, for picking it up without a model; regular expressions."""

    cues: list[str] = Field(default_factory=list, description="说的是这件事；后面或前面紧挨着的数、日期才算")
    between: list[str] = Field(default_factory=list, description="除了通用的虚词，还可以隔在中间的词")
    per: Literal["month", "year"] | None = Field(default=None, description="一个月的数还是一年的数，说清楚了才算")
    unless: list[str] = Field(default_factory=list, description="同一小句里有这些就不算")
    requires: list[str] = Field(default_factory=list, description="这句话里（不必同一小句）要都有，才算")
    options: dict[str, list[str]] = Field(default_factory=dict, description="选项或 是/否 的说法，在小句里哪儿都行")
    owned: dict[str, list[str]] = Field(default_factory=dict, description="说自己是、自己开的才算：我是…、开了家…")
    done: Deed | None = Field(default=None, description="做没做：正反两面的说法由程序拼")
    being: list[str] = Field(default_factory=list, description="是不是：我们是…、不属于…")
    having: list[str] = Field(default_factory=list, description="有没有：还有…、没有…")
    having_means: bool = Field(default=True, description="有就是 是；“债务都处理好了吗”反过来，写 false")
    zero: list[str] = Field(default_factory=list, description="这样说就是 0")
    answers: dict[str, list[str]] = Field(default_factory=dict, description="刚问了这件事，这样答才算")
    wishes: bool = False
    past: bool = False
    """以前的也算."""
    others: bool = False
    """对方的也算：欠钱的是谁."""

    @property
    def terms(self) -> list[str]:
        """What people may misspell: names of things. Ways of putting it hold too many words that sound like others."""
        deed = self.done.what if self.done else []
        owned = [one for each in self.owned.values() for one in each]
        return [*self.cues, *owned, *deed, *self.being, *self.having]

    @property
    def patterns(self) -> list[str]:
        told = [one for each in (*self.options.values(), *self.answers.values()) for one in each]
        deed = self.done.by if self.done else []
        return [*self.terms, *told, *deed, *self.zero, *self.between, *self.unless, *self.requires]

    @model_validator(mode="after")
    def _written_well(self) -> "Saying":
        for pattern in self.patterns:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"“{pattern}”不是合格的正则：{error}") from error
        return self


class Sayings(Strict):
    words: dict[str, str] = Field(default_factory=dict, description="方言的说法 → 普通话，先换过再认")
    terms: list[str] = Field(default_factory=list, description="常写错的词，按读音改回来")
    sayings: dict[Name, Saying]


def json_schema() -> dict[str, Any]:
    """The published schema of a policy file."""
    return Policy.model_json_schema(by_alias=True) | {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "小二规则库：一项政策",
    }
